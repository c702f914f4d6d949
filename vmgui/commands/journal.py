"""The command that opens the log."""

from __future__ import annotations

from vmgui.commands.command import Command
from vmgui.words.say import say

LOG = Command("log", say("Journal", "Log of tasks and events"), icon="history", keys="Ctrl+L")

COMMANDS = (LOG,)
