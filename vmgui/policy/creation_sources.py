"""Where the files of a new virtual machine will be, as the host sees them."""

from __future__ import annotations

from vmgui.model.creation import FileRef, NewDomain, Source, Sources
from vmgui.model.offer import HostOffer
from vmgui.policy.creation import BLOCK_POOLS, upload_name


def planned_sources(new: NewDomain, offer: HostOffer) -> Sources:
    """Where everything will be if nobody else takes the names meanwhile."""
    disk: Source | None = None
    if new.disk_image is not None and new.disk_image.path:
        path = planned_path(new.disk_image, offer)
        disk = Source(path, new.disk_format or "raw", is_block=path.startswith("/dev/"))
    elif new.new_volume is not None:
        disk = planned_volume(new, offer)
    return Sources(
        disk=disk,
        cdrom=_plain(new.cdrom, offer),
        kernel=_plain(new.kernel, offer),
        initrd=_plain(new.initrd, offer),
    )


def planned_volume(new: NewDomain, offer: HostOffer) -> Source | None:
    """The disk to be made, or None."""
    volume = new.new_volume
    if volume is None:
        return None
    if volume.directory:
        return Source(f"{volume.directory.rstrip('/')}/{volume.name}", volume.format)
    pool = offer.pool(volume.pool)
    directory = pool.target_path if pool is not None else ""
    is_block = pool is not None and pool.kind in BLOCK_POOLS
    return Source(f"{directory.rstrip('/')}/{volume.name}", volume.format, is_block)


def planned_path(ref: FileRef, offer: HostOffer) -> str:
    """Where a file is, or will be once uploaded."""
    pool = offer.pool(ref.upload_pool) if ref.local and ref.upload_pool else None
    if pool is None:
        return ref.path
    return f"{pool.target_path.rstrip('/')}/{upload_name(ref, pool, offer)}"


def _plain(ref: FileRef | None, offer: HostOffer) -> Source | None:
    if ref is None or not ref.path:
        return None
    path = planned_path(ref, offer)
    return Source(path, is_block=path.startswith("/dev/"))
