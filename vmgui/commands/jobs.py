"""The command that opens the list of jobs."""

from __future__ import annotations

from vmgui.commands.command import Command
from vmgui.words.say import say

EXPAND_JOBS = Command(
    "expand-jobs", say("Jobs", "List of jobs"), icon="list-checks", keys="Ctrl+J", is_toggle=True
)

COMMANDS = (EXPAND_JOBS,)
