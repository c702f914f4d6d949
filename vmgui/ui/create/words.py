"""What would be made, in a few words: for the step list and the summary."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.creation import FileRef, NetworkKind, NewDomain, SourceKind
from vmgui.model.domain import Firmware
from vmgui.model.offer import HostOffer
from vmgui.model.os_variant import GENERIC_ID, GENERIC_LINUX_ID, OsVariant
from vmgui.policy.creation import PC_ARCHES
from vmgui.ui.common import format as fmt
from vmgui.ui.create.system_names import system_name

translate = QCoreApplication.translate


def source_kind(kind: SourceKind) -> str:
    """The name of a way to bring the system in."""
    return {
        SourceKind.CDROM: translate("CreateWords", "Installer CD"),
        SourceKind.DISK_IMAGE: translate("CreateWords", "Existing disk image"),
        SourceKind.NETWORK_BOOT: translate("CreateWords", "Network boot"),
        SourceKind.KERNEL: translate("CreateWords", "Kernel and RAM disk"),
        SourceKind.EMPTY: translate("CreateWords", "Nothing yet"),
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
        return translate("CreateWords", "{kind}: {path}, copied to storage pool “{pool}” first").format(
            kind=source_kind(new.source), path=ref.path, pool=ref.upload_pool
        )
    return translate("CreateWords", "{kind}: {path}").format(kind=source_kind(new.source), path=ref.path)


def system(os: OsVariant | None) -> str:
    """The operating system."""
    if os is not None:
        return system_name(os.name)
    return translate("CreateWords", "Not recognised; generic settings")


def base_names() -> dict[str, str]:
    """What a machine is called of which no more is known, by its system's id."""
    return {
        GENERIC_ID: translate("CreateWords", "machine", "suggested as a name; no spaces"),
        GENERIC_LINUX_ID: "linux",
    }


def found_system(found: OsVariant, choices: tuple[OsVariant, ...], *, is_guessed: bool) -> str:
    """How sure it is which system it is: seen, newer than all that is known, one of several, or only guessed."""
    if choices:
        names = fmt.joined(tuple(system(choice) for choice in choices))
        return translate(
            "CreateWords", "The CD can be any of these: {names}. Taken for {name}; choose the right one."
        ).format(names=names, name=system(found))
    if is_guessed:
        return translate("CreateWords", "Guessed from the file's name: {name}").format(name=system(found))
    text = translate("CreateWords", "Detected: {name}").format(name=system(found))
    if found.like:
        newer = translate("CreateWords", "It is newer than all known here and gets the devices of {name}.")
        text = f"{text}. {newer.format(name=system_name(found.like))}"
    return text


def cpus(number: int) -> str:
    """ "1 CPU", "4 CPUs"."""
    if number == 1:
        return translate("CreateWords", "1 CPU")
    return translate("CreateWords", "{number} CPUs").format(number=fmt.count(number))


def resources(new: NewDomain) -> str:
    """CPUs and memory."""
    return f"{cpus(new.vcpus)}  ·  {fmt.size_kib(new.memory_kib)}"


def resources_in_full(new: NewDomain) -> str:
    """The same with the headroom for growing while it runs."""
    return translate(
        "CreateWords", "{cpus} (up to {max_cpus}), {memory} of memory (up to {max_memory})"
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
        return translate("CreateWords", "{size} in {pool}").format(size=size, pool=new.new_volume.pool)
    if new.disk_image is not None:
        return file_name(new.disk_image)
    return translate("CreateWords", "No disk")


def storage_in_full(new: NewDomain) -> str:
    """The same with names and format."""
    volume = new.new_volume
    if volume is not None:
        place = volume.pool or volume.directory
        return translate("CreateWords", "New disk of {size} ({format}): {name} in {place}").format(
            size=fmt.size_bytes(volume.capacity_bytes), format=volume.format, name=volume.name, place=place
        )
    if new.disk_image is not None:
        return translate("CreateWords", "Existing disk: {path}").format(path=new.disk_image.path)
    return translate("CreateWords", "No disk")


def network(new: NewDomain) -> str:
    """What the machine is plugged into."""
    nic = new.interface
    if nic.kind is NetworkKind.VIRTUAL:
        return translate("CreateWords", "Virtual network {name}").format(name=nic.source)
    if nic.kind is NetworkKind.BRIDGE:
        return translate("CreateWords", "Bridge {name}").format(name=nic.source)
    if nic.kind is NetworkKind.USER:
        return translate("CreateWords", "Shared with this user")
    return translate("CreateWords", "No network")


def firmware(which: Firmware, arch: str) -> str:
    """How the machine boots; a BIOS is a PC's."""
    is_pc = arch in PC_ARCHES
    return {
        Firmware.NONE: translate("CreateWords", "Its own"),
        Firmware.BIOS: translate("CreateWords", "BIOS") if is_pc else translate("CreateWords", "Its own"),
        Firmware.UEFI: translate("CreateWords", "UEFI"),
        Firmware.UEFI_SECURE: translate("CreateWords", "UEFI with secure boot"),
    }[which]


def extras(new: NewDomain) -> str:
    """Name and firmware."""
    how = firmware(new.firmware, new.arch)
    return f"{new.name}  ·  {how}" if new.name else how


def firmware_in_full(new: NewDomain) -> str:
    """Firmware and TPM."""
    how = firmware(new.firmware, new.arch)
    return translate("CreateWords", "{firmware}, with a TPM 2.0").format(firmware=how) if new.tpm else how


def afterwards(new: NewDomain) -> str:
    """What happens once it is made."""
    now = (
        translate("CreateWords", "Starts at once")
        if new.start
        else translate("CreateWords", "Stays off until you start it")
    )
    later = translate("CreateWords", "starts with the host") if new.autostart else ""
    return ", ".join(part for part in (now, later) if part)


def kind(new: NewDomain, offer: HostOffer) -> str:
    """Which kind of machine, and where."""
    acceleration = {
        "kvm": translate("CreateWords", "hardware acceleration"),
        "qemu": translate("CreateWords", "emulated"),
    }.get(new.domain_type, "")
    details = ", ".join(part for part in (new.arch, new.machine, acceleration) if part)
    return translate("CreateWords", "{name} on {host} ({details})").format(
        name=new.name, host=offer.host.name, details=details
    )
