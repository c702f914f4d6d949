"""The commands that show a machine's hardware."""

from __future__ import annotations

from vmgui.commands.command import Command, Situation, Target
from vmgui.words.say import say

PLACE = "hardware"


def _one_machine(now: Situation) -> bool:
    return now.machines == 1


HARDWARE = Command(
    "hardware",
    say("Hardware", "Show hardware"),
    Target.MACHINES,
    "cpu",
    keys="Ctrl+Shift+G",
    possible=_one_machine,
)
ADD_DEVICE = Command(
    "add-device",
    say("Hardware", "Add a device…"),
    Target.MACHINES,
    "plus",
    keys="Ctrl+Alt+G",
    possible=_one_machine,
)

COMMANDS = (HARDWARE, ADD_DEVICE)
