"""How an alert looks: icon shape and colour."""

from __future__ import annotations

from vmgui.model.alerts import AlertKind
from vmgui.ui.look.icons import IconRole


def alert_look(kind: AlertKind) -> tuple[str, IconRole]:
    """Icon name and colour."""
    return {
        AlertKind.POOL_FULL: ("hard-drive", IconRole.WARNING),
        AlertKind.HOST_MEMORY: ("triangle-alert", IconRole.WARNING),
        AlertKind.HOST_CPU: ("triangle-alert", IconRole.WARNING),
        AlertKind.DOMAIN_CRASHED: ("octagon-x", IconRole.CRASHED),
        AlertKind.DOMAIN_IO_ERROR: ("circle-pause", IconRole.PAUSED),
        AlertKind.HOST_LOST: ("server-off", IconRole.CRASHED),
    }[kind]
