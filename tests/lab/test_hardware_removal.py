"""Devices that guests keep: who waits for that, and what is done meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk, GuestSpec
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import hardware_gone
from vmgui.hypervisor.lanes import SLOW
from vmgui.model.device_disk import DiskDevice
from vmgui.model.edit import Reach
from vmgui.model.errors import InvalidState, NotLetGo
from vmgui.model.hardware import RemoveDevice
from vmgui.model.job import JobId, JobState


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The devices that guests were asked for, by their aliases."""
    found: list[str] = []
    ask: Any = hardware_gone._ask  # pyright: ignore[reportPrivateUsage]

    def noted(domain: Any, xml: str, alias: str) -> None:
        ask(domain, xml, alias)
        found.append(alias)

    monkeypatch.setattr(hardware_gone, "_ask", noted)
    return found


async def keeping(host: LabHost, name: str, disks: int = 1) -> None:
    """A guest without a system: it lets go of nothing."""
    files = [Disk(host.make_disk(f"{name}-{at}.qcow2", 32), target=f"vd{'abc'[at]}") for at in range(disks)]
    await asyncio.to_thread(host.define, GuestSpec(name, memory_mib=64, disks=tuple(files)), start=True)


async def test_of_several_devices_a_guest_is_asked_at_once(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    await keeping(lab_host, "web", 3)
    monkeypatch.setattr(hardware_gone, "LETS_GO_S", 1.0)
    job = await here.submit(*[await here.remove(f"vd{letter}") for letter in "abc"])
    assert isinstance(job.error, NotLetGo), job.error
    assert len(asked) == 3
    live, saved = here.devices(DiskDevice)
    assert (len(live), len(saved)) == (3, 3)


async def test_nobody_waits_for_guests_that_keep_their_devices_who_looks_at_another(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.setattr(hardware_gone, "LETS_GO_S", 3600.0)
    lab_host.define_tiny("web")
    names = [f"kept-{number}" for number in range(SLOW.threads)]
    jobs: list[JobId] = []
    for name in names:
        await keeping(lab_host, name)
        key = await here.world.seen(name)
        await eventually(lambda key=key: here.world.inventory.domains[key].state.is_active)
        listed = (await here.hardware.look(key)).device("vda")
        assert listed is not None
        jobs.append(here.hardware.change(key, (RemoveDevice("vda", listed),)))
    await eventually(lambda: len(asked) == len(names))
    await here.look()
    assert [here.world.jobs.jobs[job].state for job in jobs] == [JobState.RUNNING] * len(jobs)
    with lab_host.connect() as connection:
        for name in names:
            connection.lookupByName(name).destroy()
    for job in jobs:
        await here.world.jobs.wait(job)


async def test_a_paused_guest_is_not_waited_for(here: Person, lab_host: LabHost, asked: list[str]) -> None:
    await keeping(lab_host, "web")
    with lab_host.connect() as connection:
        connection.lookupByName("web").suspend()
    job = await here.submit(await here.remove("vda"), reach=Reach.NOW)
    assert isinstance(job.error, InvalidState), job.error
    await here.change(await here.remove("vda"))
    live, saved = here.devices(DiskDevice)
    assert (len(live), len(saved), asked) == (1, 0, [])
