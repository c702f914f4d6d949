"""A person who changes machines' hardware with the program, and what they see of it."""

from __future__ import annotations

from tests.helpers.world import World
from tests.lab.editing import INACTIVE, LIVE, SECURE, xml_of
from tests.lab.lab_host import LabHost
from vmgui.libvirtxml.edit import read_devices
from vmgui.model.device import ListedDevice
from vmgui.model.edit import Reach
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    HardwareMachine,
    RemoveDevice,
    Wish,
)
from vmgui.model.job import Job, JobState
from vmgui.services.edits import Defined, EditService
from vmgui.services.hardware import HardwareService


class Person:
    """At one host, with one machine: "web"."""

    def __init__(self, world: World, host: LabHost) -> None:
        self.world, self.host = world, host
        self.edits = EditService(world.hosts, world.inventory, world.jobs)
        self.hardware = HardwareService(world.hosts, world.inventory, world.jobs, world.watches, self.edits)
        self.told: list[Defined] = []
        self.edits.defined.subscribe(self.told.append)

    async def look(self) -> HardwareMachine:
        return await self.hardware.look(await self.world.seen("web"))

    async def submit(self, *wishes: Wish, reach: Reach = Reach.BOTH) -> Job:
        key = await self.world.seen("web")
        return await self.world.jobs.wait(self.hardware.change(key, wishes, reach))

    async def change(self, *wishes: Wish, reach: Reach = Reach.BOTH) -> None:
        job = await self.submit(*wishes, reach=reach)
        assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])

    async def add(self, device: object, reach: Reach = Reach.BOTH) -> None:
        await self.change(AddDevice(device), reach=reach)

    async def seen(self, id_: str) -> ListedDevice:
        listed = (await self.look()).device(id_)
        assert listed is not None, id_
        return listed

    async def set(self, id_: str, **values: object) -> ChangeDevice:
        """The wish for other values, by paths with two underscores for each dot."""
        named = tuple((name.replace("__", "."), value) for name, value in values.items())
        return ChangeDevice(id_, named, await self.seen(id_))

    async def remove(self, id_: str) -> RemoveDevice:
        return RemoveDevice(id_, await self.seen(id_))

    def xml(self) -> tuple[str, str]:
        """Live (empty: it is off) and saved, with passwords."""
        with self.host.connect() as connection:
            is_active = connection.lookupByName("web").isActive()
        return (
            xml_of(self.host, LIVE | SECURE) if is_active else "",
            xml_of(self.host, INACTIVE | SECURE),
        )

    def devices(self, kind: type) -> tuple[list[object], list[object]]:
        """Those of a kind, live and saved."""
        live, saved = (
            [one.device for one in read_devices(xml) if isinstance(one.device, kind)] if xml else []
            for xml in self.xml()
        )
        return live, saved
