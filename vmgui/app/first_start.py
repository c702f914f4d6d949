"""Which hosts to offer a person who has none yet: what runs on this very computer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from vmgui.model.host import HostConfig
from vmgui.store.hosts import new_host_id

SYSTEM_SOCKETS = ("/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock")


def local_hosts(sockets: tuple[str, ...] = SYSTEM_SOCKETS) -> tuple[HostConfig, ...]:
    """This computer's hypervisors that answer without preparation; empty when there are none.

    As root `qemu:///session` means the system socket, so it is offered to ordinary users only.
    """
    if any(Path(path).exists() for path in sockets):
        return (HostConfig(new_host_id(), "This computer", "qemu:///system"),)
    if os.geteuid() != 0 and any(Path("/usr/bin").glob("qemu-system-*")) and _has_session_driver():
        return (HostConfig(new_host_id(), "This computer", "qemu:///session"),)
    return ()


def _has_session_driver() -> bool:
    return any(shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("virtqemud", "libvirtd"))
