"""Looking at what is in a directory of the host now, without doing anything to its own pools.

libvirt learns what is in a pool by refreshing it, and stops the pool if one file in it cannot be understood (an
image cut off within its header); it cannot be started again while that file is there. So a pool of our own is made
over the directory for the time of the look: libvirt keeps it nowhere, and if it fails, the host's pool is as it was.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import random
import secrets
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager

import libvirt

from vmgui.hypervisor.error_numbers import numbers_of
from vmgui.hypervisor.errors import is_unsupported
from vmgui.libvirtxml.storage import PoolXml, build_look_pool, parse_pool
from vmgui.model.errors import InvalidConfig, StorageFailure

log = logging.getLogger(__name__)

_PREFIX = "vmgui-look-"
_STRAY_AFTER_S = 600.0
_DIRECTORY_KINDS = frozenset({"dir", "fs", "netfs", "vstorage"})
_ATTEMPTS = 5
_REFUSED = frozenset(
    {
        libvirt.VIR_ERR_ACCESS_DENIED,
        libvirt.VIR_ERR_OPERATION_DENIED,
        libvirt.VIR_ERR_AUTH_CANCELLED,
        libvirt.VIR_ERR_AUTH_UNAVAILABLE,
    }
)


def is_look(pool: str) -> bool:
    """Whether a pool of this name is there only for a look."""
    return pool.startswith(_PREFIX)


def can_look(conn: libvirt.virConnect) -> bool:
    """Whether pools can be made over real directories: not where all is only played."""
    return conn.getType().upper() != "TEST"


def is_refused(error: libvirt.libvirtError) -> bool:
    """Whether pools cannot be made here at all, whatever is in the directory."""
    return is_unsupported(error) or error.get_error_code() in _REFUSED


def _is_conflict(error: libvirt.libvirtError) -> bool:
    """Whether another pool is of the same path: "Storage source conflict with pool", in whatever language."""
    # A look's name cannot be taken.
    return numbers_of(error) == (libvirt.VIR_ERR_OPERATION_FAILED, libvirt.VIR_FROM_STORAGE)


def is_directory_there(error: Exception) -> bool | None:
    """What kept a directory from being read says of it; None: nothing, since it was not looked at."""
    cause = error if isinstance(error, libvirt.libvirtError) else error.__cause__
    if not isinstance(cause, libvirt.libvirtError):
        return None
    if is_refused(cause) or _is_conflict(cause):
        return None
    return not _is_absence(cause)


def _is_absence(error: libvirt.libvirtError) -> bool:
    """Whether the host's kernel said that there is nothing: libvirt hands its number on."""
    return error.get_error_code() == libvirt.VIR_ERR_SYSTEM_ERROR and error.get_int1() in (
        errno.ENOENT,
        errno.ENOTDIR,
    )


def has_directory(found: PoolXml) -> bool:
    """Whether the pool's volumes are the files of its target directory."""
    return found.kind in _DIRECTORY_KINDS and found.target_path.startswith("/")


@contextmanager
def look_into(conn: libvirt.virConnect, directory: str) -> Generator[libvirt.virStoragePool]:
    """A pool of what is in the directory now; raises libvirtError where libvirt cannot read it whole. Pools lane."""
    pool = _make(conn, directory)
    try:
        yield pool
    finally:
        with contextlib.suppress(libvirt.libvirtError):
            pool.destroy()


def _make(conn: libvirt.virConnect, directory: str) -> libvirt.virStoragePool:
    for attempt in range(_ATTEMPTS):
        name = f"{_PREFIX}{int(time.time())}-{secrets.token_hex(4)}"
        # Two pools may not be of one path as spelled, and somebody else may be looking, too.
        path = directory.rstrip("/") + "/." * random.randint(1, 64)  # noqa: S311 - a spelling, no secret
        try:
            return conn.storagePoolCreateXML(build_look_pool(name, path))
        except libvirt.libvirtError as error:
            if not _is_conflict(error) or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def remove_strays(pools: Iterable[libvirt.virStoragePool]) -> None:
    """End looks that somebody's broken connection has left on the host."""
    for pool in pools:
        name = pool.name()
        begun = name.removeprefix(_PREFIX).partition("-")[0]
        if is_look(name) and begun.isdecimal() and abs(time.time() - int(begun)) > _STRAY_AFTER_S:
            log.info("pool %s: left by a look that did not end, removed", name)
            with contextlib.suppress(libvirt.libvirtError):
                pool.destroy()


def check(conn: libvirt.virConnect, pool: libvirt.virStoragePool) -> None:
    """Raise StorageFailure where libvirt cannot read everything in an active pool, before it does itself.

    Where pools cannot be made for a look, nothing is raised. Pools lane.
    """
    name = pool.name()
    try:
        found = parse_pool(pool.XMLDesc())
    except InvalidConfig:
        return
    if not has_directory(found) or not can_look(conn) or not pool.isActive():
        return
    try:
        with look_into(conn, found.target_path):
            pass
    except libvirt.libvirtError as error:
        if not is_refused(error):
            raise unreadable(name, error) from error


def refresh(conn: libvirt.virConnect, pool: libvirt.virStoragePool) -> None:
    """Have a pool looked at anew; one that was active is active afterwards, come what may. Pools lane.

    Raises StorageFailure where libvirt cannot read everything in it: its list is as it was then.
    """
    check(conn, pool)
    name = pool.name()
    was_active = bool(pool.isActive())
    try:
        pool.refresh()
    except libvirt.libvirtError as error:
        if not was_active or pool.isActive():
            raise
        with contextlib.suppress(libvirt.libvirtError):
            pool.create()
        if pool.isActive():
            raise unreadable(name, error) from error
        raise StorageFailure(f"the pool was stopped by it: {error}", subject=name) from error


def unreadable(name: str, error: libvirt.libvirtError) -> StorageFailure:
    """Why a pool is not looked at anew."""
    return StorageFailure(f"not everything in the storage pool {name} can be read: {error}", subject=name)
