"""Two ways opened at once through one login: neither is given the reason of the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vmgui.hypervisor.ssh import own_words as module
from vmgui.hypervisor.ssh.own_words import OwnWords


@pytest.fixture
def own_words(tmp_path: Path) -> Iterator[tuple[OwnWords, int]]:
    """What a master says, and the end it says it into."""
    with OwnWords(tmp_path / "log") as words:
        says = os.open(tmp_path / "log", os.O_WRONLY)
        words.keep()
        yield words, says
    words.forget()
    os.close(says)


def test_of_two_that_hear_at_once_each_gets_its_own_words(
    own_words: tuple[OwnWords, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, says = own_words
    monkeypatch.setattr(module, "_HEARING_LIMIT_S", 120.0)
    order: list[str] = []
    comes = threading.Event()

    def second() -> None:
        comes.set()
        with words.heard() as said:
            os.write(says, b"of the second")
            order.append(said())

    thread = threading.Thread(target=second)
    with words.heard() as said:
        thread.start()
        comes.wait()
        os.write(says, b"of the first")
        order.append(said())
    thread.join()
    assert order == ["of the first", "of the second"]


def test_where_one_waits_for_somebody_silent_nobody_gets_the_words_of_another(
    own_words: tuple[OwnWords, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, says = own_words
    monkeypatch.setattr(module, "_HEARING_LIMIT_S", 0.0)
    with words.heard() as silent:
        with words.heard() as another:
            os.write(says, b"of the other")
            assert (silent(), another()) == ("", "")
        assert silent() == ""
    # What is left of then is nobody's.
    with words.heard() as said:
        os.write(says, b"of this one")
        assert said() == "of this one"
