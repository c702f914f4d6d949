"""Tags, folders and protection live in real machines, running and off, and are seen by who else is connected."""

from __future__ import annotations

from collections.abc import AsyncIterator

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.libvirtxml.definition import parse_definition
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.definition import NO_DEFINITION
from vmgui.model.domain import DomainKey
from vmgui.model.job import JobState
from vmgui.model.tags import TagsChange
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.services.addresses import AddressService
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.deletion import DeletionService
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.tags import TagsService


class Colleague:
    """Another program at the same host, with a connection of its own."""

    def __init__(self) -> None:
        self.world = World()
        self.definitions = DefinitionIndex(self.world.hosts, self.world.inventory)
        self.addresses = AddressService(self.world.hosts, self.world.inventory, self.definitions)
        self.tags = TagsService(self.world.hosts, self.world.inventory, self.world.jobs, self.definitions)

    async def connect(self, uri: str) -> None:
        self.world.add(uri)
        await self.world.connected()

    async def close(self) -> None:
        self.addresses.close()
        await self.definitions.close()
        await self.world.close()


@pytest.fixture
async def here(event_loop: object) -> AsyncIterator[Colleague]:
    made = Colleague()
    yield made
    await made.close()


@pytest.fixture
async def there(event_loop: object) -> AsyncIterator[Colleague]:
    made = Colleague()
    yield made
    await made.close()


async def change(who: Colleague, key: DomainKey, wanted: TagsChange) -> None:
    job = await who.world.jobs.wait(who.tags.change_tags({key: wanted}))
    assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])


@every_generation
@pytest.mark.parametrize("running", [True, False], ids=["running", "off"])
async def test_tags_are_seen_by_a_colleague(
    here: Colleague, there: Colleague, lab_host: LabHost, running: bool
) -> None:
    lab_host.define_tiny("web", start=running)
    await here.connect(lab_host.unix_uri)
    await there.connect(lab_host.tcp_uri)
    key = await here.world.seen("web")
    await eventually(lambda: there.definitions.is_known(key))
    await change(here, key, TagsChange(add=("shop", "front end"), folder="Customers/Shop"))
    await eventually(lambda: there.definitions.get(key).tags == ("shop", "front end"))
    assert there.definitions.get(key).folder == "Customers/Shop"
    with lab_host.connect() as other:
        machine = other.lookupByName("web")
        for flags in (0, libvirt.VIR_DOMAIN_XML_INACTIVE):
            assert parse_definition(machine.XMLDesc(flags))[0].tags == ("shop", "front end")
        del machine
    await change(there, key, TagsChange(remove=("shop", "front end"), folder=""))
    await eventually(lambda: not here.definitions.get(key).tags)
    with lab_host.connect() as other:
        assert NAMESPACE not in other.lookupByName("web").XMLDesc()


@every_generation
@pytest.mark.parametrize("running", [True, False], ids=["running", "off"])
async def test_what_a_colleague_has_protected_is_neither_forced_off_nor_deleted(
    here: Colleague, there: Colleague, lab_host: LabHost, running: bool
) -> None:
    for name in ("web", "other"):
        lab_host.define_tiny(name, start=running)
    await here.connect(lab_host.unix_uri)
    await there.connect(lab_host.tcp_uri)
    keys = [await here.world.seen(name) for name in ("web", "other")]
    await there.world.seen("web")
    deletion = DeletionService(here.world.hosts, here.world.inventory, here.world.jobs)
    plans = await deletion.plans(keys)
    assert len(plans.plans) == 2, "before it was protected"
    await change(there, keys[0], TagsChange(add=("shop",)))
    job = await there.world.jobs.wait(there.tags.set_protected(keys[:1], True))
    assert job.state is JobState.DONE, job.error
    await eventually(lambda: here.definitions.get(keys[0]).is_protected)
    assert here.definitions.get(keys[0]).tags == ("shop",)
    with lab_host.connect() as other:
        machine = other.lookupByName("web")
        for flags in (0, libvirt.VIR_DOMAIN_XML_INACTIVE):
            assert parse_definition(machine.XMLDesc(flags))[0].is_protected
        del machine
    if running:
        lifecycle = LifecycleService(here.world.hosts, here.world.inventory, here.world.jobs)
        for act in (lifecycle.force_off, lifecycle.reset):
            job = await here.world.jobs.wait(act(keys[:1]))
            assert isinstance(job.error, ActionRefused), job.error
            assert job.error.refusal is Refusal.PROTECTED
    assert (await deletion.plans(keys)).protected == (keys[0],)
    job = await here.world.jobs.wait(deletion.delete_many((plan, frozenset()) for plan in plans.plans))
    assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])
    await eventually(lambda: keys[1] not in here.world.inventory.domains)
    with lab_host.connect() as other:
        assert [machine.name() for machine in other.listAllDomains()] == ["web"]
        assert bool(other.lookupByName("web").isActive()) is running
    await here.world.jobs.wait(here.tags.set_protected(keys[:1], False))
    job = await here.world.jobs.wait(deletion.delete(await deletion.plan(keys[0]), frozenset()))
    assert job.state is JobState.DONE, job.error


async def test_tags_outlive_a_start_and_a_stop(here: Colleague, host_a: LabHost) -> None:
    host_a.define_tiny("web")
    await here.connect(host_a.unix_uri)
    key = await here.world.seen("web")
    await change(here, key, TagsChange(add=("shop",)))
    with host_a.connect() as other:
        machine = other.lookupByName("web")
        machine.create()
        assert parse_definition(machine.XMLDesc())[0].tags == ("shop",)
        machine.destroy()
        assert parse_definition(machine.XMLDesc())[0].tags == ("shop",)
        del machine


async def test_a_tag_set_with_another_tool_is_seen(here: Colleague, host_a: LabHost) -> None:
    host_a.define_tiny("web", start=True)
    await here.connect(host_a.unix_uri)
    key = await here.world.seen("web")
    await eventually(lambda: here.definitions.is_known(key))
    with host_a.connect() as other:
        machine = other.lookupByName("web")
        element = libvirt.VIR_DOMAIN_METADATA_ELEMENT
        machine.setMetadata(element, "<traits><tag>theirs</tag></traits>", "vmgui", NAMESPACE, 0)
        await eventually(lambda: here.definitions.get(key).tags == ("theirs",))
        machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, "Ask Ana", None, None, 0)
        await eventually(lambda: here.definitions.get(key).note == "Ask Ana")
        machine.undefine()
        machine.destroy()
        del machine
    await eventually(lambda: key not in here.world.inventory.domains)
    assert here.definitions.get(key) == NO_DEFINITION
    assert not here.tags.tags()


async def test_the_address_of_a_machine_no_network_knows_is_told_by_its_agent(
    here: Colleague, lab_host: LabHost
) -> None:
    nic = ("<interface type='user'><model type='virtio'/></interface>",)
    lab_host.define_tiny("web", network=None, devices=nic, start=True)
    lab_host.define_tiny("mute", network=None, devices=nic, agent=False, start=True)
    await here.connect(lab_host.unix_uri)
    keys = [await here.world.seen(name) for name in ("web", "mute")]
    await eventually(lambda: any("." in one for one in here.definitions.get(keys[0]).addresses))
    assert not here.definitions.get(keys[1]).addresses
    with lab_host.connect() as other:
        other.lookupByName("web").destroy()
    await eventually(lambda: not here.definitions.get(keys[0]).addresses)
