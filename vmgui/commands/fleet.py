"""The command that shows all hosts."""

from __future__ import annotations

from vmgui.commands.command import Command
from vmgui.words.say import say

FLEET = Command("fleet", say("Fleet", "Show all hosts"), icon="server", keys="Ctrl+Shift+H")

COMMANDS = (FLEET,)
