"""Which files of another host this one has, too: its pools are looked at anew, but only those that may show them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass

import libvirt

from vmgui.hypervisor import pool_looks
from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.libvirtxml.storage import parse_pool, parse_volume
from vmgui.model.errors import InvalidConfig, StorageFailure, TimedOut
from vmgui.policy.shared_storage import Likeness, Sought, SoughtFile, likeness

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Twin:
    """A file of this host that is, or may be, the other host's at `sought_path`."""

    sought_path: str
    path: str
    is_sure: bool
    modified_unix_s: float


def find_twins(
    conn: libvirt.virConnect, files: Iterable[SoughtFile], time_limit_s: float
) -> tuple[Twin, ...]:
    """Which of these files this host has too. Pools lane.

    Raises TimedOut when the host's pools take longer to look at, and what kept one of them from being read.
    """
    deadline_s = time.monotonic() + time_limit_s
    sought = Sought(files)
    try:
        pools = conn.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
    twins: list[Twin] = []
    for pool in pools:
        try:
            found = parse_pool(pool.XMLDesc())
        except InvalidConfig as error:
            log.info("pool %s: not understood: %s", pool.name(), error)
            continue
        by_name = sought.in_pool(found.source, found.target_path)
        if not by_name:
            continue
        try:
            # What the other host has made there since is not in its list.
            pool_looks.refresh(conn, pool)
        except (libvirt.libvirtError, StorageFailure) as error:
            # Read-only, or busy: the list as it was is better than none.
            log.info("pool %s: not looked at anew: %s", pool.name(), error)
        for volume in pool.listAllVolumes():
            if time.monotonic() > deadline_s:
                raise TimedOut(f"its storage took longer than {time_limit_s:g} s to look at")
            file = by_name.get(volume.name())
            if file is None:
                continue
            try:
                theirs = parse_volume(volume.XMLDesc(), pool.name())
            except libvirt.libvirtError as error:
                if is_gone(error):
                    continue
                raise
            how = likeness(file, theirs, found.source)
            if how is not Likeness.OTHER:
                is_sure = how is Likeness.SAME
                twins.append(Twin(file.volume.path, theirs.path, is_sure, theirs.modified_unix_s))
    return tuple(twins)


def read_times(conn: libvirt.virConnect, paths: Iterable[str]) -> dict[str, float]:
    """When those of these volumes that are still there were last written (Unix time), as of now."""
    times: dict[str, float] = {}
    for path in paths:
        try:
            times[path] = parse_volume(conn.storageVolLookupByPath(path).XMLDesc(), "").modified_unix_s
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
    return times
