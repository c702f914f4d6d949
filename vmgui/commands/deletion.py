"""The command that deletes machines."""

from __future__ import annotations

from vmgui.commands.command import MachineCommand, Reach, Target, Tone
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.words.say import say

DELETE = MachineCommand(
    "delete",
    say("LifecycleActions", "Delete…"),
    Target.MACHINES,
    "trash-2",
    Tone.DANGER,
    "Del",
    reach=Reach.LIST,
    job=JobKind.DELETE,
    tells_of=frozenset({Refusal.PROTECTED}),
)

COMMANDS = (DELETE,)
