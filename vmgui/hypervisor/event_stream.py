"""libvirt's events -> HostEvent, batched onto the asyncio loop.

A callback (on libvirt's event thread, or on whatever thread is in a call) only builds a frozen event,
appends it, and arms one wake-up per 50 ms: 20,000 events must not become 20,000 wake-ups.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import libvirt

from vmgui.hypervisor.domains import PROBE_NAME_PREFIX
from vmgui.hypervisor.pool_looks import is_look
from vmgui.model.event import EventKind, HostEvent

log = logging.getLogger(__name__)

BATCH_S = 0.05
MAX_QUEUED = 20_000
MAX_TEXT = 512

_LIFECYCLE = (
    "defined",
    "undefined",
    "started",
    "suspended",
    "resumed",
    "stopped",
    "shutdown",
    "pm_suspended",
    "crashed",
)
_AGENT_STATES = {1: "connected", 2: "disconnected"}
_BLOCK_JOB_STATES = {0: "completed", 1: "failed", 2: "canceled", 3: "ready"}

# libvirt's event -> what it means to us; how many of the callback's words to keep as detail.
_DOMAIN_EVENTS: dict[str, tuple[EventKind, int]] = {
    "LIFECYCLE": (EventKind.DOMAIN_LIFECYCLE, 2),
    "REBOOT": (EventKind.DOMAIN_REBOOT, 0),
    "RTC_CHANGE": (EventKind.DOMAIN_CLOCK, 1),
    "WATCHDOG": (EventKind.DOMAIN_WATCHDOG, 1),
    "IO_ERROR_REASON": (EventKind.DOMAIN_IO_ERROR, 4),
    "CONTROL_ERROR": (EventKind.DOMAIN_CONTROL_ERROR, 0),
    "GRAPHICS": (EventKind.DOMAIN_GRAPHICS, 1),
    "BLOCK_JOB_2": (EventKind.DOMAIN_BLOCK_JOB, 3),
    "BLOCK_THRESHOLD": (EventKind.DOMAIN_BLOCK_THRESHOLD, 4),
    "DISK_CHANGE": (EventKind.DOMAIN_DISK_CHANGE, 4),
    "TRAY_CHANGE": (EventKind.DOMAIN_TRAY, 2),
    "PMWAKEUP": (EventKind.DOMAIN_POWER, 0),
    "PMSUSPEND": (EventKind.DOMAIN_POWER, 0),
    "PMSUSPEND_DISK": (EventKind.DOMAIN_POWER, 0),
    "BALLOON_CHANGE": (EventKind.DOMAIN_BALLOON, 1),
    "MEMORY_DEVICE_SIZE_CHANGE": (EventKind.DOMAIN_MEMORY, 2),
    "MEMORY_FAILURE": (EventKind.DOMAIN_MEMORY, 3),
    "DEVICE_ADDED": (EventKind.DOMAIN_DEVICE_ADDED, 1),
    "DEVICE_REMOVED": (EventKind.DOMAIN_DEVICE_REMOVED, 1),
    "DEVICE_REMOVAL_FAILED": (EventKind.DOMAIN_DEVICE_REMOVAL_FAILED, 1),
    "TUNABLE": (EventKind.DOMAIN_TUNABLE, 0),
    "AGENT_LIFECYCLE": (EventKind.DOMAIN_AGENT, 1),
    "MIGRATION_ITERATION": (EventKind.DOMAIN_MIGRATION_ITERATION, 1),
    "JOB_COMPLETED": (EventKind.DOMAIN_JOB_COMPLETED, 0),
    "METADATA_CHANGE": (EventKind.DOMAIN_METADATA, 2),
}

# What became of pools and the like, by libvirt's number of it; their second event is called by one name.
_OBJECT_STATES: dict[EventKind, tuple[str, ...]] = {
    EventKind.NETWORK: ("defined", "undefined", "started", "stopped"),
    EventKind.POOL: ("defined", "undefined", "started", "stopped", "created", "deleted"),
    EventKind.NODE_DEVICE: ("created", "deleted", "defined", "undefined"),
    EventKind.SECRET: ("defined", "undefined"),
}
POOL_REFRESHED = "refreshed"
_OBJECT_UPDATED = {EventKind.POOL: POOL_REFRESHED}


class EventStream:
    """The events of one connection; `deliver` is called on the loop thread."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, deliver: Callable[[tuple[HostEvent, ...]], None]
    ) -> None:
        self._loop = loop
        self._deliver = deliver
        self._lock = threading.Lock()
        self._queued: list[HostEvent] = []
        self._lost = False
        self._armed = False
        self._stopped = False
        self._deregister: list[Callable[[], object]] = []

    def register(
        self, conn: libvirt.virConnect, on_progress: Callable[[], None] | None = None
    ) -> frozenset[EventKind]:
        """Ask for every event this driver has, skipping what it refuses; in a worker thread.

        `on_progress` is called after each answer.
        """
        kinds: set[EventKind] = set()
        for name, (kind, words) in _DOMAIN_EVENTS.items():
            event_id = getattr(libvirt, f"VIR_DOMAIN_EVENT_ID_{name}", None)
            if event_id is None:
                continue
            callback = _domain_callback(self._add, kind, words)
            if self._try(conn.domainEventRegisterAny, conn.domainEventDeregisterAny, event_id, callback):
                kinds.add(kind)
            if on_progress is not None:
                on_progress()
        for kind, register, deregister, event_ids in (
            (EventKind.NETWORK, conn.networkEventRegisterAny, conn.networkEventDeregisterAny, (0, 1)),
            (EventKind.POOL, conn.storagePoolEventRegisterAny, conn.storagePoolEventDeregisterAny, (0, 1)),
            (
                EventKind.NODE_DEVICE,
                conn.nodeDeviceEventRegisterAny,
                conn.nodeDeviceEventDeregisterAny,
                (0, 1),
            ),
            (EventKind.SECRET, conn.secretEventRegisterAny, conn.secretEventDeregisterAny, (0, 1)),
        ):
            # The first of each kind is its lifecycle, the second its update; a driver may lack either.
            for event_id in event_ids:
                callback = _object_callback(self._add, kind, _OBJECT_STATES[kind] if event_id == 0 else ())
                if self._try(register, deregister, event_id, callback):
                    kinds.add(kind)
                if on_progress is not None:
                    on_progress()
        return frozenset(kinds)

    def deregister(self) -> None:
        """Give every callback back; in a worker thread. A live callback keeps the connection open."""
        pending, self._deregister = self._deregister, []
        for undo in pending:
            try:
                undo()
            except libvirt.libvirtError as error:
                # The wire may be gone; libvirt forgets them with the connection.
                log.debug("deregistering an event: %s", error)

    def stop(self) -> None:
        """Deliver nothing any more; any thread."""
        with self._lock:
            self._stopped = True
            self._queued.clear()

    def _try(
        self,
        register: Callable[..., int],
        deregister: Callable[[int], object],
        event_id: int,
        callback: Callable[..., None],
    ) -> bool:
        try:
            number = register(None, event_id, callback, None)
        except libvirt.libvirtError as error:
            log.debug("event %s is not to be had: %s", event_id, error)
            return False
        self._deregister.append(_Undo(deregister, number))
        return True

    def _add(self, event: HostEvent) -> None:
        with self._lock:
            if self._stopped:
                return
            if len(self._queued) >= MAX_QUEUED:
                self._lost = True
            else:
                self._queued.append(event)
            if self._armed:
                return
            self._armed = True
        try:
            self._loop.call_soon_threadsafe(self._arm)
        except RuntimeError:
            # The loop has ended: nobody listens any more.
            self.stop()

    def _arm(self) -> None:
        self._loop.call_later(BATCH_S, self._flush)

    def _flush(self) -> None:
        with self._lock:
            events, self._queued = self._queued, []
            lost, self._lost = self._lost, False
            self._armed = False
            if self._stopped:
                return
        if lost:
            events.append(HostEvent(EventKind.LOST, ""))
        if events:
            self._deliver(tuple(events))


