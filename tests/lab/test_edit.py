"""What is edited is accepted by real libvirt, old and new, and what comes back has the change and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import libvirt
import pytest

from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.libvirtxml.edit import (
    add_device,
    change_device,
    change_values,
    read_devices,
    read_values,
    remove_device,
)
from vmgui.model.device import FoundDevice
from vmgui.model.device_character import ChannelDevice, RngDevice, SerialDevice
from vmgui.model.device_disk import DiskDevice, DiskSource, IoLimits
from vmgui.model.device_display import AudioDevice, GraphicsDevice, InputDevice, SoundDevice, VideoDevice
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_machine import PanicDevice, VsockDevice, WatchdogDevice
from vmgui.model.device_memory import MemballoonDevice, ShmemDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource, Rate
from vmgui.model.device_parts import Address, CharacterEnd, CharacterSource
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice
from vmgui.model.domain_values import CpuPin, DomainValues

FLAGS = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
PTY = CharacterEnd(kind="pty")
NEW_DEVICES = (
    DiskDevice(
        source_kind="file",
        device="disk",
        driver="qemu",
        format="raw",
        cache="none",
        discard="unmap",
        source=DiskSource(file="/var/tmp/new & old.img"),
        target="vdq",
        bus="virtio",
        io_limits=IoLimits(total_iops=100, read_bytes_per_s=1_000_000),
        serial="AB12",
        read_only=True,
    ),
    DiskDevice(source_kind="file", device="cdrom", target="sdq", bus="sata", read_only=True),
    ControllerDevice(kind="scsi", index=3, model="virtio-scsi", queues=2),
    FilesystemDevice(kind="mount", access_mode="mapped", directory="/var/tmp", target="shared", read_only=True),
    InterfaceDevice(kind="user", mac="52:54:00:12:34:56", model="virtio", link="down"),
    InterfaceDevice(
        kind="network",
        mac="52:54:00:12:34:57",
        source=InterfaceSource(network="default"),
        model="e1000e",
        inbound=Rate(average_kb_per_s=1000, peak_kb_per_s=2000, burst_kib=500),
    ),
    InputDevice(kind="tablet", bus="virtio"),
    AudioDevice(id=2, kind="none"),
    SoundDevice(model="ich9", codecs=("micro",), audio_id=1),
    HostdevDevice(
        mode="subsystem",
        kind="pci",
        managed=True,
        source=HostdevSource(address=Address(domain="0x0000", bus="0x06", slot="0x02", function="0x0")),
    ),
    VideoDevice(model="virtio", heads=1),
    GraphicsDevice(kind="vnc", port=-1, auto_port=True, listen="127.0.0.1", password="s3cret99", keymap="de"),  # noqa: S106
    SerialDevice(host=PTY, target_kind="isa-serial", port="1", model="isa-serial"),
    ChannelDevice(
        host=CharacterEnd(kind="unix", sources=(CharacterSource(mode="bind", path="/var/tmp/line.sock"),)),
        target_kind="virtio",
        name="org.example.line.0",
    ),
    RngDevice(model="virtio", backend="random", path="/dev/random", rate_bytes=1024, rate_period_ms=2000),
    ShmemDevice(name="ours", model="ivshmem-plain", size_bytes=4 * 1024**2),
    # Newer hosts give q35 a watchdog of its own, and all of a machine do the same.
    WatchdogDevice(model="i6300esb", action="reset"),
    PanicDevice(model="isa"),
    VsockDevice(model="virtio", auto=True),
)  # fmt: skip


@contextmanager
def machine_on(host: LabHost) -> Iterator[tuple[libvirt.virConnect, str]]:
    host.define_tiny("edited", start=False)
    with host.connect() as connection:
        yield connection, connection.lookupByName("edited").XMLDesc(FLAGS)


def defined(connection: libvirt.virConnect, xml: str) -> str:
    """What libvirt makes of a definition, checked by its schema too."""
    connection.defineXMLFlags(xml, libvirt.VIR_DOMAIN_DEFINE_VALIDATE)
    return connection.lookupByName("edited").XMLDesc(FLAGS)


def says(found: Any, wanted: Any) -> bool:
    """Whether `found` says all that `wanted` does; libvirt adds addresses, aliases and defaults."""
    if isinstance(wanted, tuple):
        return len(found) >= len(wanted) and all(map(says, found, wanted))
    if hasattr(wanted, "__dataclass_fields__"):
        return found is not None and all(
            says(getattr(found, name), getattr(wanted, name)) for name in wanted.__dataclass_fields__
        )
    return wanted in (None, "", False) or found == wanted


def devices_of(xml: str, like: object) -> list[FoundDevice]:
    return [found for found in read_devices(xml) if type(found.device) is type(like)]


@every_generation
@pytest.mark.parametrize("device", NEW_DEVICES, ids=lambda device: f"{kind_of(device).tag}")
def test_a_device_is_added_changed_and_removed(lab_host: LabHost, device: object) -> None:
    with machine_on(lab_host) as (connection, before):
        with_it = defined(connection, add_device(before, device))
        ours = [found for found in devices_of(with_it, device) if says(found.device, device)]
        assert ours, with_it
        # What libvirt added for the device's sake (a controller) may be there; what was there must be.
        assert not lost(before, with_it)
        without_it = defined(connection, remove_device(with_it, ours[-1].place, ours[-1].device))
        assert len(devices_of(without_it, device)) == len(devices_of(with_it, device)) - 1
        assert not lost(before, without_it)


def lost(before: str, after: str) -> list[object]:
    there = [found.device for found in read_devices(after)]
    return [found.device for found in read_devices(before) if found.device not in there]


CHANGES = (
    (DiskDevice, {"cache": "writeback", "discard": "unmap", "serial": "changed"}),
    (DiskDevice, {"io_limits": IoLimits(write_iops=50)}),
    (InterfaceDevice, {"link": "down", "mac": "52:54:00:65:43:21"}),
    # Newer hosts say which of virtio's devices it is; other models have none.
    (VideoDevice, {"model": "bochs", "device": ""}),
    (MemballoonDevice, {"stats_period_s": 7}),
    (GraphicsDevice, {"share_policy": "force-shared"}),
)


@every_generation
@pytest.mark.parametrize(("model", "changes"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_device_is_changed(lab_host: LabHost, model: type, changes: dict[str, object]) -> None:
    with machine_on(lab_host) as (connection, xml):
        if not devices_of(xml, model()):
            xml = defined(connection, add_device(xml, next(new for new in NEW_DEVICES if type(new) is model)))
        place, device = devices_of(xml, model())[0].place, devices_of(xml, model())[0].device
        changed = replace(device, **changes)  # type: ignore[type-var]
        after = defined(connection, change_device(xml, place, device, changed))
        now = next(other.device for other in read_devices(after) if other.place == place)
        assert all(says(getattr(now, name), value) for name, value in changes.items()), after
        assert lost(xml, after) == [device]


@every_generation
@pytest.mark.parametrize(
    "changes",
    [
        {"title": "A title", "description": 'two\nlines <&> "quoted"'},
        {"memory_max_kib": 256 * 1024, "memory_kib": 192 * 1024},
        {"vcpus_max": 4, "vcpus": 2},
        {"cpu_shares": 512, "cpu_period_us": 100_000, "cpu_quota_us": 50_000},
        {"vcpu_pins": (CpuPin(number=0, cpus="0"),), "emulator_cpus": "0"},
        {"io_threads": 2},
        {"boot_menu": True, "boot_menu_timeout_ms": 3000},
        {"memory_locked": True, "memory_hard_limit_kib": 1024**2},
        {"clock_offset": "localtime", "on_crash": "restart"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_values_of_the_machine_are_changed(lab_host: LabHost, changes: dict[str, Any]) -> None:
    with machine_on(lab_host) as (connection, xml):
        values = read_values(xml)
        after = defined(connection, change_values(xml, values, replace(values, **changes)))
        now: DomainValues = read_values(after)
        assert {name: getattr(now, name) for name in changes} == changes
        assert read_devices(after) == read_devices(xml)
