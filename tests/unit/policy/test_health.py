"""When a host's values are old, and that slow is not dead."""

from __future__ import annotations

import pytest

from vmgui.model.host import Host, HostConfig, HostHealth, HostState
from vmgui.policy.health import STALE_AFTER_S, Freshness, freshness

CONFIG = HostConfig("h", "h", "test:///default")
NOW_S = 1000.0


def connected(age_s: float, latency_s: float | None = 0.01, last_s: float | None = None) -> Host:
    health = HostHealth(
        answered_s=NOW_S - age_s,
        latency_s=latency_s,
        last_latency_s=latency_s if last_s is None else last_s,
    )
    return Host(CONFIG, HostState.CONNECTED, health=health)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (connected(1.0), Freshness.FRESH),
        (connected(1.0, None), Freshness.FRESH),
        (connected(STALE_AFTER_S + 0.5), Freshness.STALE),
        # Ten seconds for an answer: the newest value is up to 12 s old, and that is how it is.
        (connected(12.0, 10.0), Freshness.SLOW),
        (connected(30.0, 10.0), Freshness.STALE),
        # Slow for the first time, and quick again at once.
        (connected(0.1, 3.0, 10.0), Freshness.SLOW),
        (connected(0.1, 7.0, 0.01), Freshness.FRESH),
    ],
)
def test_connected(host: Host, expected: Freshness) -> None:
    assert freshness(host, NOW_S) is expected


@pytest.mark.parametrize("state", [state for state in HostState if state is not HostState.CONNECTED])
def test_without_connection_everything_is_as_last_seen(state: HostState) -> None:
    host = Host(CONFIG, state, health=HostHealth(answered_s=NOW_S))
    assert freshness(host, NOW_S) is Freshness.OFFLINE


def test_what_is_greyed_out() -> None:
    assert {kind for kind in Freshness if kind.is_old} == {Freshness.STALE, Freshness.OFFLINE}
