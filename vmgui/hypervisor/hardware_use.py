"""Whether another running machine has come to have a disk, looked at right before it is given; in a worker thread."""

from __future__ import annotations

from collections.abc import Collection

import libvirt

from vmgui.hypervisor.edits_look import running_files
from vmgui.hypervisor.errors import door, is_gone
from vmgui.libvirtxml.domain import parse_disks
from vmgui.model.device import Disk
from vmgui.model.errors import DiskInUse

_DRIVES = frozenset({"cdrom"})


def unless_in_use(conn: libvirt.virConnect, uuid: str, paths: Collection[str]) -> None:
    """Raises DiskInUse where a machine but the one of this UUID runs with one of these files and writes to it.

    A job may have waited long since its files were looked into. One call, unless some machine has one of them.
    """
    with door():
        if not paths or not running_files(conn) & frozenset(paths):
            return
        for domain in conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE):
            if domain.UUIDString() == uuid:
                continue
            try:
                xml, name = domain.XMLDesc(), domain.name()
            except libvirt.libvirtError as error:
                if is_gone(error):
                    continue
                raise
            for disk in parse_disks(xml):
                if disk.source in paths and not _is_shared(disk):
                    raise DiskInUse(f"{disk.source} is in use by a running machine", subject=name)


def _is_shared(disk: Disk) -> bool:
    return disk.shareable or disk.read_only or disk.device in _DRIVES
