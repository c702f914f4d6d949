"""Slow, silent and gone look different, and each says how old its values are."""

from __future__ import annotations

import pytest

from vmgui.model.host import Host, HostConfig, HostHealth, HostState
from vmgui.ui.look.health_look import health_look, health_tone
from vmgui.words.health import age_note, health_note, health_words, latency_words

pytestmark = pytest.mark.usefixtures("qapp")
NOW_S = 1000.0


def host(age_s: float, latency_s: float = 0.01, state: HostState = HostState.CONNECTED) -> Host:
    health = HostHealth(answered_s=NOW_S - age_s, latency_s=latency_s, last_latency_s=latency_s)
    return Host(HostConfig("h", "alpha", "test:///default"), state, health=health)


@pytest.mark.parametrize(
    ("one", "words", "note", "tone"),
    [
        (host(1), "Connected", "", "success"),
        (host(8), "No answer", "No answer · 8 s ago", "warning"),
        (host(9, 10.0), "Slow", "Slow · 9 s ago", "warning"),
        (host(120, state=HostState.UNREACHABLE), "Unreachable", "Unreachable · 2 min ago", "danger"),
        (host(7200, state=HostState.DISCONNECTED), "Disconnected", "Disconnected · 2 h ago", ""),
        (host(7200, state=HostState.CONNECTING), "Connecting…", "Connecting… · 2 h ago", ""),
        # Last seen in an earlier run, before this computer was started.
        (host(2000, state=HostState.REFUSED), "Login refused", "Login refused · 33 min ago", "danger"),
    ],
)
def test_words(one: Host, words: str, note: str, tone: str) -> None:
    assert health_words(one, NOW_S) == words
    assert health_note(one, NOW_S) == note
    assert health_tone(one, NOW_S) == tone
    assert bool(age_note(one, NOW_S)) is bool(note)


def test_never_seen_has_no_age() -> None:
    never = Host(HostConfig("h", "alpha", "test:///default"), HostState.CONNECTING)
    assert health_note(never, NOW_S) == "Connecting…"
    assert "never" in age_note(never, NOW_S)


def test_each_has_a_look_of_its_own() -> None:
    looks = {health_look(one, NOW_S) for one in (host(1), host(8), host(8, state=HostState.UNREACHABLE))}
    assert len(looks) == 3


def test_latency() -> None:
    texts = [latency_words(value) for value in (None, 0.0042, 0.0123, 9.84)]
    assert texts == ["–", "4.2 ms", "12 ms", "9.8 s"]
