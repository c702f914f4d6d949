"""The service: an attempt that ends in everything or in nothing, and what earlier ones left.

What is made is noted before it is made and proven by the answer (steps.py). A call that was refused, or never left,
made nothing. What one that broke off may have done is not known (ConnectionLost, TimedOut): it is looked for when all
is taken back, and removed only if it is proven ours.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from functools import partial

from vmgui.model.errors import Aborted, LeftForLater, PartlyDone, VmguiError
from vmgui.model.host import HostId
from vmgui.model.job import Phase, Progress
from vmgui.model.rollback import Unfinished
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.rollback.claims import Claims
from vmgui.services.rollback.earlier import Earlier
from vmgui.services.rollback.reconnecting import until_connected
from vmgui.services.rollback.rollback import Leftover, Rollback, finish
from vmgui.services.rollback.steps import Steps
from vmgui.services.rollback.taking_back import TakingBack
from vmgui.services.scope import Scope
from vmgui.store.rollback import RollbackStore

CLOSE_TIMEOUT_S = 1.0


class RollbackService:
    """Takes back what any feature has made; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        store: RollbackStore | None = None,
    ) -> None:
        """`store`: keeps what has been made, for the run after one that ended too early."""
        self._hosts = hosts
        self._inventory = inventory
        self._claims = Claims()
        self._scope = Scope("rollback", on_error=_told_by_the_job)
        self._earlier = Earlier(hosts, inventory, jobs, self._claims, self._scope, store)

    @asynccontextmanager
    async def attempt(
        self, job: JobContext, name: str, host_id: HostId, machine_uuid: str = "", uses: Collection[str] = ()
    ) -> AsyncGenerator[Steps]:
        """All that is made by the steps inside stays if the block ends well; else all of it is taken back.

        `name`: what the person is told it was made for; `machine_uuid`: the machine that is to use it, which
        needs it no longer once it is taken back. `uses`: the pools and networks it counts on, as Claims names them.

        Raises what the block raised; PartlyDone where something could not be taken back.
        """
        connection = partial(self._hosts.connection, host_id)
        info = connection().info
        unfinished = Unfinished(name, host_id, info.uuid if info is not None else "", machine_uuid)
        note = self._earlier.notes.of(unfinished)
        taking_back = TakingBack(connection, self._claims, host_id, machine_uuid)
        reconnect = partial(until_connected, self._hosts, self._inventory, host_id)
        rollback = Rollback(taking_back, reconnect, note.save)
        left = True
        try:
            with self._claims.of(host_id, uuid.uuid4().hex, uses):
                yield Steps(connection, self._scope, rollback, job.tell_waiting)
            left = False
        except BaseException as error:
            await self._take_back(job, unfinished, rollback, error)
            if job.is_cancelled and isinstance(error, VmguiError):
                # Whatever a call that was broken off says: nothing is left of what was begun.
                raise Aborted(error.detail) from error
            raise
        finally:
            await note.end(rollback.made if left else ())

    async def close(self) -> None:
        """Take nothing more back in this run; what is left is finished by the next, as far as notes are kept."""
        await self._scope.close(timeout_s=CLOSE_TIMEOUT_S)

    async def _take_back(
        self, job: JobContext, unfinished: Unfinished, rollback: Rollback, error: BaseException
    ) -> None:
        if not rollback.made:
            return
        job.tell_results()
        job.report(Progress(Phase.CLEANING_UP))
        host = self._inventory.hosts.get(unfinished.host_id)
        host_name = host.name if host is not None else ""
        later = LeftForLater(host=host_name)
        failed = tuple((made.name, later) for made in rollback.made)
        job.if_left(PartlyDone("the program was closed", done=(), failed=failed, subject=unfinished.name))
        left = await finish(self._scope.run(rollback.run()))
        job.if_left(None)
        if not left or not isinstance(error, Exception):
            return
        raise PartlyDone(
            error.detail if isinstance(error, VmguiError) else str(error),
            done=(),
            failed=tuple((leftover.made.name, self._told(leftover, host_name)) for leftover in left),
            subject=unfinished.name,
        ) from error

    def _told(self, leftover: Leftover, host_name: str) -> VmguiError:
        if not leftover.is_for_later or not self._earlier.notes.are_kept:
            return leftover.error
        return LeftForLater(leftover.error.detail, host=host_name, code=leftover.error.code)


def _told_by_the_job(_error: Exception) -> None:
    """The steps of a job are awaited there."""
