"""Storage pools and volumes; a volume's contents go over a stream, in the lane for long calls."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from typing import cast

import libvirt

from vmgui.hypervisor import pool_looks
from vmgui.hypervisor.answers import in_turn
from vmgui.hypervisor.error_numbers import numbers_of
from vmgui.hypervisor.error_words import kind_of_words
from vmgui.hypervisor.errors import BINDING_ERRORS, from_binding, from_libvirt, is_gone, is_unsupported
from vmgui.libvirtxml.storage import PoolXml, build_volume, parse_pool, parse_volume
from vmgui.model.creation import NewVolume
from vmgui.model.errors import Aborted, Busy, InvalidConfig, NoSpace
from vmgui.model.fleet import PoolUse
from vmgui.model.storage import Pool, PoolContents, Volume

log = logging.getLogger(__name__)

UPLOAD_CHUNK_BYTES = 1024 * 1024
MAX_COUNTED_VOLUMES = 5000


def list_pools(conn: libvirt.virConnect) -> tuple[Pool, ...]:
    """All pools, active or not; empty where the driver has none (the embedded one)."""
    try:
        pools = conn.listAllStoragePools()
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
    found: list[Pool] = []
    for pool in pools:
        try:
            if not pool_looks.is_look(pool.name()):
                found.append(_pool(pool))
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
        except BINDING_ERRORS as error:
            # The others can be read all the same.
            found.append(unread_pool(pool.name(), from_binding(error).detail))
    return tuple(found)


def read_pool(conn: libvirt.virConnect, name: str) -> Pool:
    """One pool; NotFound."""
    return _pool(conn.storagePoolLookupByName(name))


def unread_pool(name: str, problem: str) -> Pool:
    """A pool of which nothing but its name is known."""
    return Pool(name, "", "", False, "", 0, 0, 0, problem=problem)


def pool_use(conn: libvirt.virConnect, pool: Pool, deadline_s: float) -> PoolUse:
    """What the volumes of an active pool may grow to, as of its last refresh.

    A call per volume: after `deadline_s` of them (or `MAX_COUNTED_VOLUMES`) the rest is left out and `is_complete`
    says so.
    """
    end_s = time.monotonic() + deadline_s
    volumes = conn.storagePoolLookupByName(pool.name).listAllVolumes()
    committed_bytes = counted = 0
    for volume in volumes[:MAX_COUNTED_VOLUMES]:
        if time.monotonic() > end_s:
            break
        counted += 1
        try:
            committed_bytes += int(volume.info()[1])
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
    return PoolUse(pool, committed_bytes, len(volumes), counted == len(volumes))


def list_volumes(conn: libvirt.virConnect, pool: str) -> tuple[Volume, ...]:
    """Volumes of an active pool, as of its last refresh; InvalidState if it is not active.

    A file whose name is no UTF-8 cannot be named to libvirt by anybody: it is left out.
    """
    return read_contents(conn, pool).volumes


def read_contents(conn: libvirt.virConnect, pool: str) -> PoolContents:
    """The same, and how many are left out."""
    found: list[Volume] = []
    nameless = 0
    for volume in conn.storagePoolLookupByName(pool).listAllVolumes():
        try:
            found.append(parse_volume(volume.XMLDesc(), pool))
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
        except (UnicodeDecodeError, InvalidConfig) as error:
            log.info("pool %s: a volume is left out: %s", pool, error)
            nameless += isinstance(error, UnicodeDecodeError)
    return PoolContents(tuple(found), nameless)


def volume_names(conn: libvirt.virConnect, pool: str) -> frozenset[str]:
    """Names of an active pool's volumes, in one call however many there are; those that are no text are left out."""
    found: set[str] = set()
    for volume in conn.storagePoolLookupByName(pool).listAllVolumes():
        with contextlib.suppress(UnicodeDecodeError):
            found.add(volume.name())
    return frozenset(found)


def refresh_pool(conn: libvirt.virConnect, pool: str) -> None:
    """Look at what is really there; may take long with many volumes. StorageFailure: not all can be read."""
    pool_looks.refresh(conn, conn.storagePoolLookupByName(pool))


def start_pool(conn: libvirt.virConnect, uuid: str) -> tuple[bool, tuple[str, ...]]:
    """Have a defined pool running: whether it was us who started it, and the volumes found in it."""
    return _start(conn.storagePoolLookupByUUIDString(uuid))


def start_pool_named(conn: libvirt.virConnect, name: str) -> None:
    """The same for a pool that is known by its name only."""
    _start(conn.storagePoolLookupByName(name))


def _start(pool: libvirt.virStoragePool) -> tuple[bool, tuple[str, ...]]:
    was_active = bool(pool.isActive())
    if not was_active:
        try:
            pool.create()
        except libvirt.libvirtError:
            # Somebody else was faster.
            if not pool.isActive():
                raise
            was_active = True
    return not was_active, tuple(pool.listVolumes())


def create_volume(conn: libvirt.virConnect, new: NewVolume) -> Volume:
    """Make a volume; AlreadyExists, NoSpace ..."""
    xml = build_volume(new.name, new.capacity_bytes, new.format)
    volume = conn.storagePoolLookupByName(new.pool).createXML(xml)
    return parse_volume(volume.XMLDesc(), new.pool)


def delete_volume(conn: libvirt.virConnect, path: str) -> None:
    """Delete the volume or other file at `path`; NotFound if it is not there. Pools lane."""
    try:
        _delete(conn.storageVolLookupByPath(path))
    except libvirt.libvirtError as error:
        if not is_gone(error) or not pool_looks.can_look(conn):
            raise
    else:
        return
    # In no pool, or not yet in its list.
    directory, _, name = path.rpartition("/")
    with pool_looks.look_into(conn, directory) as pool:
        _delete(pool.storageVolLookupByName(name))


