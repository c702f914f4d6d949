"""Dead addresses are found out in time, and the finding out can be called off."""

import errno
import select
import socket

import pytest

from tests.helpers.clock import FakeClock
from vmgui.hypervisor import reach
from vmgui.hypervisor.reach import check_reachable
from vmgui.model.errors import HostUnreachable


def never() -> bool:
    return False


def test_somebody_accepts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        check_reachable("localhost", server.getsockname()[1], never)


@pytest.mark.parametrize("hostname", ["nonexistent.invalid", "", "." * 70, "a" * 300])
def test_a_name_nobody_has(hostname: str) -> None:
    with pytest.raises(HostUnreachable):
        check_reachable(hostname, 1, never, limit_s=2.0)


def test_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(HostUnreachable, match="refused"):
        check_reachable("127.0.0.1", port, never)


@pytest.fixture
def swallowing(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Every address swallows packets."""

    class Silence:
        def register(self, *_args: object) -> None:
            return

        def poll(self, timeout_ms: float) -> list[object]:
            clock.advance(timeout_ms / 1000)
            return []

    clock = FakeClock()
    monkeypatch.setattr(reach, "time", clock)
    monkeypatch.setattr(socket.socket, "connect_ex", lambda _self, _address: errno.EINPROGRESS)
    monkeypatch.setattr(select, "poll", Silence)
    return clock


def test_silence_ends_at_the_limit(swallowing: FakeClock) -> None:
    started = swallowing.monotonic()
    with pytest.raises(HostUnreachable, match="timed out"):
        check_reachable("127.0.0.1", 1, never, limit_s=9.0)
    assert swallowing.monotonic() - started == pytest.approx(9.0, abs=0.5)


def test_silence_can_be_called_off(swallowing: FakeClock) -> None:
    started = swallowing.monotonic()
    with pytest.raises(HostUnreachable):
        check_reachable("127.0.0.1", 1, lambda: swallowing.monotonic() - started >= 1.0)
    assert swallowing.monotonic() - started == pytest.approx(1.0, abs=0.3)
