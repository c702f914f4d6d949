"""A guest's serial line (virDomainOpenConsole): bytes out and in, without a thread of its own.

The stream is non-blocking; libvirt's event loop calls when there is something to read or room to write.
Ending one asks the host and may take as long as it likes: that is done on a daemon thread.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

import libvirt

from vmgui.hypervisor.embedded import unlock_lines
from vmgui.hypervisor.errors import door, from_libvirt
from vmgui.hypervisor.thread_start import start_thread
from vmgui.model.errors import Busy, VmguiError

log = logging.getLogger(__name__)

READ_BYTES = 64 * 1024
SEND_BYTES = 4 * 1024
# Small: sending into a wire that is full would hold libvirt's event thread.
MAX_UNSENT_BYTES = 64 * 1024
# Reading pauses when the loop has not taken this much: a guest may print without end.
MAX_UNREAD_BYTES = 1024 * 1024
_HANGUP = libvirt.VIR_STREAM_EVENT_ERROR | libvirt.VIR_STREAM_EVENT_HANGUP
_WOULD_BLOCK = -2


class SerialStream:
    """An open serial line; made by Connection.open_serial."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        on_data: Callable[[bytes], None],
        on_end: Callable[[VmguiError | None], None],
        on_closed: Callable[[SerialStream], None],
    ) -> None:
        self._loop = loop
        self._on_data = on_data
        self._on_end = on_end
        self._on_closed = on_closed
        # Held for moments only, never while bytes are sent or received.
        self._lock = threading.Lock()
        self._stream: libvirt.virStream | None = None
        self._borrowed = ExitStack()
        self._unsent = bytearray()
        self._unread_bytes = 0

    @property
    def is_open(self) -> bool:
        """Whether bytes can still come and go."""
        return self._stream is not None

    def open(
        self, borrow: Callable[[], AbstractContextManager[libvirt.virConnect]], uuid: str, force: bool
    ) -> None:
        """Connect to the guest's line, on a connection kept until it ends; in a worker thread."""
        with ExitStack() as borrowed:
            conn = borrowed.enter_context(borrow())
            try:
                with door():
                    self._open(conn, uuid, force, borrowed)
            finally:
                del conn

    def _open(self, conn: libvirt.virConnect, uuid: str, force: bool, borrowed: ExitStack) -> None:
        domain = conn.lookupByUUIDString(uuid)
        stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
        flags = libvirt.VIR_DOMAIN_CONSOLE_FORCE if force else libvirt.VIR_DOMAIN_CONSOLE_SAFE
        try:
            # None: the first console. The binding's annotation forgets it may be.
            domain.openConsole(None, stream, flags)  # pyright: ignore[reportArgumentType]
        except libvirt.libvirtError as error:
            # Of this call it means nothing else (qemu_driver.c, qemuDomainOpenConsole).
            if error.get_error_code() == libvirt.VIR_ERR_OPERATION_FAILED:
                raise Busy(str(error), code=libvirt.VIR_ERR_OPERATION_FAILED) from None
            raise
        unlock_lines(conn)
        with self._lock:
            # Together: from now on whoever ends the stream gives the connection back.
            stream.eventAddCallback(self._wanted(), self._on_event, None)
            self._stream = stream
            self._borrowed = borrowed.pop_all()

    def write(self, data: bytes) -> None:
        """Send bytes to the guest; any thread, never blocks. Raises Busy when it takes none."""
        with self._lock:
            stream = self._stream
            if stream is None or not data:
                return
            if len(self._unsent) + len(data) > MAX_UNSENT_BYTES:
                raise Busy("the guest does not read its serial line")
            self._unsent += data
            stream.eventUpdateCallback(self._wanted())

    def close(self) -> None:
        """End it; any thread, any number of times, never blocks; `on_end` is not called."""
        self._end(None, tell=False)

    def _wanted(self) -> int:
        events = _HANGUP
        if self._unread_bytes < MAX_UNREAD_BYTES:
            events |= libvirt.VIR_STREAM_EVENT_READABLE
        if self._unsent:
            events |= libvirt.VIR_STREAM_EVENT_WRITABLE
        return events

    def _on_event(self, stream: libvirt.virStream, events: int, _opaque: object) -> None:
        """Called on libvirt's event thread."""
        try:
            if events & libvirt.VIR_STREAM_EVENT_WRITABLE:
                self._send(stream)
            # What arrived before a hang-up is still there to read.
            ended = bool(events & libvirt.VIR_STREAM_EVENT_READABLE) and not self._receive(stream)
            if ended or events & _HANGUP:
                self._end(None, tell=True)
                return
            with self._lock:
                if self._stream is not None:
                    stream.eventUpdateCallback(self._wanted())
        except libvirt.libvirtError as error:
            self._end(from_libvirt(error), tell=True)

    def _send(self, stream: libvirt.virStream) -> None:
        with self._lock:
            data = bytes(self._unsent[:SEND_BYTES])
        sent = stream.send(data) if data else 0
        if sent > 0:
            with self._lock:
                del self._unsent[:sent]

    def _receive(self, stream: libvirt.virStream) -> bool:
        """Whether the stream goes on."""
        data: bytes | int = stream.recv(READ_BYTES)
        if isinstance(data, int):
            # -2: nothing there after all.
            return data == _WOULD_BLOCK
        if not data:
            return False
        with self._lock:
            self._unread_bytes += len(data)
        try:
            self._loop.call_soon_threadsafe(self._deliver, data)
        except RuntimeError:
            # The loop has ended: nobody reads any more.
            return False
        return True

    def _deliver(self, data: bytes) -> None:
        with self._lock:
            was_full = self._unread_bytes >= MAX_UNREAD_BYTES
            self._unread_bytes -= len(data)
            stream = self._stream
            if stream is not None and was_full:
                try:
                    stream.eventUpdateCallback(self._wanted())
                except libvirt.libvirtError as error:
                    log.debug("serial line: %s", error)
        self._on_data(data)

    def _end(self, error: VmguiError | None, *, tell: bool) -> None:
        with self._lock:
            stream, self._stream = self._stream, None
            self._unsent.clear()
        if stream is None:
            return
        start_thread(self._end_in_thread, stream, name="vmgui-serial-end")
        if tell:
            try:
                self._loop.call_soon_threadsafe(self._on_end, error)
            except RuntimeError:
                # The loop has ended: nobody listens any more.
                return

    def _end_in_thread(self, stream: libvirt.virStream) -> None:
        for step in (stream.eventRemoveCallback, stream.abort):
            try:
                step()
            except libvirt.libvirtError as failure:
                log.debug("ending a serial line: %s", failure)
        del stream, step
        with self._lock:
            borrowed, self._borrowed = self._borrowed, ExitStack()
        borrowed.close()
        self._on_closed(self)
