"""XML of lab guests, made with ElementTree from a few dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.lab.tiny_guest import FAST_BOOT, tiny_guest

AGENT_CHANNEL = "org.qemu.guest_agent.0"


@dataclass(frozen=True, slots=True)
class Disk:
    """A file on the host as a disk or CD. `bus` is virtio, scsi, sata, usb, ide."""

    path: str
    target: str = "vda"
    format: str = "qcow2"
    bus: str = "virtio"
    device: str = "disk"
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class Vnc:
    """A VNC display; `listen` "0.0.0.0" makes it reachable from this machine at the host's address."""

    listen: str = "127.0.0.1"
    password: str | None = None


@dataclass(frozen=True, slots=True)
class GuestSpec:
    """What a lab guest is made of. `devices` and `elements` are XML added as they are."""

    name: str
    memory_mib: int = 128
    max_memory_mib: int | None = None
    vcpus: int = 1
    max_vcpus: int | None = None
    uuid: str | None = None
    kernel: Path | None = None
    initrd: Path | None = None
    kernel_words: str = ""
    boot_device: str = "hd"
    disks: tuple[Disk, ...] = ()
    network: str | None = "default"
    mac: str | None = None
    vnc: Vnc | None = None
    video: str = "vga"
    agent: bool = True
    spare_ports: int = 4
    machine: str = "q35"
    devices: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    description: str | None = None


def _child(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def serial_log(name: str) -> str:
    """Where the host keeps what a guest wrote to its serial line."""
    return f"/var/log/libvirt/qemu/{name}-serial.log"


def _add_disk(devices: ET.Element, disk: Disk) -> None:
    element = _child(devices, "disk", type="file", device=disk.device)
    _child(element, "driver", name="qemu", type=disk.format)
    _child(element, "source", file=disk.path)
    _child(element, "target", dev=disk.target, bus=disk.bus)
    if disk.readonly or disk.device == "cdrom":
        _child(element, "readonly")


def _add_display(devices: ET.Element, vnc: Vnc, video: str) -> None:
    attributes: Mapping[str, str] = {"type": "vnc", "port": "-1", "autoport": "yes", "listen": vnc.listen}
    graphics = _child(devices, "graphics", **attributes)
    if vnc.password is not None:
        graphics.set("passwd", vnc.password)
    _child(graphics, "listen", type="address", address=vnc.listen)
    _child(_child(devices, "video"), "model", type=video)
    _child(devices, "input", type="tablet", bus="usb")


def domain_xml(spec: GuestSpec) -> str:
    """The guest as libvirt wants it. Always software emulation: nested KVM may be there and hang."""
    domain = ET.Element("domain", type="qemu")
    _child(domain, "name", spec.name)
    if spec.uuid:
        _child(domain, "uuid", spec.uuid)
    if spec.description:
        _child(domain, "description", spec.description)
    _child(domain, "memory", str(spec.max_memory_mib or spec.memory_mib), unit="MiB")
    _child(domain, "currentMemory", str(spec.memory_mib), unit="MiB")
    vcpu = _child(domain, "vcpu", str(spec.max_vcpus or spec.vcpus))
    if spec.max_vcpus:
        vcpu.set("current", str(spec.vcpus))
    system = _child(domain, "os")
    _child(system, "type", "hvm", arch="x86_64", machine=spec.machine)
    if spec.kernel:
        _child(system, "kernel", str(spec.kernel))
        _child(system, "initrd", str(spec.initrd))
        _child(system, "cmdline", spec.kernel_words)
    else:
        _child(system, "boot", dev=spec.boot_device)
    features = _child(domain, "features")
    _child(features, "acpi")
    _child(features, "apic")
    for xml in spec.elements:
        domain.append(ET.fromstring(xml))
    _add_devices(_child(domain, "devices"), spec)
    return ET.tostring(domain, encoding="unicode")


def _add_devices(devices: ET.Element, spec: GuestSpec) -> None:
    if spec.machine.startswith(("q35", "pc-q35")):
        _child(devices, "controller", type="pci", index="0", model="pcie-root")
        # Those that the devices below take come by themselves.
        for _ in range(spec.spare_ports):
            _child(devices, "controller", type="pci", model="pcie-root-port")
    _child(devices, "controller", type="usb", model="qemu-xhci" if spec.vnc else "none")
    for disk in spec.disks:
        _add_disk(devices, disk)
    if any(disk.bus == "scsi" for disk in spec.disks):
        _child(devices, "controller", type="scsi", model="virtio-scsi")
    if spec.network:
        interface = _child(devices, "interface", type="network")
        if spec.mac:
            _child(interface, "mac", address=spec.mac)
        _child(interface, "source", network=spec.network)
        _child(interface, "model", type="virtio")
        _child(interface, "rom", enabled="no")
    serial = _child(devices, "serial", type="pty")
    _child(serial, "log", file=serial_log(spec.name), append="off")
    if spec.agent:
        channel = _child(devices, "channel", type="unix")
        _child(channel, "target", type="virtio", name=AGENT_CHANNEL)
    if spec.vnc:
        _add_display(devices, spec.vnc, spec.video)
    balloon = _child(devices, "memballoon", model="virtio")
    _child(balloon, "stats", period="2")
    random = _child(devices, "rng", model="virtio")
    _child(random, "backend", "/dev/urandom", model="random")
    for xml in spec.devices:
        devices.append(ET.fromstring(xml))


@dataclass(frozen=True, slots=True)
class TinyWords:
    """What to tell the tiny guest on its kernel command line; see tiny_init.sh."""

    dirty_mib: int = 0
    agent: bool = True
    dhcp: bool = True
    mount: str | None = None
    stubborn: bool = False
    more: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [FAST_BOOT, *self.more]
        if self.dirty_mib:
            words.append(f"dirty={self.dirty_mib}")
        if not self.agent:
            words.append("noagent")
        if not self.dhcp:
            words.append("nodhcp")
        if self.mount:
            words.append(f"mount={self.mount}")
        if self.stubborn:
            words.append("stubborn")
        return " ".join(words)


def tiny_spec(name: str, words: TinyWords | None = None, **fields: Any) -> GuestSpec:
    """A tiny guest; `fields` are those of GuestSpec."""
    guest = tiny_guest()
    spec = GuestSpec(name, kernel=guest.kernel, initrd=guest.initrd, kernel_words=str(words or TinyWords()))
    return replace(spec, **fields)
