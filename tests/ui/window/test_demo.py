"""`--demo` says on the terminal what it could not do, whatever that was."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench
from vmgui.app.arguments import Arguments, parse
from vmgui.app.demo import run_demo
from vmgui.model.errors import Busy, HostUnreachable
from vmgui.services import demo
from vmgui.services.demo import DemoService


def asked_for(folder: Path) -> Arguments:
    return parse(["--demo", "--screenshot", str(folder / "demo.png")])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (HostUnreachable("no daemon here", host="here"), "no daemon here"),
        (
            Busy("Couldn't create lock file for device '/dev/pts/3' in path '/var/lock/LCK.._pts_3'"),
            "LCK.._pts_3",
        ),
        (PermissionError(13, "Permission denied", "/run/libvirt/libvirt-sock"), "/run/libvirt/libvirt-sock"),
        (RuntimeError("nobody thought of this"), "nobody thought of this"),
    ],
)
async def test_the_reason_is_said(
    error: Exception,
    words: str,
    bench: Bench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def fail(_self: DemoService) -> None:
        raise error

    monkeypatch.setattr(DemoService, "run", fail)
    assert await run_demo(asked_for(tmp_path), bench.services, bench.window) == 1
    said = capsys.readouterr().err
    assert said.startswith("vmgui: the demo failed. ")
    assert words in said


async def test_a_host_that_refuses(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "demo_uri", lambda: f"test://{tmp_path}/nothing.xml")
    assert await run_demo(asked_for(tmp_path), bench.services, bench.window) == 1
    assert "nothing.xml" in capsys.readouterr().err


async def test_a_picture_that_has_no_place_is_said_before_anything_is_made(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[str] = []

    async def make(_self: DemoService) -> None:
        made.append("machine")

    monkeypatch.setattr(DemoService, "run", make)
    assert await run_demo(asked_for(tmp_path / "not there"), bench.services, bench.window) == 1
    assert "demo.png cannot be written" in capsys.readouterr().err
    assert not made


async def test_one_that_is_stopped_says_so(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = asyncio.Event()

    async def hang(_self: DemoService) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(DemoService, "run", hang)
    task = asyncio.ensure_future(run_demo(asked_for(tmp_path), bench.services, bench.window))
    await begun.wait()
    task.cancel()
    await eventually(task.done)
    assert task.cancelled()
    assert "stopped before" in capsys.readouterr().err
