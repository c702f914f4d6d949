"""What was changed in machines' definitions, by this program or another, and how it comes back.

The saved definition of every machine is read quietly, behind the index of definitions, and again when its host tells
of a change, by and by anyhow (no host tells of everything), and when somebody asks. What is another than the last one
seen, also by an earlier run, is a change: this program's only where it told so itself (EditService.defined).
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lanes import SLOW
from vmgui.hypervisor.undo import NoText, define_earlier, read_present, read_saved
from vmgui.libvirtxml.settings import diff
from vmgui.libvirtxml.undo import describe, restored, without_passwords
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Changed, Plan, Setting, When
from vmgui.model.errors import FileFailure, InvalidConfig, VmguiError
from vmgui.model.event import EventKind
from vmgui.model.host import HostId, HostState
from vmgui.model.job import JobId, JobKind
from vmgui.model.undo import (
    Caution,
    Described,
    Difference,
    Entry,
    Foresight,
    Growth,
    What,
)
from vmgui.policy.undo import beyond, changes_protection, differences, mark_of
from vmgui.services.background import in_thread
from vmgui.services.batch import Batch, Step
from vmgui.services.definitions import DefinitionIndex, tells_of_changes
from vmgui.services.edits import Defined, EditService
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.notifier import Notifier
from vmgui.store.undo import UndoStore
from vmgui.store.undo_rows import Gone, HostGone, Seen, Told, Written

log = logging.getLogger(__name__)

SLICE = 50
PAUSE_S = 0.1
REST = 3.0
"""So many times as long as a slice took is rested after it."""
AGAIN_EVERY_S = 600.0
"""Changes of a saved definition alone are told by no event of libvirt."""
AGAIN_UNTOLD_EVERY_S = 300.0
"""Where a host tells of nothing at all."""
RETRY_S = 10.0
READ_TIMEOUT_S = 30.0
DEFINE_TIMEOUT_S = 60.0

_TELLS = frozenset({
    EventKind.DOMAIN_DEFINED,
    EventKind.DOMAIN_METADATA,
    EventKind.DOMAIN_DEVICE_ADDED,
    EventKind.DOMAIN_DEVICE_REMOVED,
    EventKind.DOMAIN_DISK_CHANGE,
    EventKind.DOMAIN_BLOCK_JOB,
    EventKind.DOMAIN_TUNABLE,
})  # fmt: skip


class UndoService:
    """Loop thread only. `changed`: a machine has a change more."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        edits: EditService,
        store: UndoStore,
        definitions: DefinitionIndex | None = None,
    ) -> None:
        """`definitions`: behind what it reads, all machines are read; None: only those that are asked for."""
        self.changed: Notifier[DomainKey] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._edits = edits
        self._store = store
        self._definitions = definitions
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False
        self._marks: dict[
            HostId, dict[str, bytes]
        ] = {}  # of the last definitions seen; not there: not looked up
        self._wanted: dict[HostId, dict[str, None]] = defaultdict(dict)
        self._followed: set[DomainKey] = set()  # read since their host was connected
        self._due_s: dict[HostId, float] = {}
        self._again_s: dict[HostId, float] = {}
        self._subscriptions = (
            inventory.changes.subscribe(self._on_change),
            hosts.events.subscribe(self._on_events),
            edits.defined.subscribe(self._on_defined),
        )
        store.follow(self._on_written)
        if definitions is not None:
            definitions.add_errand(self._read_by_and_by)

    async def close(self) -> None:
        """Hear no more; the store is its owner's to close."""
        self._is_closed = True
        for subscription in self._subscriptions:
            subscription.cancel()

    # What a person asks.

    async def entries(self, key: DomainKey) -> tuple[Entry, ...]:
        """The changes of a machine, the latest first; it is looked at once more where its host answers. Raises
        FileFailure where the file of changes cannot be read."""
        try:
            await self._read_now(key)
        except VmguiError as error:
            log.info("%s: not looked at for changes: %s", key.uuid, error)
        try:
            return await in_thread(_with_differences, self._store, key)
        except OSError as error:
            raise FileFailure(str(error), subject=self._store.path.name) from error

    async def diff(self, before: str, after: str) -> str:
        """Unified, by lines."""
        return await in_thread(diff, before, after)

    async def foresee(self, entry: Entry) -> Foresight:
        """What undoing it does to the machine as it is now; raises VmguiError."""
        connection = self._hosts.connection(entry.key.host_id)
        present, starred, is_active, has_saved_state = await connection.run(
            read_present, entry.key.uuid, timeout_s=READ_TIMEOUT_S
        )
        foresight = await in_thread(_foresee, entry, present, starred)
        return replace(foresight, is_active=is_active, has_saved_state=has_saved_state)

    def undo(self, foresight: Foresight) -> JobId:
        """Bring back what was before that change, unless the machine is another than was foreseen."""
        entry = foresight.entry

        async def act(key: DomainKey, context: JobContext) -> None:
            def call(conn: Any, uuid: str, departure: Departure) -> Changed:
                departure.check()
                keeps_protection = not changes_protection(entry.differences)
                return Changed(
                    None, *define_earlier(conn, uuid, entry.before, foresight.present, keeps_protection)
                )

            await self._edits.run(
                key, call, lane=SLOW, timeout_s=DEFINE_TIMEOUT_S, on_wait=context.tell_waiting
            )

        step = Step(JobKind.UNDO, act)
        return Batch(self._hosts, self._inventory, self._jobs, step, (entry.key,)).submit()

    async def settle(self) -> None:
        """Wait until what was told so far is kept, or cannot be."""
        loop = asyncio.get_running_loop()
        done = asyncio.Event()
        self._store.when_written(lambda: _call(loop, done.set))
        await done.wait()

    # What happens.

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._forget_host(host_id)
        for key in change.removed:
            self._wanted[key.host_id].pop(key.uuid, None)
            self._followed.discard(key)
            self._marks.get(key.host_id, {}).pop(key.uuid, None)
            if key.host_id not in change.hosts_removed:
                self._store.record(Gone(key, time.time()))
        for domain in change.added:
            self._want(domain.key.host_id, (domain.key.uuid,))
        for host in change.hosts_changed:
            if host.state is not HostState.CONNECTED and host.id in self._again_s:
                # What happens meanwhile, nobody tells.
                del self._again_s[host.id]
                self._followed = {key for key in self._followed if key.host_id != host.id}

    def _on_events(self, told: HostEvents) -> None:
        if EventKind.LOST in told.kinds:
            self._want(told.host_id, self._inventory.rows_of(told.host_id))
            return
        is_told = not told.kinds.isdisjoint(_TELLS)
        self._want(
            told.host_id,
            [event.uuid for event in told.events if event.is_turn or (is_told and event.kind in _TELLS)],
        )

    def _on_defined(self, told: Defined) -> None:
        key, grown = told.key, _growths(told.plan)
        self._loop = asyncio.get_running_loop()
        try:
            before, after = (without_passwords(text) if text else "" for text in (told.before, told.after))
        except InvalidConfig as error:
            log.warning("%s: a change of it is not kept: %s", key.uuid, error)
            return
        self._followed.add(key)
        if not self._store.record(Told(key, before, after, time.time(), grown)):
            log.warning("%s: a change of it is not kept: too much waits to be written", key.uuid)
        if after and (marks := self._marks.get(key.host_id)) is not None:
            marks[key.uuid] = mark_of(after)

    def _forget_host(self, host_id: HostId) -> None:
        for known in (self._marks, self._wanted, self._due_s, self._again_s):
            known.pop(host_id, None)
        self._followed = {key for key in self._followed if key.host_id != host_id}
        self._store.record(HostGone(host_id))

    def _want(self, host_id: HostId, uuids: Iterable[str]) -> None:
        uuids = dict.fromkeys(uuids)
        if self._definitions is None or not uuids:
            return
        self._wanted[host_id].update(uuids)
        self._definitions.wake(host_id)

    # Reading.

    async def _read_by_and_by(self, host_id: HostId) -> float:
        """An errand of the index: the next machines that are wanted; when there will be more to do."""
        now_s = time.monotonic()
        if host_id not in self._again_s:
            # Of a connection just made.
            self._again_s[host_id] = now_s
        if now_s >= self._again_s[host_id]:
            host = self._inventory.hosts.get(host_id)
            is_told = host is not None and tells_of_changes(host)
            self._again_s[host_id] = now_s + (AGAIN_EVERY_S if is_told else AGAIN_UNTOLD_EVERY_S)
            self._wanted[host_id].update(dict.fromkeys(self._inventory.rows_of(host_id)))
        if not self._wanted[host_id]:
            return self._again_s[host_id]
        if now_s < self._due_s.get(host_id, -math.inf):
            return self._due_s[host_id]
        if not await self._look_up(host_id):
            pause_s = RETRY_S
        else:
            free = (uuid for uuid in self._wanted[host_id] if not self._is_held(DomainKey(host_id, uuid)))
            uuids = tuple(itertools.islice(free, SLICE))
            if uuids:
                await self._read(host_id, uuids)
            pause_s = max(PAUSE_S, REST * (time.monotonic() - now_s))
        self._due_s[host_id] = time.monotonic() + pause_s
        return self._due_s[host_id] if self._wanted[host_id] else self._again_s.get(host_id, math.inf)

    async def _read_now(self, key: DomainKey) -> None:
        """One machine, and until it is written."""
        domain = self._inventory.domains.get(key)
        if (
            domain is not None
            and domain.persistent
            and not self._is_held(key)
            and await self._look_up(key.host_id)
        ):
            await self._read(key.host_id, (key.uuid,))
        await self.settle()

    async def _look_up(self, host_id: HostId) -> bool:
        """Whether it is known what was last seen of a host's machines."""
        self._loop = asyncio.get_running_loop()
        if host_id not in self._marks:
            if not self._store.file.is_known:
                return False
            try:
                marks = await in_thread(self._store.marks, host_id)
            except OSError as error:
                # What is the matter with the file is told where it is opened for writing.
                log.info("what is known of changes cannot be read: %s", error)
                self._store.look_again()
                return False
            self._marks.setdefault(host_id, dict(marks))
        return True

    def _is_held(self, key: DomainKey) -> bool:
        """Whether somebody here is changing it: what is read meanwhile may be told as theirs only later."""
        return self._edits.lock(key).locked()

    async def _read(self, host_id: HostId, uuids: tuple[str, ...]) -> None:
        marks, wanted = self._marks[host_id], self._wanted[host_id]
        # Taken out before reading: what changes from now on is read again.
        for uuid in uuids:
            wanted.pop(uuid, None)
        known = {uuid: marks.get(uuid) for uuid in uuids}
        try:
            connection = self._hosts.connection(host_id)
            read = await connection.run(read_saved, known, timeout_s=READ_TIMEOUT_S)
        except VmguiError:
            wanted.update(dict.fromkeys(uuids))
            raise
        for uuid in uuids:
            key = DomainKey(host_id, uuid)
            text = read.get(uuid)
            if text is None or self._is_held(key):
                # Not read yet, or perhaps ours, which will be told in a moment.
                wanted[uuid] = None
            elif isinstance(text, str):
                self._see(key, text, known[uuid])
            elif text is NoText.SAME:
                self._followed.add(key)

    def _see(self, key: DomainKey, text: str, expected: bytes | None) -> None:
        try:
            text_kept = without_passwords(text)
        except InvalidConfig as error:
            log.info("%s: its definition is not understood: %s", key.uuid, error)
            return
        seen = Seen(key, text_kept, time.time(), expected, key not in self._followed)
        if self._store.record(seen):
            self._followed.add(key)
            self._marks[key.host_id][key.uuid] = mark_of(text_kept)
        else:
            # Once there is room.
            self._wanted[key.host_id][key.uuid] = None

    def _on_written(self, written: Written) -> None:
        """Called on the store's thread."""
        if self._loop is not None and (written.stale or written.changed):
            _call(self._loop, lambda: self._take(written))

    def _take(self, written: Written) -> None:
        if self._is_closed:
            return
        for key in written.stale:
            # Another process has seen something else of it: who is right is read.
            if (marks := self._marks.get(key.host_id)) is not None:
                marks[key.uuid] = written.marks[key]
                self._want(key.host_id, (key.uuid,))
        for key in written.changed:
            self.changed.emit(key)


