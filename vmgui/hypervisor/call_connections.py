"""Connections that carry calls, one call at a time each.

Before libvirt 10.4 a client that makes two calls at once on one remote connection can crash: the
waiting thread is woken in a way that leaves a pointer into its stack behind (CVE-2024-4418; Debian 12 has
it: seen here as SIGSEGV). libvirt's own keepalive timer counts as a second call. So, for a host behind
a wire, the connection that hears events carries no calls at all, and each call has one of these, without
keepalive, to itself. They are kept and used again; a second one is opened only if the first stays busy.

When the host falls silent (the event connection's keepalive tells), `rescue` starts keepalive on what is
stuck: the calls then fail and their threads come back. Such a connection is never used again. Where the host
answers, a stuck call is left alone, after the session has ended too.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import libvirt

from vmgui.hypervisor.handles import forget
from vmgui.model.errors import ConnectionLost

log = logging.getLogger(__name__)

# A short wait is cheaper than another opening (over ssh: 0.4 s and a process).
PATIENCE_S = 0.15
MAX_IDLE = 2
# libvirt closes a connection that is silent for so long; with a count of 0 it sends no question first.
RESCUE_INTERVAL_S = 1
RESCUE_COUNT = 0

# Rescued, but alive after all: not even closing them is safe. Kept until the program ends; a few at most.
_retired: list[libvirt.virConnect] = []


class CallConnections:
    """All call connections of one session; any thread."""

    def __init__(self, connect: Callable[[], libvirt.virConnect]) -> None:
        self._connect = connect
        self._changed = threading.Condition(threading.Lock())
        self._idle: list[libvirt.virConnect] = []
        self._busy: set[libvirt.virConnect] = set()
        self._rescued: set[libvirt.virConnect] = set()
        self._opening = False
        self._closed = False

    @contextmanager
    def borrow(self, *, patience_s: float = PATIENCE_S) -> Generator[libvirt.virConnect]:
        """A connection for one call; opened when all are busy for longer than `patience_s`."""
        conn = self._take(patience_s)
        try:
            yield conn
        finally:
            self._give_back(conn)
            del conn

    def rescue(self) -> None:
        """Make calls that wait for a silent host fail within about a second. Does not block."""
        with self._changed:
            stuck = [conn for conn in self._busy if conn not in self._rescued]
            self._rescued.update(stuck)
        for conn in stuck:
            _start_keepalive(conn)

    def close(self, wait_s: float) -> None:
        """Refuse new calls, close what is idle, wait a little for calls under way.

        What stays after that is in the hands of a host that answers others, and comes back by itself: to break
        its connection would free nothing there, and nobody could tell any more that it is stuck.
        """
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            self._changed.notify_all()
        for conn in idle:
            # Bounds the goodbye to a host that does not answer.
            _start_keepalive(conn)
            _close(conn)
        idle.clear()
        deadline_s = time.monotonic() + wait_s
        with self._changed:
            while self._busy and (left_s := deadline_s - time.monotonic()) > 0:
                self._changed.wait(left_s)

    def _take(self, patience_s: float) -> libvirt.virConnect:
        deadline_s = time.monotonic() + patience_s
        with self._changed:
            while True:
                if self._closed:
                    raise ConnectionLost("the connection was closed")
                while self._idle:
                    conn = self._idle.pop()
                    # Looks at the socket only, asks nobody.
                    if conn.isAlive():
                        self._busy.add(conn)
                        return conn
                left_s = deadline_s - time.monotonic()
                if self._opening:
                    # One at a time: to a silent host each would hang, and nothing ends that.
                    self._changed.wait()
                elif self._busy and left_s > 0:
                    self._changed.wait(left_s)
                else:
                    break
            self._opening = True
        return self._open()

    def _open(self) -> libvirt.virConnect:
        try:
            conn = self._connect()
        except BaseException:
            with self._changed:
                self._opening = False
                self._changed.notify_all()
            raise
        with self._changed:
            self._opening = False
            self._changed.notify_all()
            if not self._closed:
                self._busy.add(conn)
                return conn
        _close(conn)
        raise ConnectionLost("the connection was closed")

    def _give_back(self, conn: libvirt.virConnect) -> None:
        with self._changed:
            self._busy.discard(conn)
            rescued = conn in self._rescued
            self._rescued.discard(conn)
            if not rescued and not self._closed and len(self._idle) < MAX_IDLE:
                self._idle.append(conn)
                self._changed.notify()
                return
            self._changed.notify_all()
        if rescued and conn.isAlive():
            log.warning("a call came back after its host was given up; its connection stays open")
            _retired.append(conn)
            return
        _close(conn)


def _start_keepalive(conn: libvirt.virConnect) -> None:
    try:
        conn.setKeepAlive(RESCUE_INTERVAL_S, RESCUE_COUNT)
    except libvirt.libvirtError as error:
        log.debug("no keepalive: %s", error)


def _close(conn: libvirt.virConnect) -> None:
    forget(conn)
    try:
        left = conn.close()
        if left:
            log.debug("%s handles keep a connection open", left)
    except libvirt.libvirtError as error:
        log.debug("closing: %s", error)
