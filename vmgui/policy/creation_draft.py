"""Joins the person's answers with the defaults: draft + offer -> NewDomain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from vmgui.model.creation import FileRef, NetworkKind, NewDomain, NewInterface, NewVolume, SourceKind
from vmgui.model.creation_draft import DiskChoice, Draft
from vmgui.model.offer import Field, HostOffer, Medium, Problem, ProblemKind, Severity
from vmgui.model.os_variant import OsVariant
from vmgui.policy import creation


@dataclass(frozen=True, slots=True)
class FileUseRef:
    """A file in use and what it is looked at as."""

    field: Field
    ref: FileRef
    expected: SourceKind | None


def files(draft: Draft) -> tuple[FileUseRef, ...]:
    """The files the draft uses as it stands; these have to be looked at."""
    wanted: list[FileUseRef] = []
    if draft.source is SourceKind.CDROM and draft.cdrom is not None:
        wanted.append(FileUseRef(Field.CDROM, draft.cdrom, SourceKind.CDROM))
    if draft.source is SourceKind.DISK_IMAGE and draft.disk_image is not None:
        wanted.append(FileUseRef(Field.DISK_IMAGE, draft.disk_image, SourceKind.DISK_IMAGE))
    if draft.source is SourceKind.KERNEL:
        if draft.kernel is not None:
            wanted.append(FileUseRef(Field.KERNEL, draft.kernel, SourceKind.KERNEL))
        if draft.initrd is not None:
            wanted.append(FileUseRef(Field.INITRD, draft.initrd, None))
    if uses_existing_disk(draft) and draft.existing_disk is not None:
        wanted.append(FileUseRef(Field.DISK_IMAGE, draft.existing_disk, SourceKind.DISK_IMAGE))
    return tuple(wanted)


def uses_existing_disk(draft: Draft) -> bool:
    """Whether an existing volume beside the source is the machine's disk."""
    return draft.source is not SourceKind.DISK_IMAGE and draft.disk_choice is DiskChoice.EXISTING


def source_medium(draft: Draft, media: Iterable[tuple[Field, Medium]]) -> Medium | None:
    """What was found out about the file that the system comes from."""
    wanted = {
        SourceKind.CDROM: Field.CDROM,
        SourceKind.DISK_IMAGE: Field.DISK_IMAGE,
        SourceKind.KERNEL: Field.KERNEL,
    }.get(draft.source)
    return next((medium for of, medium in media if of is wanted), None)


def compose(
    draft: Draft,
    offer: HostOffer,
    os: OsVariant | None,
    medium: Medium | None,
    disk: Medium | None = None,
    *,
    base_names: Mapping[str, str] = creation.NO_NAMES,
) -> NewDomain:
    """What would be made now: defaults for this host, source and system, then the person's answers.

    `medium` is the source's file, `disk` an existing disk chosen beside it, both as inspected; `base_names` as in
    `policy.creation.defaults`.
    """
    new = creation.defaults(
        offer,
        draft.source,
        os,
        medium,
        name=draft.name or "",
        base_names=base_names,
        is_os_chosen=draft.os_id is not None,
    )
    if draft.name is not None:
        # Also an emptied name is an answer: the policy says what is wrong with it.
        new = replace(new, name=draft.name)
    new = _with_media(new, draft)
    new = _with_resources(new, draft, offer, os)
    new = _with_disk(new, draft, offer, disk)
    new = replace(new, interface=_interface(new.interface, draft))
    return replace(
        new,
        firmware=new.firmware if draft.firmware is None else draft.firmware,
        tpm=new.tpm if draft.tpm is None else draft.tpm,
        start=new.start if draft.start is None else draft.start,
        autostart=new.autostart if draft.autostart is None else draft.autostart,
        xml=draft.xml,
    )


def own_problems(draft: Draft) -> tuple[Problem, ...]:
    """What only the draft can know: a choice that was begun and not finished."""
    if uses_existing_disk(draft) and draft.existing_disk is None:
        return (Problem(Field.DISK_IMAGE, ProblemKind.MEDIUM_NOT_CHOSEN, Severity.ERROR),)
    return ()


def _with_media(new: NewDomain, draft: Draft) -> NewDomain:
    source = draft.source
    return replace(
        new,
        cdrom=draft.cdrom if source is SourceKind.CDROM else None,
        disk_image=draft.disk_image if source is SourceKind.DISK_IMAGE else None,
        kernel=draft.kernel if source is SourceKind.KERNEL else None,
        initrd=draft.initrd if source is SourceKind.KERNEL else None,
        kernel_args=draft.kernel_args if source is SourceKind.KERNEL else "",
    )


def _with_resources(new: NewDomain, draft: Draft, offer: HostOffer, os: OsVariant | None) -> NewDomain:
    if draft.vcpus is not None:
        capabilities = offer.capabilities_of(new.arch, new.machine, new.domain_type)
        limit = creation.vcpus_limit(offer, capabilities)
        new = replace(new, vcpus=draft.vcpus, vcpus_max=creation.vcpus_max_for(draft.vcpus, limit))
    if draft.vcpus_max is not None:
        new = replace(new, vcpus_max=draft.vcpus_max)
    if draft.memory_kib is not None:
        maximum = creation.memory_max_for(draft.memory_kib, offer, os)
        new = replace(new, memory_kib=draft.memory_kib, memory_max_kib=maximum)
    if draft.memory_max_kib is not None:
        new = replace(new, memory_max_kib=draft.memory_max_kib)
    return new


def _with_disk(new: NewDomain, draft: Draft, offer: HostOffer, disk: Medium | None) -> NewDomain:
    if draft.source is SourceKind.DISK_IMAGE:
        return replace(new, new_volume=None)
    if draft.disk_choice is DiskChoice.EXISTING:
        image_format = disk.format if disk is not None else ""
        return replace(new, new_volume=None, disk_image=draft.existing_disk, disk_format=image_format)
    if draft.disk_choice is DiskChoice.NONE:
        return replace(new, new_volume=None)
    if new.new_volume is None:
        # The host has no place for a disk; the policy says so where one is wanted.
        return new
    return replace(new, new_volume=_chosen_volume(new.new_volume, new.name, draft, offer))


def _chosen_volume(volume: NewVolume, name: str, draft: Draft, offer: HostOffer) -> NewVolume:
    pool = offer.pool(volume.pool)
    image_format = volume.format
    if draft.pool is not None and (chosen := offer.pool(draft.pool)) is not None:
        pool = chosen
        image_format = creation.default_format(pool)
    image_format = draft.disk_format or image_format
    return replace(
        volume,
        pool=pool.name if pool is not None else volume.pool,
        name=creation.volume_name(name, pool, offer, image_format),
        capacity_bytes=draft.disk_bytes if draft.disk_bytes is not None else volume.capacity_bytes,
        format=image_format,
    )


def _interface(default: NewInterface, draft: Draft) -> NewInterface:
    if draft.network_kind is None:
        return default
    if draft.network_kind in (NetworkKind.USER, NetworkKind.NONE):
        return replace(default, kind=draft.network_kind, source="")
    return replace(default, kind=draft.network_kind, source=draft.network_source or "")
