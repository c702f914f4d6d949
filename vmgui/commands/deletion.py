"""The command that deletes machines."""

from __future__ import annotations

from vmgui.commands.command import MachineCommand, Target, Tone
from vmgui.commands.fields import Check
from vmgui.model.job import JobKind
from vmgui.words.say import say

DELETE = MachineCommand(
    "delete",
    say("LifecycleActions", "Delete…"),
    Target.MACHINES,
    "trash-2",
    Tone.DANGER,
    "Del",
    job=JobKind.DELETE,
    verb="delete",
    summary=say(
        "CommandLine",
        "Delete machines with their disks, but for those that others need; forces off what runs.",
    ),
    options=(Check("keep_disks", say("CommandLine", "Leave all disks where they are")),),
)

COMMANDS = (DELETE,)
