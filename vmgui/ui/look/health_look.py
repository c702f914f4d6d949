"""How a host's health looks: connected is not enough, an old value must not look like a new one."""

from __future__ import annotations

from vmgui.model.host import Host, HostState
from vmgui.policy.health import Freshness, freshness
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.state_look import host_look

_TONES = {HostState.CONNECTED: "success", HostState.UNREACHABLE: "danger", HostState.REFUSED: "danger"}


def health_look(host: Host, now_s: float) -> tuple[str, IconRole]:
    """Icon name and colour of a host at `now_s` (time.monotonic())."""
    if freshness(host, now_s) in (Freshness.SLOW, Freshness.STALE):
        return "clock", IconRole.WARNING
    return host_look(host.state)


def health_tone(host: Host, now_s: float) -> str:
    """Colour of its words."""
    if freshness(host, now_s) in (Freshness.SLOW, Freshness.STALE):
        return "warning"
    return _TONES.get(host.state, "")
