"""The defaults of a new virtual machine: what suits the system in it and what the host has left.

Sizes follow osinfo-db's recommendation and never more than the host can give; maximums lie above the current
values so that a machine can grow while it runs. What may be wrong with a wish is in
`vmgui.policy.creation_problems`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from vmgui.model.creation import (
    FileRef,
    GraphicsListen,
    NetworkKind,
    NewDomain,
    NewInterface,
    NewVolume,
    SourceKind,
)
from vmgui.model.domain import Firmware
from vmgui.model.host import DomainCapabilities, GuestCapability, Host, KvmState
from vmgui.model.offer import HostOffer, Medium, canonical_machine
from vmgui.model.os_variant import GENERIC, OsVariant
from vmgui.model.storage import Pool
from vmgui.model.units import GIB, KIB_PER_GIB, KIB_PER_MIB
from vmgui.policy.domain_names import NAME_MAX_BYTES, UNFIT, name_bytes

MEMORY_STEP_KIB = 128 * KIB_PER_MIB
LEAST_OFFERED_MEMORY_KIB = 256 * KIB_PER_MIB
COMFORTABLE_MEMORY_KIB = 2 * KIB_PER_GIB
GENERIC_DISK_BYTES = 20 * GIB
LEAST_OFFERED_DISK_BYTES = GIB

FILE_POOLS = frozenset({"dir", "fs", "netfs", "vstorage"})
BLOCK_POOLS = frozenset({"logical", "zfs"})
FULL_MACHINE = "hvm"
"""libvirt's word for a machine with firmware and devices of its own."""
OUR_DOMAIN_TYPES = frozenset({"kvm", "qemu", "hvf", "test"})
"""Hypervisors whose machines are made here."""
PC_ARCHES = frozenset({"", "x86_64", "i686"})
UEFI_ARCHES = frozenset({"aarch64", "riscv64", "loongarch64"})
"""Whose boards start nothing by themselves but a kernel."""
_HOTPLUG_ARCHES = frozenset({"x86_64", "i686", "ppc64", "ppc64le", "s390x"})
_MACHINES = {
    "x86_64": ("q35", "pc"),
    "i686": ("q35", "pc"),
    "aarch64": ("virt",),
    "armv7l": ("virt",),
    "riscv64": ("virt",),
    "loongarch64": ("virt",),
    "ppc64": ("pseries",),
    "ppc64le": ("pseries",),
    "s390x": ("s390-ccw-virtio",),
}

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def defaults(
    offer: HostOffer,
    source: SourceKind,
    os: OsVariant | None = None,
    medium: Medium | None = None,
    *,
    name: str = "",
    base_names: Mapping[str, str] = NO_NAMES,
    is_os_chosen: bool = False,
) -> NewDomain:
    """A machine that can be created as it is, as far as the host allows; `medium` is the source's file.

    `base_names`: in the person's language, what to call machines of the systems with these ids ("": of no known one).
    `is_os_chosen`: by the person. What only the file's name suggests decides nothing about the firmware: a disk
    that was made for another does not start.
    """
    system = os or (medium.os if medium is not None else None) or GENERIC
    guest = default_guest(offer.host, system)
    domain_type = default_domain_type(offer.host, guest)
    arch = guest.arch if guest else ""
    machine = default_machine(guest, system)
    capabilities = offer.capabilities_of(arch, machine, domain_type)
    limit = vcpus_limit(offer, capabilities)
    wanted = system.recommended_cpus or 1
    vcpus = max(1, min(wanted if system.is_legacy else max(2, wanted), offer.cpus))
    memory_kib = default_memory_kib(offer, system)
    name = name or free_name(system, offer, base_names)
    is_guessed = not is_os_chosen and medium is not None and medium.is_os_guessed and system == medium.os
    firmware, tpm = default_firmware(GENERIC if is_guessed else system, arch, capabilities)
    listen, address = default_listen(offer)
    ref = medium.ref if medium is not None else None
    imported = source is SourceKind.DISK_IMAGE
    return NewDomain(
        host_id=offer.host.id,
        name=name,
        source=source,
        domain_type=domain_type,
        arch=arch,
        machine=machine,
        emulator=guest.emulator if guest else "",
        vcpus=vcpus,
        vcpus_max=vcpus_max_for(vcpus, limit) if arch in _HOTPLUG_ARCHES else vcpus,
        memory_kib=memory_kib,
        memory_max_kib=memory_max_for(memory_kib, offer, system),
        firmware=firmware,
        tpm=tpm,
        os_id=system.id,
        cdrom=ref if source is SourceKind.CDROM else None,
        disk_image=ref if imported else None,
        disk_format=medium.format if medium is not None and imported else "",
        kernel=ref if source is SourceKind.KERNEL else None,
        new_volume=None if imported else default_volume(offer, system, name),
        disk_bus=default_disk_bus(system, arch, capabilities),
        interface=NewInterface(*default_network(offer), model=default_nic_model(system, arch)),
        video_model=default_video(system, arch, capabilities),
        usb_tablet=not system.is_legacy,
        graphics_listen=listen,
        graphics_address=address,
    )


