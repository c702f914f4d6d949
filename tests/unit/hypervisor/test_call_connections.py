"""A connection per call: never two calls in one, few of them, none left over."""

import gc
import threading
import time
from collections.abc import Callable

import libvirt
import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.hypervisor import call_connections
from vmgui.hypervisor.call_connections import MAX_IDLE, CallConnections
from vmgui.model.errors import ConnectionLost, HostUnreachable

pytestmark = pytest.mark.usefixtures("no_handles")


class Opener:
    """Opens the test driver and counts; waits in `gate` if there is one."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.opened = 0
        self.now = 0
        self.most_at_once = 0
        self.gate: threading.Event | None = None
        self._lock = threading.Lock()

    def __call__(self) -> libvirt.virConnect:
        with self._lock:
            self.opened += 1
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
        if self.gate is not None:
            assert self.gate.wait(120)
        with self._lock:
            self.now -= 1
        return libvirt.open(self.uri)


@pytest.fixture
def opener(uri: str) -> Opener:
    return Opener(uri)


def in_threads(number: int, work: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()


def test_quick_calls_share_one(opener: Opener) -> None:
    calls = CallConnections(opener)

    def work() -> None:
        for _ in range(20):
            with calls.borrow(patience_s=10) as conn:
                conn.getHostname()

    join(in_threads(4, work))
    assert opener.opened == 1
    calls.close(0)


def test_never_two_calls_in_one(opener: Opener) -> None:
    calls = CallConnections(opener)
    lock = threading.Lock()
    busy: set[int] = set()

    def work() -> None:
        for _ in range(30):
            with calls.borrow(patience_s=0.0) as conn:
                with lock:
                    assert id(conn) not in busy
                    busy.add(id(conn))
                time.sleep(0.001)
                with lock:
                    busy.discard(id(conn))

    failed: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    join(in_threads(6, guarded))
    assert failed == []
    calls.close(0)


def test_a_second_one_is_opened_when_the_first_stays_busy(opener: Opener) -> None:
    calls = CallConnections(opener)
    with calls.borrow() as first:
        with calls.borrow(patience_s=0.1) as second:
            assert second is not first
        with calls.borrow(patience_s=5) as again:
            assert again is second
    calls.close(0)
    assert opener.opened == 2


def test_not_more_than_needed_are_kept(opener: Opener) -> None:
    calls = CallConnections(opener)
    release = threading.Event()

    def work() -> None:
        with calls.borrow(patience_s=0.0):
            assert release.wait(120)

    threads = in_threads(6, work)
    eventually_blocking(lambda: opener.opened == 6)
    release.set()
    join(threads)
    gc.collect()
    assert len(calls._idle) == MAX_IDLE
    calls.close(0)


def test_only_one_opening_hangs_at_a_silent_host(opener: Opener) -> None:
    calls = CallConnections(opener)
    opener.gate = threading.Event()
    refused: list[ConnectionLost] = []

    def work() -> None:
        try:
            with calls.borrow(patience_s=0.0):
                pass
        except ConnectionLost as error:
            refused.append(error)

    threads = in_threads(6, work)
    eventually_blocking(lambda: opener.now == 1)
    calls.close(0)
    # All but the one that hangs are told at once.
    eventually_blocking(lambda: len(refused) == 5)
    opener.gate.set()
    join(threads)
    assert len(refused) == 6
    assert opener.most_at_once == 1
    assert opener.opened == 1


def test_an_opening_that_fails_lets_the_next_try() -> None:
    def fail() -> libvirt.virConnect:
        raise HostUnreachable("for the test")

    calls = CallConnections(fail)
    for _ in range(2):
        with pytest.raises(HostUnreachable), calls.borrow():
            pass
    calls.close(0)


def test_a_dead_one_is_not_used_again(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = CallConnections(opener)
    with calls.borrow() as first:
        pass
    del first
    monkeypatch.setattr(libvirt.virConnect, "isAlive", lambda _self: 0)
    with calls.borrow():
        pass
    assert opener.opened == 2
    calls.close(0)


def test_closing_waits_a_little_for_calls_and_no_longer(opener: Opener) -> None:
    calls = CallConnections(opener)
    release = threading.Event()
    begun = threading.Event()

    def work() -> None:
        with calls.borrow():
            begun.set()
            assert release.wait(120)

    threads = in_threads(1, work)
    assert begun.wait(60)
    # It returns though the call is still under way.
    calls.close(0.2)
    assert not release.is_set()
    with pytest.raises(ConnectionLost), calls.borrow():
        pass
    retired = len(call_connections._retired)
    # Nothing was broken off: the host answers, and the call is still seen to be in it.
    assert not calls._rescued
    release.set()
    join(threads)
    assert len(call_connections._retired) == retired
    assert not calls._busy
    assert not calls._idle
