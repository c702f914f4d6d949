"""Other hosts' needs, on test hypervisors with pools of one file server; what the lab cannot have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.world import World
from vmgui.model.deletion import DoomedFile, KeepReason
from vmgui.model.errors import TimedOut
from vmgui.model.host import Host
from vmgui.services.deletion import DeletionService, other_hosts

NODE = """<node><cpu><mhz>1000</mhz><model>x</model><active>2</active><nodes>1</nodes><sockets>1</sockets>
  <cores>2</cores><threads>1</threads></cpu><memory>1000000</memory>
  <domain type='test'><name>{name}</name>{uuid}<memory>1024</memory><os><type>hvm</type></os>
    <devices><disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{at}/one'/>
      <target dev='vda'/></disk></devices></domain>
  <pool type='{kind}'><name>files</name>
    <source><host name='nas'/><dir path='/export'/><format type='auto'/></source><target><path>{at}</path></target>
    <volume type='file'><name>one</name><capacity>1048576</capacity></volume></pool>
</node>"""
NOWHERE = "qemu+tcp://127.0.0.1:1/system"
Fleet = Callable[..., str]


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """The URI of a hypervisor with one machine on a file of its only pool."""

    def make(name: str, at: str, kind: str = "netfs", uuid: str = "") -> str:
        path = tmp_path / f"{name}-{at.replace('/', '-')}.xml"
        spelled = f"<uuid>{uuid}</uuid>" if uuid else ""
        path.write_text(NODE.format(name=name, at=at, kind=kind, uuid=spelled))
        return f"test://{path}"

    return make


async def file_of(world: World, uri: str, other_uri: str) -> DoomedFile:
    """What the plan for the machine at `uri` says about its file."""
    world.add(uri, "h1")
    world.add(other_uri, "h2")
    await world.connected("h1")
    await world.connected("h2")
    service = DeletionService(world.hosts, world.inventory, world.jobs)
    plan = await service.plan(await world.seen("ours"))
    (file,) = plan.files
    return file


async def test_one_file_server_mounted_at_two_places(world: World, fleet: Fleet) -> None:
    file = await file_of(world, fleet("ours", "/mnt/a"), fleet("theirs", "/mnt/b"))
    assert (file.reason, file.used_by) == (KeepReason.SHARED, ("theirs (host h2)",))


async def test_a_host_reached_in_two_ways_does_not_stand_against_itself(world: World, fleet: Fleet) -> None:
    uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"
    file = await file_of(world, fleet("ours", "/mnt/a", uuid=uuid), fleet("ours", "/mnt/a", uuid=uuid))
    assert file.reason is KeepReason.NONE


async def test_computers_of_one_name_are_two(
    world: World, fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"
    real = world.inventory.set_host

    def set_host(host: Host) -> None:
        info = host.info and replace(host.info, hostname="localhost", uuid=f"of {host.id}")
        real(replace(host, info=info))

    monkeypatch.setattr(world.inventory, "set_host", set_host)
    file = await file_of(world, fleet("ours", "/mnt/a", uuid=uuid), fleet("ours", "/mnt/b", uuid=uuid))
    assert (file.reason, file.used_by) == (KeepReason.SHARED, ("ours (host h2)",))


async def test_what_it_has_is_kept_if_it_cannot_say_who_needs_it(
    world: World, fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_args: object) -> object:
        raise TimedOut("no answer")

    monkeypatch.setattr(other_hosts, "find_evidence", fail)
    file = await file_of(world, fleet("ours", "/mnt/a"), fleet("theirs", "/mnt/b"))
    assert (file.reason, file.used_by) == (KeepReason.UNKNOWN, ("host h2",))


@pytest.mark.parametrize(("kind", "told"), [("netfs", ("host h2",)), ("dir", ())])
async def test_a_host_that_cannot_be_asked_is_named_where_it_matters(
    world: World, fleet: Fleet, kind: str, told: tuple[str, ...]
) -> None:
    world.add(fleet("ours", "/mnt/a", kind), "h1")
    world.add(NOWHERE, "h2")
    await world.connected("h1")
    service = DeletionService(world.hosts, world.inventory, world.jobs)
    plan = await service.plan(await world.seen("ours"))
    assert [file.reason for file in plan.files] == [KeepReason.NONE]
    assert plan.hosts_not_asked == told