def default_guest(host: Host, os: OsVariant) -> GuestCapability | None:
    """Full virtualization of the host's own architecture, else the first kind of guest there is.

    Acceleration may have an emulator of its own (RHEL's qemu-kvm beside qemu-system-x86_64).
    """
    guests = own_guests(host)
    is_reliable = host.kvm not in (KvmState.LIES, KvmState.MISSING)
    accelerated = [guest for guest in guests if is_reliable and "kvm" in guest.domain_types]
    emulated = [guest for guest in guests if "qemu" in guest.domain_types]
    return next(iter(accelerated or emulated or guests), None)


def own_guests(host: Host) -> tuple[GuestCapability, ...]:
    """What `default_guest` chooses among: one for each emulator."""
    info = host.info
    if info is None:
        return ()
    full = [guest for guest in info.guests if guest.os_type == FULL_MACHINE] or list(info.guests)
    return tuple(guest for guest in full if guest.arch == info.arch) or tuple(full)


def default_domain_type(host: Host, guest: GuestCapability | None) -> str:
    """Hardware acceleration where it can be relied on, else emulation."""
    types = guest.domain_types if guest is not None else ()
    if "kvm" in types and host.kvm not in (KvmState.LIES, KvmState.MISSING):
        return "kvm"
    if "qemu" in types:
        return "qemu"
    return next(iter(types), "qemu")


def default_machine(guest: GuestCapability | None, os: OsVariant) -> str:
    """The usual board of the architecture; an old PC's for a system that knows no other."""
    if guest is None:
        return ""
    offered = {canonical_machine(machine) for machine in guest.machines} | set(guest.machines)
    wanted = _MACHINES.get(guest.arch, ())
    for machine in reversed(wanted) if os.is_legacy else wanted:
        if machine in offered:
            return machine
    return guest.machines[0] if guest.machines else ""


def vcpus_limit(offer: HostOffer, capabilities: DomainCapabilities | None) -> int:
    """How many vCPUs a machine can sensibly be given the room for: twice the host's, at least 8."""
    limit = max(8, 2 * offer.cpus)
    return min(limit, capabilities.max_vcpus) if capabilities and capabilities.max_vcpus else limit


def vcpus_max_for(vcpus: int, limit: int) -> int:
    """Room to add vCPUs while the machine runs."""
    return max(vcpus, min(limit, max(4 * vcpus, 8)))


def memory_max_for(memory_kib: int, offer: HostOffer, os: OsVariant | None) -> int:
    """Room to grow while the machine runs: twice as much, and never more than the host could give now.

    Until its balloon driver runs, the guest has the maximum at its disposal: a system without one would
    just take it all, and an installer may not load it.
    """
    if os is None or not os.virtio_balloon:
        return memory_kib
    left_kib = memory_left_kib(offer)
    ceiling_kib = min(2 * memory_kib, left_kib) if left_kib else memory_kib
    return max(memory_kib, round_down(ceiling_kib, MEMORY_STEP_KIB))


