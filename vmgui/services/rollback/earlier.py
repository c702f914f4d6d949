"""Finishes what attempts left that ended too early: the program was quit or killed, or the host was away.

Each is a job of its own, so that the person sees what was removed and what was not.
"""

from __future__ import annotations

import logging

from vmgui.model.changeset import ChangeSet
from vmgui.model.errors import NotProvenOurs, PartlyDone, StillUsed, VmguiError
from vmgui.model.host import HostId, HostState
from vmgui.model.job import JobKind, JobTarget, LineKind, Phase, Progress
from vmgui.model.rollback import Fate, Made, MadeKind
from vmgui.services.background import in_thread
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.rollback.claims import Claims
from vmgui.services.rollback.notes import Notes
from vmgui.services.rollback.rollback import Rollback
from vmgui.services.rollback.taking_back import TakingBack
from vmgui.services.scope import Scope
from vmgui.store.rollback import RollbackNote, RollbackStore

log = logging.getLogger(__name__)

_LINES = {MadeKind.MACHINE: LineKind.UNDEFINED, MadeKind.VOLUME: LineKind.FILE_DELETED}
_IN_USE_WHEN_CHANGED = frozenset({MadeKind.MACHINE, MadeKind.VOLUME, MadeKind.FILE})


class Earlier:
    """Looks whenever a host has been connected; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        claims: Claims,
        scope: Scope,
        store: RollbackStore | None,
    ) -> None:
        self.notes = Notes(store, self._look)
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._claims = claims
        self._scope = scope
        self._connected: set[HostId] = set()
        if store is not None:
            inventory.changes.subscribe(self._on_change)

    def _on_change(self, change: ChangeSet) -> None:
        for host in (*change.hosts_added, *change.hosts_changed):
            is_connected = host.state is HostState.CONNECTED
            if is_connected and host.id not in self._connected:
                self._connected.add(host.id)
                self._look(host.id)
            elif not is_connected:
                self._connected.discard(host.id)
        self._connected.difference_update(change.hosts_removed)

    def _look(self, host_id: HostId) -> None:
        host = self._inventory.hosts.get(host_id)
        if host is None or host.state is not HostState.CONNECTED or self._scope.is_closed:
            return
        if host.config.read_only or (host.info is not None and host.info.features.read_only):
            return
        self._scope.run(self._finish_all(host_id))

    async def _finish_all(self, host_id: HostId) -> None:
        for note in await self.notes.left_behind(host_id):
            if not note.unfinished.made:
                # It could not be removed when all was done.
                await in_thread(note.remove)
                continue
            try:
                self._submit(note)
            except RuntimeError:
                # The program is closing: the next one meets it.
                note.release()

    def _submit(self, note: RollbackNote) -> None:
        async def work(job: JobContext) -> None:
            job.report(Progress(Phase.CLEANING_UP))
            await _Finishing(self._hosts, self._claims, note).run(job)

        unfinished = note.unfinished
        target = JobTarget(unfinished.name, unfinished.host_id)
        self._jobs.submit(JobKind.CLEAN_UP, (target,), work, can_retry=False)


class _Finishing:
    """One attempt's rest."""

    def __init__(self, hosts: HostService, claims: Claims, note: RollbackNote) -> None:
        self._hosts = hosts
        self._note = note
        unfinished = self._unfinished = note.unfinished
        self._taking_back = TakingBack(
            lambda: hosts.connection(unfinished.host_id),
            claims,
            unfinished.host_id,
            unfinished.machine_uuid,
            is_late=True,
        )

    async def run(self, job: JobContext) -> None:
        """Take it back, or leave all of it if anything of it has come into use; PartlyDone says what is left."""
        unfinished = self._unfinished
        rollback = Rollback(self._taking_back, _wait_for_nothing, made=unfinished.made)
        is_over = False
        try:
            self._check_host()
            await self._check_unused()
            left = await rollback.run(lambda made, fate: _tell(job, made, fate))
            is_over = not any(leftover.is_for_later for leftover in left)
            if left:
                failed = tuple((leftover.made.name, leftover.error) for leftover in left)
                raise PartlyDone(done=(), failed=failed, subject=unfinished.name)
        except StillUsed as error:
            is_over = True
            names = [made.name for made in unfinished.made if made.kind in _IN_USE_WHEN_CHANGED]
            raise PartlyDone(
                done=(), failed=tuple((name, error) for name in names), subject=unfinished.name
            ) from error
        except NotProvenOurs:
            is_over = True
            raise
        finally:
            await in_thread(self._note.remove if is_over else self._note.release)

    def _check_host(self) -> None:
        info = self._hosts.connection(self._unfinished.host_id).info
        if info is not None and info.uuid != self._unfinished.host_uuid:
            raise NotProvenOurs("another host has that address now", subject=self._unfinished.name)

    async def _check_unused(self) -> None:
        for made in self._unfinished.made:
            if made.kind not in _IN_USE_WHEN_CHANGED:
                continue
            try:
                await self._taking_back.look(made)
            except StillUsed:
                raise
            except VmguiError as error:
                log.info("%s: %s", made.name, error)


async def _wait_for_nothing() -> None:
    """It goes on when the host is connected again."""


def _tell(job: JobContext, made: Made, fate: Fate) -> None:
    if fate is Fate.REMOVED:
        job.log(f"removed {made.name}", kind=_LINES.get(made.kind, LineKind.NOTE), subject=made.name)
