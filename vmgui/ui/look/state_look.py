"""How a state looks: icon shape and colour for machines and hosts."""

from __future__ import annotations

from vmgui.model.domain import DomainState
from vmgui.model.host import HostState
from vmgui.ui.look.icons import IconRole

# A shape of its own for each state: colour alone tells nothing to many.
_DOMAIN: dict[DomainState, tuple[str, IconRole]] = {
    DomainState.UNKNOWN: ("circle-help", IconRole.OFF),
    DomainState.RUNNING: ("circle-play", IconRole.RUNNING),
    DomainState.BLOCKED: ("circle-play", IconRole.RUNNING),
    DomainState.PAUSED: ("circle-pause", IconRole.PAUSED),
    DomainState.SHUTTING_DOWN: ("power", IconRole.PAUSED),
    DomainState.OFF: ("circle", IconRole.OFF),
    DomainState.CRASHED: ("octagon-x", IconRole.CRASHED),
    DomainState.SUSPENDED: ("moon", IconRole.SAVED),
    DomainState.SAVED: ("archive", IconRole.SAVED),
}

_HOST: dict[HostState, tuple[str, IconRole]] = {
    HostState.DISCONNECTED: ("unplug", IconRole.OFF),
    HostState.CONNECTING: ("loader-circle", IconRole.BUSY),
    HostState.CONNECTED: ("server", IconRole.TEXT),
    HostState.UNREACHABLE: ("server-off", IconRole.CRASHED),
    HostState.REFUSED: ("ban", IconRole.CRASHED),
}


def domain_look(state: DomainState) -> tuple[str, IconRole]:
    """Icon name and colour of a machine's state."""
    return _DOMAIN[state]


def host_look(state: HostState) -> tuple[str, IconRole]:
    """Icon name and colour of a host's state."""
    return _HOST[state]
