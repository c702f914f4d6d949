"""What is known of hosts: read when somebody asks, kept true by what hosts tell, with its age.

| asked for                               | answer                                                                |
|-----------------------------------------|-----------------------------------------------------------------------|
| known, and nothing told since           | at once, without a call, while it is no older than `good_for_s`       |
| known, and events named what changed    | once those things were read again, the others stay                    |
| anything else                           | once all of it was read                                               |

One reading at a time for each thing of a host, whoever asks; who asks meanwhile gets its answer, unless something was
told since it began. What was read on one connection is not true on the next: it is shown with its age, and read again
when it is asked for. Hosts that nobody asks about are asked nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, Protocol, TypeVar
from weakref import ReferenceType, ref

from vmgui.hypervisor.connection import Connection
from vmgui.model.changeset import ChangeSet
from vmgui.model.errors import Unsupported, VmguiError, forget_frames
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostId, HostInfo, HostState
from vmgui.services.faults import ours
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope, happens_within

log = logging.getLogger(__name__)

T = TypeVar("T")

Thing = tuple[str, ...]
"""A host's id, and what of the host it is: nothing more, or the name of a pool ..."""

EVERY_S = 60.0
"""How often what somebody follows is read as a whole: events do not tell everything."""
UNTOLD_GOOD_FOR_S = 10.0
"""How old an answer may be where the host has no events of its kind."""
REST_S = 1.0
"""At least so long what is followed is left alone after a reading, whatever is told."""
REST_FACTOR = 4.0
"""And so many times as long as the reading took, or one that takes long would be made without a pause."""
ONE_BY_ONE_LIMIT = 50
"""With more things told than this, reading all is cheaper."""


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """What is known of one thing now."""

    value: T | None = None  # None: it was never read
    at_s: float = 0.0  # time.monotonic() of when all of it was last read; 0.0: never
    is_true: bool = False  # it was read on this connection, and nothing told since speaks against it
    error: VmguiError | None = None  # the last reading failed; `value` is from before


_Reading = asyncio.Task[T | VmguiError]


@dataclass(slots=True)
class _Entry(Generic[T]):
    known: Known[T]
    source: ReferenceType[Connection] | None = None  # whose answer it is
    began_s: float = 0.0  # the last reading
    ended_s: float = 0.0
    as_of_s: float = 0.0  # how old the oldest part of its answer is
    told: set[str] = field(default_factory=set[str])  # names of what has changed since
    is_all_told: bool = False  # or anything may have
    reading: _Reading[T] | None = None

    @property
    def is_told(self) -> bool:
        return self.is_all_told or bool(self.told)


