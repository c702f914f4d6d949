"""What a host says of a device that it cannot plug in, in words that name what is wrong; nothing stays of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation_if_long
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from vmgui.commands.hardware import filesystem
from vmgui.commands.hardware.form import Scene, wishes
from vmgui.hypervisor.hardware_errors import explained
from vmgui.libvirtxml.edit import write_device
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_network import Filter, InterfaceDevice, InterfaceSource
from vmgui.model.errors import (
    AlreadyExists,
    DiskFileMissing,
    DiskFileUnreadable,
    NetworkInactive,
    NoFreePort,
    NotFound,
    ProgramMissing,
    Unsupported,
    VmguiError,
)
from vmgui.model.hardware import HardwareOffer
from vmgui.services.lifecycle import LifecycleService

MAC = "52:54:00:aa:bb:01"
IMAGES = "/var/lib/libvirt/images"
CARD = InterfaceDevice(
    kind="network", mac="52:54:00:aa:bb:02", model="virtio", source=InterfaceSource(network="default")
)


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


def disk(name: str, target: str = "vdb", bus: str = "virtio", image_format: str = "qcow2") -> DiskDevice:
    return DiskDevice(
        source_kind="file",
        device="disk",
        driver="qemu",
        format=image_format,
        source=DiskSource(file=f"{IMAGES}/{name}"),
        target=target,
        bus=bus,
    )


def plug(host: LabHost, device: object) -> VmguiError:
    """What comes of plugging it into the running machine, without what the plan knows before."""
    with host.connect() as connection:
        domain = connection.lookupByName("web")
        before = domain.XMLDesc()
        try:
            domain.attachDeviceFlags(write_device(device), libvirt.VIR_DOMAIN_AFFECT_LIVE)
        except libvirt.libvirtError as error:
            assert domain.XMLDesc() == before
            return explained(error, device)
    return VmguiError("it is plugged in")


Table = tuple[tuple[object, type[VmguiError], str], ...]


def table(host: LabHost) -> Table:
    """Devices, what is said of them, and of what."""
    host.make_disk("good.qcow2", 16)
    junk = host.images_path / "junk.qcow2"
    junk.write_bytes(b"no image" * 1000)
    with host.connect() as connection:
        asleep = "<network><name>asleep</name><bridge name='virbr8'/></network>"
        connection.networkDefineXML(asleep)
        connection.storagePoolLookupByName("default").refresh()
    return (
        (disk("no.qcow2"), DiskFileMissing, f"{IMAGES}/no.qcow2"),
        (disk("junk.qcow2"), DiskFileUnreadable, f"{IMAGES}/junk.qcow2"),
        (disk("good.qcow2", target="vda"), AlreadyExists, "vda"),
        (replace(CARD, source=InterfaceSource(network="no net")), NotFound, "no net"),
        (replace(CARD, source=InterfaceSource(network="asleep")), NetworkInactive, "asleep"),
        (replace(CARD, filter=Filter(name="no filter")), NotFound, "no filter"),
        (replace(CARD, model="no-model"), Unsupported, ""),
        (disk("good.qcow2", target="hdc", bus="ide"), Unsupported, ""),
    )


@every_generation_if_long
async def test_what_is_wrong_has_a_name(here: Person, lab_host: LabHost) -> None:
    lab_host.make_disk("s.qcow2", 16)

    def work() -> list[tuple[object, ...]]:
        lab_host.define_tiny("web", start=True, mac=MAC, disks=(Disk(f"{IMAGES}/s.qcow2"),), spare_ports=12)
        wrong: list[tuple[object, ...]] = []
        for device, kind, subject in table(lab_host):
            error = plug(lab_host, device)
            if type(error) is not kind or (subject and error.subject != subject):
                wrong.append(
                    (kind.__name__, subject, type(error).__name__, error.subject, error.code, str(error))
                )
        return wrong

    wrong = await asyncio.to_thread(work)
    assert not wrong, "\n".join(map(str, wrong))


@every_generation_if_long
async def test_no_port_is_free(here: Person, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True, mac=MAC, spare_ports=4)
    error = await asyncio.to_thread(plug, lab_host, CARD)
    assert isinstance(error, NoFreePort), (error.code, error)


@every_generation_if_long
async def test_a_host_without_virtiofsd_says_so(here: Person, lab_host: LabHost) -> None:
    """libvirt offers virtiofs there, and takes the definition."""
    places = "ls /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd 2>/dev/null; true"
    if lab_host.run(["sh", "-c", places]).stdout.strip():
        pytest.skip(f"{lab_host.name} has virtiofsd")
    lab_host.run(["mkdir", "-p", "/srv/share"])
    await asyncio.to_thread(lab_host.define_tiny, "web")
    answers = {"source": "/srv/share", "driver": "virtiofs"}
    await here.change(*wishes(filesystem.FORM, Scene(await here.look(), HardwareOffer()), answers))
    lifecycle = LifecycleService(here.world.hosts, here.world.inventory, here.world.jobs)
    job = await here.world.jobs.wait(lifecycle.start([await here.world.seen("web")]))
    assert isinstance(job.error, ProgramMissing), job.error
    assert job.error.subject == "virtiofsd"
