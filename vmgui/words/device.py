"""A device of a machine in one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_network import InterfaceDevice
from vmgui.words.media import drive_kind
from vmgui.words.say import say

translate = QCoreApplication.translate

_NAMES = {
    "channel": say("Device", "Channel"),
    "console": say("Device", "Text console"),
    "controller": say("Device", "Controller"),
    "filesystem": say("Device", "Shared folder"),
    "graphics": say("Device", "Display"),
    "hostdev": say("Device", "Device of the host"),
    "input": say("Device", "Input device"),
    "memballoon": say("Device", "Memory balloon"),
    "memory": say("Device", "Memory module"),
    "parallel": say("Device", "Parallel port"),
    "redirdev": say("Device", "USB redirection"),
    "rng": say("Device", "Random number generator"),
    "serial": say("Device", "Serial port"),
    "sound": say("Device", "Sound card"),
    "tpm": say("Device", "TPM"),
    "video": say("Device", "Graphics card"),
    "watchdog": say("Device", "Watchdog"),
}
_TELLING = ("kind", "model", "target_kind", "name", "bus", "driver", "target", "backend")
"""Values that say most of a device of any kind."""


def device_words(kind: str, device: object) -> str:
    """ "CD drive sda: /iso/debian.iso (scsi, raw)", "Controller: pci, pcie-root"."""
    if isinstance(device, DiskDevice):
        return _disk(device)
    if isinstance(device, InterfaceDevice):
        return _card(device)
    name = str(_NAMES.get(kind, kind))
    values = (getattr(device, value, "") for value in _TELLING)
    told = ", ".join(dict.fromkeys(value for value in values if isinstance(value, str) and value))
    return f"{name}: {told}" if told else name


def _disk(disk: DiskDevice) -> str:
    is_drive = disk.device in ("cdrom", "floppy")
    name = drive_kind(disk.device) if is_drive else translate("Device", "Disk")
    source = _source(disk.source) if disk.source is not None else ""
    what = ", ".join(part for part in (disk.bus, disk.format if source else "") if part)
    text = f"{name} {disk.target}: {source or translate('Device', 'empty')}"
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
    text = f"{translate('Device', 'Network card')} {card.mac}: {what}"
    return f"{text} ({card.model})" if card.model else text