def memory_left_kib(offer: HostOffer) -> int:
    """What the host can hand out without running short itself; 0 where it does not tell."""
    if not offer.memory_free_kib:
        return 0
    reserve_kib = max(512 * KIB_PER_MIB, offer.memory_total_kib // 10)
    return round_down(max(0, offer.memory_free_kib - reserve_kib), MEMORY_STEP_KIB)


def default_memory_kib(offer: HostOffer, os: OsVariant) -> int:
    """What is recommended, bounded by what the host can hand out now without running short itself."""
    minimum_kib = (os.minimum_memory_bytes or 0) // 1024
    recommended_kib = (os.recommended_memory_bytes or 0) // 1024
    if not recommended_kib:
        recommended_kib = max(minimum_kib, min(2 * minimum_kib, 4 * KIB_PER_GIB))
    if not os.is_legacy:
        # The database's recommendation is a server's; a desktop needs this much to be bearable.
        recommended_kib = max(recommended_kib, COMFORTABLE_MEMORY_KIB)
    recommended_kib = recommended_kib or 512 * KIB_PER_MIB
    if offer.memory_free_kib:
        recommended_kib = min(
            recommended_kib, max(memory_left_kib(offer), minimum_kib, LEAST_OFFERED_MEMORY_KIB)
        )
    return recommended_kib


def default_firmware(
    os: OsVariant, arch: str, capabilities: DomainCapabilities | None
) -> tuple[Firmware, bool]:
    """Firmware and whether a TPM is added: what the system insists on, if the host has it."""
    has_uefi = capabilities is not None and "efi" in capabilities.firmwares
    firmware = Firmware.BIOS
    if has_uefi and (os.needs_uefi or arch in UEFI_ARCHES):
        secure = capabilities is not None and capabilities.secure_boot and os.supports_secure_boot
        firmware = Firmware.UEFI_SECURE if secure else Firmware.UEFI
    return firmware, os.needs_tpm and has_tpm(capabilities)


def has_tpm(capabilities: DomainCapabilities | None) -> bool:
    """Whether the host can emulate a TPM 2.0."""
    return capabilities is not None and "emulator" in capabilities.tpm_backends


def default_disk_bus(os: OsVariant, arch: str, capabilities: DomainCapabilities | None) -> str:
    """virtio where the system has the driver, else the fastest it surely knows; never a floppy drive's.

    What is no PC was made for virtual machines: its systems know virtio, and may know nothing else.
    """
    wanted = ("virtio",) if os.virtio_disk or arch not in PC_ARCHES else ()
    wanted += ("ide", "sata") if os.is_legacy else ("sata", "ide")
    wanted += ("scsi", "virtio", "usb")
    offered = capabilities.disk_buses if capabilities is not None else ()
    return next((bus for bus in wanted if not offered or bus in offered), "virtio")


def default_nic_model(os: OsVariant, arch: str) -> str:
    """virtio where the system has the driver (or the machine is no PC), else the newest card it knows."""
    if os.virtio_net or arch not in PC_ARCHES:
        return "virtio"
    return next((model for model in ("e1000e", "e1000", "rtl8139") if model in os.nics), "e1000")


def default_video(os: OsVariant, arch: str, capabilities: DomainCapabilities | None) -> str:
    """virtio where the system draws on it, else plain VGA, which everything does."""
    prefer_virtio = os.virtio_video or arch not in ("x86_64", "i686")
    wanted = (
        ("virtio", "vga", "bochs", "qxl", "cirrus") if prefer_virtio else ("vga", "qxl", "cirrus", "virtio")
    )
    offered = capabilities.video_models if capabilities is not None else ()
    return next((model for model in wanted if not offered or model in offered), "none" if offered else "vga")


def is_display_open(new: NewDomain) -> bool:
    """Whether the machine's screen is served to a network, and so gets a password."""
    return new.graphics_listen is GraphicsListen.ADDRESS and new.graphics_address not in ("127.0.0.1", "::1")


def default_listen(offer: HostOffer) -> tuple[GraphicsListen, str]:
    """On the host itself only, except where this computer could not get at it: hosts reached by tcp or tls."""
    if offer.listen_address:
        return GraphicsListen.ADDRESS, offer.listen_address
    return GraphicsListen.LOOPBACK, "127.0.0.1"


def default_network(offer: HostOffer) -> tuple[NetworkKind, str]:
    """A virtual network that is up, else a bridge, else one that can be started, else user-mode."""
    if not offer.is_privileged:
        return NetworkKind.USER, ""
    ranked = sorted(offer.networks, key=lambda network: (network.name != "default", not network.forward))
    active = [network for network in ranked if network.active]
    if active:
        return NetworkKind.VIRTUAL, active[0].name
    if offer.bridges:
        return NetworkKind.BRIDGE, offer.bridges[0]
    if ranked:
        return NetworkKind.VIRTUAL, ranked[0].name
    return NetworkKind.USER, ""


def usable_pools(offer: HostOffer) -> tuple[Pool, ...]:
    """Pools a disk can be made in now; "default" first, then by free space."""
    kinds = FILE_POOLS | BLOCK_POOLS
    usable = [
        pool for pool in offer.pools if pool.kind in kinds and pool.answers and (pool.active or not pool.uuid)
    ]
    return tuple(sorted(usable, key=lambda pool: (pool.name != "default", -pool.available_bytes)))


def startable_pools(offer: HostOffer) -> tuple[Pool, ...]:
    """Pools that are not running; one is started where a machine is to use it."""
    kinds = FILE_POOLS | BLOCK_POOLS
    found = [
        pool for pool in offer.pools if pool.kind in kinds and pool.uuid and not pool.active and pool.answers
    ]
    return tuple(sorted(found, key=lambda pool: (pool.name != "default", pool.name)))


def offered_pools(offer: HostOffer) -> tuple[Pool, ...]:
    """All pools a disk can be made in, those that have to be started first at the end."""
    return (*usable_pools(offer), *startable_pools(offer))


def default_volume(offer: HostOffer, os: OsVariant, name: str) -> NewVolume | None:
    """A disk as large as recommended; None where the host has no place for one."""
    pools = usable_pools(offer) or startable_pools(offer)
    wanted = os.recommended_disk_bytes or max(GENERIC_DISK_BYTES, os.minimum_disk_bytes or 0)
    if not pools:
        if not offer.default_directory:
            return None
        return NewVolume("", volume_name(name, None, offer), wanted, "qcow2", offer.default_directory)
    # A pool with room for it, if there is one: small pools hold other things.
    pool = next(
        (pool for pool in pools if pool.available_bytes >= wanted or not pool.available_bytes), pools[0]
    )
    volume_format = default_format(pool)
    if pool.available_bytes and pool.available_bytes < wanted:
        roomy = round_down(pool.available_bytes * 4 // 5, GIB)
        wanted = max(
            roomy, min(os.minimum_disk_bytes or LEAST_OFFERED_DISK_BYTES, wanted), LEAST_OFFERED_DISK_BYTES
        )
    return NewVolume(pool.name, volume_name(name, pool, offer, volume_format), wanted, volume_format)


def default_format(pool: Pool) -> str:
    """qcow2 (grows as it fills, snapshots) in pools of files, raw where volumes are block devices."""
    return "raw" if pool.kind in BLOCK_POOLS else "qcow2"


def free_name(os: OsVariant | None, offer: HostOffer, base_names: Mapping[str, str] = NO_NAMES) -> str:
    """A name no machine of the host has: "debian-12", then "debian-12-2"; `base_names` as in `defaults`."""
    os_id = os.id if os is not None else ""
    base = base_names.get(os_id) or (name_of_system(os) if os is not None and os_id else "machine")
    return _free(base, "", offer.names)


def name_of_system(os: OsVariant) -> str:
    """A machine's name for a system: "Debian 12" -> "debian-12", "Microsoft Windows 11" -> "windows-11"."""
    words = (
        re.sub(r"\b(Microsoft|Red Hat|GNU/Linux|Linux)\b", " ", os.name)
        if len(os.name.split()) > 2
        else os.name
    )
    base = re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-.")
    return base[:40].rstrip("-.") or os.short_id or "machine"


def volume_name(name: str, pool: Pool | None, offer: HostOffer, volume_format: str = "qcow2") -> str:
    """A volume name after the machine's that is free in the pool."""
    taken = (
        frozenset(volume.name for volume in offer.volumes.get(pool.name, ())) if pool else frozenset[str]()
    )
    base = UNFIT.sub("-", name).strip().lstrip(".") or "disk"
    while name_bytes(base) > NAME_MAX_BYTES:
        base = base[:-1]
    if pool is not None and pool.kind in BLOCK_POOLS:
        # Names of logical volumes are device names.
        base = re.sub(r"[^A-Za-z0-9+_.-]", "-", base).lstrip("-") or "disk"
        return _free(base, "", taken)
    return _free(base, ".qcow2" if volume_format == "qcow2" else ".img", taken)


def upload_name(ref: FileRef, pool: Pool, offer: HostOffer) -> str:
    """A free volume name for an uploaded file: its own, or with a number."""
    file_name = ref.path.rsplit("/", 1)[-1] or "file"
    stem, dot, suffix = file_name.rpartition(".")
    taken = frozenset(volume.name for volume in offer.volumes.get(pool.name, ()))
    return _free(stem, dot + suffix, taken) if stem else _free(file_name, "", taken)


def _free(base: str, suffix: str, taken: frozenset[str]) -> str:
    name, number = base + suffix, 2
    while name in taken:
        name, number = f"{base}-{number}{suffix}", number + 1
    return name


def round_down(value: int, step: int) -> int:
    return value // step * step
