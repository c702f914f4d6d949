"""Machines' resources and definitions: looked at, previewed, and changed as jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vmgui.hypervisor import edits, edits_text
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import SLOW, LaneKind
from vmgui.hypervisor.undo import signing
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Base, Changed, EditedMachine, GrowDisk, Plan, Preview, Reach, Values
from vmgui.model.errors import Busy, VmguiError
from vmgui.model.job import JobId, JobKind
from vmgui.policy.xml_error import refused
from vmgui.services.batch import Batch, Step
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits_locks import DefinitionLocks
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.notifier import Notifier

LOOK_TIMEOUT_S = 30.0
CHANGE_TIMEOUT_S = 300.0
SIGNED_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of one machine; `base`: what they saw of it when they did (policy.edit.base)."""

    values: Values
    base: Base
    reach: Reach = Reach.BOTH


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition that this program changed, before and after it; without passwords. Both empty: disks have grown,
    which no definition says."""

    key: DomainKey
    before: str
    after: str
    plan: Plan | None = None  # None: a person wrote it


class EditService:
    """Loop thread only. `defined`: tells of every definition that this program changed, and of no other."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        definitions: DefinitionIndex | None = None,
    ) -> None:
        """`definitions`: reads what was changed; not every host tells of it."""
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._definitions = definitions
        self._locks = DefinitionLocks()
        self.defined: Notifier[Defined] = Notifier()

    async def look(self, key: DomainKey) -> EditedMachine:
        """What it has, and all that a change is judged by."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(edits.look, key.uuid, lane=SLOW, timeout_s=LOOK_TIMEOUT_S)

    async def preview(self, key: DomainKey, values: Values, reach: Reach = Reach.BOTH) -> Preview:
        """What changing it so would do."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(
            edits.preview, key.uuid, values, reach, lane=SLOW, timeout_s=LOOK_TIMEOUT_S
        )

    def change(self, wishes: Mapping[DomainKey, Wish]) -> JobId:
        """Change them, as one job."""

        async def act(key: DomainKey, context: JobContext) -> None:
            wish = wishes[key]

            def call(conn: Any, uuid: str, departure: Departure) -> Changed:
                return edits.change(conn, uuid, wish.values, wish.base, wish.reach, departure)

            await self._define(key, context, call)

        return self._submit(JobKind.EDIT, act, tuple(wishes))

    async def text(self, key: DomainKey, *, saved: bool) -> str:
        """Its XML to be shown and edited, as it is after the next start (`saved`) or now; stars stand for passwords."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(edits_text.definition_text, key.uuid, saved, timeout_s=LOOK_TIMEOUT_S)

    def define(self, key: DomainKey, xml: str, base: str) -> JobId:
        """Define it by what a person wrote, from `base`, which is what `text` gave them."""

        async def act(key: DomainKey, context: JobContext) -> None:
            def call(conn: Any, uuid: str, departure: Departure) -> Changed:
                return edits_text.define_text(conn, uuid, xml, base, departure)

            try:
                await self._define(key, context, call)
            except VmguiError as error:
                raise refused(error, xml, base) from None

        return self._submit(JobKind.DEFINE, act, (key,))

    async def signed(self, key: DomainKey, call: Callable[[Any, str], object]) -> None:
        """Make a call on a machine that changes its definition by itself, and tell of that."""

        def in_turn(conn: Any, uuid: str, _departure: Departure) -> Changed:
            return Changed(None, *signing(conn, uuid, call))

        await self.run(key, in_turn, timeout_s=SIGNED_TIMEOUT_S)

    def lock(self, key: DomainKey) -> asyncio.Lock:
        """Held by whoever reads a definition, changes it and defines it."""
        return self._locks.of(key)

    async def run(
        self,
        key: DomainKey,
        call: Callable[[Any, str, Departure], Changed],
        *,
        timeout_s: float,
        lane: LaneKind | None = None,
        on_wait: OnWait | None = None,
    ) -> Changed:
        """Make a call (connection, UUID, departure) that changes a definition, while nobody else does, and tell of
        what it defined; also where it comes back when nobody waits for it any more."""

        def tell(done: Changed) -> None:
            self._tell(key, done)

        connection = self._hosts.connection(key.host_id)
        done = await self._locks.run(
            *(connection, key, call), on_late=tell, timeout_s=timeout_s, lane=lane, on_wait=on_wait
        )
        tell(done)
        return done

    async def _define(
        self, key: DomainKey, context: JobContext, call: Callable[[Any, str, Departure], Changed]
    ) -> None:
        done = await self.run(key, call, timeout_s=CHANGE_TIMEOUT_S, lane=SLOW, on_wait=context.tell_waiting)
        if done.may_be_lost:
            raise Busy("it is saved here, but a migration began meanwhile: look at it again after that")

    def _tell(self, key: DomainKey, done: Changed) -> None:
        if self._definitions is not None:
            self._definitions.read_again(key.host_id, (key.uuid,))
        if done.before != done.after or _grew(done.plan):
            self.defined.emit(Defined(key, done.before, done.after, done.plan))

    def _submit(
        self,
        kind: JobKind,
        act: Callable[[DomainKey, JobContext], Awaitable[None]],
        keys: tuple[DomainKey, ...],
    ) -> JobId:
        return Batch(self._hosts, self._inventory, self._jobs, Step(kind, act), keys).submit()


def _grew(plan: Plan | None) -> bool:
    """No definition says how large a disk is."""
    return plan is not None and any(isinstance(call, GrowDisk) for call in plan.calls)
