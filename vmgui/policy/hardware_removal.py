"""Which devices cannot be removed, and what is to be known of the removal of others. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from vmgui.model.device import ListedDevice
from vmgui.model.device_character import ConsoleDevice, ParallelDevice, SerialDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import AudioDevice, GraphicsDevice, InputDevice, VideoDevice
from vmgui.model.device_machine import WatchdogDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.device_parts import Address, CharacterEnd
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.hardware import HardwareWhy
from vmgui.policy.hardware_rules import Bus, bus_of

Hindrance = tuple[HardwareWhy, str]

_ROOTS = frozenset({"pci-root", "pcie-root"})


def why_never_removed(
    one: ListedDevice, device: object, rest: Sequence[tuple[str, object]]
) -> Hindrance | None:
    """`device`: of the running machine or of its definition, `rest`: what stays beside it there, by id."""
    others = [other for _id, other in rest]
    match device:
        case ControllerDevice():
            if device.model in _ROOTS or _is_of_machine(device):
                return HardwareWhy.BUILT_IN, ""
            hanging = [id_ for id_, other in rest if hangs_on(other, device, others)]
            if hanging:
                return HardwareWhy.IN_USE_BY, ", ".join(hanging)
            if device.kind == "usb" and not any(_is_usb(other) for other in others):
                return HardwareWhy.BUILT_IN, ""  # without any, libvirt gives it one
            if device.kind == "pci" and any(_is_behind(other, device) for other in others):
                return HardwareWhy.BUILT_IN, ""  # libvirt fills the gap
        case InputDevice() if device.bus == "ps2":
            return HardwareWhy.BUILT_IN, ""
        case MemballoonDevice():
            return HardwareWhy.BUILT_IN, ""
        case WatchdogDevice() if device.model == "itco":
            return HardwareWhy.BUILT_IN, ""  # of q35, from 11.3 on
        case AudioDevice() if not _has(others, AudioDevice) and _has(others, GraphicsDevice):
            return HardwareWhy.BUILT_IN, ""
        case GraphicsDevice(kind="spice") if not any(map(_is_spice, others)):
            # libvirt keeps no definition with ends that lead nowhere.
            needing = [id_ for id_, other in rest if _needs_spice(other)]
            if needing:
                return HardwareWhy.IN_USE_BY, ", ".join(needing)
        case VideoDevice() if _has(others, GraphicsDevice) and not _has(others, VideoDevice):
            return HardwareWhy.BUILT_IN, ""  # a machine with a display gets one
        case ConsoleDevice() if is_console_of_serial(device):
            serial = next((id_ for id_, other in rest if is_serial(other)), "")
            if serial:
                return HardwareWhy.IN_USE_BY, serial
        case SerialDevice() if is_serial(device) and not any(map(is_serial, others)):
            # Of a console alone libvirt makes the serial port again.
            console = next((id_ for id_, other in rest if is_console_of_serial(other)), "")
            if console:
                return HardwareWhy.IN_USE_BY, console
        case _:
            pass
    return None


def hangs_on(device: object, controller: ControllerDevice, others: Iterable[object] = ()) -> bool:
    """Whether a device sits on this controller."""
    if device is controller:
        return False
    if isinstance(device, ControllerDevice) and device.master_start_port:
        return (
            controller.kind == "usb" and device.index == controller.index and not controller.master_start_port
        )
    address: Address | None = getattr(device, "address", None)
    if address is None:
        return False
    index = str(controller.index or 0)
    match controller.kind:
        case "pci":
            return address.kind == "pci" and _same_number(address.bus, index)
        case "usb":
            return (
                not controller.master_start_port
                and address.kind == "usb"
                and _same_number(address.bus, index)
                and not isinstance(device, ControllerDevice)
            )
        case "virtio-serial" | "ccid":
            return address.kind == controller.kind and _same_number(address.controller, index)
        case kind:
            bus = device.bus if isinstance(device, DiskDevice) else "scsi"
            return address.kind == "drive" and bus == kind and _same_number(address.controller, index)


def _is_spice(device: object) -> bool:
    return isinstance(device, GraphicsDevice) and device.kind == "spice"


def _needs_spice(device: object) -> bool:
    if isinstance(device, AudioDevice):
        return device.kind == "spice"
    end = getattr(device, "host", None)
    return isinstance(end, CharacterEnd) and end.kind in ("spicevmc", "spiceport")


def is_serial(device: object) -> bool:
    """A serial port, neither console nor parallel."""
    return isinstance(device, SerialDevice) and not isinstance(device, ConsoleDevice | ParallelDevice)


def is_console_of_serial(device: object) -> bool:
    """The text console that is the first serial port by another name."""
    return isinstance(device, ConsoleDevice) and device.target_kind in ("", "serial")


def why_not_unplugged(device: object) -> Hindrance | None:
    """Why a running machine keeps it."""
    is_fixed = bus_of(device) is Bus.FIXED
    if isinstance(device, DiskDevice) and device.device in ("cdrom", "floppy"):
        is_fixed = device.device == "floppy" or device.bus not in ("usb", "scsi")
    return (HardwareWhy.NOT_UNPLUGGABLE, "") if is_fixed else None


def why_kept(
    one: ListedDevice, beside: Iterable[tuple[str, object]], leaving: Collection[str], *, is_paused: bool
) -> Hindrance | None:
    """Why the running machine keeps it as things are. `beside`: what runs, by id; `leaving`: what is removed with it."""
    hindrance = _why_not_now(one.live, is_paused=is_paused)
    if hindrance is not None:
        return hindrance
    # What is removed with it may itself go at the next start only.
    rest = [
        (id_, other)
        for id_, other in beside
        if id_ not in leaving or _why_not_now(other, is_paused=is_paused) is not None
    ]
    reason = why_never_removed(one, one.live, rest)
    return reason if reason is not None and reason[0] is HardwareWhy.IN_USE_BY else None


def _why_not_now(device: object, *, is_paused: bool) -> Hindrance | None:
    reason = why_not_unplugged(device)
    # Measured: what hangs on PCI goes when the guest says so; QEMU takes the rest out by itself.
    if reason is None and is_paused and bus_of(device) in (Bus.PCI, Bus.OLD_PCI):
        return HardwareWhy.PAUSED, ""
    return reason


def removal_notes(
    one: ListedDevice, *, is_now: bool, is_saved: bool = True
) -> Iterator[tuple[HardwareWhy, str]]:
    """What is to be known of one removal, from the running machine (`is_now`) and its definition (`is_saved`)."""
    if is_now and bus_of(one.live) in (Bus.PCI, Bus.OLD_PCI):
        yield HardwareWhy.GUEST_LETS_GO, ""
    going = (one.saved if is_saved else None, one.live if is_now else None)
    # Live and saved it may be of two files.
    for path in dict.fromkeys(_file_of(device) for device in going):
        if path:
            yield HardwareWhy.FILE_STAYS, path


def _file_of(device: object) -> str:
    """What a disk is of, that stays when it goes; empty: nothing, or of a drive."""
    if not isinstance(device, DiskDevice) or device.device in ("cdrom", "floppy") or device.source is None:
        return ""
    source = device.source
    return source.file or source.device or source.volume or source.name


def can_start_from(device: object) -> bool:
    """Whether a machine may find a system on it."""
    boot = getattr(device, "boot", None)
    return isinstance(device, DiskDevice) or (boot is not None and boot.order is not None)


def _is_of_machine(controller: ControllerDevice) -> bool:
    """Those of the chip set: q35 has SATA, pc has IDE, at their fixed places."""
    address = controller.address
    if controller.kind not in ("sata", "ide") or (controller.index or 0) != 0 or address is None:
        return False
    return _same_number(address.bus, "0") and address.slot.lower() in ("0x1f", "0x01")


def _is_behind(device: object, port: ControllerDevice) -> bool:
    """Whether it is a PCI controller with a higher number."""
    return (
        isinstance(device, ControllerDevice)
        and device.kind == "pci"
        and (device.index or 0) > (port.index or 0)
    )


def _is_usb(device: object) -> bool:
    return isinstance(device, ControllerDevice) and device.kind == "usb"


def _has(devices: Iterable[object], kind: type) -> bool:
    return any(isinstance(one, kind) for one in devices)


def _same_number(one: str, other: str) -> bool:
    try:
        return int(one or "0", 0) == int(other or "0", 0)
    except ValueError:
        return one == other
