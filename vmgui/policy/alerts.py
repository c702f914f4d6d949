"""When an alert begins and when it is over.

A value above the limit must stay there for the hold time; once it rang, it must fall clearly below the limit
(`HYSTERESIS`) and stay below for a while before it can ring again. A value that hovers at its limit rings once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vmgui.model.alerts import AlertKind, AlertRule
from vmgui.model.domain import Domain, DomainState, PauseReason
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostState, HostUsage
from vmgui.model.storage import Pool

HYSTERESIS_PERCENT = 5.0
CLEAR_HOLD_S = 30.0
"""So long a thing must be well before its alert is over, and no longer than it had to be bad."""
GAP_S = 180.0
"""After so long without a value what was pending begins anew: nobody knows what was in between."""
LOWEST_LIMIT, HIGHEST_LIMIT = 1.0, 100.0
LONGEST_HOLD_S = 24 * 3600.0

POOLS_THAT_FILL = frozenset(
    {"dir", "fs", "netfs", "logical", "disk", "rbd", "gluster", "sheepdog", "zfs", "vstorage"}
)
"""Of the others (iscsi, scsi, mpath) the volumes are what there is: they are always full."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered of one thing that is watched; times are of a monotonic clock."""

    rings: bool = False
    since_s: float | None = None  # when it began to be otherwise than `rings` says
    last_s: float | None = None


def step(
    watch: Watch,
    rule: AlertRule,
    value: float,
    now_s: float,
    *,
    limit: float | None = None,
    clear_hold_s: float | None = None,
) -> Watch:
    """The watch after one more value; `rings` tells whether the alert is on.

    `limit` replaces the rule's, for what is either so (100) or not (0); `clear_hold_s` what it must be well before
    the alert is over.
    """
    top = rule.limit_percent if limit is None else limit
    bottom = max(top / 2, top - HYSTERESIS_PERCENT)
    since_s = watch.since_s
    if watch.last_s is not None and now_s - watch.last_s > GAP_S:
        since_s = None
    if not watch.rings:
        # Between bottom and top what is pending goes on, but only a value above the limit rings.
        if value < bottom or (since_s is None and value <= top):
            return Watch(False, None, now_s)
        since_s = now_s if since_s is None else since_s
        rings = value > top and now_s - since_s >= rule.hold_s
        return Watch(rings, None if rings else since_s, now_s)
    if value >= bottom:
        return Watch(True, None, now_s)
    since_s = now_s if since_s is None else since_s
    if now_s - since_s >= (CLEAR_HOLD_S if clear_hold_s is None else clear_hold_s):
        return Watch(False, None, now_s)
    return Watch(True, since_s, now_s)


def is_so(watch: Watch, rule: AlertRule, so: bool, now_s: float) -> Watch:
    """The same for what is either so or not; what must last before it rings is over at once."""
    clear_hold_s = 0.0 if rule.hold_s > 0 else None
    return step(watch, rule, 100.0 if so else 0.0, now_s, limit=50.0, clear_hold_s=clear_hold_s)


def valid(kind: AlertKind, rule: AlertRule) -> AlertRule:
    """The rule with its numbers within what makes sense."""
    limit = min(HIGHEST_LIMIT - 1, max(LOWEST_LIMIT, rule.limit_percent)) if kind.has_limit else 0.0
    return replace(rule, limit_percent=limit, hold_s=min(LONGEST_HOLD_S, max(0.0, rule.hold_s)))


def memory_percent(usage: HostUsage) -> float | None:
    """How much of its memory a host uses."""
    if usage.memory_total_kib <= 0:
        return None
    used_kib = usage.memory_total_kib - usage.memory_free_kib
    return min(100.0, max(0.0, used_kib / usage.memory_total_kib * 100.0))


def pool_percent(pool: Pool) -> float | None:
    """How full a pool is; None where that means nothing."""
    if not pool.active or pool.capacity_bytes <= 0 or pool.kind not in POOLS_THAT_FILL:
        return None
    return min(100.0, max(0.0, 100.0 - pool.available_bytes / pool.capacity_bytes * 100.0))


def is_stopped_by_disk(domain: Domain) -> bool:
    """Whether it waits for a disk that could not be read or written."""
    return domain.state is DomainState.PAUSED and domain.reason is PauseReason.IO_ERROR


def has_crashed(domain: Domain) -> bool:
    """Whether its guest or its hypervisor has crashed and it still is as it was then."""
    return domain.state is DomainState.CRASHED or (
        domain.state in (DomainState.PAUSED, DomainState.OFF) and domain.reason is PauseReason.CRASHED
    )


def crashed(events: Iterable[HostEvent]) -> tuple[HostEvent, ...]:
    """The events that say that a guest crashed, one for each machine."""
    found = {
        event.uuid: event
        for event in events
        if event.kind is EventKind.DOMAIN_LIFECYCLE
        and (event.detail == "stopped 2" or event.detail.startswith("crashed"))
    }
    return tuple(found.values())


def is_lost(was_lost: bool, was_connected: bool, state: HostState) -> bool:
    """Whether a host that was there is not any more; while it tries again, as before."""
    match state:
        case HostState.UNREACHABLE | HostState.REFUSED:
            return was_lost or was_connected
        case HostState.CONNECTING:
            return was_lost
        case HostState.CONNECTED | HostState.DISCONNECTED:
            return False
