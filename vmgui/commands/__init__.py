"""What a person can ask for, declared once for window and command line: title, keys, when it is possible, question, act.

Menus, tool bar, context menus, palette, the list of shortcuts and the verbs of the command line are made from these.
"""
