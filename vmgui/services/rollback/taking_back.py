"""Takes one thing back, on its host or on this computer, if it is proven ours and nobody else uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import POOLS, SLOW
from vmgui.hypervisor.rollback import Asked, machines_that_need, take_back
from vmgui.model.deletion import DoomedFile, KeepReason
from vmgui.model.errors import NotProvenOurs, StillUsed
from vmgui.model.host import HostId
from vmgui.model.rollback import Fate, Made, MadeKind
from vmgui.policy.deletion import Evidence, Verdicts
from vmgui.services.background import in_thread
from vmgui.services.deletion.evidence import find_evidence
from vmgui.services.local_disk import remove_disk
from vmgui.services.rollback.claims import Claims

TIMEOUT_S = 60.0
_THINGS = {
    MadeKind.POOL_MADE: "pool",
    MadeKind.POOL_STARTED: "pool",
    MadeKind.NETWORK_STARTED: "network",
}
_IN_POOLS = frozenset({MadeKind.VOLUME, MadeKind.POOL_MADE, MadeKind.POOL_STARTED})
_NEEDED = frozenset({KeepReason.SHARED, KeepReason.BACKING, KeepReason.UNKNOWN})


class TakingBack:
    """Removes all that one machine was made of, on whatever connection there is then. `is_late`: in another run."""

    def __init__(
        self,
        connection: Callable[[], Connection],
        claims: Claims,
        host_id: HostId,
        machine_uuid: str,
        *,
        is_late: bool = False,
    ) -> None:
        self._connection = connection
        self._claims = claims
        self._host_id = host_id
        self._asked = Asked(machine_uuid, is_late=is_late)

    async def __call__(self, made: Made) -> Fate:
        """Take it back; raises NotProvenOurs, StillUsed, and what the host says."""
        return await self._take(made, only_look=False)

    async def look(self, made: Made) -> Fate:
        """What would become of it."""
        return await self._take(made, only_look=True)

    async def _take(self, made: Made, *, only_look: bool) -> Fate:
        if made.kind is MadeKind.FILE:
            return await self._take_file(made, only_look=only_look)
        if made.kind is MadeKind.VOLUME:
            await self._check_unneeded(made, made.key)
        thing = f"{_THINGS.get(made.kind, '')} {made.name}"
        is_claimed = self._claims.is_claimed(self._host_id, thing)
        asked = replace(self._asked, is_claimed=is_claimed, only_look=only_look)
        # A pool that a broken connection took a call to is asked again only after a while: in this run it is that
        # call we look after. Later, one that hangs is not asked at every connection.
        pool = (
            (made.pool or (made.name if _THINGS.get(made.kind) == "pool" else None))
            if asked.is_late
            else None
        )
        lane = POOLS if made.kind in _IN_POOLS else SLOW
        return await self._connection().run(take_back, made, asked, lane=lane, timeout_s=TIMEOUT_S, pool=pool)

    async def _take_file(self, made: Made, *, only_look: bool) -> Fate:
        if not made.is_proven:
            raise NotProvenOurs("a file of that name is there", subject=made.name)
        users = await self._connection().run(
            machines_that_need, made.name, self._asked.machine_uuid, lane=SLOW, timeout_s=TIMEOUT_S
        )
        if users:
            raise StillUsed(f"virtual machine {users[0]} uses it", subject=made.name)
        await self._check_unneeded(made, made.name)
        if only_look:
            return Fate.REMOVED
        is_there = await in_thread(remove_disk, made.name, (made.device, made.inode))
        return Fate.REMOVED if is_there else Fate.GONE

    async def _check_unneeded(self, made: Made, path: str) -> None:
        """Days later anything may have come to need a file, by whatever name: judged as before any deletion."""
        if not self._asked.is_late or not made.is_proven or not path.startswith("/"):
            return
        _, evidence = await find_evidence(self._connection(), paths=(path,))
        judged = await in_thread(_judged, path, evidence, self._asked.machine_uuid)
        if judged.reason in _NEEDED:
            raise StillUsed(f"it may be needed: {', '.join(judged.used_by)}", subject=made.name)


def _judged(path: str, evidence: Evidence, machine_uuid: str) -> DoomedFile:
    return Verdicts(evidence).left_over(path, "", machine_uuid)
