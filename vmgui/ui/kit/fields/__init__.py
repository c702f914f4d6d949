"""The widget of each kind of field (vmgui/commands/fields): shows an answer, reads it, speaks the language."""
