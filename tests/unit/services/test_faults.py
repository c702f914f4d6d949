"""Whoever waits is told of a fault of the program as of any other failure."""

import threading

import pytest

from vmgui.model.errors import InternalFault, NotFound, OutOfThreads
from vmgui.services.background import in_thread
from vmgui.services.faults import ours


async def fine() -> int:
    return 7


async def expected() -> None:
    raise NotFound("gone")


async def unexpected() -> None:
    raise UnicodeDecodeError("utf-8", b"\xe7", 0, 1, "invalid start byte")


async def test_what_is_ours_stays(caplog: pytest.LogCaptureFixture) -> None:
    assert await ours(fine()) == 7
    with pytest.raises(NotFound):
        await ours(expected())
    assert not caplog.records


async def test_what_is_not_becomes_so_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InternalFault, match="UnicodeDecodeError"):
        await ours(unexpected())
    assert "invalid start byte" in caplog.text


async def test_a_computer_without_threads_is_no_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    # The one that starts the others runs already, or is refused itself.
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(OutOfThreads, match="can't start new thread"):
        await ours(in_thread(lambda: 7))
    assert "unexpectedly" not in caplog.text