def _with_differences(store: UndoStore, key: DomainKey) -> tuple[Entry, ...]:
    known: dict[str, Described | None] = {}

    def described(text: str) -> Described | None:
        if text not in known:
            try:
                known[text] = describe(text)
            except InvalidConfig:
                known[text] = None
        return known[text]

    found: list[Entry] = []
    for entry in store.entries(key):
        before, after = described(entry.before), described(entry.after)
        told = (Difference(What.OTHER),)
        if before is not None and after is not None:
            told = differences(before, after)
        grown = tuple(
            Difference(What.GREW, "disk", one.target, "disk", one.before_bytes, one.size_bytes)
            for one in entry.grown
        )
        found.append(replace(entry, differences=(*told, *grown)))
    return tuple(found)


def _foresee(entry: Entry, present: str, starred: str) -> Foresight:
    back = restored(
        entry.before, starred, present, keeps_protection=not changes_protection(entry.differences)
    )
    will_change = differences(describe(starred), describe(back.xml))
    cautions = (*back.cautions, *((Caution.SIZE_STAYS, one.target) for one in entry.grown))
    later = beyond(will_change, entry.differences)
    return Foresight(entry, present, starred, back.xml, will_change, later, cautions)


def _growths(plan: Plan | None) -> tuple[Growth, ...]:
    if plan is None:
        return ()
    return tuple(
        Growth(change.key.of, change.to, change.live if change.live is not None else change.saved)
        for change in plan.changes
        if change.key.setting is Setting.DISK_BYTES
        and change.to is not None
        and change.when is not When.IMPOSSIBLE
    )


def _call(loop: asyncio.AbstractEventLoop, call: object) -> None:
    try:
        loop.call_soon_threadsafe(call)  # type: ignore[arg-type]
    except RuntimeError:
        # The loop has ended: nobody waits any more.
        return
