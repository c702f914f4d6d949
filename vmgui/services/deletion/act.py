"""The deletion of one machine, and how far it came.

A protected machine is left as it is (ActionRefused), whenever it came to be so.

Order: force off -> undefine -> files, so that a half-done deletion leaves files, never a machine without its
disks. The plan is made anew right before the act; if the machine or a chosen file changed, nothing is done. Each
file is judged once more right before it is deleted: what has come to be needed by then stays.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Any

from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import read_domain
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import POOLS, SLOW
from vmgui.hypervisor.storage import delete_volume, rest_pool, wake_pool
from vmgui.hypervisor.stuck_calls import ALL_POOLS
from vmgui.hypervisor.tags import unless_protected
from vmgui.model.deletion import DeletionPlan, DoomedFile, Doubt, KeepReason
from vmgui.model.domain import DomainKey
from vmgui.model.errors import (
    InvalidConfig,
    InvalidState,
    NotFound,
    PartlyDone,
    StorageFailure,
    VmguiError,
)
from vmgui.model.job import LineKind
from vmgui.policy.deletion import Evidence, Verdicts
from vmgui.services import local_images
from vmgui.services.background import in_thread
from vmgui.services.deletion.evidence import find_evidence, has_plain_files
from vmgui.services.deletion.other_hosts import OtherHosts
from vmgui.services.hosts import HostService
from vmgui.services.jobs import JobContext
from vmgui.services.pools import delete_at

DESTROY_TIMEOUT_S = 60.0
POOL_TIMEOUT_S = 60.0
DELETE_FILE_TIMEOUT_S = 600.0
"""Freeing the blocks of a large file may take minutes on some file systems."""

PlanAnew = Callable[[DomainKey, OnWait], Awaitable[DeletionPlan]]


class PlanChanged(InvalidState):
    """The machine is not as it was when the plan was shown: nothing was deleted; look at it again."""


class Deletion:
    """One machine and those of its plan's offered files that are in `paths`; what is done is not done again."""

    def __init__(
        self,
        hosts: HostService,
        others: OtherHosts,
        plan: DeletionPlan,
        paths: frozenset[str],
        going: Collection[DomainKey],
    ) -> None:
        """`going`: the machines that go with it, while they do."""
        self._hosts = hosts
        self._others = others
        self._plan = plan
        self._paths = paths
        self._going = going
        self._undefined = False
        self._left: tuple[DoomedFile, ...] = ()

    async def work(self, context: JobContext, plan_anew: PlanAnew) -> None:
        """All of it, or what an earlier attempt left.

        PlanChanged: it changed since, and nothing was done. PartlyDone: a step failed after another had
        succeeded; `failed` names what is left.
        """
        if self._undefined:
            await self._delete_left(context)
        else:
            await self._delete_all(context, plan_anew)

    async def _delete_all(self, context: JobContext, plan_anew: PlanAnew) -> None:
        plan, key = self._plan, self._plan.key
        offered = {file.path: file for file in plan.files if file.can_delete}
        for path in self._paths - offered.keys():
            raise InvalidConfig("this file was not offered for deletion", subject=path)
        if _has_changed(plan, await plan_anew(key, context.tell_waiting), self._paths):
            raise PlanChanged("it changed since the plan was made", subject=plan.name)
        connection = self._hosts.connection(key.host_id)
        if not plan.active:
            # The new plan may be some seconds old, too.
            domain = await connection.run(read_domain, key.host_id, key.uuid)
            if domain is not None and domain.state.is_active:
                raise PlanChanged("it was started since the plan was made", subject=plan.name)
        chosen = tuple(file for path, file in offered.items() if path in self._paths)
        forced_off = False
        try:
            if plan.active:
                await connection.run(
                    unless_protected(lifecycle.destroy),
                    key.uuid,
                    lane=SLOW,
                    timeout_s=DESTROY_TIMEOUT_S,
                    on_wait=context.tell_waiting,
                )
                forced_off = True
                self._plan = replace(plan, active=False)
                context.log(f"{plan.name}: forced off", kind=LineKind.FORCED_OFF, subject=plan.name)
            await self._undefine(connection, plan)
            self._undefined = True
            context.log(f"{plan.name}: deleted", kind=LineKind.UNDEFINED, subject=plan.name)
        except VmguiError as error:
            error.about(subject=plan.name)
            if not forced_off:
                raise
            names = (plan.name, *(file.path for file in chosen))
            raise PartlyDone(
                "forced off, but not deleted",
                done=(plan.name,),
                failed=tuple((name, error) for name in names),
                subject=plan.name,
            ) from None
        finally:
            self._hosts.touch(key)
        await self._delete_files(chosen, context, done=(plan.name,))

    async def _undefine(self, connection: Connection, plan: DeletionPlan) -> None:
        try:
            await connection.run(_undefine, plan)
        except NotFound:
            # A transient machine is gone once it is off.
            if not plan.active:
                raise
        if await connection.run(read_domain, plan.key.host_id, plan.key.uuid) is not None:
            # Started by somebody in this very moment: undefined while it runs, it lives on, and needs its disks.
            raise InvalidState("it was started meanwhile and is running", subject=plan.name)

    async def _delete_left(self, context: JobContext) -> None:
        await self._delete_files(self._left, context)

    async def _delete_files(
        self, files: tuple[DoomedFile, ...], context: JobContext, done: tuple[str, ...] = ()
    ) -> None:
        """Each examined anew right before it goes, since anything may have come to need it meanwhile."""
        failed: dict[str, VmguiError] = {}
        self._left = files
        for file in files:
            try:
                await self._delete_if_free(file, context)
            except NotFound:
                context.log(f"{file.path}: not there any more", kind=LineKind.GONE, subject=file.path)
            except VmguiError as error:
                error.about(subject=file.path)
                failed[file.path] = error
                context.log(f"{file.path}: {error}", kind=LineKind.FAILED, subject=file.path, error=error)
        self._left = tuple(file for file in files if file.path in failed)
        if failed:
            raise PartlyDone(
                "the machine is deleted, but not all of its files",
                done=(*done, *(file.path for file in files if file.path not in failed)),
                failed=tuple(failed.items()),
                subject=self._plan.name,
            )

    async def _delete_if_free(self, file: DoomedFile, context: JobContext) -> None:
        connection = self._hosts.connection(self._plan.key.host_id)
        pool = file.pool_to_start
        if not pool:
            await self._judge_and_delete(file, context)
            return
        # What rested before rests afterwards.
        started = await connection.run(
            wake_pool, pool, lane=POOLS, pool=pool, timeout_s=POOL_TIMEOUT_S, on_wait=_seen_through(context)
        )
        try:
            await self._judge_and_delete(file, context)
        finally:
            if started:
                await self._rest(connection, pool, context)

    @staticmethod
    async def _rest(connection: Connection, pool: str, context: JobContext) -> None:
        try:
            await connection.run(
                rest_pool,
                pool,
                lane=POOLS,
                pool=pool,
                timeout_s=POOL_TIMEOUT_S,
                on_wait=_seen_through(context),
            )
        except VmguiError as error:
            # Others may have come to use it; what became of the file is another matter.
            context.log(f"{pool}: left running: {error}", subject=pool)

    async def _judge_and_delete(self, file: DoomedFile, context: JobContext) -> None:
        key = self._plan.key
        connection = self._hosts.connection(key.host_id)
        found, evidence = await find_evidence(connection, paths=(file.path,), on_wait=_seen_through(context))
        # Of a cancelled job those whose turn has not come stay.
        going = frozenset(() if context.is_cancelled else self._going)
        on_host = frozenset(one.uuid for one in going if one.host_id == key.host_id)
        own = await in_thread(_judged, file, evidence, on_host)
        (judged,) = await self._others.judge_files(key, (own,), found, going)
        doubts = tuple(doubt.machine for doubt in _new_doubts(judged, file))
        match judged.reason:
            case KeepReason.NONE if not doubts:
                await self._delete_file(file, context)
                context.log(f"{file.path}: deleted", kind=LineKind.FILE_DELETED, subject=file.path)
            case KeepReason.MISSING:
                context.log(f"{file.path}: not there any more", kind=LineKind.GONE, subject=file.path)
            case _:
                needed_by = (*judged.used_by, *doubts)
                context.log(
                    f"{file.path}: kept, it may be needed: {judged.reason.value} {', '.join(needed_by)}",
                    kind=LineKind.FILE_KEPT,
                    subject=file.path,
                    needed_by=needed_by,
                )

    async def _delete_file(self, file: DoomedFile, context: JobContext) -> None:
        path = file.path
        connection = self._hosts.connection(self._plan.key.host_id)
        if not has_plain_files(connection):
            if connection.silent_pools:
                await delete_at(connection, path, timeout_s=DELETE_FILE_TIMEOUT_S)
            else:
                await connection.run(
                    delete_volume,
                    path,
                    lane=POOLS,
                    pool=ALL_POOLS,
                    changed_pool=file.pool,
                    timeout_s=DELETE_FILE_TIMEOUT_S,
                    on_wait=_seen_through(context),
                )
            return
        try:
            await in_thread(local_images.delete, path)
        except FileNotFoundError as error:
            raise NotFound(str(error), subject=path) from None
        except OSError as error:
            raise StorageFailure(str(error), subject=path) from None


