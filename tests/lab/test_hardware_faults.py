"""What fails in the midst of a change: nothing of value goes, and no other device is hit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.editing import until, xml_of
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from tests.lab.test_hardware import CARD, MAC, disk, of_disks, running
from vmgui.hypervisor import hardware_gone
from vmgui.hypervisor.hardware_live import HardwareSteps
from vmgui.model.creation import NewVolume
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceSource
from vmgui.model.errors import ChangedMeanwhile, PartlyDone
from vmgui.model.hardware import AddDevice, ChangeMachine
from vmgui.model.job import JobState

_LIVE, _SAVED = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
_NOWHERE = replace(CARD, source=InterfaceSource(network="nope"))


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


async def test_a_volume_stays_while_the_guest_has_its_disk(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running(lab_host)
    monkeypatch.setattr(hardware_gone, "LETS_GO_S", 1.0)
    with lab_host.connect() as connection:
        connection.lookupByName("web").suspend()
    bare = DiskDevice(device="disk", driver="qemu", target="vdb", bus="virtio")
    new = NewVolume("default", "made.qcow2", 16 * 1024**2)
    job = await here.submit(AddDevice(bare, new), AddDevice(_NOWHERE))
    assert isinstance(job.error, PartlyDone), job.error
    assert job.error.done == (f"{lab_host.images_dir}/made.qcow2", "vdb")
    assert of_disks(here) == (["vdb"], [])
    with lab_host.connect() as connection:
        assert "made.qcow2" in connection.storagePoolLookupByName("default").listVolumes()


@pytest.mark.long
async def test_a_disk_that_another_has_put_in_its_place_stays(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, disks=(Disk(lab_host.make_disk("s.qcow2", 32)),))
    await here.add(disk(lab_host))
    wish = await here.remove("vdb")
    other = lab_host.make_disk("precious.qcow2", 32)
    xml = (
        "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s'/>"
        "<target dev='vdb' bus='virtio'/></disk>"
    )
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.detachDeviceFlags(xml % f"{lab_host.images_dir}/more.qcow2", _LIVE)
        until(lambda: "more.qcow2" not in domain.XMLDesc())
        domain.attachDeviceFlags(xml % other, _LIVE)
    job = await here.submit(wish)
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert "precious" in xml_of(lab_host, 0)


async def test_the_devices_of_another_run_are_left(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running(
        lab_host,
        disks=(
            Disk(lab_host.make_disk("s.qcow2", 32)),
            Disk(lab_host.make_disk("t.qcow2", 32), target="vdb"),
        ),
    )
    machine = await here.look()
    assert machine.saved is not None
    # Two steps: what is removed at once is removed together.
    wishes = [ChangeMachine((("title", "Web"),), machine.saved), await here.remove("vdb")]
    lab_host.make_disk("precious.qcow2", 32)
    make, made = HardwareSteps.make, list[object]()

    def then(self: HardwareSteps, *tasks: Any) -> None:
        if made:
            with lab_host.connect() as connection:
                domain = connection.lookupByName("web")
                saved = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE | libvirt.VIR_DOMAIN_XML_INACTIVE)
                domain.destroy()
                connection.defineXML(saved.replace("t.qcow2", "precious.qcow2")).create()
        made.append(tasks)
        try:
            make(self, *tasks)
        finally:
            assert len(made) == 1 or "precious" in xml_of(lab_host, 0)

    monkeypatch.setattr(HardwareSteps, "make", then)
    job = await here.submit(*wishes)
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert of_disks(here) == (["vda", "vdb"],) * 2


async def test_one_lease_of_two_goes(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running(lab_host, ready=False)
    monkeypatch.setattr(hardware_gone, "LETS_GO_S", 2.0)
    lease = "<lease><lockspace>s</lockspace><key>%s</key><target path='/tmp/l%s'/></lease>"
    with lab_host.connect() as connection:
        for key in "ab":
            connection.lookupByName("web").attachDeviceFlags(lease % (key, key), _LIVE | _SAVED)
    first = next(one.id for one in (await here.look()).devices if one.kind == "lease")
    job = await here.submit(await here.remove(first))
    assert job.state is JobState.DONE, job.error
    assert [(xml.count("<lease>"), "<key>b</key>" in xml) for xml in here.xml()] == [(1, True)] * 2


@pytest.mark.long
async def test_a_channel_that_runs_is_not_the_one_that_is_saved(here: Person, lab_host: LabHost) -> None:
    await running(lab_host)
    channel = "<channel type='unix'><target type='virtio' name='org.%s.0'/></channel>"
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.attachDeviceFlags(channel % "live", _LIVE)
        domain.attachDeviceFlags(channel % "saved", _SAVED)
    found = [one for one in (await here.look()).devices if one.kind == "channel"]
    saved = next(one for one in found if getattr(one.saved, "name", "") == "org.saved.0")
    await here.change(await here.remove(saved.id))
    live, kept = here.xml()
    assert ("org.live.0" in live, "org.saved.0" in kept) == (True, False)


async def test_a_machine_that_ended_keeps_nothing(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running(lab_host, ready=False)
    with lab_host.connect() as connection:
        connection.lookupByName("web").undefine()
    make = HardwareSteps.make

    def then(self: HardwareSteps, *tasks: Any) -> None:
        make(self, *tasks)
        with lab_host.connect() as connection:
            connection.lookupByName("web").destroy()

    monkeypatch.setattr(HardwareSteps, "make", then)
    job = await here.submit(await here.set(MAC, link="down"), AddDevice(CARD))
    assert job.error is not None
    assert not isinstance(job.error, PartlyDone), job.error