def wake_pool(conn: libvirt.virConnect, pool: str) -> bool:
    """Start a pool; False: it was active."""
    found = conn.storagePoolLookupByName(pool)
    if found.isActive():
        return False
    found.create()
    return True


def rest_pool(conn: libvirt.virConnect, pool: str) -> None:
    """Stop a pool; nothing in it is touched."""
    conn.storagePoolLookupByName(pool).destroy()


def read_volume(conn: libvirt.virConnect, pool: str, name: str) -> Volume:
    """A volume of a pool as it is now; NotFound."""
    volume = conn.storagePoolLookupByName(pool).storageVolLookupByName(name)
    return parse_volume(volume.XMLDesc(), pool)


def delete_volume_in(conn: libvirt.virConnect, pool: str, name: str) -> None:
    """Delete a volume of a pool without asking any other pool; NotFound."""
    _delete(conn.storagePoolLookupByName(pool).storageVolLookupByName(name))


def _delete(volume: libvirt.virStorageVol) -> None:
    try:
        volume.delete()
    except libvirt.libvirtError as error:
        if numbers_of(error) != (libvirt.VIR_ERR_OPERATION_INVALID, libvirt.VIR_FROM_STORAGE):
            raise
        told = from_libvirt(error)
        # Its pool is started, or it would not have been found: it is being made, copied or filled by somebody.
        known = kind_of_words(told.detail)
        raise (
            told if known is not None else Busy(told.detail, subject=volume.name(), code=told.code)
        ) from None


def find_volume(conn: libvirt.virConnect, path: str) -> Volume | None:
    """The volume at `path`, or None if no active pool has it."""
    try:
        volume = conn.storageVolLookupByPath(path)
        pool = volume.storagePoolLookupByVolume().name()
        return parse_volume(volume.XMLDesc(), pool)
    except libvirt.libvirtError as error:
        if is_gone(error) or is_unsupported(error):
            return None
        raise


def upload_volume(
    conn: libvirt.virConnect,
    pool: str,
    name: str,
    read: Callable[[int], bytes],
    total_bytes: int,
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Fill a volume with what `read(n)` gives until it gives b"" (virStorageVolUpload).

    `progress` gets the bytes sent so far and `cancelled` is asked, both in the worker thread, after
    every chunk. Raises Aborted when cancelled, NoSpace when not all could be written, and InvalidConfig when there
    is not as much to read as `total_bytes` says; the volume is left half-filled then: the caller deletes it.
    StorageFailure, before anything is sent, where libvirt cannot read everything in the pool: it refreshes the pool
    after each upload, and all volumes would be gone from its list. Long lane.
    """
    target = conn.storagePoolLookupByName(pool)
    pool_looks.check(conn, target)
    volume = target.storageVolLookupByName(name)
    stream = conn.newStream()
    volume.upload(stream, 0, total_bytes, 0)
    sent = 0
    last: tuple[int, bytes] | None = None
    try:
        while sent < total_bytes:
            if cancelled():
                raise Aborted
            chunk = read(min(UPLOAD_CHUNK_BYTES, total_bytes - sent))
            if not chunk:
                raise InvalidConfig(f"only {sent} of {total_bytes} bytes could be read", subject=name)
            rest = memoryview(chunk)
            while rest:
                done = stream.send(bytes(rest))
                rest = rest[done:]
            if chunk.count(0) < len(chunk):
                last = sent, chunk
            sent += len(chunk)
            progress(sent)
        stream.finish()
    except BaseException:
        _abort(stream)
        raise
    if last is not None and _read_back(conn, volume, *last) != last[1]:
        raise NoSpace("the host said that all was written, but the end of it is not there", subject=name)


def _read_back(conn: libvirt.virConnect, volume: libvirt.virStorageVol, offset: int, chunk: bytes) -> bytes:
    """What stands where a chunk was sent to.

    A full disk may go untold: libvirtd 9.0 answers "all written", now and then and more often while it is busy, though
    its writing thread met ENOSPC, dropped what was still queued and left the rest of the file as it was made: zeros.
    So the last thing sent that is not zeros is read again.
    """
    stream = conn.newStream()
    volume.download(stream, offset, len(chunk), 0)
    found = bytearray()
    try:
        while len(found) < len(chunk) and (data := stream.recv(len(chunk) - len(found))):
            found += data
        stream.finish()
    except BaseException:
        _abort(stream)
        raise
    return bytes(found)


def _abort(stream: libvirt.virStream) -> None:
    try:
        stream.abort()
    except libvirt.libvirtError:
        # It has failed by itself; that error is on its way up.
        return


def _pool(pool: libvirt.virStoragePool) -> Pool:
    state, capacity, allocation, available = cast("tuple[int, int, int, int]", tuple(pool.info()))
    xml = pool.XMLDesc()
    try:
        with in_turn:
            more = parse_pool(xml)
    except InvalidConfig:
        more = PoolXml("", "")
    return Pool(
        name=pool.name(),
        uuid=pool.UUIDString(),
        kind=more.kind,
        active=state in (libvirt.VIR_STORAGE_POOL_RUNNING, libvirt.VIR_STORAGE_POOL_DEGRADED),
        target_path=more.target_path,
        capacity_bytes=capacity,
        allocation_bytes=allocation,
        available_bytes=available,
    )
