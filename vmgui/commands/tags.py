"""The command for tags and folders."""

from __future__ import annotations

from vmgui.commands.command import MachineCommand, Target
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal
from vmgui.words.say import say

TAGS = MachineCommand(
    "set_tags",
    say("LifecycleActions", "Tags and folder…"),
    Target.MACHINES,
    "tag",
    keys="Ctrl+Shift+T",
    job=JobKind.SET_TAGS,
    tells_of=frozenset(Refusal),
)

COMMANDS = (TAGS,)
