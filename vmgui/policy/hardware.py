"""What changing a machine's hardware does: when each wish applies, and why not now or never. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from vmgui.model.edit import Reach
from vmgui.model.hardware import HardwareMachine, HardwarePlan, Wish


def plan(machine: HardwareMachine, wishes: Sequence[Wish], reach: Reach = Reach.BOTH) -> HardwarePlan:
    """What the wishes do; what is so already, live and saved, is no change."""
    raise NotImplementedError


def overtaken(machine: HardwareMachine, wishes: Sequence[Wish]) -> tuple[str, ...]:
    """What of it somebody has changed since a person saw it: "vda", "vda: cache"."""
    raise NotImplementedError
