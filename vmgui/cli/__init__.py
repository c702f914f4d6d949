"""The command line: verbs on the same services as the window, without one.

Imports of what a verb does not need wait until it does: with --json no toolkit, no keyring and no pixels are loaded.
"""
