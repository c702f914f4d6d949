"""XML of the throw-away machine that shows whether acceleration works (see hypervisor/kvm_probe.py)."""

from __future__ import annotations

from enum import Enum

from lxml import etree

MEMORY_MIB = 16
DEBUG_PORT = "0x402"


class ProbeConsole(Enum):
    """Where the machine's SeaBIOS talks."""

    DEBUG_PORT = "debug_port"  # its debug messages; libvirt 8.1 and newer
    SERIAL = "serial"  # its screen on the serial line


def build_probe(
    name: str, domain_type: str, arch: str, machine: str, emulator: str, console: ProbeConsole
) -> str:
    """A machine without any disk, network or screen: its BIOS runs, finds nothing to boot and stops."""
    root = etree.Element("domain", type=domain_type)
    etree.SubElement(root, "name").text = name
    etree.SubElement(root, "memory", unit="MiB").text = str(MEMORY_MIB)
    etree.SubElement(root, "vcpu").text = "1"
    system = etree.SubElement(root, "os")
    kind = etree.SubElement(system, "type", arch=arch)
    kind.text = "hvm"
    if machine:
        kind.set("machine", machine)
    if console is ProbeConsole.SERIAL:
        etree.SubElement(system, "bios", useserial="yes")
    for event in ("on_poweroff", "on_reboot", "on_crash"):
        etree.SubElement(root, event).text = "destroy"
    devices = etree.SubElement(root, "devices")
    if emulator:
        etree.SubElement(devices, "emulator").text = emulator
    etree.SubElement(devices, "controller", type="usb", model="none")
    etree.SubElement(devices, "memballoon", model="none")
    serial = etree.SubElement(devices, "serial", type="pty")
    if console is ProbeConsole.DEBUG_PORT:
        target = etree.SubElement(serial, "target", type="isa-debug", port="0")
        etree.SubElement(target, "model", name="isa-debugcon")
        etree.SubElement(serial, "address", type="isa", iobase=DEBUG_PORT)
    else:
        etree.SubElement(serial, "target", type="isa-serial", port="0")
    return etree.tostring(root, encoding="unicode")
