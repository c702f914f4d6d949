"""The command that shows what a machine is."""

from __future__ import annotations

from vmgui.commands.command import Command, Target
from vmgui.words.say import say

OVERVIEW = Command(
    "overview",
    say("Overview", "Show overview"),
    Target.MACHINES,
    "file-text",
    keys="Ctrl+Shift+O",
    possible=lambda now: now.machines == 1,
)

COMMANDS = (OVERVIEW,)
