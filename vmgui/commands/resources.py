"""The command that shows what a machine is given of its host."""

from __future__ import annotations

from vmgui.commands.command import Command, Target
from vmgui.words.say import say

RESOURCES = Command(
    "resources",
    say("Resources", "Show resources"),
    Target.MACHINES,
    "sliders-horizontal",
    keys="Ctrl+Shift+E",
    possible=lambda now: now.machines == 1,
)

COMMANDS = (RESOURCES,)
