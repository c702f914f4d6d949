"""Behaviour that panes and dialogs declare as data: forms, dialogs, tables, commands, tabs, wizards, drafts.

What only shows, whoever uses it, is in `ui/look`.
"""
