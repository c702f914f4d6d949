"""XML of the throw-away machine that shows whether acceleration works (see hypervisor/kvm_probe.py)."""

from __future__ import annotations

from enum import Enum

from lxml import etree

from vmgui.libvirtxml.devices.every import kind_of
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.model.device_character import SerialDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.device_parts import Address, CharacterEnd
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain_values import DomainValues

MEMORY_MIB = 16
DEBUG_PORT = "0x402"

_HOST_PTY = CharacterEnd(kind="pty")
_SERIAL_LINE = SerialDevice(host=_HOST_PTY, target_kind="isa-serial", port="0")
_DEBUG_LINE = SerialDevice(
    host=_HOST_PTY,
    target_kind="isa-debug",
    port="0",
    model="isa-debugcon",
    address=Address(kind="isa", iobase=DEBUG_PORT),
)


class ProbeConsole(Enum):
    """Where the machine's SeaBIOS talks."""

    DEBUG_PORT = "debug_port"  # its debug messages; libvirt 8.1 and newer
    SERIAL = "serial"  # its screen on the serial line


def build_probe(
    name: str, domain_type: str, arch: str, machine: str, emulator: str, console: ProbeConsole
) -> str:
    """A machine without any disk, network or screen: its BIOS runs, finds nothing to boot and stops."""
    root = DOMAIN.write(
        DomainValues(
            domain_type=domain_type,
            name=name,
            memory_max_kib=MEMORY_MIB * 1024,
            vcpus_max=1,
            system_type="hvm",
            arch=arch,
            machine=machine,
            bios_serial=True if console is ProbeConsole.SERIAL else None,
            on_poweroff="destroy",
            on_reboot="destroy",
            on_crash="destroy",
            emulator=emulator,
        )
    )
    devices = DOMAIN.ensure(root, ("devices",))
    for device in (
        ControllerDevice(kind="usb", model="none"),
        MemballoonDevice(model="none"),
        _DEBUG_LINE if console is ProbeConsole.DEBUG_PORT else _SERIAL_LINE,
    ):
        devices.append(kind_of(device).write(device))
    return etree.tostring(root, encoding="unicode")
