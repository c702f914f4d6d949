"""Which hosts to offer a person who has none yet: what runs on this very computer."""

from __future__ import annotations

import os
import shutil

from vmgui.model.host import HostConfig
from vmgui.store.hosts import new_host_id

SYSTEM_SOCKETS = ("/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock")


def local_hosts(
    sockets: tuple[str, ...] = SYSTEM_SOCKETS, *, name: str = "This computer"
) -> tuple[HostConfig, ...]:
    """This computer's hypervisors that answer without preparation; empty when there are none. Reads directories.

    `name`: what it is called in the person's language.
    As root `qemu:///session` means the system socket, so it is offered to ordinary users only.
    """
    # os.path's questions have no for an answer where a directory is closed to us; pathlib's raise.
    if any(os.path.exists(path) for path in sockets):
        return (HostConfig(new_host_id(), name, "qemu:///system"),)
    if os.geteuid() != 0 and _has_emulator() and _has_session_driver():
        return (HostConfig(new_host_id(), name, "qemu:///session"),)
    return ()


def _has_emulator(directory: str = "/usr/bin") -> bool:
    try:
        return any(name.startswith("qemu-system-") for name in os.listdir(directory))
    except OSError:
        return False


def _has_session_driver() -> bool:
    return any(shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("virtqemud", "libvirtd"))
