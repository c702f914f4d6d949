"""The command that deletes machines."""

from __future__ import annotations

from vmgui.commands.command import MachineCommand, Reach, Target, Tone
from vmgui.commands.fields import Check
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.words.say import say

DELETE = MachineCommand(
    "delete",
    say("Deletion", "Delete…"),
    Target.MACHINES,
    "trash-2",
    Tone.DANGER,
    "Del",
    reach=Reach.LIST,
    job=JobKind.DELETE,
    tells_of=frozenset({Refusal.PROTECTED}),
    verb="delete",
    summary=say(
        "CommandLine",
        "Delete machines with their disks, but for those that others need; forces off what runs.",
    ),
    options=(Check("keep_disks", say("CommandLine", "Leave all disks where they are")),),
)

COMMANDS = (DELETE,)
