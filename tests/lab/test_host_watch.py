"""What is known of a real host is true by its events, of each generation, and read anew after its daemon was gone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.errors import VmguiError
from vmgui.model.event import EventKind
from vmgui.services import capabilities
from vmgui.services.background import in_thread

NETWORK = "<network><name>late</name><bridge name='virbr7'/></network>"
POOL = "<pool type='dir'><name>late</name><target><path>/var/lib/libvirt/late</path></target></pool>"
VOLUME = "<volume><name>{}</name><capacity>{}</capacity></volume>"
MACHINE_TYPE = ("x86_64", "q35", "qemu")


@pytest.fixture
async def world(event_loop: object) -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()


@every_generation
async def test_networks_and_their_bridges(world: World, lab_host: LabHost) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    watch = world.watches.networks
    assert EventKind.NETWORK in world.hosts.connection("h1").tells
    before = await watch.fresh("h1")
    at_s = watch.get("h1").at_s
    with lab_host.connect() as conn:
        network = conn.networkDefineXML(NETWORK)
        try:
            await eventually(lambda: not watch.get("h1").is_true)
            late = {one.name: one for one in await watch.fresh("h1")}["late"]
            assert (late.bridge, late.forward, late.active, late.persistent) == ("virbr7", "", False, True)
            assert late.uuid == network.UUIDString()
            network.create()
            await eventually(lambda: not watch.get("h1").is_true)
            assert {one.name: one.active for one in await watch.fresh("h1")}["late"]
            network.destroy()
        finally:
            network.undefine()
    await eventually(lambda: not watch.get("h1").is_true)
    assert await watch.fresh("h1") == before
    assert watch.get("h1").at_s == at_s, "the others were not read again"


@every_generation
async def test_pools_and_volumes(world: World, lab_host: LabHost) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    pools, volumes = world.watches.pools, world.watches.volumes
    before = await pools.fresh("h1")
    with lab_host.connect() as conn:
        pool = conn.storagePoolDefineXML(POOL)
        try:
            pool.build()
            pool.create()
            await eventually(lambda: not pools.get("h1").is_true)
            late = {one.name: one for one in await pools.fresh("h1")}["late"]
            assert late.active
            assert late.capacity_bytes > 0
            pool.createXML(VOLUME.format("one", 1 << 20))
            assert [(one.name, one.capacity_bytes) for one in await volumes.of("h1", "late")] == [
                ("one", 1 << 20)
            ]
            # Of neither of these libvirt tells.
            pool.createXML(VOLUME.format("two", 1 << 20))
            assert {one.name for one in await volumes.of("h1", "late")} == {"one", "two"}
            pool.storageVolLookupByName("one").delete()
            assert {one.name for one in await volumes.of("h1", "late")} == {"two"}
            # A look for what is there tells of itself, and of the look before it nobody hears.
            seen: list[str] = []
            subscription = world.hosts.events.subscribe(
                lambda told: seen.extend(
                    f"{event.name} {event.detail}" for event in told.events if event.kind is EventKind.POOL
                )
            )
            contents = await volumes.refreshed("h1", "late")
            assert [one.name for one in contents.volumes] == ["two"]
            await eventually(lambda: "late refreshed" in seen)
            assert set(seen) == {"late refreshed"}
            subscription.cancel()
            pool.storageVolLookupByName("two").delete()
            pool.destroy()
            await eventually(lambda: not pools.get("h1").is_true)
            assert not {one.name: one for one in await pools.fresh("h1")}["late"].active
        finally:
            if pool.isActive():
                pool.destroy()
            pool.undefine()
    await eventually(lambda: not pools.get("h1").is_true)
    assert {one.name for one in await pools.fresh("h1")} == {one.name for one in before}


@every_generation
async def test_devices_and_what_a_machine_brings_along(world: World, lab_host: LabHost) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    watch = world.watches.node_devices
    devices = {device.name: device for device in await watch.fresh("h1")}
    assert devices["computer"].kind == "system"
    assert all(device.kind for device in devices.values())
    for device in devices.values():
        assert (device.address is not None) == (device.kind in ("pci", "usb_device")), device
        assert not device.parent or device.parent in devices, device
    assert any(device.kind == "net" and device.path == "lo" for device in devices.values())
    assert watch.get("h1").is_true


@every_generation
async def test_what_was_known_is_read_again_after_the_daemon_was_gone(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = capabilities.domain_capabilities_xml

    def ask(conn: object, *choice: str) -> str:
        asked.append(choice[1])
        return real(conn, *choice)  # type: ignore[arg-type]

    monkeypatch.setattr(capabilities, "domain_capabilities_xml", ask)
    world.add(lab_host.unix_uri)
    await world.connected()
    watches = world.watches
    for _ in range(3):
        found = await watches.machine_types.fresh("h1", *MACHINE_TYPE)
        assert found.capabilities.arch == "x86_64"
    assert asked == ["q35"]
    watches.networks.follow("test")
    await eventually(lambda: watches.networks.get("h1").is_true)
    before = world.hosts.connection("h1")
    await in_thread(lab_host.restart_daemon)

    async def is_another() -> bool:
        try:
            return world.hosts.connection("h1") is not before
        except VmguiError:
            return False

    await eventually(is_another)
    assert watches.machine_types.get("h1", *MACHINE_TYPE).value is None
    assert await watches.machine_types.fresh("h1", *MACHINE_TYPE) == found
    assert asked == ["q35", "q35"]
    await eventually(lambda: watches.networks.get("h1").is_true)
    watches.networks.unfollow("test")
