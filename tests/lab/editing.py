"""What tests of editing machines share: a service, the wishes of a person, and what the guest itself says."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping

import libvirt

from tests.helpers.waiting import PATIENCE_S
from tests.helpers.world import World
from tests.lab.lab_host import LabHost
from vmgui.model.domain import DomainKey
from vmgui.model.edit import EditedMachine, Reach, Setting, SettingKey, Value
from vmgui.model.job import Job, JobState
from vmgui.policy.edit import base
from vmgui.services.edits import Defined, EditService, Wish

LIVE, INACTIVE = 0, libvirt.VIR_DOMAIN_XML_INACTIVE
SECURE = libvirt.VIR_DOMAIN_XML_SECURE


class Editor:
    """A person with the program at one host."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.edits = EditService(world.hosts, world.inventory, world.jobs)
        self.told: list[Defined] = []
        self.edits.defined.subscribe(self.told.append)

    async def look(self, name: str = "web") -> EditedMachine:
        return await self.edits.look(await self.world.seen(name))

    async def submit(
        self,
        wishes: Mapping[SettingKey, Value],
        *,
        name: str = "web",
        reach: Reach = Reach.BOTH,
        seen: EditedMachine | None = None,
    ) -> Job:
        """`seen`: the machine as it was when the person wished; None: as it is."""
        key = await self.world.seen(name)
        machine = seen or await self.edits.look(key)
        return await self.world.jobs.wait(
            self.edits.change({key: Wish(wishes, base(machine, wishes), reach)})
        )

    async def change(
        self, wishes: Mapping[SettingKey, Value], *, name: str = "web", reach: Reach = Reach.BOTH
    ) -> None:
        job = await self.submit(wishes, name=name, reach=reach)
        assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])

    async def define(self, xml: str, base_xml: str, name: str = "web") -> Job:
        key: DomainKey = await self.world.seen(name)
        return await self.world.jobs.wait(self.edits.define(key, xml, base_xml))


def own(setting: Setting) -> SettingKey:
    """A setting of the machine itself."""
    return SettingKey(setting)


def xml_of(host: LabHost, flags: int = INACTIVE, name: str = "web") -> str:
    with host.connect() as connection:
        return connection.lookupByName(name).XMLDesc(flags)


def in_guest(host: LabHost, script: str, name: str = "web") -> str:
    """What a shell in the guest prints; by its agent, so it blocks."""
    started = host.agent(name, "guest-exec", path="/bin/sh", arg=["-c", script], **{"capture-output": True})
    told: dict[str, object] = {}

    def has_ended() -> bool:
        told.update(host.agent(name, "guest-exec-status", pid=started["pid"]))
        return bool(told["exited"])

    until(has_ended)
    assert told.get("exitcode") == 0, told
    return base64.b64decode(str(told.get("out-data", ""))).decode().strip()


def until(is_so: Callable[[], bool]) -> None:
    """Ask again and again; blocks."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.1)
