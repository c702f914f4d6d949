"""Machines' hardware: looked at, previewed, and changed as jobs."""

from __future__ import annotations

from collections.abc import Sequence

from vmgui.model.domain import DomainKey
from vmgui.model.edit import Reach
from vmgui.model.hardware import HardwareMachine, HardwareOffer, HardwarePreview, Wish
from vmgui.model.job import JobId


class HardwareService:
    """Loop thread only."""

    async def look(self, key: DomainKey) -> HardwareMachine:
        """What it has, and all that a change is judged by."""
        raise NotImplementedError

    def offer(self, key: DomainKey) -> HardwareOffer:
        """What its host has for it as far as that is known now; what is not is asked for, `changes` tells of it."""
        raise NotImplementedError

    async def preview(
        self, key: DomainKey, wishes: Sequence[Wish], reach: Reach = Reach.BOTH
    ) -> HardwarePreview:
        """What carrying them out would do."""
        raise NotImplementedError

    def change(self, key: DomainKey, wishes: Sequence[Wish], reach: Reach = Reach.BOTH) -> JobId:
        """Carry them out as one job."""
        raise NotImplementedError
