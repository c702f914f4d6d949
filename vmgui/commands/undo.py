"""The commands that bring earlier definitions back."""

from __future__ import annotations

from vmgui.commands.command import Command, MachineCommand, Reach, Target
from vmgui.model.job import JobKind
from vmgui.words.say import say

UNDO = MachineCommand(
    "undo",
    say("UndoCommands", "Undo the last change…"),
    Target.MACHINES,
    "undo-2",
    keys="Ctrl+Z",
    reach=Reach.OUTSIDE_FIELDS,
    job=JobKind.UNDO,
    one_only=True,
    verb="undo",
    summary=say(
        "CommandLine", "Undo the last change of a machine's saved definition, or an earlier one; list them."
    ),
)

CHANGES = Command(
    "changes",
    say("UndoCommands", "Changes…"),
    Target.MACHINES,
    "history",
    keys="Ctrl+Alt+Z",
    possible=lambda now: now.machines == 1,
)

COMMANDS = (UNDO,)
VIEWS = (CHANGES,)
