"""One opening of a connection, as the worker threads see it: open, call, close. All of it blocks.

To a host behind a wire there are several libvirt connections: one that hears events and is kept alive,
and those that carry calls (call_connections.py). A driver inside this process (test, embedded) has one for
everything. libvirt frees a connection at its last close, even under a call that another thread is still in:
that one's calls are counted, and closing waits for them on a daemon thread of its own.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import Protocol, TypeVar

import libvirt

from vmgui.hypervisor import embedded, orphans
from vmgui.hypervisor.call_connections import CallConnections
from vmgui.hypervisor.certificate import certificate_problem
from vmgui.hypervisor.credentials import CredentialSource
from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.errors import door, is_unsupported
from vmgui.hypervisor.event_stream import EventStream
from vmgui.hypervisor.handles import forget
from vmgui.hypervisor.node import read_host_info
from vmgui.hypervisor.opening import RememberedAnswers, connect
from vmgui.hypervisor.reach import check_reachable
from vmgui.hypervisor.ssh.master import MakeMaster, SshMaster, is_full, is_printed_into
from vmgui.hypervisor.ssh.target import read_library_target, read_own_program, read_target, with_command
from vmgui.hypervisor.ssh.way import NoWay, Place, by_program
from vmgui.hypervisor.uri import Transport, UriFacts
from vmgui.model.errors import ConnectionLost, HostKeyRejected, HostUnreachable
from vmgui.model.event import CloseReason, EventKind
from vmgui.model.host import HostConfig, HostFeatures, HostInfo

log = logging.getLogger(__name__)

R = TypeVar("R")

# A host that falls silent is noticed after 15 to 20 s.
KEEPALIVE_INTERVAL_S = 5
KEEPALIVE_COUNT = 3
CALLS_GRACE_S = 2.0
SLOW_GOODBYE_S = 5.0
MAX_LOGINS = 8
# Logins with keys that may not be the right ones: hosts ban who tries too often.
MAX_GUESSES = 3

# A driver inside this process makes its machines on our own processors: a hundred at once would take them from
# the window, which keeps one. Hosts elsewhere are all opened side by side: there only the host works.
_opening_in_process = threading.BoundedSemaphore(min(2, max(1, (os.cpu_count() or 1) - 1)))

_CLOSE_REASONS = {
    libvirt.VIR_CONNECT_CLOSE_REASON_ERROR: CloseReason.ERROR,
    libvirt.VIR_CONNECT_CLOSE_REASON_EOF: CloseReason.END_OF_FILE,
    libvirt.VIR_CONNECT_CLOSE_REASON_KEEPALIVE: CloseReason.KEEPALIVE,
    libvirt.VIR_CONNECT_CLOSE_REASON_CLIENT: CloseReason.CLIENT,
}


class Closable(Protocol):
    """Something that keeps a connection and must end before the session (a stream)."""

    def close(self) -> None:
        """End it; any thread, any number of times."""
        ...


class _MainConnection:
    """The connection that hears events, and how many calls are in it."""

    def __init__(self, conn: libvirt.virConnect) -> None:
        self._conn: libvirt.virConnect | None = conn
        self._uses = 0
        self._changed = threading.Condition(threading.Lock())

    @contextmanager
    def use(self) -> Generator[libvirt.virConnect]:
        with self._changed:
            conn = self._conn
            if conn is None:
                raise ConnectionLost("the connection was closed")
            self._uses += 1
        try:
            yield conn
        finally:
            del conn
            with self._changed:
                self._uses -= 1
                self._changed.notify_all()

    def close(self, before: Callable[[libvirt.virConnect], None]) -> None:
        """Refuse new calls, wait for those under way, run `before`, close."""
        with self._changed:
            conn, self._conn = self._conn, None
            if conn is None:
                return
            while self._uses:
                self._changed.wait()
        before(conn)
        try:
            left = conn.close()
            if left:
                log.debug("%s handles keep a connection open", left)
        except libvirt.libvirtError as error:
            log.debug("closing: %s", error)


class Session:
    """One opening; `on_closed` is called in any thread when the connection ends by itself."""

    def __init__(
        self,
        config: HostConfig,
        facts: UriFacts,
        credentials: CredentialSource | None,
        events: EventStream,
        on_closed: Callable[[CloseReason], None],
        make_master: MakeMaster | None = None,
    ) -> None:
        self._config = config
        self._facts = facts
        self._credentials = RememberedAnswers(credentials) if credentials is not None else None
        self._events = events
        self._on_closed = on_closed
        self._uri = config.uri
        self._make_master = make_master
        self._masters: list[SshMaster] = []
        self._logging_in = threading.Lock()
        self._lock = threading.Lock()
        self._main: _MainConnection | None = None
        self._calls = CallConnections(self._connect_again)
        self._streams: set[Closable] = set()
        self.tells: frozenset[EventKind] = frozenset()  # kinds of events it has; loop thread, once it is open
        self._given_up = False
        self._has_close_callback = False
        self._guesses_left = MAX_GUESSES
        self._ways: list[subprocess.Popen[bytes]] = []

    @property
    def _is_in_process(self) -> bool:
        return self._facts.transport is Transport.IN_PROCESS

    def open(self, on_progress: Callable[[], None] | None = None) -> HostInfo:
        """Connect, register callbacks, probe; raises model errors and leaves nothing open then.

        `on_progress` is called after answers of the host.
        """
        tell = on_progress or _tell_nobody
        self._log_in()
        main = _MainConnection(self._connect())
        try:
            tell()
            with main.use() as conn, door(opening=True):
                self._watch_closing(conn)
                self.tells = kinds = self._events.register(conn, tell)
                if not self._is_in_process:
                    _keep_alive(conn)
            with main.use() if self._is_in_process else self._calls.borrow() as conn, door(opening=True):
                info = read_host_info(conn, self._facts, read_only=self._config.read_only)
            with self._lock:
                if self._given_up:
                    raise ConnectionLost("given up meanwhile")
                self._main = main
        except BaseException:
            self._close(main)
            raise
        return replace(info, features=_with_events(info.features, kinds))

    def call(self, call: Callable[[libvirt.virConnect], R], *, slow: bool = False) -> R:
        """The result of `call(conn)`, its errors as model errors. `slow`: it may last."""
        with self.borrow(slow=slow) as conn:
            try:
                with door():
                    return call(conn)
            finally:
                del conn

    def borrow(self, *, slow: bool = False) -> AbstractContextManager[libvirt.virConnect]:
        """A connection for one call, or for as long as a stream lives."""
        main = self._main
        if main is None or self._given_up:
            raise ConnectionLost("the connection was closed")
        if self._is_in_process:
            return main.use()
        return self._calls.borrow(patience_s=0.0) if slow else self._calls.borrow()

    def open_way(self, place: Place) -> OpenDescriptor:
        """A socket connected to a place that the host itself can reach, by ssh; who is there speaks first.

        Raises NoWay where ssh is not the way to this host, or does not let us through.
        """
        with self._lock:
            masters = tuple(self._masters)
        for master in masters:
            return master.open_way(place, self._is_given_up)
        own = read_own_program(self._config.uri)
        # The login of a library inside libvirt leads no further; the person's key mostly serves OpenSSH as well.
        program, target = own or ("ssh", read_library_target(self._config.uri))
        if target is None:
            raise NoWay("the host is not reached by ssh")
        if own is None and not self._guesses_left:
            raise NoWay("OpenSSH does not lead there")
        try:
            way, process = by_program(program, target, place, self._is_given_up)
        except NoWay:
            self._guesses_left = max(0, self._guesses_left - 1)
            raise
        self._guesses_left = MAX_GUESSES
        with self._lock:
            if not self._given_up:
                self._ways = [other for other in self._ways if other.poll() is None]
                self._ways.append(process)
                return way
        process.kill()
        process.wait()
        raise ConnectionLost("given up meanwhile")

    def keep(self, stream: Closable) -> None:
        """Close `stream` before the connection; closes it at once if that is already over."""
        with self._lock:
            if not self._given_up:
                self._streams.add(stream)
                return
        stream.close()

    def forget(self, stream: Closable) -> None:
        """It has ended by itself."""
        with self._lock:
            self._streams.discard(stream)

    def give_up(self) -> None:
        """Nobody waits for this session any more; does not block."""
        with self._lock:
            self._given_up = True
            masters = tuple(self._masters)
        for master in masters:
            master.cancel()
        self._events.stop()

    def close(self, *, host_is_silent: bool) -> None:
        """Give everything back; may take as long as the host takes to answer or to be given up."""
        self.give_up()
        with self._lock:
            main, self._main = self._main, None
            streams, self._streams = self._streams, set()
            masters, self._masters = self._masters, []
            ways, self._ways = self._ways, []
        if host_is_silent:
            # With them all connections through them end, which lets their calls go at once.
            _log_out(masters)
            self._calls.rescue()
        for stream in streams:
            stream.close()
        streams.clear()
        for way in ways:
            way.kill()
            way.wait()
        started_s = time.monotonic()
        self._close(main)
        if time.monotonic() - started_s > CALLS_GRACE_S + SLOW_GOODBYE_S:
            # It has fallen silent, and nobody else would tell those that are still waiting.
            self._calls.rescue()
        _log_out(masters)

    def rescue(self) -> None:
        """The host is known to be silent: let calls fail that were left in it when this was closed."""
        if self._given_up:
            self._calls.rescue()

    def _is_given_up(self) -> bool:
        return self._given_up

    def _close(self, main: _MainConnection | None) -> None:
        self._calls.close(CALLS_GRACE_S)
        if main is not None:
            main.close(self._take_back)

    def _log_in(self) -> None:
        """Where it goes through ssh: once, for as many connections of this session as sshd lets join."""
        target = read_target(self._config.uri) if self._make_master is not None else None
        if self._make_master is None or target is None:
            return
        master = self._make_master(target)
        with self._lock:
            if self._given_up:
                raise ConnectionLost("given up meanwhile")
            self._masters.append(master)
        master.open()
        self._uri = with_command(self._config.uri, master.join_program)

    def _connect(self) -> libvirt.virConnect:
        facts = self._facts
        if facts.transport in (Transport.TCP, Transport.TLS):
            # No host name: libvirt then takes this computer.
            check_reachable(facts.hostname or "localhost", facts.port, self._is_given_up)
        if facts.embed_root:
            orphans.bury()
            embedded.enter()
        try:
            with _opening_in_process if self._is_in_process else nullcontext():
                return self._open(self._uri)
        except HostKeyRejected as error:
            if facts.transport is not Transport.TLS:
                raise
            reason = certificate_problem(self._uri, facts.hostname, facts.port)
            detail = f"{error.detail}: {reason}" if reason else error.detail
            raise HostKeyRejected(detail, code=error.code) from None

    def _open(self, uri: str) -> libvirt.virConnect:
        """Where a login takes no more connections, log in once more, for the next ones too."""
        logins_left = MAX_LOGINS
        while True:
            logins_left -= 1
            try:
                return connect(
                    uri,
                    read_only=self._config.read_only,
                    credentials=self._credentials,
                    given_up=self._is_given_up,
                )
            except HostUnreachable as error:
                if not self._masters or not logins_left or not is_full(error):
                    if self._masters and is_printed_into(error):
                        self._masters[-1].examine(error)
                    raise
            with self._logging_in:
                if self._uri == uri:
                    self._log_in()
                uri = self._uri

    def _connect_again(self) -> libvirt.virConnect:
        """Connect again for a call; its caller is told of a lost connection where the host cannot be reached now."""
        try:
            return self._connect()
        except HostUnreachable as error:
            raise ConnectionLost(error.detail, code=error.code) from None

    def _watch_closing(self, conn: libvirt.virConnect) -> None:
        if self._is_in_process:
            # No daemon that could go away; libvirt would take the callback and never give it back.
            return
        on_closed = self._on_closed

        def callback(_conn: object, reason: int, _opaque: object) -> None:
            on_closed(_CLOSE_REASONS.get(reason, CloseReason.ERROR))

        try:
            conn.registerCloseCallback(callback, None)
        except libvirt.libvirtError as error:
            if not is_unsupported(error):
                raise
            return
        self._has_close_callback = True

    def _take_back(self, conn: libvirt.virConnect) -> None:
        """Callbacks hold the connection open; each is tried, none may stop the next."""
        self._events.deregister()
        forget(conn)
        if not self._has_close_callback:
            return
        try:
            conn.unregisterCloseCallback()
        except libvirt.libvirtError as error:
            log.debug("the close callback stays: %s", error)


def _with_events(features: HostFeatures, kinds: frozenset[EventKind]) -> HostFeatures:
    """What the registering has told. Of pools nothing else is asked here: one that hangs would be waited for."""
    return replace(
        features, events=bool(kinds), storage_pools=features.storage_pools or EventKind.POOL in kinds
    )


def _tell_nobody() -> None:
    return


def _log_out(masters: list[SshMaster]) -> None:
    for master in masters:
        master.close()


def _keep_alive(conn: libvirt.virConnect) -> None:
    """After the last call on it: the timer counts as a call (see call_connections.py)."""
    try:
        conn.setKeepAlive(KEEPALIVE_INTERVAL_S, KEEPALIVE_COUNT)
    except libvirt.libvirtError as error:
        log.debug("no keepalive: %s", error)
