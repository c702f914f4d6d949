"""Whether what is known of a host is still true, from when and how fast it answered.

A host is dead only when its connection says so (keepalive: 15 to 20 s). Long before that its values are old,
and a person has to see it; and a host that needs ten seconds for an answer is slow, not dead.
"""

from __future__ import annotations

from enum import Enum

from vmgui.model.host import Host, HostState

POLL_S = 2.0
STALE_AFTER_S = 3 * POLL_S
"""A few polls without an answer."""
SLOW_LATENCY_S = 2.0
"""An answer takes longer than the time between two polls."""


class Freshness(Enum):
    """How far a host's values can be trusted."""

    FRESH = "fresh"
    SLOW = "slow"  # it answers, but every value is seconds old
    STALE = "stale"  # it has not answered for a while, and may come back
    OFFLINE = "offline"  # not connected: what was last seen

    @property
    def is_old(self) -> bool:
        """Whether values are to be greyed out."""
        return self in (Freshness.STALE, Freshness.OFFLINE)


def freshness(host: Host, now_s: float) -> Freshness:
    """How far `host` can be trusted at `now_s` (time.monotonic())."""
    if host.state is not HostState.CONNECTED:
        return Freshness.OFFLINE
    health = host.health
    usual_s = max(health.latency_s or 0.0, health.last_latency_s or 0.0)
    patience_s = STALE_AFTER_S + max(0.0, health.poll_s - POLL_S) + 2 * usual_s
    if health.answered_s and now_s - health.answered_s > patience_s:
        return Freshness.STALE
    if (health.last_latency_s or 0.0) >= SLOW_LATENCY_S:
        return Freshness.SLOW
    return Freshness.FRESH