class HostWatch(ABC, Generic[T]):
    """One kind of thing, of all hosts; loop thread only."""

    kind: EventKind | None = None
    """The events that tell of it; None: none do."""
    good_for_s = EVERY_S
    """How old an answer may be that no event speaks against."""
    rest_s = REST_S
    """See REST_S."""

    def __init__(self, hosts: HostService, inventory: Inventory, *, every_s: float = EVERY_S) -> None:
        """`every_s`: see EVERY_S."""
        self.changed: Notifier[Thing] = Notifier()
        """Told after each reading."""
        self._hosts = hosts
        self._inventory = inventory
        self._every_s = every_s
        self._entries: dict[Thing, _Entry[T]] = {}
        self._connected: set[HostId] = set()
        self._followers: dict[Hashable, frozenset[HostId] | None] = {}
        self._following: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._scope = Scope(type(self).__name__)
        self._subscriptions = (
            hosts.events.subscribe(self._on_events),
            inventory.changes.subscribe(self._on_change),
        )

    async def close(self) -> None:
        """Stop."""
        for subscription in self._subscriptions:
            subscription.cancel()
        await self._scope.close(timeout_s=1.0)

    def get(self, host_id: HostId, *what: str) -> Known[T]:
        """What is known now, for whoever shows it; asks nobody."""
        entry = self._entries.get((host_id, *what))
        if entry is None:
            return Known()
        return replace(entry.known, is_true=self._is_true(entry, self._connection(host_id)))

    async def fresh(self, host_id: HostId, *what: str, max_age_s: float | None = None) -> T:
        """What is true now, for whoever acts on it; raises what reading raises.

        `max_age_s`: how old it may be at the most, for decisions; 0.0: all of it is read anew. A lasting "cannot be
        done" (Unsupported) is an answer like any other.
        """
        thing = (host_id, *what)
        connection = self._hosts.connection(host_id)
        entry = self._entries.setdefault(thing, _Entry(Known()))
        if max_age_s is None:
            max_age_s = self.good_for_s if self._is_told_of(connection) else UNTOLD_GOOD_FOR_S
        since_s = time.monotonic() - max_age_s
        known = entry.known
        if self._is_true(entry, connection) and known.at_s >= since_s:
            if known.error is not None:
                raise known.error
            if known.value is not None:
                return known.value
        is_behind = entry.is_told
        while entry.reading is not None and (
            is_behind or entry.as_of_s < since_s or not self._is_of(entry, connection)
        ):
            # It may have begun before what the answer has to have in it.
            await asyncio.wait({entry.reading})
            is_behind = False
        reading = entry.reading or self._begin(thing, entry, connection, since_s)
        # Others may wait for it, too.
        answer = await asyncio.shield(reading)
        if isinstance(answer, VmguiError):
            raise answer
        return answer

    def follow(self, owner: Hashable, host_ids: Iterable[HostId] | None = None) -> None:
        """`owner` wants it of these hosts (None: of all) as true as can be from now on, while they are connected."""
        self._followers[owner] = frozenset(host_ids) if host_ids is not None else None
        self._wake.set()
        if (self._following is None or self._following.done()) and not self._scope.is_closed:
            self._following = self._scope.run(self._follow())

    def unfollow(self, owner: Hashable) -> None:
        """`owner` wants none any more."""
        self._followers.pop(owner, None)
        self._wake.set()

    # What each kind of thing says.

    @abstractmethod
    async def _read(self, connection: Connection, thing: Thing, before: T | None, told: frozenset[str]) -> T:
        """Read all of it, or, with `before`, only what is `told` by name and put it in there."""

    def _has(self, _info: HostInfo) -> bool:
        """Whether a host has such things at all."""
        return True

    def _concerns(self, _thing: Thing, _event: HostEvent) -> bool:
        """Whether an event of `kind` on its host tells of it."""
        return True

    def _holds(self, _connection: Connection, _value: T) -> bool:
        """Whether what is known here, without asking, agrees with what was read."""
        return True

    def _pause_s(self, _known: Known[T]) -> float:
        """How long what is followed may be left alone."""
        return self._every_s

    # What happens.

    def _on_events(self, told: HostEvents) -> None:
        if self.kind not in told.kinds and EventKind.LOST not in told.kinds:
            return
        for event in told.events:
            if event.kind is EventKind.LOST:
                self._tell(told.host_id, None)
            elif event.kind is self.kind:
                self._tell(told.host_id, event)

    def _tell(self, host_id: HostId, event: HostEvent | None) -> None:
        """None: anything may have changed."""
        for thing, entry in self._entries.items():
            if thing[0] != host_id or (event is not None and not self._concerns(thing, event)):
                continue
            if event is not None and event.name and len(entry.told) < ONE_BY_ONE_LIMIT:
                entry.told.add(event.name)
            else:
                entry.is_all_told = True
            self._wake.set()

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._connected.discard(host_id)
            self._drop(host_id)
        for host in (*change.hosts_added, *change.hosts_changed):
            if host.state is HostState.CONNECTED:
                if host.id not in self._connected:
                    self._connected.add(host.id)
                    self._wake.set()
            elif host.id in self._connected:
                self._connected.discard(host.id)
                if not self._is_followed(host.id):
                    self._drop(host.id)

    def _drop(self, host_id: HostId) -> None:
        for thing in tuple(thing for thing in self._entries if thing[0] == host_id):
            del self._entries[thing]

    def _is_followed(self, host_id: HostId) -> bool:
        return any(host_ids is None or host_id in host_ids for host_ids in self._followers.values())

    def _is_told_of(self, connection: Connection) -> bool:
        return self.kind is None or self.kind in connection.tells

    def _is_of(self, entry: _Entry[T], connection: Connection | None) -> bool:
        return connection is not None and entry.source is not None and entry.source() is connection

    def _is_true(self, entry: _Entry[T], connection: Connection | None) -> bool:
        if connection is None or entry.is_told or not self._is_of(entry, connection):
            return False
        is_answered = entry.reading is None and isinstance(entry.known.error, Unsupported | None)
        return is_answered and (entry.known.value is None or self._holds(connection, entry.known.value))

    # Reading.

    def _begin(self, thing: Thing, entry: _Entry[T], connection: Connection, since_s: float) -> _Reading[T]:
        """`since_s`: what is older is read as a whole."""
        known, told = entry.known, frozenset(entry.told)
        can_be_mended = known.error is None and known.at_s >= since_s and self._is_of(entry, connection)
        is_whole = entry.is_all_told or not told or not can_be_mended
        entry.source, entry.began_s = ref(connection), time.monotonic()
        entry.as_of_s = entry.began_s if is_whole else known.at_s
        # Cleared before reading: what changes from now on is read again.
        entry.told.clear()
        entry.is_all_told = False
        work = self._read_into(entry, thing, connection, None if is_whole else known.value, told)
        reading = entry.reading = self._scope.run(work)
        # Of one that was cancelled before its first step, too.
        reading.add_done_callback(partial(self._end, thing, entry))
        return reading

    async def _read_into(
        self, entry: _Entry[T], thing: Thing, connection: Connection, before: T | None, told: frozenset[str]
    ) -> T | VmguiError:
        at_s = entry.as_of_s
        try:
            value = await ours(self._read(connection, thing, before, told))
        except VmguiError as error:
            log.info("%s: %s not read: %s", connection.config.name, type(self).__name__, error)
            forget_frames(error)
            if not isinstance(error, Unsupported):
                at_s = entry.known.at_s
            entry.known = replace(entry.known, at_s=at_s, error=error)
            return error
        else:
            entry.known = Known(value, at_s)
            return value

    def _end(self, thing: Thing, entry: _Entry[T], reading: _Reading[T]) -> None:
        entry.reading, entry.ended_s = None, time.monotonic()
        entry.is_all_told |= reading.cancelled()
        self._wake.set()
        self.changed.emit(thing)

    def _show(self, thing: Thing, value: T) -> None:
        """What a reading under way knows so far, for those who show it."""
        entry = self._entries.get(thing)
        if entry is not None:
            entry.known = replace(entry.known, value=value)
            self.changed.emit(thing)

    async def _follow(self) -> None:
        while self._followers:
            self._wake.clear()
            now_s = time.monotonic()
            next_s = now_s + EVERY_S
            for host_id, host in tuple(self._inventory.hosts.items()):
                if host_id not in self._connected or host.info is None or not self._is_followed(host_id):
                    continue
                connection = self._connection(host_id)
                entry = self._entries.setdefault((host_id,), _Entry(Known()))
                if connection is None or not self._has(host.info) or entry.reading is not None:
                    continue
                due_s = self._due_s(entry, connection)
                if due_s <= now_s:
                    self._begin((host_id,), entry, connection, now_s - self._every_s)
                else:
                    next_s = min(next_s, due_s)
            await happens_within(self._wake, next_s - time.monotonic())

    def _due_s(self, entry: _Entry[T], connection: Connection) -> float:
        """When what is followed has to be read again."""
        if not self._is_of(entry, connection):
            return 0.0
        pause_s = self._pause_s(entry.known)
        if entry.is_told:
            pause_s = min(pause_s, max(self.rest_s, REST_FACTOR * (entry.ended_s - entry.began_s)))
        return entry.ended_s + pause_s

    def _connection(self, host_id: HostId) -> Connection | None:
        try:
            return self._hosts.connection(host_id)
        except VmguiError:
            return None


class Named(Protocol):
    """What events tell of by its name."""

    @property
    def name(self) -> str:
        """Unique on its host."""
        ...


N = TypeVar("N", bound=Named)


def mended(before: tuple[N, ...], read: Mapping[str, N | None]) -> tuple[N, ...]:
    """`before` with those that were read in their places, new ones at the end; None: there is none of that name."""
    stay = tuple(read.get(one.name, one) for one in before)
    known = {one.name for one in before}
    new = (one for name, one in read.items() if name not in known)
    return tuple(one for one in (*stay, *new) if one is not None)
