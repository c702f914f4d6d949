"""The files of a new machine: copied to the host, and its disk made there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar, TypeVarTuple

from vmgui.hypervisor.storage import create_volume, read_volume
from vmgui.model.creation import FileRef, NewDomain, NewVolume, Source, Sources
from vmgui.model.errors import NotFound, VmguiError
from vmgui.model.job import Phase, Progress
from vmgui.model.offer import HostOffer
from vmgui.model.rollback import Made, MadeKind
from vmgui.model.storage import Volume
from vmgui.policy.creation import upload_name
from vmgui.services.background import in_thread
from vmgui.services.creation.upload import file_size, send_file
from vmgui.services.jobs import JobContext
from vmgui.services.local_disk import make_disk
from vmgui.services.long_call import Meter
from vmgui.services.rollback.steps import Steps

log = logging.getLogger(__name__)

R = TypeVar("R")
Ts = TypeVarTuple("Ts")

ALLOCATE_TIMEOUT_S = 600.0


def files_of(new: NewDomain) -> tuple[FileRef, ...]:
    """The files that are there already."""
    files = (new.cdrom, new.disk_image, new.kernel, new.initrd)
    return tuple(ref for ref in files if ref is not None and ref.path)


class Placing:
    """Places the disks of one creation."""

    def __init__(self, new: NewDomain, steps: Steps) -> None:
        self._new = new
        self._steps = steps

    async def place(self, job: JobContext, offer: HostOffer, planned: Sources) -> Sources:
        """All of them; where they are on the host."""
        new = self._new
        uploads = [ref for ref in files_of(new) if ref.local and ref.upload_pool]
        sizes = {ref: await in_thread(file_size, ref.path) for ref in uploads}
        meter = Meter(job, Phase.UPLOADING, sum(sizes.values()))
        placed: dict[FileRef, str] = {}
        for ref in uploads:
            if ref not in placed:
                placed[ref] = await self._upload(job, offer, ref, sizes[ref], meter)
        disk = planned.disk
        if new.disk_image is not None:
            disk = _moved(disk, placed.get(new.disk_image))
        elif new.new_volume is not None and disk is not None:
            job.check_cancelled()
            job.report(Progress(Phase.ALLOCATING))
            disk = _moved(disk, await self._allocate(offer, new.new_volume, disk))
        return Sources(
            disk=disk,
            cdrom=_moved(planned.cdrom, placed.get(new.cdrom) if new.cdrom else None),
            kernel=_moved(planned.kernel, placed.get(new.kernel) if new.kernel else None),
            initrd=_moved(planned.initrd, placed.get(new.initrd) if new.initrd else None),
        )

    async def _upload(
        self,
        job: JobContext,
        offer: HostOffer,
        ref: FileRef,
        size_bytes: int,
        meter: Meter,
    ) -> str:
        """Copy a file of this computer into a pool; its path on the host."""
        pool = offer.pool(ref.upload_pool)
        if pool is None:
            raise NotFound("no such storage pool", subject=ref.upload_pool)
        name = upload_name(ref, pool, offer)
        # Whatever is in it, it is copied byte by byte: libvirt looks at the contents afterwards.
        volume = NewVolume(pool.name, name, size_bytes, "raw")
        path = await self._make_volume(offer, volume, is_filled=True)
        await send_file(self._steps.connection(), ref.path, pool.name, name, size_bytes, meter, job)
        await self._mark_filled(pool.name, name)
        return path

    async def _mark_filled(self, pool: str, name: str) -> None:
        """Note when it was written, by us: what a machine writes to later is not taken back by another run."""
        rollback = self._steps.rollback
        made = next(each for each in rollback.made if (each.pool, each.name) == (pool, name))
        try:
            volume = await self._steps.calling(read_volume, pool, name, pool=pool)()
        except VmguiError as error:
            log.info("when %s was filled is not known: %s", name, error)
            return
        await rollback.prove(made, replace(made, modified_unix_s=volume.modified_unix_s))

    async def _allocate(self, offer: HostOffer, volume: NewVolume, planned: Source) -> str:
        if not volume.directory:
            return await self._make_volume(offer, volume)
        path = planned.path
        await self._steps.take(
            Made(MadeKind.FILE, path),
            _threading(make_disk, path, volume.format, volume.capacity_bytes),
            lambda made, number: replace(made, is_proven=True, device=number[0], inode=number[1]),
        )
        return path

    async def _make_volume(self, offer: HostOffer, volume: NewVolume, *, is_filled: bool = False) -> str:
        pool = offer.pool(volume.pool)
        first = next((made for made in self._steps.rollback.made if made.kind is MadeKind.POOL_MADE), None)
        uuid = pool.uuid if pool is not None and pool.uuid else first.uuid if first is not None else ""

        def prove(made: Made, answer: Volume) -> Made:
            return replace(
                made,
                is_proven=True,
                key=answer.key,
                format=answer.format,
                capacity_bytes=answer.capacity_bytes,
                modified_unix_s=0.0 if is_filled else answer.modified_unix_s,
            )

        made = await self._steps.take(
            Made(MadeKind.VOLUME, volume.name, uuid, pool=volume.pool, is_filled=is_filled),
            self._steps.calling(create_volume, volume, timeout_s=ALLOCATE_TIMEOUT_S, pool=volume.pool),
            prove,
        )
        return made.path


def _moved(source: Source | None, path: str | None) -> Source | None:
    return source if source is None or path is None else replace(source, path=path)


def _threading(call: Callable[[*Ts], R], *args: *Ts) -> Callable[[], Awaitable[R]]:
    async def make() -> R:
        return await in_thread(call, *args)

    return make