class _Undo:
    """A registration to take back."""

    __slots__ = ("_call", "_number")

    def __init__(self, call: Callable[[int], object], number: int) -> None:
        self._call = call
        self._number = number

    def __call__(self) -> object:
        return self._call(self._number)


def _domain_callback(add: Callable[[HostEvent], None], kind: EventKind, words: int) -> Callable[..., None]:
    def callback(_conn: object, domain: libvirt.virDomain, *rest: Any) -> None:
        name = domain.name()
        if name.startswith(PROBE_NAME_PREFIX):
            return
        what, detail = kind, ""
        if kind is EventKind.DOMAIN_LIFECYCLE:
            what, detail = _lifecycle(rest[0], rest[1])
        elif kind is EventKind.DOMAIN_AGENT:
            detail = _AGENT_STATES.get(rest[0], "")
        elif kind is EventKind.DOMAIN_BLOCK_JOB:
            detail = f"{rest[0]} {_BLOCK_JOB_STATES.get(rest[2], '')}"
        elif kind is EventKind.DOMAIN_JOB_COMPLETED:
            detail = _job_end(rest[0])
        elif words:
            detail = " ".join(str(word) for word in rest[:words])
        add(HostEvent(what, domain.UUIDString(), name, detail[:MAX_TEXT]))

    return callback


def _job_end(stats: dict[str, Any]) -> str:
    """An older libvirt does not tell whether it went well."""
    if stats.get(libvirt.VIR_DOMAIN_JOB_SUCCESS, True):
        return "completed"
    return f"failed {stats.get(libvirt.VIR_DOMAIN_JOB_ERRMSG, '')}".rstrip()


def _lifecycle(event: int, detail: int) -> tuple[EventKind, str]:
    name = _LIFECYCLE[event] if 0 <= event < len(_LIFECYCLE) else str(event)
    if event == libvirt.VIR_DOMAIN_EVENT_DEFINED:
        return EventKind.DOMAIN_DEFINED, f"{name} {detail}"
    if event == libvirt.VIR_DOMAIN_EVENT_UNDEFINED:
        return EventKind.DOMAIN_UNDEFINED, f"{name} {detail}"
    return EventKind.DOMAIN_LIFECYCLE, f"{name} {detail}"


def _object_callback(
    add: Callable[[HostEvent], None], kind: EventKind, states: tuple[str, ...]
) -> Callable[..., None]:
    def callback(_conn: object, thing: Any, *rest: Any) -> None:
        # Node devices have no UUID, secrets no name.
        uuid = thing.UUIDString() if hasattr(thing, "UUIDString") else ""
        name = thing.name() if hasattr(thing, "name") else ""
        if kind is EventKind.POOL and is_look(name):
            return
        if not states:
            detail = _OBJECT_UPDATED.get(kind, "updated")
        else:
            detail = states[rest[0]] if 0 <= rest[0] < len(states) else str(rest[0])
        add(HostEvent(kind, uuid, name, detail))

    return callback
