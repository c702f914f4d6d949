"""One job on one or many machines: so many at a time, a result for each, and what is left to repeat."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vmgui.hypervisor.domains import read_domain
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Aborted, NotFound, PartlyDone, VmguiError
from vmgui.model.host import HostId
from vmgui.model.job import JobId, JobKind, JobTarget, LineKind
from vmgui.policy.lifecycle import ActionRefused, is_as_wanted, refusal, refused
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService

CONCURRENT_PER_HOST = 3
"""Short calls leave the last of a host's four threads to the reads."""

Act = Callable[[DomainKey, JobContext], Awaitable[None]]
Sign = Callable[[DomainKey, Callable[[Any, str], object]], Awaitable[None]]
"""Makes a call (connection, UUID) that changes a machine's definition, and tells that this program did."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to each machine: `act` a few at a time, then `settle`, for all at once."""

    kind: JobKind
    act: Act
    settle: Act | None = None
    concurrent: int = CONCURRENT_PER_HOST
    can_cancel: bool = False
    # Whether the machine has to be there in a state that allows it; else `act` asks.
    checks_state: bool = True


class Batch:
    """One job on one or many machines, and what of it is left to repeat."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        step: Step,
        keys: tuple[DomainKey, ...],
        names: Mapping[DomainKey, str] | None = None,
    ) -> None:
        """`names`: what they are called, for those that may be gone before the job has ended."""
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._step = step
        self._keys = keys
        self._names = names or {}
        self._apart: Mapping[DomainKey, str] = {}
        self._done: list[DomainKey] = []
        self._failed: dict[DomainKey, VmguiError] = {}
        self._skipped: dict[DomainKey, VmguiError] = {}
        self._cancelled: list[DomainKey] = []

    def submit(self) -> JobId:
        """Start it as a job."""
        self._apart = self._inventory.apart_of(self._keys)
        return self._jobs.submit(
            self._step.kind,
            tuple(self._target(key) for key in self._keys),
            self._work,
            can_cancel=self._step.can_cancel or len(self._keys) > 1,
            again=self._again,
        )

    def _again(self) -> JobId | None:
        done = {*self._done, *self._skipped} if self._failed or self._cancelled else set(self._done)
        left = tuple(key for key in self._keys if key not in done)
        if not left:
            return None
        return Batch(self._hosts, self._inventory, self._jobs, self._step, left, self._names).submit()

    async def _work(self, context: JobContext) -> None:
        # A few tasks per host that take one machine after the other: thousands at once would stop the window.
        waiting: dict[HostId, deque[DomainKey]] = defaultdict(deque)
        for key in self._keys:
            waiting[key.host_id].append(key)
        async with asyncio.TaskGroup() as group:
            for keys in waiting.values():
                for _ in range(min(self._step.concurrent, len(keys))):
                    group.create_task(self._in_turn(keys, context, group))
        context.fail_targets(tuple(self._target(key) for key in self._failed))
        self._raise_result()

    def _raise_result(self) -> None:
        if self._cancelled:
            raise Aborted
        if not self._failed:
            if self._done or not self._skipped:
                return
            # Nothing at all was done; that the machine is as wanted already is no failure.
            errors = [error for error in self._skipped.values() if not self._is_as_wanted(error)]
            if errors:
                raise errors[0]
            return
        if len(self._keys) == 1:
            raise next(iter(self._failed.values()))
        failed = tuple((self._name(key), error) for key, error in self._failed.items())
        done = (*self._done, *self._skipped)
        raise PartlyDone(done=tuple(self._name(key) for key in done), failed=failed)

    def _is_as_wanted(self, error: VmguiError) -> bool:
        return isinstance(error, ActionRefused) and is_as_wanted(self._step.kind, error.refusal)

    async def _in_turn(self, keys: deque[DomainKey], context: JobContext, group: asyncio.TaskGroup) -> None:
        while keys:
            key = keys.popleft()
            done = await self._record(key, context, self._with_step(self._act, key, context))
            if done and self._step.settle is not None:
                # Waiting for a guest keeps no other machine from its turn.
                group.create_task(self._settle(key, context, self._step.settle))
            elif done:
                self._tell_done(key, context)
            # Where nothing has to be waited for (all are cancelled, say) the window still gets its turn.
            await asyncio.sleep(0)

    async def _with_step(self, act: Act, key: DomainKey, context: JobContext) -> None:
        """Each of several tells of itself."""
        if len(self._keys) == 1:
            await act(key, context)
            return
        with context.step(self._name(key)) as step:
            await act(key, step)

    async def _act(self, key: DomainKey, context: JobContext) -> None:
        context.check_cancelled()
        if self._step.checks_state:
            await self._check(key, self._name(key))
        try:
            await self._step.act(key, context)
        finally:
            self._hosts.touch(key)

    async def _settle(self, key: DomainKey, context: JobContext, settle: Act) -> None:
        if await self._record(key, context, self._with_step(settle, key, context)):
            self._tell_done(key, context)

    async def _record(self, key: DomainKey, context: JobContext, work: Awaitable[None]) -> bool:
        """Whether `work` succeeded; how it ended otherwise is noted and told."""
        name = self._name(key)
        try:
            await work
        except Aborted:
            self._cancelled.append(key)
            context.log(f"{name}: cancelled", kind=LineKind.CANCELLED, subject=name, key=key)
        except ActionRefused as error:
            self._skipped[key] = error
            text = f"{name}: skipped, {error}"
            context.log(text, kind=LineKind.SKIPPED, subject=name, error=error, key=key)
        except VmguiError as error:
            self._failed[key] = error
            error.about(subject=name)
            context.log(f"{name}: {error}", kind=LineKind.FAILED, subject=name, error=error, key=key)
        else:
            return True
        self._count(context)
        return False

    def _tell_done(self, key: DomainKey, context: JobContext) -> None:
        name = self._name(key)
        self._done.append(key)
        context.log(f"{name}: done", kind=LineKind.DONE, subject=name, key=key)
        self._count(context)

    def _count(self, context: JobContext) -> None:
        context.count_done(len(self._done) + len(self._skipped) + len(self._failed) + len(self._cancelled))

    async def _check(self, key: DomainKey, name: str) -> None:
        """Raise if the action makes no sense now; what the inventory says is verified before refusing."""
        host = self._inventory.hosts.get(key.host_id)
        if host is None:
            raise NotFound("the host was removed", subject=name)
        domain = self._inventory.domains.get(key)
        if domain is not None and refusal(domain, self._step.kind, host) is None:
            return
        connection = self._hosts.connection(key.host_id)
        domain = await connection.run(read_domain, key.host_id, key.uuid)
        if domain is None:
            raise NotFound("it is not there any more", subject=name)
        reason = refusal(domain, self._step.kind, host)
        if reason is not None:
            raise refused(reason, subject=name)

    def _target(self, key: DomainKey) -> JobTarget:
        return JobTarget(self._name(key), key.host_id, key, self._apart.get(key, ""))

    def _name(self, key: DomainKey) -> str:
        return self._names.get(key) or name_of(self._inventory, key)


def name_of(inventory: Inventory, key: DomainKey) -> str:
    """The machine's name, or its UUID once it is gone."""
    domain = inventory.domains.get(key)
    return domain.name if domain is not None else key.uuid
