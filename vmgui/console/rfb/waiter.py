"""The one place where a pump's thread waits: for its socket, for a ring from other threads, for a time."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from typing import cast

from vmgui.console.rfb.transport import Wire


class Stopped(Exception):
    """Somebody called `stop`; the thread is to end."""


class Waiter:
    """A selector over a wire and a bell."""

    def __init__(self) -> None:
        self._selector: selectors.BaseSelector = selectors.SelectSelector()  # holds no descriptor
        self._ring: socket.socket | None = None
        self._bell: socket.socket | None = None
        self._stopping = False
        self._wire: Wire | None = None
        self._watched = 0

    def open(self) -> None:
        """Before the first wait; raises OSError where no descriptor is to be had."""
        self._selector = selectors.DefaultSelector()
        self._ring, self._bell = socket.socketpair()
        self._ring.setblocking(False)
        self._bell.setblocking(False)
        self._selector.register(self._ring, selectors.EVENT_READ)

    def close(self) -> None:
        """After the last."""
        self._selector.close()
        for end in (self._ring, self._bell):
            if end is not None:
                end.close()

    def wake(self) -> None:
        """End a wait, from any thread."""
        if self._bell is not None:
            with suppress(OSError):  # full: it has been rung already; closed: nobody is left to wake
                self._bell.send(b"\0")

    def stop(self) -> None:
        """Make this and every later wait raise Stopped, from any thread."""
        self._stopping = True
        self.wake()

    def wait(self, wire: Wire | None, *, read: bool, write: bool, wait_s: float | None) -> bool:
        """Until the wire is ready (True), somebody rings or time is up; raises Stopped."""
        wanted = (selectors.EVENT_READ if read else 0) | (selectors.EVENT_WRITE if write else 0)
        self._watch(wire, wanted if wire is not None else 0)
        ready = False
        for key, _ in self._selector.select(None if wait_s is None else max(0.0, wait_s)):
            if key.fileobj is wire:
                ready = True
            else:
                with suppress(BlockingIOError):
                    cast(socket.socket, key.fileobj).recv(4096)
        if self._stopping:
            raise Stopped
        return ready

    def forget(self, wire: Wire) -> None:
        """The wire is about to be closed or to change its socket."""
        if wire is self._wire:
            self._watch(None, 0)

    def _watch(self, wire: Wire | None, wanted: int) -> None:
        if wire is self._wire and wanted == self._watched:
            return
        if self._wire is not None and self._watched:
            self._selector.unregister(self._wire)
        if wire is not None and wanted:
            self._selector.register(wire, wanted)
        self._wire, self._watched = wire, wanted