def _seen_through(context: JobContext) -> OnWait:
    """Cancelling leaves no file of a machine behind once the machine is deleted."""
    return lambda waits, _leave: context.tell_waiting(waits)


def _judged(file: DoomedFile, evidence: Evidence, going: Collection[str]) -> DoomedFile:
    return Verdicts(evidence).left_over(file.path, file.target, going=going)


def _new_doubts(now: DoomedFile, shown: DoomedFile) -> list[Doubt]:
    """Doubts that are new: whoever chose a file in doubt knew the doubts of that time only."""
    # Its machine is off by now: as long as it ran, nothing could come to be based on it.
    return [] if shown.is_written else [doubt for doubt in now.doubts if doubt not in shown.doubts]


def _undefine(conn: Any, plan: DeletionPlan) -> None:
    unless_protected(definition.undefine)(
        conn,
        plan.key.uuid,
        nvram=bool(plan.nvram_path),
        managed_save=plan.has_managed_save,
        snapshots=bool(plan.snapshots),
        checkpoints=bool(plan.checkpoints),
        tpm=plan.has_tpm_state,
    )


def _has_changed(plan: DeletionPlan, now: DeletionPlan, paths: frozenset[str]) -> bool:
    """Whether the machine is another than was shown, or a chosen file is needed by now.

    Sizes grow while it runs. What was to stay stays, even if the machine that needed it was deleted meanwhile.
    """
    shown = {file.path: file for file in plan.files}
    free = {
        file.path
        for file in now.files
        if file.can_delete and not _new_doubts(file, shown.get(file.path, file))
    }
    return not paths <= free or _essence(plan, plan) != _essence(now, plan)


def _essence(plan: DeletionPlan, shown: DeletionPlan) -> tuple[object, ...]:
    return (
        plan.name,
        plan.active,
        sorted((file.path, file.target) for file in plan.files),
        plan.nvram_path if shown.nvram_path else "",
        plan.has_tpm_state,
        sorted(plan.snapshots),
        sorted(plan.checkpoints),
        plan.has_managed_save,
    )
