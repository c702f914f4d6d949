"""What keeps the window's thread from waiting for its turn."""

import gc
import sys
from collections.abc import Iterator

import pytest

from vmgui.app import turns


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    interval_s = sys.getswitchinterval()
    yield
    sys.setswitchinterval(interval_s)
    gc.unfreeze()


class Ring:
    """Garbage that only the collector finds."""

    alive = 0

    def __init__(self) -> None:
        self.myself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


def test_a_thread_gives_the_lock_away_soon() -> None:
    turns.keep_short()
    assert sys.getswitchinterval() == pytest.approx(turns.SWITCH_INTERVAL_S)


def test_little_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "COLLECTED_AT_MOST", 10**9)
    frozen = gc.get_freeze_count()
    Ring()
    turns.collect_or_keep()
    assert Ring.alive == 0
    assert gc.get_freeze_count() == frozen


def test_much_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "COLLECTED_AT_MOST", 0)
    looked: list[int] = []

    def on_collection(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looked.append(info["generation"])

    gc.collect(1)
    gc.callbacks.append(on_collection)
    try:
        turns.collect_or_keep()
    finally:
        gc.callbacks.remove(on_collection)
    assert 2 not in looked
    assert not gc.get_objects(2)
