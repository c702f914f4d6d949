"""Notifications of the desktop (org.freedesktop.Notifications) over the session bus, asynchronously.

https://specifications.freedesktop.org/notification-spec/. A desktop without that service, or no session bus at
all, is normal: `show` then says so, once in the log, and the program tells inside its own window only.

jeepney writes and reads the messages. (QtDBus from Python sends every number as an int32; the service wants a uint32
among its arguments and refuses that.) Its own asyncio classes read messages of any length in tasks of their own: here
a length has its limit, and the task is of a scope.
"""

from __future__ import annotations

import asyncio
import html
import itertools
import logging
import os
import re
from collections.abc import Callable, Hashable

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_bus
from jeepney.low_level import calc_msg_size

from vmgui.policy.plain_text import visible, visible_lines
from vmgui.services.scope import Scope

log = logging.getLogger(__name__)

TIMEOUT_S = 5.0
MAX_OPEN = 200
MAX_MESSAGE_BYTES = 64 * 1024
HEAD_BYTES = 16  # that tell a message's length
URGENCY_NORMAL, URGENCY_CRITICAL = 1, 2

_SERVICE = "org.freedesktop.Notifications"
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=_SERVICE, interface=_SERVICE)
_SIGNALS = MatchRule(type="signal", interface=_SERVICE, path=_ADDRESS.object_path)


class _BusError(Exception):
    """The bus or the service refused, or says what it should not."""


# An array of structures without content: jeepney reads it for ever. A bus that keeps to the specification lets none pass.
_ENDLESS = re.compile(rb"a\(+\)")

_Failures = (OSError, EOFError, TimeoutError, _BusError)


class DesktopNotices:
    """Shows notifications and tells when one is clicked; loop thread only. Connects at the first one."""

    def __init__(self, clicked: Callable[[Hashable], None], *, open_label: Callable[[], str]) -> None:
        self._clicked = clicked
        self._open_label = open_label
        self._serials = itertools.count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[Message]] = {}
        self._open: dict[int, Hashable] = {}
        self._scope = Scope("desktop notices")
        self._lock = asyncio.Lock()
        self._was_told = False

    async def show(self, summary: str, body: str, target: Hashable, *, critical: bool = False) -> bool:
        """Show one; whether the desktop did. `target` is what a click on it tells."""
        # Who waits for its turn has no time running, and drops no connection that another one uses.
        async with self._lock:
            try:
                async with asyncio.timeout(TIMEOUT_S):
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
        urgency = URGENCY_CRITICAL if critical else URGENCY_NORMAL
        arguments = (
            *("vmgui", 0, "vmgui", visible(summary)),
            # The body may be read as markup.
            html.escape(visible_lines(body), quote=False),
            ["default", self._open_label()],
            {"urgency": ("y", urgency), "desktop-entry": ("s", "vmgui")},
            -1,
        )
        answer = await self._call(new_method_call(_ADDRESS, "Notify", "susssasa{sv}i", arguments))
        number = answer.body[0] if answer.body else None
        if not isinstance(number, int):
            raise _BusError("Notify gave no number")
        return number

    async def _connect(self) -> None:
        reader, self._writer = await asyncio.open_unix_connection(_bus_path())
        login = Authenticator()
        for line in login:
            self._writer.write(line)
            received = await reader.read(1024)
            if not received:
                raise EOFError("the session bus has gone")
            try:
                login.feed(received)
            except ValueError as error:
                raise _BusError(str(error)) from error
        self._writer.write(BEGIN)
        self._reading = self._scope.run(self._read(reader))
        await self._call(message_bus.Hello())
        await self._call(message_bus.AddMatch(_SIGNALS))

    async def _call(self, message: Message) -> Message:
        writer = self._writer
        if writer is None:
            raise EOFError("the session bus has gone")
        serial = next(self._serials)
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._answers[serial] = future
        try:
            writer.write(message.serialise(serial))
            answer = await future
        finally:
            self._answers.pop(serial, None)
        if answer.header.message_type is MessageType.error:
            raise _BusError(str(answer.body[0]) if answer.body else "an error without words")
        return answer

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                message = await _received(reader)
                if message is not None:
                    self._take(message)
        except _Failures as error:
            log.debug("the session bus: %s", error)
            self._drop()

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type in (MessageType.method_return, MessageType.error):
            serial = fields.get(HeaderFields.reply_serial)
            future = self._answers.get(serial) if isinstance(serial, int) else None
            if future is not None and not future.done():
                future.set_result(message)
        elif _SIGNALS.matches(message) and message.body:
            number = message.body[0]
            if not isinstance(number, int) or number not in self._open:
                return
            target = self._open[number]
            if fields.get(HeaderFields.member) == "NotificationClosed":
                del self._open[number]
            elif fields.get(HeaderFields.member) == "ActionInvoked":
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


async def _received(reader: asyncio.StreamReader) -> Message | None:
    """The next message; None: it cannot be read. Raises EOFError, and _BusError where nothing behind it can be."""
    head = await reader.readexactly(HEAD_BYTES)
    try:
        length = calc_msg_size(head)
    except LookupError as error:
        raise _BusError("not D-Bus") from error
    if length > MAX_MESSAGE_BYTES:
        raise _BusError(f"a message of {length} bytes")
    data = head + await reader.readexactly(length - HEAD_BYTES)
    if _ENDLESS.search(data):
        return None
    try:
        return Message.from_buffer(data)
    except Exception as error:  # noqa: BLE001 - whatever it meets first: it takes messages to be well-formed
        log.debug("a message that cannot be read: %s: %s", type(error).__name__, error)
        return None


def _bus_path() -> str:
    """Where the session bus listens; raises FileNotFoundError without one that can be reached this way."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={runtime}/bus" if runtime else "")
    try:
        return get_bus(address)
    except (ValueError, RuntimeError) as error:
        raise FileNotFoundError("no session bus") from error
