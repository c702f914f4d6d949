"""What would be made, in a few words: for the step list and the summary."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.creation import FileRef, NetworkKind, NewDomain, SourceKind
from vmgui.model.domain import Firmware
from vmgui.model.offer import HostOffer
from vmgui.model.os_variant import GENERIC_ID, GENERIC_LINUX_ID, OsVariant
from vmgui.policy.creation import PC_ARCHES
from vmgui.words import quantities as fmt
from vmgui.words.creation_systems import system_name

translate = QCoreApplication.translate


def source_kind(kind: SourceKind) -> str:
    """The name of a way to bring the system in."""
    return {
        SourceKind.CDROM: translate("CreationWords", "Installer CD"),
        SourceKind.DISK_IMAGE: translate("CreationWords", "Existing disk image"),
        SourceKind.NETWORK_BOOT: translate("CreationWords", "Network boot"),
        SourceKind.KERNEL: translate("CreationWords", "Kernel and RAM disk"),
        SourceKind.EMPTY: translate("CreationWords", "Nothing yet"),
    }[kind]


def file_name(ref: FileRef | None) -> str:
    """The last part of a path."""
    return ref.path.rstrip("/").rpartition("/")[2] if ref is not None else ""


def source(kind: SourceKind, ref: FileRef | None) -> str:
    """Where the system comes from."""
    if kind in (SourceKind.NETWORK_BOOT, SourceKind.EMPTY):
        return source_kind(kind)
    return file_name(ref) or source_kind(kind)


def source_in_full(new: NewDomain) -> str:
    """The same with the path, and whether the file is copied first."""
    ref = {
        SourceKind.CDROM: new.cdrom,
        SourceKind.DISK_IMAGE: new.disk_image,
        SourceKind.KERNEL: new.kernel,
    }.get(new.source)
    if ref is None:
        return source_kind(new.source)
    if ref.local:
        return translate("CreationWords", "{kind}: {path}, copied to storage pool “{pool}” first").format(
            kind=source_kind(new.source), path=ref.path, pool=ref.upload_pool
        )
    return translate("CreationWords", "{kind}: {path}").format(kind=source_kind(new.source), path=ref.path)


def system(os: OsVariant | None) -> str:
    """The operating system."""
    if os is not None:
        return system_name(os.name)
    return translate("CreationWords", "Not recognised; generic settings")


def base_names() -> dict[str, str]:
    """What a machine is called of which no more is known, by its system's id."""
    return {
        GENERIC_ID: translate("CreationWords", "machine", "suggested as a name; no spaces"),
        GENERIC_LINUX_ID: "linux",
    }


def found_system(found: OsVariant, choices: tuple[OsVariant, ...], *, is_guessed: bool) -> str:
    """How sure it is which system it is: seen, newer than all that is known, one of several, or only guessed."""
    if choices:
        names = fmt.joined(tuple(system(choice) for choice in choices))
        return translate(
            "CreationWords", "The CD can be any of these: {names}. Taken for {name}; choose the right one."
        ).format(names=names, name=system(found))
    if is_guessed:
        return translate("CreationWords", "Guessed from the file's name: {name}").format(name=system(found))
    text = translate("CreationWords", "Detected: {name}").format(name=system(found))
    if found.like:
        newer = translate("CreationWords", "It is newer than all known here and gets the devices of {name}.")
        text = f"{text}. {newer.format(name=system_name(found.like))}"
    return text


def cpus(number: int) -> str:
    """ "1 CPU", "4 CPUs"."""
    if number == 1:
        return translate("CreationWords", "1 CPU")
    return translate("CreationWords", "{number} CPUs").format(number=fmt.count(number))


def resources(new: NewDomain) -> str:
    """CPUs and memory."""
    return f"{cpus(new.vcpus)}  ·  {fmt.size_kib(new.memory_kib)}"


def resources_in_full(new: NewDomain) -> str:
    """The same with the headroom for growing while it runs."""
    return translate(
        "CreationWords", "{cpus} (up to {max_cpus}), {memory} of memory (up to {max_memory})"
    ).format(
        cpus=cpus(new.vcpus),
        max_cpus=fmt.count(new.vcpus_max),
        memory=fmt.size_kib(new.memory_kib),
        max_memory=fmt.size_kib(new.memory_max_kib),
    )


def storage(new: NewDomain) -> str:
    """The machine's disk."""
    if new.new_volume is not None:
        size = fmt.size_bytes(new.new_volume.capacity_bytes)
        if not new.new_volume.pool:
            return size
        return translate("CreationWords", "{size} in {pool}").format(size=size, pool=new.new_volume.pool)
    if new.disk_image is not None:
        return file_name(new.disk_image)
    return translate("CreationWords", "No disk")


def storage_in_full(new: NewDomain) -> str:
    """The same with names and format."""
    volume = new.new_volume
    if volume is not None:
        place = volume.pool or volume.directory
        return translate("CreationWords", "New disk of {size} ({format}): {name} in {place}").format(
            size=fmt.size_bytes(volume.capacity_bytes), format=volume.format, name=volume.name, place=place
        )
    if new.disk_image is not None:
        return translate("CreationWords", "Existing disk: {path}").format(path=new.disk_image.path)
    return translate("CreationWords", "No disk")


def network(new: NewDomain) -> str:
    """What the machine is plugged into."""
    nic = new.interface
    if nic.kind is NetworkKind.VIRTUAL:
        return translate("CreationWords", "Virtual network {name}").format(name=nic.source)
    if nic.kind is NetworkKind.BRIDGE:
        return translate("CreationWords", "Bridge {name}").format(name=nic.source)
    if nic.kind is NetworkKind.USER:
        return translate("CreationWords", "Shared with this user")
    return translate("CreationWords", "No network")


def firmware(which: Firmware, arch: str) -> str:
    """How the machine boots; a BIOS is a PC's."""
    is_pc = arch in PC_ARCHES
    return {
        Firmware.NONE: translate("CreationWords", "Its own"),
        Firmware.BIOS: translate("CreationWords", "BIOS") if is_pc else translate("CreationWords", "Its own"),
        Firmware.UEFI: translate("CreationWords", "UEFI"),
        Firmware.UEFI_SECURE: translate("CreationWords", "UEFI with secure boot"),
    }[which]


def extras(new: NewDomain) -> str:
    """Name and firmware."""
    how = firmware(new.firmware, new.arch)
    return f"{new.name}  ·  {how}" if new.name else how


def firmware_in_full(new: NewDomain) -> str:
    """Firmware and TPM."""
    how = firmware(new.firmware, new.arch)
    return translate("CreationWords", "{firmware}, with a TPM 2.0").format(firmware=how) if new.tpm else how


def afterwards(new: NewDomain) -> str:
    """What happens once it is made."""
    now = (
        translate("CreationWords", "Starts at once")
        if new.start
        else translate("CreationWords", "Stays off until you start it")
    )
    later = translate("CreationWords", "starts with the host") if new.autostart else ""
    return ", ".join(part for part in (now, later) if part)


def kind(new: NewDomain, offer: HostOffer) -> str:
    """Which kind of machine, and where."""
    acceleration = {
        "kvm": translate("CreationWords", "hardware acceleration"),
        "qemu": translate("CreationWords", "emulated"),
    }.get(new.domain_type, "")
    details = ", ".join(part for part in (new.arch, new.machine, acceleration) if part)
    return translate("CreationWords", "{name} on {host} ({details})").format(
        name=new.name, host=offer.host.name, details=details
    )
