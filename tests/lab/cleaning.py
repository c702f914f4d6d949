"""Removing from a host what a test made there."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import libvirt

from tests.helpers.looks import entries, text

BASELINE_NETWORKS = {"default"}
BASELINE_POOLS = {"default", "small"}

_UNDEFINE = (
    libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE
    | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
    | libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA
    | libvirt.VIR_DOMAIN_UNDEFINE_NVRAM
)
_FOLDERS = ("/var/lib/libvirt/images", "/var/lib/libvirt/small", "/var/log/libvirt/qemu")
_QEMU_FOLDERS = ("save", "nvram", "snapshot", "checkpoint", "dump", "ram")


class HostIsBeyondCleaning(Exception):
    """Something of the host's first equipment is missing, or a guest outlived libvirtd's memory of it."""


def _remove_domains(connection: libvirt.virConnect) -> None:
    for domain in connection.listAllDomains():
        if domain.isActive():
            with contextlib.suppress(libvirt.libvirtError):  # it may end by itself just now
                domain.destroy()
        try:
            domain.undefineFlags(_UNDEFINE)
        except libvirt.libvirtError as error:
            # A transient guest is gone with its end.
            if error.get_error_code() != libvirt.VIR_ERR_NO_DOMAIN:
                raise


def _remove_extra(connection: libvirt.virConnect) -> None:
    for pool in connection.listAllStoragePools():
        if pool.name() not in BASELINE_POOLS:
            if pool.isActive():
                pool.destroy()
            if pool.isPersistent():
                pool.undefine()
    for network in connection.listAllNetworks():
        if network.name() not in BASELINE_NETWORKS:
            if network.isActive():
                network.destroy()
            if network.isPersistent():
                network.undefine()
    for secret in connection.listAllSecrets():
        secret.undefine()


def _check_equipment(connection: libvirt.virConnect, root: Path) -> None:
    """The pools and networks of the beginning: there, started, and as they were written."""
    pools = {pool.name(): pool for pool in connection.listAllStoragePools()}
    expected = {path.stem for path in (root / "etc/libvirt/storage/autostart").glob("*.xml")}
    missing = expected - pools.keys() | BASELINE_NETWORKS - {
        net.name() for net in connection.listAllNetworks()
    }
    if missing or not expected:
        raise HostIsBeyondCleaning(f"missing: {', '.join(sorted(missing)) or 'autostart of pools'}")
    for pool in pools.values():
        if not pool.isActive():
            pool.create()
        pool.refresh()
    for network in connection.listAllNetworks():
        if not network.isActive():
            network.create()


def _empty(folder: Path) -> None:
    for entry in entries(folder):
        if os.path.isdir(entry) and not os.path.islink(entry):
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _check_no_stray_guest(root: Path) -> None:
    """A QEMU that libvirtd does not know (it was killed in the wrong moment) holds files and memory."""
    for entry in entries(root / "proc"):
        if entry.name.isdecimal() and text(entry / "comm").startswith("qemu-system"):
            raise HostIsBeyondCleaning("a QEMU runs that libvirtd does not know")


def clean_host(connection: libvirt.virConnect, root: Path) -> None:
    """Remove all guests and all that is not of the host's first equipment; `root` is the host's root folder
    as this machine sees it. Raises HostIsBeyondCleaning when only a new host helps."""
    _remove_domains(connection)
    _remove_extra(connection)
    inside = str(root).rstrip("/")
    for folder in _FOLDERS:
        _empty(Path(inside + folder))
    for folder in _QEMU_FOLDERS:
        _empty(Path(f"{inside}/var/lib/libvirt/qemu/{folder}"))
    Path(f"{inside}/run/lab/no-tc-shim").unlink(missing_ok=True)
    for lock in entries(Path(f"{inside}/run/lock")):  # of a serial line whose emulator was killed
        if lock.name.startswith("LCK.."):
            lock.unlink(missing_ok=True)
    _check_equipment(connection, root)
    _check_no_stray_guest(root)
