"""The hardware of machines as jobs, and what their hosts have for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor.connection import Connection
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Reach
from vmgui.model.errors import ChangedMeanwhile, TimedOut
from vmgui.model.hardware import ChangeMachine
from vmgui.model.host import HostId
from vmgui.model.job import JobKind, JobState
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import EditService
from vmgui.services.hardware import HardwareService
from vmgui.services.networks import FilterWatch

CARD = """<interface type='network'><mac address='52:54:00:00:00:0{0}'/><source network='default'/></interface>
<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='0' slot='{0}' function='0'/></source></hostdev>"""


@pytest.fixture
async def hardware(world: World, definitions: DefinitionIndex) -> AsyncIterator[HardwareService]:
    edits = EditService(world.hosts, world.inventory, world.jobs, definitions)
    made = HardwareService(world.hosts, world.inventory, world.jobs, world.watches, edits, definitions)
    yield made
    await made.close()


async def test_a_change_is_a_job(
    world: World, hardware: HardwareService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"))
    await world.connected()
    key = world.key("a")
    told: list[DomainKey | HostId] = []
    hardware.changes.subscribe(told.append)
    machine = await hardware.look(key)
    assert machine.saved is not None
    wishes = (ChangeMachine((("title", "ours"),), machine.saved),)
    assert "+  <title>ours</title>" in (await hardware.preview(key, wishes)).saved_diff
    job = await world.jobs.wait(hardware.change(key, wishes, Reach.BOTH))
    assert (job.kind, job.state, job.error) == (JobKind.EDIT, JobState.DONE, None)
    assert key in told
    saved = (await hardware.look(key)).saved
    assert saved is not None
    assert saved.title == "ours"
    other = (ChangeMachine((("title", "theirs"),), machine.saved),)
    job = await world.jobs.wait(hardware.change(key, other))
    assert isinstance(job.error, ChangedMeanwhile)


async def test_what_is_offered_comes_by_and_by(world: World, hardware: HardwareService) -> None:
    world.add("test:///default")
    await world.connected()
    key = world.key("test")
    told: list[DomainKey | HostId] = []
    hardware.changes.subscribe(told.append)
    assert hardware.offer(key).networks == ()
    await eventually(lambda: [one.name for one in hardware.offer(key).networks] == ["default"])
    await eventually(lambda: bool(hardware.offer(key).pools and hardware.offer(key).guests))
    assert "h1" in told
    offer = await hardware.offered(key, 10.0)
    assert {one.kind for one in offer.node_devices} <= {"net", "usb_device", "pci"}
    assert not offer.macs


async def test_what_other_machines_have(
    world: World,
    hardware: HardwareService,
    definitions: DefinitionIndex,
    test_driver: Callable[..., str],
) -> None:
    world.add(test_driver("a", "b", devices=CARD))
    await world.connected()
    keys = [world.key(name) for name in "ab"]
    await eventually(lambda: all(definitions.is_known(key) for key in keys))
    assert hardware.offer(keys[0]).macs == {"52:54:00:00:00:01": "b"}
    assert hardware.offer(keys[1]).macs == {"52:54:00:00:00:00": "a"}


async def test_a_host_that_does_not_answer_is_not_asked_without_end(
    world: World, hardware: HardwareService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form asks for what is offered whenever it is told of something: of a failure it is told nothing."""
    asked: list[str] = []

    async def read(_watch: object, connection: Connection, *_rest: object) -> object:
        asked.append(connection.config.name)
        raise TimedOut("no answer in 30 s")

    monkeypatch.setattr(FilterWatch, "_read", read)
    world.add("test:///default")
    await world.connected()
    key = world.key("test")
    told: list[DomainKey | HostId] = []

    def on_change(thing: DomainKey | HostId) -> None:
        told.append(thing)
        hardware.offer(key)

    hardware.changes.subscribe(on_change)
    await hardware.offered(key, 10.0)  # the rest is known then
    await eventually(lambda: bool(asked))
    asked.clear()
    before = len(told)
    for _ in range(3):
        # Others ask, too.
        with pytest.raises(TimedOut):
            await world.watches.filters.fresh(key.host_id)
    hardware.offer(key)
    assert len(asked) == 3
    assert len(told) == before
