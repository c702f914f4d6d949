"""The watch over the window's thread sees what the program does there, and minds no test's business."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.e2e.desktop import WATCH
from tests.helpers import window_thread
from tests.helpers.window_thread import PROGRAM, ROOT, watched

AWAY = "/nowhere/of/anybody"


def function_in(file: str, body: str, **names: Any) -> Callable[[], object]:
    """A function that stands in this file, as far as its frames tell."""
    exec(compile(f"def run():\n    {body}\n", file, "exec"), names)  # noqa: S102
    return names["run"]


def of_the_program(act: Callable[[], object], place: str = "ui/pane.py") -> Callable[[], object]:
    return function_in(f"{PROGRAM}{place}", "act()", act=act)


def library_that_looks() -> Callable[[], object]:
    return function_in("/usr/lib/x.py", "os.path.exists('/nowhere/x')", os=os)


def looks() -> None:
    os.path.exists(AWAY)


def opens() -> None:
    with pytest.raises(OSError, match="No such file"):
        open(f"{AWAY}/x")  # noqa: SIM115


def connects() -> None:
    with socket.socket(socket.AF_UNIX) as client, pytest.raises(OSError, match="No such file"):
        client.connect(AWAY)


def asks_for_a_name() -> None:
    with pytest.raises(OSError, match=r"."):
        socket.getaddrinfo("no-such-host.invalid", 1)


def starts() -> None:
    subprocess.run(["true"], check=True)


def sleeps() -> None:
    time.sleep(0.001)


def asks_libvirt() -> None:
    libvirt.open("test:///default").close()


def told(act: Callable[[], object]) -> list[str]:
    """What is noted of an act of the program in a turn of the loop, without where."""
    notes: list[str] = []

    async def turn() -> None:
        asyncio.get_running_loop().call_soon(act)
        await asyncio.sleep(0)

    with watched(notes.append):
        asyncio.run(turn())
    return [note.split()[0] for note in notes]


@pytest.mark.parametrize(
    ("act", "event"),
    [
        (looks, "os.stat"),
        (opens, "open"),
        (connects, "socket.connect"),
        (asks_for_a_name, "socket.getaddrinfo"),
        (starts, "subprocess.Popen"),
        (sleeps, "time.sleep"),
        (asks_libvirt, "virConnectOpen"),
    ],
)
def test_each_kind_is_seen(act: Callable[[], object], event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # This file stands for a library here, which the program calls.
    monkeypatch.setattr(window_thread, "TESTS", "/elsewhere/")
    assert event in told(of_the_program(act))
    assert told(of_the_program(act, "services/jobs.py")), "a task of a service runs on that thread, too"


def test_another_thread_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_thread, "TESTS", "/elsewhere/")

    def elsewhere() -> None:
        thread = threading.Thread(target=of_the_program(looks))
        thread.start()
        thread.join()

    assert told(of_the_program(elsewhere)) == []


def test_what_needs_no_waiting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_thread, "TESTS", "/elsewhere/")

    def quick() -> None:
        (ROOT / "README.md").read_text()
        Path("/proc/self/stat").read_text()
        socket.getaddrinfo("127.0.0.1", 1)
        with socket.socket() as client:
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", 1))

    assert told(of_the_program(quick)) == []


def test_a_widget_called_by_a_test_counts_and_a_store_called_by_one_does_not() -> None:
    notes: list[str] = []
    look = library_that_looks()

    async def turn() -> None:
        of_the_program(look, "store/hosts.py")()
        assert not notes
        of_the_program(look, "ui/pane.py")()

    with watched(notes.append):
        asyncio.run(turn())
    assert len(notes) == 1


def test_a_program_driven_from_outside_tells_into_a_file(tmp_path: Path) -> None:
    report = tmp_path / "acts"
    code = "import sys; sys.argv = ['vmgui']; from tests.meta.test_window_thread import told_of_the_program as t; t()"
    command = [sys.executable, "-c", code, "vmgui"]
    environment = {**os.environ, "PYTHONPATH": f"{WATCH}:{ROOT}", window_thread.VARIABLE: str(report)}
    subprocess.run(command, env=environment, check=True, cwd=tmp_path)
    assert report.read_text().startswith("os.stat '/nowhere/x'")
    # Other programs that it starts are not watched.
    report.unlink()
    subprocess.run([sys.executable, "-c", "0"], env=environment, check=True)
    assert not report.exists()


def told_of_the_program() -> None:
    """Run in a process of its own: a slot of the program looks at a file."""
    look = library_that_looks()

    async def turn() -> None:
        asyncio.get_running_loop().call_soon(of_the_program(look))
        await asyncio.sleep(0)

    asyncio.run(turn())
