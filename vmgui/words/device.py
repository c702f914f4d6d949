"""A device of a machine in one line: what it is, what is particular about it, and where it sits. Names of others are
made visible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication

from vmgui.model.device import AGENT_CHANNEL, UnknownDevice
from vmgui.model.device_character import (
    ChannelDevice,
    ConsoleDevice,
    ParallelDevice,
    RedirdevDevice,
    RngDevice,
    SerialDevice,
)
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_display import GraphicsDevice, InputDevice, SoundDevice, VideoDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_machine import TpmDevice, WatchdogDevice
from vmgui.model.device_memory import MemballoonDevice, MemoryDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_parts import Address, CharacterEnd
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice
from vmgui.policy.plain_text import visible
from vmgui.words import quantities as fmt
from vmgui.words.media import drive_kind
from vmgui.words.say import Say, say

translate = QCoreApplication.translate

_NAMES = {
    "audio": say("Device", "Audio output"),
    "channel": say("Device", "Channel"),
    "console": say("Device", "Text console"),
    "controller": say("Device", "Controller"),
    "crypto": say("Device", "Crypto device"),
    "disk": say("Device", "Disk"),
    "filesystem": say("Device", "Shared folder"),
    "graphics": say("Device", "Display"),
    "hostdev": say("Device", "Device of the host"),
    "hub": say("Device", "USB hub"),
    "input": say("Device", "Input device"),
    "interface": say("Device", "Network card"),
    "iommu": say("Device", "IOMMU"),
    "lease": say("Device", "Lease"),
    "memballoon": say("Device", "Memory balloon"),
    "memory": say("Device", "Memory module"),
    "panic": say("Device", "Panic notifier"),
    "parallel": say("Device", "Parallel port"),
    "redirdev": say("Device", "USB redirection"),
    "redirfilter": say("Device", "USB redirection rules"),
    "rng": say("Device", "Random number generator"),
    "serial": say("Device", "Serial port"),
    "shmem": say("Device", "Shared memory"),
    "smartcard": say("Device", "Smart card reader"),
    "sound": say("Device", "Sound card"),
    "tpm": say("Device", "TPM"),
    "video": say("Device", "Graphics card"),
    "vsock": say("Device", "Socket between host and guest (vsock)"),
    "watchdog": say("Device", "Watchdog"),
}
_INPUTS = {
    "keyboard": say("Device", "Keyboard"),
    "mouse": say("Device", "Mouse"),
    "tablet": say("Device", "Tablet"),
}
_CONTROLLERS = {
    "fdc": say("Device", "Floppy controller"),
    "ide": say("Device", "IDE controller"),
    "nvme": say("Device", "NVMe controller"),
    "sata": say("Device", "SATA controller"),
    "scsi": say("Device", "SCSI controller"),
    "usb": say("Device", "USB controller"),
    "virtio-serial": say("Device", "VirtIO serial controller"),
}
_PCI_CONTROLLERS = {
    "pci-root": say("Device", "PCI root"),
    "pcie-root": say("Device", "PCIe root"),
    "pcie-root-port": say("Device", "PCIe port"),
}
_HOST_DEVICES = {
    "mdev": say("Device", "Mediated device"),
    "pci": say("Device", "PCI device"),
    "scsi": say("Device", "SCSI device"),
    "usb": say("Device", "USB device"),
}
TPM_MODELS = {
    "tpm-crb": say("Hardware", "CRB"),
    "tpm-tis": say("Hardware", "TIS"),
    "tpm-spapr": say("Hardware", "Of POWER"),
}
TPM_BACKENDS = {
    "emulator": say("Hardware", "Emulated"),
    "passthrough": say("Hardware", "The host's own"),
    "external": say("Hardware", "Of another program"),
}
_TELLING = ("kind", "model", "target_kind", "name", "bus", "driver", "target", "backend")
"""Values that say most of a device of any kind."""


def device_words(kind: str, device: object) -> str:
    """ "CD drive sda: /iso/debian.iso (scsi, raw)", "Network card: network default, virtio, 52:54:00:00:00:01"."""
    title, detail = device_title(kind, device), device_detail(device)
    return f"{title}: {detail}" if detail else title


def device_title(kind: str, device: object) -> str:
    """ "Disk vda", "Network card", "USB controller"; `kind`: as libvirt calls it."""
    match device:
        case DiskDevice():
            is_drive = device.device in ("cdrom", "floppy")
            name = drive_kind(device.device) if is_drive else kind_words("disk")
            return f"{name} {visible(device.target)}" if device.target else name
        case ControllerDevice():
            return _of(_PCI_CONTROLLERS if device.kind == "pci" else _CONTROLLERS, _sort(device), kind)
        case HostdevDevice():
            name = _of(_HOST_DEVICES, device.kind, kind)
            which = _host_device(device)
            return f"{name} {which}" if which else name
        case InputDevice():
            return _of(_INPUTS, device.kind, kind)
        case ChannelDevice() if device.name == AGENT_CHANNEL:
            return translate("Device", "Guest agent's channel")
        case _:
            return kind_words(kind)


def kind_words(kind: str) -> str:
    """What devices of a kind are called: "Network card"; of one that nobody knows its own word."""
    name = _NAMES.get(kind)
    return str(name) if name is not None else visible(kind)


def device_detail(device: object) -> str:
    """What is particular about it: "network default, virtio, 52:54:00:00:00:01"; empty: nothing."""
    detail = _DETAILS.get(type(device))
    if isinstance(device, UnknownDevice):
        return ""
    told = detail(device) if detail is not None else _listed(getattr(device, value, "") for value in _TELLING)
    return visible(told)


def device_place(device: object) -> str:
    """Where it sits: "PCI 0000:05:00.0", "USB 0.1", "SATA 0-0-0"; empty: its host has not placed it yet, or it sits
    nowhere."""
    address = getattr(device, "address", None)
    if not isinstance(address, Address):
        return ""
    match address.kind:
        case "pci" if address.bus or address.slot:
            return visible(f"PCI {_pci(address)}")
        case "drive":
            bus = device.bus if isinstance(device, DiskDevice) else ""
            name = {"fdc": translate("Device", "Floppy")}.get(bus, bus.upper() or "SCSI")
            numbers = (address.controller, address.bus, address.unit)
            if bus == "scsi":
                numbers = (address.controller, address.bus, address.target, address.unit)
            return visible(f"{name} {'-'.join(number or '0' for number in numbers)}")
        case "usb" if address.port:
            return visible(f"USB {address.bus or '0'}.{address.port}")
        case "virtio-serial":
            return visible(f"VirtIO {address.controller or '0'}.{address.port or '0'}")
        case "isa" if address.iobase:
            return visible(f"ISA {address.iobase}")
        case "ccw" if address.devno:
            return visible(f"CCW {address.cssid}.{address.ssid}.{address.devno}")
        case _:
            return ""


# What is particular about each kind.


def _disk(disk: DiskDevice) -> str:
    source = _source(disk.source) if disk.source is not None else ""
    what = _listed((disk.bus, disk.format if source else ""))
    text = source or translate("Device", "empty")
    return f"{text} ({what})" if what else text


def _source(source: DiskSource) -> str:
    if source.pool and source.volume:
        return f"{source.pool}/{source.volume}"
    if source.protocol:
        host = source.hosts[0].name if source.hosts else ""
        return f"{source.protocol}://{host}/{source.name}"
    return source.file or source.device or source.directory or source.name or source.path


def _card(card: InterfaceDevice) -> str:
    source = card.source
    to = ""
    if source is not None:
        to = source.network or source.bridge or source.device or source.name or source.path
    what = " ".join(part for part in (card.kind, to) if part)
    down = translate("Device", "unplugged") if card.link == "down" else ""
    return _listed((what, card.model, card.mac, down))


def _display(display: GraphicsDevice) -> str:
    port = ""
    if display.kind in ("vnc", "spice", "rdp"):
        if display.socket or any(listen.kind == "socket" for listen in display.listens):
            port = translate("Device", "at a socket")
        elif display.port is None or display.port < 0:
            port = translate("Device", "port chosen at start")
        else:
            port = translate("Device", "port {port}").format(port=display.port)
    return _listed((_DISPLAYS.get(display.kind, display.kind), port))


_DISPLAYS = {"vnc": "VNC", "spice": "SPICE", "sdl": "SDL", "rdp": "RDP", "dbus": "D-Bus"}


def _controller(controller: ControllerDevice) -> str:
    number = "" if controller.index is None else translate("Device", "number {number}")
    model = "" if controller.kind == "pci" and controller.model in _PCI_CONTROLLERS else controller.model
    return _listed((model, number.format(number=controller.index)))


def _host_device(device: HostdevDevice) -> str:
    """Which one: its address at the host, or what it is."""
    source = device.source
    if source is None:
        return ""
    address = source.address
    match device.kind:
        case "pci" if address is not None:
            return visible(_pci(address))
        case "usb" if source.vendor or source.product:
            return visible(f"{_bare(source.vendor)}:{_bare(source.product)}")
        case "usb" if address is not None:
            return visible(f"{address.bus}.{address.device}")
        case "mdev" if address is not None:
            return visible(address.uuid)
        case _:
            return visible(source.adapter or source.name or source.wwpn or source.interface)


def _folder(folder: FilesystemDevice) -> str:
    at = folder.directory or folder.file or folder.device or folder.name or folder.socket
    way = f"{at} → {folder.target}" if folder.target else at
    read_only = translate("Device", "read-only") if folder.read_only else ""
    return _listed((way, "9p" if folder.driver in ("", "path", "handle") else folder.driver, read_only))


def _line(line: SerialDevice) -> str:
    return _listed((_end(line.host), line.target_kind, line.model))


def _channel(channel: ChannelDevice) -> str:
    return _listed((channel.name, _end(channel.host)))


def _end(end: CharacterEnd) -> str:
    """ "/run/web.sock", "TCP 127.0.0.1:4555", "PTY"."""
    kind = str(_ENDS.get(end.kind, end.kind))
    source = end.sources[0] if end.sources else None
    if source is None or end.kind == "pty":
        return kind
    if source.path:
        return source.path
    place = ":".join(part for part in (source.host, source.service) if part)
    return " ".join(part for part in (kind, place) if part)


_ENDS = {
    "pty": "PTY",
    "tcp": "TCP",
    "udp": "UDP",
    "null": say("Hardware", "Nowhere"),
    "spicevmc": "SPICE",
}


def _random(device: RngDevice) -> str:
    return _listed((device.model, device.path or device.backend))


def _tpm(tpm: TpmDevice) -> str:
    model, backend = TPM_MODELS.get(tpm.model, tpm.model), TPM_BACKENDS.get(tpm.backend, tpm.backend)
    return _listed((tpm.version, str(model), str(backend)))


def _module(module: MemoryDevice) -> str:
    size = fmt.size_kib(module.size_kib) if module.size_kib is not None else ""
    return _listed((size, module.model))


def _video(video: VideoDevice) -> str:
    memory = fmt.size_kib(video.video_memory_kib) if video.video_memory_kib is not None else ""
    return _listed((video.model, memory))


_DETAILS: dict[type, Callable[[Any], str]] = {
    ChannelDevice: _channel,
    ControllerDevice: _controller,
    ConsoleDevice: _line,
    DiskDevice: _disk,
    FilesystemDevice: _folder,
    GraphicsDevice: _display,
    HostdevDevice: lambda device: _listed((device.model,)),
    InputDevice: lambda device: _listed(
        (device.bus.replace("ps2", "PS/2"), device.event_device or device.device)
    ),
    InterfaceDevice: _card,
    MemballoonDevice: lambda device: _listed((device.model,)),
    MemoryDevice: _module,
    ParallelDevice: _line,
    RedirdevDevice: lambda device: _listed((device.bus, _end(device.host))),
    RngDevice: _random,
    SerialDevice: _line,
    SoundDevice: lambda device: _listed((device.model,)),
    TpmDevice: _tpm,
    VideoDevice: _video,
    WatchdogDevice: lambda device: _listed((device.model, device.action)),
}


# Parts.


def _of(names: dict[str, Say], word: str, kind: str) -> str:
    return str(names[word]) if word in names else kind_words(kind)


def _sort(controller: ControllerDevice) -> str:
    return controller.model if controller.kind == "pci" else controller.kind


def _listed(values: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if isinstance(value, str) and value))


def _pci(address: Address) -> str:
    parts = (_hex(address.domain, 4), _hex(address.bus, 2), _hex(address.slot, 2))
    return f"{':'.join(parts)}.{_hex(address.function, 1)}"


def _hex(number: str, digits: int) -> str:
    """As lspci has it; libvirt writes 0x03."""
    try:
        return f"{int(number or '0', 0):0{digits}x}"
    except ValueError:
        return number


def _bare(number: str) -> str:
    return number.removeprefix("0x")
