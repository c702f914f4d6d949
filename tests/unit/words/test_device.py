"""A device in one line, and where it sits."""

from __future__ import annotations

import pytest

from vmgui.model.device import UnknownDevice
from vmgui.model.device_character import ChannelDevice, ConsoleDevice, RngDevice, SerialDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_display import GraphicsDevice, InputDevice
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_machine import TpmDevice
from vmgui.model.device_memory import MemoryDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.device_parts import Address, CharacterEnd, CharacterSource
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice
from vmgui.words.device import device_place, device_words

PCI = Address(kind="pci", domain="0x0000", bus="0x0a", slot="0x00", function="0x0")
SOCKET = CharacterEnd(kind="unix", sources=(CharacterSource(mode="bind", path="/run/web.sock"),))
TCP = CharacterEnd(kind="tcp", sources=(CharacterSource(host="127.0.0.1", service="4555"),))


@pytest.mark.parametrize(
    ("kind", "device", "text"),
    [
        ("disk", DiskDevice(device="cdrom", target="sda", bus="sata"), "CD drive sda: empty (sata)"),
        (
            "disk",
            DiskDevice(target="vda", bus="virtio", format="qcow2", source=DiskSource(file="/a")),
            "Disk vda: /a (virtio, qcow2)",
        ),
        (
            "interface",
            InterfaceDevice(
                kind="network", source=InterfaceSource(network="default"), model="virtio", mac="52:54:00:00:00:01"
            ),
            "Network card: network default, virtio, 52:54:00:00:00:01",
        ),
        ("controller", ControllerDevice(kind="usb", index=0, model="qemu-xhci"), "USB controller: qemu-xhci, number 0"),
        ("controller", ControllerDevice(kind="pci", index=3, model="pcie-root-port"), "PCIe port: number 3"),
        ("graphics", GraphicsDevice(kind="vnc", port=-1), "Display: VNC, port chosen at start"),
        ("graphics", GraphicsDevice(kind="spice", port=5901), "Display: SPICE, port 5901"),
        ("hostdev", HostdevDevice(kind="pci", source=HostdevSource(address=PCI)), "PCI device 0000:0a:00.0"),
        (
            "hostdev",
            HostdevDevice(kind="usb", source=HostdevSource(vendor="0x1234", product="0xbeef")),
            "USB device 1234:beef",
        ),
        ("input", InputDevice(kind="tablet", bus="usb"), "Tablet: usb"),
        ("channel", ChannelDevice(name="org.qemu.guest_agent.0"), "Guest agent's channel: org.qemu.guest_agent.0"),
        ("serial", SerialDevice(host=TCP, target_kind="isa-serial"), "Serial port: TCP 127.0.0.1:4555, isa-serial"),
        ("console", ConsoleDevice(host=CharacterEnd(kind="pty"), target_kind="virtio"), "Text console: PTY, virtio"),
        ("serial", SerialDevice(host=SOCKET), "Serial port: /run/web.sock"),
        ("serial", SerialDevice(host=CharacterEnd(kind="null")), "Serial port: Nowhere"),
        ("tpm", TpmDevice(model="tpm-crb", backend="emulator", version="2.0"), "TPM: 2.0, CRB, Emulated"),
        ("rng", RngDevice(model="virtio", backend="random", path="/dev/urandom"), "Random number generator: virtio, /dev/urandom"),
        ("filesystem", FilesystemDevice(directory="/srv", target="data", driver="virtiofs"), "Shared folder: /srv → data, virtiofs"),
        ("memory", MemoryDevice(model="dimm", size_kib=1048576), "Memory module: 1 GiB, dimm"),
        ("strange", UnknownDevice("<strange/>"), "strange"),
    ],
)  # fmt: skip
def test_a_device_in_one_line(kind: str, device: object, text: str) -> None:
    assert device_words(kind, device) == text


def test_words_of_others_do_nothing() -> None:
    assert "\n" not in device_words("disk", DiskDevice(target="vda", source=DiskSource(file="/a\nb")))
    assert "\x1b" not in device_words("\x1b[2J", UnknownDevice("<x/>"))


@pytest.mark.parametrize(
    ("device", "place"),
    [
        (RngDevice(address=PCI), "PCI 0000:0a:00.0"),
        (RngDevice(address=Address(kind="pci")), ""),
        (RngDevice(), ""),
        (InputDevice(address=Address(kind="usb", bus="0", port="1.2")), "USB 0.1.2"),
        (
            DiskDevice(bus="sata", address=Address(kind="drive", controller="0", bus="0", unit="1")),
            "SATA 0-0-1",
        ),
        (
            DiskDevice(
                bus="scsi", address=Address(kind="drive", controller="0", bus="0", target="2", unit="1")
            ),
            "SCSI 0-0-2-1",
        ),
        (ChannelDevice(address=Address(kind="virtio-serial", controller="0", port="3")), "VirtIO 0.3"),
    ],
)
def test_where_it_sits(device: object, place: str) -> None:
    assert device_place(device) == place
