"""The kinds of fields that commands ask for: what a value is, what is wrong with it, how the command line has it."""

from vmgui.commands.fields.field import Field
from vmgui.commands.fields.on_off import OnOff
from vmgui.commands.fields.text import Text

__all__ = ["Field", "OnOff", "Text"]
