"""Notifications over a real session bus of the test's own, with a small notification service on it."""

from __future__ import annotations

import asyncio
import json
import shutil
import struct
import subprocess
from collections.abc import AsyncIterator, Callable, Hashable
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, MessageType, Parser
from jeepney.wrappers import new_header

from tests.helpers.waiting import eventually
from vmgui.policy.plain_text import TEXT_CHARS
from vmgui.services import desktop_notices
from vmgui.services.desktop_notices import MAX_MESSAGE_BYTES, DesktopNotices

SERVICE = Path(__file__).parents[2] / "helpers" / "notification_service.py"
PYTHON = "/usr/bin/python3"


@cache
def _can_serve() -> bool:
    if shutil.which("dbus-daemon") is None or not Path(PYTHON).exists():
        return False
    probe = subprocess.run([PYTHON, "-c", "import gi.repository.Gio"], capture_output=True, check=False)
    return probe.returncode == 0


class Desktop:
    """A bus, its notification service, and the program's side."""

    def __init__(self, bus: asyncio.subprocess.Process, address: str) -> None:
        self.bus = bus
        self.address = address
        self.clicks: list[Hashable] = []
        self.notices = DesktopNotices(self.clicks.append, open_label=lambda: "Open")
        self.service: asyncio.subprocess.Process | None = None

    async def serve(self) -> None:
        self.service = await asyncio.create_subprocess_exec(
            PYTHON,
            str(SERVICE),
            env={"DBUS_SESSION_BUS_ADDRESS": self.address},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert (await self.told())["ready"]

    async def told(self) -> dict[str, object]:
        assert self.service is not None
        assert self.service.stdout is not None
        return json.loads(await self.service.stdout.readline())

    def ask(self, line: str) -> None:
        assert self.service is not None
        assert self.service.stdin is not None
        self.service.stdin.write(f"{line}\n".encode())

    async def close(self) -> None:
        await self.notices.close()
        for process in (self.service, self.bus):
            if process is not None:
                if process.returncode is None:
                    process.terminate()
                if process.stdin is not None:
                    process.stdin.close()
                await process.wait()


@pytest.fixture
async def desktop(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desktop]:
    if not _can_serve():
        pytest.skip("needs dbus-daemon and the system's python3 with gi")
    bus = await asyncio.create_subprocess_exec(
        "dbus-daemon",
        "--session",
        "--nofork",
        "--print-address=1",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    address = (await bus.stdout.readline()).decode().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    made = Desktop(bus, address)
    yield made
    await made.close()


async def test_shown_clicked_closed(desktop: Desktop) -> None:
    await desktop.serve()
    assert await desktop.notices.show("web-01 crashed", "a <b> & c", "machine", critical=True)
    told = await desktop.told()
    assert (told["app"], told["replaces"], told["icon"]) == ("vmgui", 0, "vmgui")
    assert (told["summary"], told["body"]) == ("web-01 crashed", "a &lt;b&gt; &amp; c")
    assert told["actions"] == ["default", "Open"]
    assert told["hints"] == {"urgency": 2, "desktop-entry": "vmgui"}
    assert await desktop.notices.show("second\n\u202e", "x" * 100_000, "other")
    told = await desktop.told()
    assert told["summary"] == "second\\n\\u202e"
    assert len(str(told["body"])) == TEXT_CHARS
    desktop.ask("click 2")
    await eventually(lambda: desktop.clicks == ["other"])
    desktop.ask("close 1")
    desktop.ask("click 1")
    desktop.ask("click 2")
    await eventually(lambda: desktop.clicks == ["other", "other"])


async def test_no_service_on_the_bus_is_normal_and_one_may_come_later(desktop: Desktop) -> None:
    assert not await desktop.notices.show("nobody", "hears", None)
    await desktop.serve()
    assert await desktop.notices.show("now", "", None)


async def test_a_bus_that_goes_away(desktop: Desktop) -> None:
    await desktop.serve()
    assert await desktop.notices.show("one", "", None)
    desktop.bus.terminate()
    await desktop.bus.wait()
    assert not await desktop.notices.show("two", "", None)


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "tcp:host=x,port=1", "nonsense", ";;"])
async def test_no_bus_is_normal(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    notices = DesktopNotices(lambda _target: None, open_label=lambda: "Open")
    assert not await notices.show("x", "y", None)
    await notices.close()


async def test_a_bus_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("vmgui.services.desktop_notices.TIMEOUT_S", 0.1)
    ended = asyncio.Event()

    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    path = str(tmp_path / "bus")
    server = await asyncio.start_unix_server(silent, path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    notices = DesktopNotices(lambda _target: None, open_label=lambda: "Open")
    assert not await notices.show("x", "y", None)
    await notices.close()
    ended.set()
    server.close()
    await server.wait_closed()


Answers = Callable[[Message], bytes]


class FakeBus:
    """Lets everybody in and answers as it likes."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.called: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"OK 0\r\n")
        await reader.readline()
        parser = Parser()
        while received := await reader.read(4096):
            for message in parser.feed(received):
                self.called.append(message.header.fields[HeaderFields.member])
                writer.write(self._answers(message))
        writer.close()


def reply(call: Message, signature: str, *body: object) -> bytes:
    header = new_header(MessageType.method_return)
    header.fields = {
        HeaderFields.reply_serial: call.header.serial,
        HeaderFields.signature: signature,
        HeaderFields.sender: ":1.7",
    }
    return Message(header, body).serialise(1)


def signal(member: str, signature: str, *body: object) -> bytes:
    header = new_header(MessageType.signal)
    header.fields = {
        HeaderFields.path: "/org/freedesktop/Notifications",
        HeaderFields.interface: "org.freedesktop.Notifications",
        HeaderFields.member: member,
        HeaderFields.signature: signature,
    }
    return Message(header, body).serialise(1)


def raw(fields: bytes, body: bytes = b"") -> bytes:
    """A signal with these header fields."""
    head = struct.pack("<cBBBIII", b"l", 4, 0, 1, len(body), 1, len(fields))
    return head + fields + b"\0" * (-len(fields) % 8) + body


def honest(call: Message) -> bytes:
    if call.header.fields[HeaderFields.member] == "Notify":
        return reply(call, "u", 7)
    return reply(call, "s", ":1.5")


def signature_field(signature: bytes) -> bytes:
    return b"\x08\x01g\0" + bytes((len(signature),)) + signature + b"\0"


SKIPPED = {
    "no message type": b"l\x09\0\1" + b"\0\0\0\0" + b"\1\0\0\0" + b"\0\0\0\0",
    "an unknown field": raw(b"\x63\x01y\0\x01"),
    "a signature of nothing": raw(signature_field(b"(")),
    "an endless array": raw(signature_field(b"a()"), b"\x08\0\0\0\0\0\0\0"),
    "an endless field": raw(b"\x63\x03a()\0\0\0\x08\0\0\0\0\0\0\0"),
    "a text longer than all": raw(signature_field(b"s"), b"\xff\0\0\0a\0"),
    "no UTF-8": raw(signature_field(b"s"), b"\1\0\0\0\xff\0"),
    "boxes in boxes": raw(signature_field(b"v"), b"\1v\0" * 10_000),
    "a serial that is a list": b"l\2" + raw(b"\5\2au\0\0\0\0\4\0\0\0\1\0\0\0")[2:],
    "a click on nothing": signal("ActionInvoked", "us", 99, "default"),
    "a click of no number": signal("ActionInvoked", "as", ["default"]),
    "a click without a word": signal("ActionInvoked", ""),
}
ENDS = {
    "no order of bytes": b"x" * 16,
    "too much": struct.pack("<cBBBIII", b"l", 4, 0, 1, MAX_MESSAGE_BYTES, 1, 0) + b"\0" * 64,
    "huge": b"l\4\0\1" + b"\xff" * 12,
}


async def shown_on(
    answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[bool, list[str], list[Hashable]]:
    """Whether a fake bus has one shown, what it was called, and what was clicked until then."""
    bus = FakeBus(answers)
    server = await asyncio.start_unix_server(bus.serve, str(tmp_path / "bus"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    clicks: list[Hashable] = []
    notices = DesktopNotices(clicks.append, open_label=lambda: "Open")
    is_shown = await notices.show("x", "y", "machine")
    # What comes with the second answer is read after what came with the first.
    is_shown = await notices.show("x", "y", "machine") and is_shown
    await notices.close()
    server.close()
    await server.wait_closed()
    return is_shown, bus.called, clicks


@pytest.mark.parametrize("what", SKIPPED)
async def test_a_message_that_cannot_be_read_is_skipped(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click = signal("ActionInvoked", "us", 7, "default")
    found = await shown_on(lambda call: SKIPPED[what] + honest(call) + click, tmp_path, monkeypatch)
    assert found == (True, ["Hello", "AddMatch", "Notify", "Notify"], ["machine"])


@pytest.mark.parametrize("what", ENDS)
async def test_what_is_no_message_ends_the_connection(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_shown, called, _ = await shown_on(lambda _call: ENDS[what], tmp_path, monkeypatch)
    assert (is_shown, called) == (False, ["Hello", "Hello"])


async def test_who_waits_for_its_turn_takes_the_connection_from_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "bus")
    held: list[tuple[asyncio.StreamWriter, bytes]] = []
    numbers = count(1)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def answer(call: Message) -> bytes:
            if call.header.fields[HeaderFields.member] != "Notify":
                return honest(call)
            number = next(numbers)
            if number != 2:
                return reply(call, "u", number)
            held.append((writer, reply(call, "u", number)))
            return b""

        await FakeBus(answer).serve(reader, writer)

    server = await asyncio.start_unix_server(serve, path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    clicks: list[Hashable] = []
    notices = DesktopNotices(clicks.append, open_label=lambda: "Open")
    monkeypatch.setattr(desktop_notices, "TIMEOUT_S", 120.0)
    assert await notices.show("first", "", "one")
    second = asyncio.ensure_future(notices.show("second", "", "two"))
    await eventually(lambda: held)
    monkeypatch.setattr(desktop_notices, "TIMEOUT_S", 0.0)
    third = asyncio.ensure_future(notices.show("third", "", "three"))
    for _ in range(10):
        await asyncio.sleep(0)
    monkeypatch.setattr(desktop_notices, "TIMEOUT_S", 120.0)
    ((writer, answer),) = held
    writer.write(answer)
    assert await asyncio.gather(second, third) == [True, True]
    for number in (1, 2, 3):
        writer.write(signal("ActionInvoked", "us", number, "default"))
    await eventually(lambda: clicks == ["one", "two", "three"])
    await notices.close()
    server.close()
    await server.wait_closed()


async def test_an_answer_without_a_number_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = await shown_on(lambda call: reply(call, "s", "seven"), tmp_path, monkeypatch)
    assert not found[0]
