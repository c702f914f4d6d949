"""Notifications of the desktop (org.freedesktop.Notifications) over the session bus, asynchronously.

https://specifications.freedesktop.org/notification-spec/. A desktop without that service, or no session bus at
all, is normal: `show` then says so, once in the log, and the program tells inside its own window only.
"""

from __future__ import annotations

import asyncio
import html
import itertools
import logging
import os
from collections.abc import Callable, Hashable
from urllib.parse import unquote

from vmgui.policy.plain_text import visible, visible_lines
from vmgui.services import dbus_wire as wire
from vmgui.services.scope import Scope

log = logging.getLogger(__name__)

TIMEOUT_S = 5.0
MAX_OPEN = 200
_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"
URGENCY_NORMAL, URGENCY_CRITICAL = 1, 2

_Failures = (OSError, EOFError, TimeoutError, wire.WireError)


class DesktopNotices:
    """Shows notifications and tells when one is clicked; loop thread only. Connects at the first one."""

    def __init__(self, clicked: Callable[[Hashable], None], *, open_label: Callable[[], str]) -> None:
        self._clicked = clicked
        self._open_label = open_label
        self._serials = itertools.count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[wire.Message]] = {}
        self._open: dict[int, Hashable] = {}
        self._scope = Scope("desktop notices")
        self._lock = asyncio.Lock()
        self._was_told = False

    async def show(self, summary: str, body: str, target: Hashable, *, critical: bool = False) -> bool:
        """Show one; whether the desktop did. `target` is what a click on it tells."""
        try:
            async with asyncio.timeout(TIMEOUT_S), self._lock:
                if self._writer is None:
                    await self._connect()
                number = await self._notify(summary, body, critical)
        except _Failures as error:
            if not self._was_told:
                log.info("no notifications of the desktop: %s", str(error) or type(error).__name__)
            self._was_told = True
            self._drop()
            return False
        if len(self._open) >= MAX_OPEN:
            del self._open[next(iter(self._open))]
        self._open[number] = target
        return True

    async def close(self) -> None:
        """Hear nothing more; what is shown stays until the person closes it."""
        self._drop()
        await self._scope.close(timeout_s=1.0)

    async def _notify(self, summary: str, body: str, critical: bool) -> int:
        writer = wire.Writer()
        writer.string("vmgui")
        writer.uint32(0)
        writer.string("vmgui")
        writer.string(visible(summary))
        # The body may be read as markup.
        writer.string(html.escape(visible_lines(body), quote=False))
        writer.strings(("default", self._open_label()))
        writer.hints({"urgency": URGENCY_CRITICAL if critical else URGENCY_NORMAL, "desktop-entry": "vmgui"})
        writer.int32(-1)
        answer = await self._call(_SERVICE, _PATH, _SERVICE, "Notify", "susssasa{sv}i", bytes(writer.data))
        if not answer.body or not isinstance(answer.body[0], int):
            raise wire.WireError("Notify gave no number")
        return answer.body[0]

    async def _connect(self) -> None:
        reader, self._writer = await asyncio.open_unix_connection(_bus_path())
        self._writer.write(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        answer = await reader.readline()
        if not answer.startswith(b"OK "):
            raise wire.WireError(f"the session bus refused the login: {answer[:100]!r}")
        self._writer.write(b"BEGIN\r\n")
        self._reading = self._scope.run(self._read(reader))
        await self._call(_BUS, _BUS_PATH, _BUS, "Hello")
        rule = wire.Writer()
        rule.string(f"type='signal',interface='{_SERVICE}',path='{_PATH}'")
        await self._call(_BUS, _BUS_PATH, _BUS, "AddMatch", "s", bytes(rule.data))

    async def _call(
        self, destination: str, path: str, interface: str, member: str, signature: str = "", body: bytes = b""
    ) -> wire.Message:
        writer = self._writer
        if writer is None:
            raise EOFError("the session bus has gone")
        serial = next(self._serials)
        future: asyncio.Future[wire.Message] = asyncio.get_running_loop().create_future()
        self._answers[serial] = future
        try:
            writer.write(wire.method_call(serial, destination, path, interface, member, signature, body))
            answer = await future
        finally:
            self._answers.pop(serial, None)
        if answer.kind == wire.ERROR:
            raise wire.WireError(str(answer.body[0]) if answer.body else f"{member} failed")
        return answer

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                head = await reader.readexactly(wire.HEAD_BYTES)
                rest = await reader.readexactly(wire.message_bytes(head) - wire.HEAD_BYTES)
                self._take(wire.parse(head + rest))
        except _Failures as error:
            log.debug("the session bus: %s", error)
            self._drop()

    def _take(self, message: wire.Message) -> None:
        if message.kind in (wire.METHOD_RETURN, wire.ERROR):
            future = self._answers.get(message.reply_serial)
            if future is not None and not future.done():
                future.set_result(message)
        elif message.kind == wire.SIGNAL and message.interface == _SERVICE and message.body:
            number = message.body[0]
            if not isinstance(number, int) or number not in self._open:
                return
            target = self._open[number]
            if message.member == "NotificationClosed":
                del self._open[number]
            elif message.member == "ActionInvoked":
                self._clicked(target)

    def _drop(self) -> None:
        """The connection is of no use any more; the next notification makes another."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        reading, self._reading = self._reading, None
        if reading is not None and reading is not asyncio.current_task():
            reading.cancel()
        self._open.clear()
        for future in self._answers.values():
            if not future.done():
                future.set_exception(EOFError("the session bus has gone"))


def _bus_path() -> str:
    """Where the session bus listens; raises FileNotFoundError without one that can be reached this way."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={runtime}/bus" if runtime else "")
    for one in address.split(";"):
        kind, _, rest = one.partition(":")
        values = dict(pair.split("=", 1) for pair in rest.split(",") if "=" in pair)
        if kind == "unix" and "path" in values:
            return unquote(values["path"])
        if kind == "unix" and "abstract" in values:
            return "\0" + unquote(values["abstract"])
    raise FileNotFoundError("no session bus")
