"""The command that shows the screen of a machine."""

from __future__ import annotations

from vmgui.commands.command import Command, Target
from vmgui.words.say import say

CONSOLE = Command(
    "console",
    say("Console", "Open console"),
    Target.MACHINES,
    "monitor",
    keys="Ctrl+Shift+C",
    short=say("Console", "Console"),
    possible=lambda now: now.machines == 1,
)

COMMANDS = (CONSOLE,)
