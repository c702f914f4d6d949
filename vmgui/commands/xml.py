"""The command that shows the whole XML of a machine, to be read and changed."""

from __future__ import annotations

from vmgui.commands.command import Command, Target
from vmgui.words.say import say

XML = Command(
    "xml",
    say("Xml", "XML…"),
    Target.MACHINES,
    "code",
    keys="Ctrl+Alt+X",
    possible=lambda now: now.machines == 1,
)
"""Also where it can only be read: of a machine without a kept definition, of a host connected read-only."""

COMMANDS = (XML,)
