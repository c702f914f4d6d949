"""Notifications over a real session bus of the test's own, with a small notification service on it."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Hashable
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from vmgui.policy.plain_text import TEXT_CHARS
from vmgui.services.desktop_notices import DesktopNotices

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
