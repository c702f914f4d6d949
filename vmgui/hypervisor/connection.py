"""One connection to one host: opened, watched, used and closed without ever blocking the loop.

Each opening is a session of its own: a connection that broke never recovers
(libvirt closes it when keepalive fails), so a new one is made and every callback registered again.

Threads, in four lanes that cannot starve each other: short calls (reads), slow ones (start, define, delete), those
about storage pools (one of which may hang for good), and long ones (saves, uploads). Each call has a libvirt
connection to itself (call_connections.py). What was given up is counted per host, whatever connection it was
made on (stuck_calls.py).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, TypeVar, TypeVarTuple

import libvirt

from vmgui.hypervisor import event_loop
from vmgui.hypervisor.credentials import CredentialSource
from vmgui.hypervisor.departure import Departure, call_with
from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.event_stream import POOL_REFRESHED, EventStream
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import POOLS, SHORT, SLOW, LaneKind
from vmgui.hypervisor.latency import Latency
from vmgui.hypervisor.open_session import Opening
from vmgui.hypervisor.serial import SerialStream
from vmgui.hypervisor.session import Session
from vmgui.hypervisor.ssh.master import MakeMaster
from vmgui.hypervisor.ssh.way import Place
from vmgui.hypervisor.stuck_calls import stuck_calls_of
from vmgui.hypervisor.thread_start import start_thread
from vmgui.hypervisor.uri import UriFacts, read_uri
from vmgui.model.errors import ConnectionLost, HostUnreachable, TimedOut, VmguiError
from vmgui.model.event import CloseReason, EventKind, HostEvent
from vmgui.model.host import HostConfig, HostInfo
from vmgui.model.storage import Pool

log = logging.getLogger(__name__)

Ts = TypeVarTuple("Ts")
R = TypeVar("R")


class ConnectionListener(Protocol):
    """Who hears of a connection; called on the loop thread."""

    def on_events(self, events: tuple[HostEvent, ...], /) -> None:
        """A batch of events, at most one per 50 ms."""
        ...

    def on_closed(self, reason: CloseReason, /) -> None:
        """The connection ended by itself; not called for `close()`."""
        ...


class Connection:
    """The way to one host; all methods are for the loop thread. Can be opened again after it ended."""

    def __init__(
        self,
        config: HostConfig,
        listener: ConnectionListener,
        credentials: CredentialSource | None = None,
        make_master: MakeMaster | None = None,
    ) -> None:
        """`make_master`: how to log in by ssh; without it libvirt starts ssh itself, which asks nothing."""
        self._config = config
        self._listener = listener
        self._credentials = credentials
        self._make_master = make_master
        self._facts = read_uri(config.uri)
        self._opening: Opening | None = None
        self._stuck = stuck_calls_of(config.uri)
        self._info: HostInfo | None = None
        self._last_answer_s = 0.0
        self._latency = Latency()
        self._waiting: dict[int, float] = {}
        self._calls_made = 0

    @property
    def config(self) -> HostConfig:
        """Where it leads."""
        return self._config

    @property
    def facts(self) -> UriFacts:
        """What the URI says about the way there."""
        return self._facts

    @property
    def is_open(self) -> bool:
        """Whether calls can be made."""
        return self._opening is not None and self._opening.is_ready

    @property
    def info(self) -> HostInfo | None:
        """What the host told when it was opened; kept after it closed."""
        return self._info

    @property
    def tells(self) -> frozenset[EventKind]:
        """Kinds of events the open connection hears of; for others the host has to be asked."""
        return self._opening.session.tells if self.is_open and self._opening is not None else frozenset()

    @property
    def last_answer_s(self) -> float:
        """time.monotonic() of the last good answer; 0.0: never."""
        return self._last_answer_s

    @property
    def latency_s(self) -> float | None:
        """How long short calls take, smoothed; without the time they wait for a thread."""
        return self._latency.smoothed_s

    @property
    def last_latency_s(self) -> float | None:
        """How long the last short call took."""
        return self._latency.last_s

    @property
    def waits_since_s(self) -> float:
        """time.monotonic() since when a short call is without an answer, while none came; 0.0: none waits."""
        return max(min(self._waiting.values()), self._last_answer_s) if self._waiting else 0.0

    @property
    def abandoned_calls(self) -> int:
        """Calls to the host that were given up and are still under way there, on whatever connection."""
        return self._stuck.count

    @property
    def silent_pools(self) -> Mapping[str, float]:
        """Storage pools that do not answer, and time.monotonic() since when; "": one of them, not known which.

        Calls about them raise PoolSilent at once.
        """
        return self._stuck.silent_pools

    @property
    def known_pools(self) -> tuple[Pool, ...]:
        """The host's pools as they were last listed, on whatever connection: what to ask for one by one."""
        return self._stuck.pools

    def remember_pools(self, pools: tuple[Pool, ...]) -> None:
        """They were just listed."""
        self._stuck.pools = pools

    async def open(
        self, *, timeout_s: float | None = 20.0, on_progress: Callable[[], None] | None = None
    ) -> HostInfo:
        """Connect, register for events and read what the host is.

        It takes some fifty answers of the host; `on_progress` is called, in a worker thread, after each that
        can be told of: a slow host is not a silent one. `timeout_s` None: as long as nobody cancels it.
        Raises HostUnreachable (also when nothing answers in time), AuthFailed, HostKeyRejected,
        PermissionDenied ...; opening an open connection is an error of the program.
        """
        if self._opening is not None:
            raise RuntimeError(f"the connection to {self._config.name} is open")
        event_loop.start()
        opening = self._opening = self._new_opening()
        started_s = time.monotonic()
        try:
            info = await opening.opening.run(partial(opening.session.open, on_progress), timeout_s=timeout_s)
        except TimedOut as error:
            self._drop(opening)
            unreachable = HostUnreachable(f"no answer within {timeout_s:g} s", subject=self._config.uri)
            raise unreachable.about(host=self._config.name) from error
        except VmguiError as error:
            self._drop(opening)
            raise error.about(subject=self._config.uri, host=self._config.name) from None
        except BaseException:
            self._drop(opening)
            raise
        if opening.is_dropped:
            raise ConnectionLost("it broke while it was being opened", host=self._config.name)
        opening.opening.close()
        opening.is_ready = True
        self._info = info
        self._last_answer_s = time.monotonic()
        log.info("%s is open after %.2f s", self._config.name, self._last_answer_s - started_s)
        return info

    async def run(
        self,
        call: Callable[[libvirt.virConnect, *Ts], R],
        *args: *Ts,
        timeout_s: float | None = 30.0,
        lane: LaneKind | None = None,
        pool: str | None = None,
        changed_pool: str = "",
        anew: bool = False,
        on_wait: OnWait | None = None,
        on_turn: Callable[[], None] | None = None,
    ) -> R:
        """The result of `call(conn, *args)`, made in one of the host's threads within `timeout_s` from now.

        `timeout_s` None: no deadline, for what may last for hours (cancel it by what ends it: abortJob, stream
        abort).

        `lane`: where it waits its turn (lanes.py). Without one: in SHORT, or, where it is about a `pool`, in
        POOLS. Such a call about a pool only reads: one at a time is under way for each pool, and whoever asks
        the same meanwhile gets the same answer (`anew`: not one that left before). Any other call about a pool may have changed its volumes, of which
        libvirt tells nobody: the listener hears of the pool as of one that was refreshed.

        `pool`: the storage pool it is about, ALL_POOLS for all of them. One that an earlier call is stuck in is
        not asked again: PoolSilent, at once. `changed_pool`: the one it changes, where it waits for all.

        `on_wait`: told if it has to wait for others of the host, and when no longer; with the way to leave the
        line, which ends in Aborted. Not for what only reads. `on_turn`: called in the thread that has come to be its
        own, before a connection is opened for it.

        Raises ConnectionLost, TimedOut and whatever libvirt says, as model.errors; `never_sent` where the
        call did not leave, and never will.
        """
        opening = self._open_one()
        is_shared = lane is None and pool is not None
        kind = lane or (SHORT if pool is None else POOLS)
        departure = Departure()
        work = partial(opening.session.call, partial(call_with, call, args, departure), slow=kind.may_last)
        if on_turn is not None:
            work = partial(_work_after, on_turn, work)
        self._calls_made += 1
        number = self._calls_made
        if kind is SHORT:
            self._waiting[number] = time.monotonic()
        try:
            result, took_s = await opening.lanes[kind].run(
                work,
                timeout_s=timeout_s,
                pool=pool,
                what=(call, args) if is_shared else None,
                anew=anew,
                on_wait=on_wait,
            )
        except VmguiError as error:
            if not is_shared and not departure.call_off():
                error.unsent()
            raise error.about(host=self._config.name) from None
        except asyncio.CancelledError:
            # Nobody waits for it: what has not left stays here. Others may wait for what is shared.
            if not is_shared:
                departure.call_off()
            raise
        finally:
            self._waiting.pop(number, None)
            if pool is not None and not is_shared and not opening.is_dropped:
                event = HostEvent(EventKind.POOL, "", changed_pool or pool, POOL_REFRESHED)
                self._listener.on_events((event,))
        self._last_answer_s = time.monotonic()
        if kind is SHORT:
            self._latency.add(took_s)
        if pool is not None:
            self._stuck.answered(pool)
        return result

    def _open_one(self) -> Opening:
        opening = self._opening
        if opening is None or not opening.is_ready:
            raise ConnectionLost("not connected", host=self._config.name).unsent()
        return opening

    async def open_serial(
        self,
        uuid: str,
        on_data: Callable[[bytes], None],
        on_end: Callable[[VmguiError | None], None],
        *,
        force: bool = False,
        timeout_s: float = 30.0,
    ) -> SerialStream:
        """A machine's first serial console; the callbacks run on the loop thread.

        `force` takes it over from another reader (else Busy). It ends with the connection.
        """
        opening = self._open_one()
        session = opening.session
        stream = SerialStream(asyncio.get_running_loop(), on_data, on_end, session.forget)
        work = partial(stream.open, partial(session.borrow, slow=True), uuid, force)
        try:
            await opening.lanes[SHORT].run(work, timeout_s=timeout_s)
        except VmguiError as error:
            raise error.about(host=self._config.name) from None
        session.keep(stream)
        return stream

    async def open_way(self, place: Place, *, timeout_s: float = 30.0) -> OpenDescriptor:
        """A socket connected to a place that the host itself can reach, by its ssh login; see Session.open_way."""
        opening = self._open_one()
        work = partial(opening.session.open_way, place)
        try:
            return await opening.lanes[SLOW].run(work, timeout_s=timeout_s)
        except VmguiError as error:
            raise error.about(host=self._config.name) from None

    async def close(self, *, timeout_s: float = 2.0) -> None:
        """Close; every call under way ends with ConnectionLost. Never takes longer than `timeout_s`."""
        opening = self._opening
        if opening is None:
            return
        ended = self._drop(opening)
        try:
            async with asyncio.timeout(timeout_s):
                await ended.wait()
        except TimeoutError:
            log.warning("closing %s takes too long: left to itself", self._config.name)

    def abandon(self) -> None:
        """Close without a goodbye, at once: the host is silent, or the way to it was cut."""
        if self._opening is not None:
            self._drop(self._opening, host_is_silent=True)

    def _new_opening(self) -> Opening:
        loop = asyncio.get_running_loop()
        # The session tells in any thread; what it tells belongs to this opening only.
        opening: Opening

        def on_closed(reason: CloseReason) -> None:
            try:
                loop.call_soon_threadsafe(self._on_closed, opening, reason)
            except RuntimeError:
                # The loop has ended: nobody listens any more.
                return

        events = EventStream(loop, self._listener.on_events)
        session = Session(self._config, self._facts, self._credentials, events, on_closed, self._make_master)
        self._stuck.sessions.add(session)
        opening = Opening(f"vmgui-{self._config.id[:8]}", session, loop, self._stuck)
        return opening

    def _drop(self, opening: Opening, *, host_is_silent: bool = False) -> asyncio.Event:
        """End an opening now; what the host still has to be told is told in a thread of its own."""
        ended = asyncio.Event()
        if self._opening is opening:
            self._opening = None
        if opening.is_dropped:
            ended.set()
            return ended
        opening.is_dropped = True
        opening.session.give_up()
        # What was left in the host by earlier sessions is not there any more either.
        left_behind = (session for session in self._stuck.sessions if session is not opening.session)
        for session in tuple(left_behind) if host_is_silent else ():
            session.rescue()
        opening.opening.fail_all(self._lost)
        opening.opening.close()
        opening.lanes.end(self._lost)
        start_thread(
            _close_in_thread,
            opening.session,
            host_is_silent,
            opening.loop,
            ended,
            name=f"vmgui-{self._config.id[:8]}-close",
            on_failure=partial(_tell_ended, opening.loop, ended),
        )
        return ended

    def _lost(self) -> Exception:
        return ConnectionLost("the connection was closed", host=self._config.name)

    def _on_closed(self, opening: Opening, reason: CloseReason) -> None:
        if opening.is_dropped:
            return
        log.info("the connection to %s has ended: %s", self._config.name, reason.value)
        was_ready = opening.is_ready
        self._drop(opening, host_is_silent=True)
        if was_ready:
            self._listener.on_closed(reason)


def _work_after(on_turn: Callable[[], None], work: Callable[[], R]) -> R:
    on_turn()
    return work()


def _close_in_thread(
    session: Session, host_is_silent: bool, loop: asyncio.AbstractEventLoop, ended: asyncio.Event
) -> None:
    try:
        session.close(host_is_silent=host_is_silent)
    finally:
        _tell_ended(loop, ended)


def _tell_ended(
    loop: asyncio.AbstractEventLoop, ended: asyncio.Event, _error: Exception | None = None
) -> None:
    try:
        loop.call_soon_threadsafe(ended.set)
    except RuntimeError:
        # The loop has ended: nobody waits any more.
        log.debug("closed after the end of the loop")
