"""One window for each settings directory: real processes, a window that hangs, others' sockets, nonsense."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vmgui.app import one_window as module
from vmgui.app.arguments import Arguments, from_plain, parse, to_plain
from vmgui.app.one_window import LOCK_NAME, SOCKET_NAME, Call, Claim, OneWindow

ROOT = Path(__file__).parents[3]
NOTHING = parse([])


class Window:
    """The first start, with a window that shows what it is called for."""

    def __init__(self, directory: Path) -> None:
        self.calls: list[Call] = []
        self.answers = True
        self.part = OneWindow(directory)
        assert self.part.claim(NOTHING) is Claim.OWNER

    def take(self, call: Call) -> None:
        self.calls.append(call)
        if self.answers:
            call.shown.set()

    def end(self) -> None:
        """As the process's end does."""
        self.part.close()
        os.close(self.part._lock)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    made = Window(tmp_path / "config")
    yield made
    made.end()


def second(tmp_path: Path, *argv: str, patience_s: float = 20.0, token: str = "") -> Claim:
    return OneWindow(tmp_path / "config", patience_s=patience_s).claim(parse(list(argv)), token)


def test_a_second_start_hands_over_all_it_was_asked_for(window: Window, tmp_path: Path) -> None:
    window.part.serve(window.take)
    argv = (
        "--connect",
        "test:///default",
        "--connect",
        "qemu+ssh://ñ@a/system",
        "--show-console",
        "web 01",
        "--new",
    )
    assert second(tmp_path, *argv, token="t-1_TIME5") is Claim.HANDED_OVER  # noqa: S106
    (call,) = window.calls
    assert call.arguments == parse(list(argv))
    assert call.token == "t-1_TIME5"  # noqa: S105
    assert second(tmp_path) is Claim.HANDED_OVER
    assert window.calls[1].arguments == NOTHING


def test_who_comes_before_the_window_waits_for_it(window: Window, tmp_path: Path) -> None:
    found: list[Claim] = []
    other = threading.Thread(target=lambda: found.append(second(tmp_path, "--new")))
    other.start()
    assert window.calls == []
    window.part.serve(window.take)
    other.join(30)
    assert found == [Claim.HANDED_OVER]


def test_without_a_thread_to_answer_with_it_starts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        window = Window(tmp_path / "config")
    # Nobody is left waiting for an answer that cannot come.
    assert second(tmp_path, patience_s=0.2) is Claim.NO_ANSWER
    window.end()


def test_other_settings_have_a_window_of_their_own(window: Window, tmp_path: Path) -> None:
    window.part.serve(window.take)
    other = OneWindow(tmp_path / "other")
    assert other.claim(NOTHING) is Claim.OWNER
    other.close()
    os.close(other._lock)
    assert window.calls == []


def test_only_the_person_may_call(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "config" / SOCKET_NAME
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    window.part.serve(window.take)
    # To each side the other one is another user's.
    monkeypatch.setattr(module, "_peer", lambda _connection: (1, os.geteuid() + 1))
    assert second(tmp_path, patience_s=0.3) is Claim.NO_ANSWER
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(place))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            caller.sendall(json.dumps({"arguments": to_plain(NOTHING)}).encode() + b"\n")
            assert caller.recv(100) == b""
    assert window.calls == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"null\n",
        b"{}\n",
        b"[" * 100_000 + b"\n",
        b"x" * 300_000,
        b'{"arguments": {"connect": "test:///default"}}\n',
        b'{"arguments": {"connect": [1]}}\n',
        b'{"arguments": {"new": "yes"}}\n',
        b'{"arguments": {"show_console": "a\\u0007b"}}\n',
        b'{"arguments": {}, "token": 3}\n',
    ],
)
def test_nonsense_is_refused_and_harms_nobody(window: Window, tmp_path: Path, content: bytes) -> None:
    window.part.serve(window.take)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(tmp_path / "config" / SOCKET_NAME))
        try:
            caller.sendall(content)
            caller.shutdown(socket.SHUT_WR)
            assert caller.recv(100) == b""
        except (ConnectionResetError, BrokenPipeError):
            pass
    assert second(tmp_path) is Claim.HANDED_OVER
    assert len(window.calls) == 1


def test_a_window_that_hangs_is_waited_for_in_vain_and_named(window: Window, tmp_path: Path) -> None:
    window.answers = False
    window.part.serve(window.take)
    other = OneWindow(tmp_path / "config", patience_s=0.3)
    assert other.claim(NOTHING) is Claim.NO_ANSWER
    assert other.other.startswith(str(os.getpid()))
    window.calls[0].shown.set()


def test_what_an_earlier_run_left_is_in_nobody_s_way(tmp_path: Path) -> None:
    directory = tmp_path / "config"
    code = f"""
import os
from pathlib import Path
from vmgui.app.arguments import parse
from vmgui.app.one_window import OneWindow
print(OneWindow(Path({str(directory)!r})).claim(parse([])).value, flush=True)
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.returncode) == ("owner\n", -signal.SIGKILL)
    assert (directory / SOCKET_NAME).exists()
    window = Window(directory)
    window.part.serve(window.take)
    assert second(tmp_path) is Claim.HANDED_OVER
    window.end()


def test_who_comes_while_the_window_goes_has_it_next(window: Window, tmp_path: Path) -> None:
    window.part.serve(window.take)
    window.part.close()
    found: list[OneWindow] = []

    def start() -> None:
        part = OneWindow(tmp_path / "config")
        assert part.claim(NOTHING) is Claim.OWNER
        found.append(part)

    other = threading.Thread(target=start)
    other.start()
    os.close(window.part._lock)
    other.join(30)
    window.part._lock = os.dup(found[0]._lock)
    found[0].close()
    os.close(found[0]._lock)


def test_a_directory_that_cannot_be_written_stops_no_start(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    assert second(tmp_path) is Claim.OWNER


def test_a_window_on_another_computer_is_not_waited_for(window: Window, tmp_path: Path) -> None:
    (tmp_path / "config" / LOCK_NAME).write_text("77 elsewhere\n")
    other = OneWindow(tmp_path / "config", patience_s=3600)
    assert other.claim(NOTHING) is Claim.NO_ANSWER
    assert other.other == "77@elsewhere"


def test_a_deep_directory_is_no_obstacle(tmp_path: Path) -> None:
    """A socket's path ends at 107 bytes."""
    deep = tmp_path / ("d" * 120)
    window = Window(deep)
    window.part.serve(window.take)
    assert OneWindow(deep).claim(NOTHING) is Claim.HANDED_OVER
    window.end()


def test_arguments_come_through_as_they_are() -> None:
    assert from_plain(to_plain(NOTHING)) == NOTHING
    given = Arguments(("a", "b"), "x", True, "es", True, False, None)
    assert from_plain(to_plain(given)) == Arguments(("a", "b"), "x", True, "", False, False, None)


@pytest.mark.parametrize("argv", [["--connect", "a\nb"], ["--show-console", "x" * 5000]])
def test_what_cannot_be_meant_is_refused_on_the_command_line_too(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(argv)
    assert "cannot be shown" in capsys.readouterr().err
