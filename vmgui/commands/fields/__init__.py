"""The kinds of fields that commands ask for: what a value is, what is wrong with it, how the command line has it."""

from vmgui.commands.fields.amount import Amount, Capacity, Quantity
from vmgui.commands.fields.check import Check
from vmgui.commands.fields.choice import Choice, Option
from vmgui.commands.fields.field import Answers, Field
from vmgui.commands.fields.limit import Limit, LimitUnit
from vmgui.commands.fields.listed import Listed
from vmgui.commands.fields.number import Number
from vmgui.commands.fields.on_off import OnOff
from vmgui.commands.fields.ordered import Ordered
from vmgui.commands.fields.path import Path
from vmgui.commands.fields.secret import Secret
from vmgui.commands.fields.sentence import Sentence
from vmgui.commands.fields.size import Size
from vmgui.commands.fields.text import Text
from vmgui.commands.fields.ways import Ways

__all__ = [
    "Amount",
    "Answers",
    "Capacity",
    "Check",
    "Choice",
    "Field",
    "Limit",
    "LimitUnit",
    "Listed",
    "Number",
    "OnOff",
    "Option",
    "Ordered",
    "Path",
    "Quantity",
    "Secret",
    "Sentence",
    "Size",
    "Text",
    "Ways",
]
