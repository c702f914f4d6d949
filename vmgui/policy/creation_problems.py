"""What is wrong, risky or worth knowing about a virtual machine somebody wants to create."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vmgui.model.creation import FileRef, NetworkKind, NewDomain, NewVolume, SourceKind
from vmgui.model.domain import Firmware
from vmgui.model.host import DomainCapabilities, HostInfo, HostState, KvmState
from vmgui.model.offer import DiskUseKind, Field, HostOffer, Medium, Problem, ProblemKind, Severity
from vmgui.model.os_variant import OsVariant
from vmgui.model.units import KIB, KIB_PER_MIB, MIB
from vmgui.policy.creation import (
    BLOCK_POOLS,
    FILE_POOLS,
    FULL_MACHINE,
    OUR_DOMAIN_TYPES,
    UEFI_ARCHES,
    has_tpm,
    is_display_open,
    offered_pools,
)
from vmgui.policy.domain_names import NAME_MAX_BYTES, UNFIT, NameProblem, name_bytes, name_problem
from vmgui.policy.settings import VCPUS_MOST

LEAST_BOOTABLE_KIB = 32 * KIB_PER_MIB
LEAST_DISK_BYTES = MIB

_USES = {
    DiskUseKind.SAME: ProblemKind.DISK_IN_USE,
    DiskUseKind.OVERLAY: ProblemKind.DISK_IS_BASE,
    DiskUseKind.BASE: ProblemKind.DISK_BASE_IN_USE,
}

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def problems(
    new: NewDomain, offer: HostOffer, os: OsVariant | None = None, media: Sequence[Medium] = ()
) -> tuple[Problem, ...]:
    """Everything to tell about `new`, in the order of the wizard's pages; `media`: the files as inspected.

    An edited XML is judged by the creation service, which can read it.
    """
    capabilities = offer.capabilities_of(new.arch, new.machine, new.domain_type)
    return (
        *_host(new, offer),
        *_media(new, offer, media),
        *_system(os),
        *_vcpus(new, offer, capabilities),
        *_memory(new, offer, os),
        *_disk(new, offer, os),
        *_silent_pools(new, offer),
        *_network(new, offer),
        *_graphics(new),
        *_firmware(new, os, capabilities),
        *_name(new.name, offer),
    )


def _host(new: NewDomain, offer: HostOffer) -> Iterator[Problem]:
    host = offer.host
    if host.state is not HostState.CONNECTED:
        yield Problem(Field.HOST, ProblemKind.HOST_OFFLINE, name=host.name)
    if host.config.read_only or (host.info is not None and host.info.features.read_only):
        yield Problem(Field.HOST, ProblemKind.HOST_READ_ONLY, name=host.name)
    if host.info is not None and not host.info.guests:
        yield Problem(Field.HOST, ProblemKind.NO_MACHINE_TYPE, name=host.info.arch)
    elif host.info is not None and not _is_ours(new, host.info):
        yield Problem(Field.HOST, ProblemKind.OTHER_HYPERVISOR, name=host.info.driver)
    if new.domain_type == "qemu":
        kind = ProblemKind.KVM_LIES if host.kvm is KvmState.LIES else ProblemKind.KVM_MISSING
        yield Problem(Field.HOST, kind, _INFO)
    elif new.domain_type == "kvm" and host.kvm in (KvmState.LIES, KvmState.MISSING):
        kind = ProblemKind.KVM_LIES if host.kvm is KvmState.LIES else ProblemKind.KVM_MISSING
        yield Problem(Field.HOST, kind, _WARNING)


def _is_ours(new: NewDomain, info: HostInfo) -> bool:
    return new.domain_type in OUR_DOMAIN_TYPES and any(
        guest.os_type == FULL_MACHINE and new.domain_type in guest.domain_types for guest in info.guests
    )


def _media(new: NewDomain, offer: HostOffer, media: Sequence[Medium]) -> Iterator[Problem]:
    needed = {
        SourceKind.CDROM: (Field.CDROM, new.cdrom),
        SourceKind.DISK_IMAGE: (Field.DISK_IMAGE, new.disk_image),
        SourceKind.KERNEL: (Field.KERNEL, new.kernel),
    }
    if new.source in needed:
        field, ref = needed[new.source]
        if ref is None or not ref.path:
            yield Problem(field, ProblemKind.MEDIUM_NOT_CHOSEN)
    inspected = {medium.ref: medium for medium in media}
    for field, ref in (
        (Field.CDROM, new.cdrom),
        (Field.DISK_IMAGE, new.disk_image),
        (Field.KERNEL, new.kernel),
        (Field.INITRD, new.initrd),
    ):
        if ref is None or not ref.path:
            continue
        medium = inspected.get(ref)
        if medium is not None:
            for issue in medium.issues:
                yield Problem(
                    field,
                    ProblemKind.MEDIUM,
                    _ERROR if issue.blocks else _WARNING,
                    name=ref.path,
                    issue=issue,
                )
            if field is Field.DISK_IMAGE:
                yield from _uses(medium, offer)
        yield from _upload(field, ref, offer, medium)


def _uses(medium: Medium, offer: HostOffer) -> Iterator[Problem]:
    """Two machines that write to one disk destroy it: never both at once, better not at all."""
    for use in medium.used_by:
        yield Problem(
            Field.DISK_IMAGE,
            _USES[use.kind],
            _ERROR if use.blocks else _WARNING,
            name=use.machine,
            host=offer.host.name,
        )


def _upload(field: Field, ref: FileRef, offer: HostOffer, medium: Medium | None) -> Iterator[Problem]:
    if not ref.local:
        return
    if not ref.upload_pool:
        if not offer.shares_files:
            yield Problem(field, ProblemKind.UPLOAD_POOL_MISSING, name=ref.path)
        return
    pool = offer.pool(ref.upload_pool)
    if pool is None:
        yield Problem(field, ProblemKind.POOL_MISSING, name=ref.upload_pool)
    elif pool.silent_since_s:
        yield Problem(field, ProblemKind.POOL_SILENT, name=pool.name, since_s=pool.silent_since_s)
    elif pool.kind not in FILE_POOLS:
        yield Problem(field, ProblemKind.POOL_UNSUITABLE, name=pool.name)
    elif pool.uuid and not pool.active:
        yield Problem(field, ProblemKind.POOL_INACTIVE, _WARNING, name=pool.name)
    elif medium is not None and medium.size_bytes and 0 < pool.available_bytes < medium.size_bytes:
        yield Problem(
            field,
            ProblemKind.UPLOAD_NO_SPACE,
            name=pool.name,
            actual=medium.size_bytes,
            limit=pool.available_bytes,
        )


def _system(os: OsVariant | None) -> Iterator[Problem]:
    if os is not None and os.end_of_life:
        yield Problem(Field.OS, ProblemKind.OS_END_OF_LIFE, _INFO, name=os.name)


def _vcpus(new: NewDomain, offer: HostOffer, capabilities: DomainCapabilities | None) -> Iterator[Problem]:
    limit = (capabilities.max_vcpus if capabilities is not None else 0) or VCPUS_MOST
    if new.vcpus < 1:
        yield Problem(Field.VCPUS, ProblemKind.VCPUS_TOO_FEW, actual=new.vcpus, limit=1)
    elif new.vcpus > limit:
        yield Problem(Field.VCPUS, ProblemKind.VCPUS_OVER_LIMIT, actual=new.vcpus, limit=limit)
    elif new.vcpus > offer.cpus:
        yield Problem(Field.VCPUS, ProblemKind.VCPUS_OVER_HOST, _WARNING, actual=new.vcpus, limit=offer.cpus)
    if new.vcpus_max < new.vcpus:
        yield Problem(Field.VCPUS_MAX, ProblemKind.VCPUS_MAX_BELOW, actual=new.vcpus_max, limit=new.vcpus)
    elif new.vcpus_max > limit >= new.vcpus:
        yield Problem(Field.VCPUS_MAX, ProblemKind.VCPUS_OVER_LIMIT, actual=new.vcpus_max, limit=limit)


def _memory(new: NewDomain, offer: HostOffer, os: OsVariant | None) -> Iterator[Problem]:
    total_kib, free_kib = offer.memory_total_kib, offer.memory_free_kib
    minimum_kib = (os.minimum_memory_bytes or 0) // KIB if os is not None else 0
    if new.memory_kib < LEAST_BOOTABLE_KIB:
        yield Problem(
            Field.MEMORY, ProblemKind.MEMORY_TOO_SMALL, actual=new.memory_kib, limit=LEAST_BOOTABLE_KIB
        )
    elif total_kib and new.memory_kib > total_kib:
        yield Problem(Field.MEMORY, ProblemKind.MEMORY_OVER_HOST, actual=new.memory_kib, limit=total_kib)
    elif free_kib and new.memory_kib > free_kib:
        yield Problem(
            Field.MEMORY, ProblemKind.MEMORY_OVER_FREE, _WARNING, actual=new.memory_kib, limit=free_kib
        )
    if LEAST_BOOTABLE_KIB <= new.memory_kib < minimum_kib:
        yield Problem(
            Field.MEMORY,
            ProblemKind.MEMORY_UNDER_MINIMUM,
            _WARNING,
            name=os.name if os is not None else "",
            actual=new.memory_kib,
            limit=minimum_kib,
        )
    if new.memory_max_kib < new.memory_kib:
        yield Problem(
            Field.MEMORY_MAX, ProblemKind.MEMORY_MAX_BELOW, actual=new.memory_max_kib, limit=new.memory_kib
        )
    elif total_kib and new.memory_max_kib > total_kib >= new.memory_kib:
        yield Problem(
            Field.MEMORY_MAX,
            ProblemKind.MEMORY_OVER_HOST,
            _WARNING,
            actual=new.memory_max_kib,
            limit=total_kib,
        )


def _disk(new: NewDomain, offer: HostOffer, os: OsVariant | None) -> Iterator[Problem]:
    volume = new.new_volume
    if volume is None:
        if new.disk_image is None and not _may_have_place(offer):
            yield Problem(Field.DISK_POOL, ProblemKind.NO_PLACE_FOR_DISK, _WARNING, name=offer.host.name)
        elif new.disk_image is None and new.source in (SourceKind.CDROM, SourceKind.EMPTY):
            yield Problem(Field.DISK_POOL, ProblemKind.NO_DISK, _INFO)
        return
    yield from volume_problems(volume, offer, os)


def volume_problems(volume: NewVolume, offer: HostOffer, os: OsVariant | None = None) -> Iterator[Problem]:
    """What keeps a new disk from being made, or from being of use."""
    if (
        not volume.name.strip()
        or set(volume.name) <= {"."}
        or UNFIT.search(volume.name)
        or name_bytes(volume.name) > 255
    ):
        yield Problem(Field.DISK_NAME, ProblemKind.VOLUME_NAME_INVALID, name=volume.name)
    if volume.capacity_bytes < LEAST_DISK_BYTES:
        yield Problem(
            Field.DISK_SIZE, ProblemKind.DISK_TOO_SMALL, actual=volume.capacity_bytes, limit=LEAST_DISK_BYTES
        )
    elif os is not None and volume.capacity_bytes < (os.minimum_disk_bytes or 0):
        yield Problem(
            Field.DISK_SIZE,
            ProblemKind.DISK_UNDER_MINIMUM,
            _WARNING,
            name=os.name,
            actual=volume.capacity_bytes,
            limit=os.minimum_disk_bytes or 0,
        )
    if not volume.directory:
        yield from _pool(volume, offer)


def _may_have_place(offer: HostOffer) -> bool:
    """Whether a new disk has a place, or may have one in a pool that does not answer now."""
    if offered_pools(offer) or offer.default_directory or offer.pools_silent_since_s:
        return True
    return any(not pool.answers for pool in offer.pools)


def _silent_pools(new: NewDomain, offer: HostOffer) -> Iterator[Problem]:
    """Pools that cannot be offered now, though they are there."""
    chosen = new.new_volume.pool if new.new_volume is not None else ""
    if offer.pools_silent_since_s:
        yield Problem(Field.DISK_POOL, ProblemKind.POOLS_SILENT, _WARNING, since_s=offer.pools_silent_since_s)
    for pool in offer.pools:
        if pool.answers or pool.name == chosen:
            continue
        kind = ProblemKind.POOL_UNREAD if pool.problem else ProblemKind.POOL_SILENT
        yield Problem(Field.DISK_POOL, kind, _WARNING, name=pool.name, since_s=pool.silent_since_s)


def _pool(volume: NewVolume, offer: HostOffer) -> Iterator[Problem]:
    pool = offer.pool(volume.pool)
    if pool is None:
        yield Problem(Field.DISK_POOL, ProblemKind.POOL_MISSING, name=volume.pool)
        return
    if not pool.answers:
        kind = ProblemKind.POOL_UNREAD if pool.problem else ProblemKind.POOL_SILENT
        yield Problem(Field.DISK_POOL, kind, name=pool.name, since_s=pool.silent_since_s)
        return
    if pool.kind not in FILE_POOLS | BLOCK_POOLS:
        yield Problem(Field.DISK_POOL, ProblemKind.POOL_UNSUITABLE, name=pool.name)
        return
    if pool.uuid and not pool.active:
        # What is in it, and how much room it has, is known once it runs.
        yield Problem(Field.DISK_POOL, ProblemKind.POOL_INACTIVE, _WARNING, name=pool.name)
    if pool.kind in BLOCK_POOLS and volume.format != "raw":
        yield Problem(Field.DISK_POOL, ProblemKind.FORMAT_UNSUITABLE, name=pool.name)
    if any(other.name == volume.name for other in offer.volumes.get(pool.name, ())):
        yield Problem(Field.DISK_NAME, ProblemKind.VOLUME_TAKEN, name=volume.name)
    # An empty, active pool of capacity 0 has not told its size.
    if pool.active and pool.capacity_bytes and volume.capacity_bytes > pool.available_bytes:
        grows = volume.format == "qcow2" and pool.kind in FILE_POOLS
        yield Problem(
            Field.DISK_SIZE,
            ProblemKind.DISK_OVER_POOL,
            _WARNING if grows else _ERROR,
            name=pool.name,
            actual=volume.capacity_bytes,
            limit=pool.available_bytes,
        )


def _network(new: NewDomain, offer: HostOffer) -> Iterator[Problem]:
    nic = new.interface
    if new.source is SourceKind.NETWORK_BOOT and nic.kind is NetworkKind.NONE:
        yield Problem(Field.NETWORK, ProblemKind.NO_NETWORK_BOOT)
    elif new.source is SourceKind.NETWORK_BOOT and nic.kind is NetworkKind.USER:
        yield Problem(Field.NETWORK, ProblemKind.NO_NETWORK_BOOT, _WARNING)
    if nic.kind in (NetworkKind.VIRTUAL, NetworkKind.BRIDGE) and not offer.is_privileged:
        yield Problem(Field.NETWORK, ProblemKind.NOT_PRIVILEGED, _WARNING, name=nic.source)
    if nic.kind is NetworkKind.VIRTUAL:
        network = offer.network(nic.source)
        if network is None:
            yield Problem(Field.NETWORK, ProblemKind.NETWORK_MISSING, name=nic.source)
        elif not network.active:
            yield Problem(Field.NETWORK, ProblemKind.NETWORK_INACTIVE, _WARNING, name=nic.source)
    elif nic.kind is NetworkKind.BRIDGE and nic.source not in offer.bridges:
        yield Problem(
            Field.NETWORK, ProblemKind.BRIDGE_MISSING, _WARNING if nic.source else _ERROR, name=nic.source
        )


def _graphics(new: NewDomain) -> Iterator[Problem]:
    if is_display_open(new):
        yield Problem(Field.GRAPHICS, ProblemKind.GRAPHICS_OPEN, _INFO, name=new.graphics_address)


def _firmware(
    new: NewDomain, os: OsVariant | None, capabilities: DomainCapabilities | None
) -> Iterator[Problem]:
    if capabilities is not None and new.firmware.is_uefi:
        if "efi" not in capabilities.firmwares:
            yield Problem(Field.FIRMWARE, ProblemKind.UEFI_MISSING, name=new.arch)
        elif new.firmware is Firmware.UEFI_SECURE and not capabilities.secure_boot:
            yield Problem(Field.FIRMWARE, ProblemKind.SECURE_BOOT_MISSING)
    if new.arch in UEFI_ARCHES and not new.firmware.is_uefi and new.source is not SourceKind.KERNEL:
        # Such a board has no BIOS: without UEFI it looks at neither CD nor disk.
        missing = capabilities is not None and "efi" not in capabilities.firmwares
        kind = ProblemKind.NOTHING_BOOTS if missing else ProblemKind.UEFI_NEEDED
        yield Problem(Field.FIRMWARE, kind, _WARNING, name=new.arch)
    elif os is not None and os.needs_uefi and not new.firmware.is_uefi:
        yield Problem(Field.FIRMWARE, ProblemKind.UEFI_RECOMMENDED, _WARNING, name=os.name)
    if new.tpm and capabilities is not None and not has_tpm(capabilities):
        yield Problem(Field.TPM, ProblemKind.TPM_MISSING)
    if os is not None and os.needs_tpm and not new.tpm:
        yield Problem(Field.TPM, ProblemKind.TPM_RECOMMENDED, _WARNING, name=os.name)


def _name(name: str, offer: HostOffer) -> Iterator[Problem]:
    match name_problem(name, offer.names):
        case None:
            return
        case NameProblem.EMPTY:
            yield Problem(Field.NAME, ProblemKind.NAME_EMPTY)
        case NameProblem.TOO_LONG:
            actual = name_bytes(name)
            yield Problem(Field.NAME, ProblemKind.NAME_TOO_LONG, actual=actual, limit=NAME_MAX_BYTES)
        case NameProblem.TAKEN:
            yield Problem(Field.NAME, ProblemKind.NAME_TAKEN, name=name)
        case NameProblem.OUTER_SPACE:
            yield Problem(Field.NAME, ProblemKind.NAME_INVALID, name=" ")
        case NameProblem.DOT:
            yield Problem(Field.NAME, ProblemKind.NAME_INVALID, name=name)
        case NameProblem.SLASH | NameProblem.CONTROL_CHARACTER:
            unfit = UNFIT.findall(name)[0]
            yield Problem(Field.NAME, ProblemKind.NAME_INVALID, name=unfit)
