"""The inventory keeps up with real hosts, whoever changes them."""

from __future__ import annotations

from tests.helpers.changesets import apply
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import domain_xml, tiny_spec
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.domain import DomainKey, DomainState
from vmgui.services.inventory import Snapshot


def in_truth(host: LabHost) -> dict[str, tuple[str, bool]]:
    with host.connect() as other:
        return {
            machine.UUIDString(): (machine.name(), bool(machine.isActive()))
            for machine in other.listAllDomains()
        }


def as_seen(world: World) -> dict[str, tuple[str, bool]]:
    return {row.key.uuid: (row.name, row.state.is_active) for row in world.inventory.domains_of("h1")}


@every_generation
async def test_it_follows_everything_others_do(world: World, lab_host: LabHost) -> None:
    followed = Snapshot()

    def follow(change: object) -> None:
        nonlocal followed
        followed = apply(change, followed)  # type: ignore[arg-type]

    world.inventory.changes.subscribe(follow)
    lab_host.define_tiny("before", start=True)
    world.add(lab_host.unix_uri)
    await world.connected()
    assert as_seen(world) == in_truth(lab_host)
    for number in range(20):
        lab_host.define_tiny(f"vm{number}", memory_mib=96)
    with lab_host.connect() as other:
        for number in range(0, 20, 2):
            other.lookupByName(f"vm{number}").undefine()
        other.lookupByName("vm1").rename("renamed")
        other.lookupByName("vm3").setAutostart(1)
        transient = other.createXML(domain_xml(tiny_spec("transient", memory_mib=96)))
        other.lookupByName("vm5").create()
        other.lookupByName("vm5").suspend()
        await eventually(lambda: as_seen(world) == in_truth(lab_host))
        await eventually(lambda: world.find("vm5").state is DomainState.PAUSED)
        assert not world.find("transient").persistent
        transient.destroy()
        del transient
        other.lookupByName("before").destroy()
    await eventually(lambda: as_seen(world) == in_truth(lab_host))
    # Those who only heard the changes know the same.
    assert followed == Snapshot(dict(world.inventory.hosts), dict(world.inventory.domains))


async def test_the_same_machine_id_on_two_hosts_is_two_machines(
    world: World, host_a: LabHost, host_b: LabHost
) -> None:
    uuid = "11111111-2222-3333-4444-555555555555"
    host_a.define_tiny("twin", uuid=uuid)
    host_b.define_tiny("twin", uuid=uuid)
    world.add(host_a.unix_uri, "a")
    world.add(host_b.tcp_uri, "b")
    await world.connected("a")
    await world.connected("b")
    with host_a.connect() as other:
        other.lookupByName("twin").undefine()
    await eventually(lambda: DomainKey("a", uuid) not in world.inventory.domains)
    assert DomainKey("b", uuid) in world.inventory.domains
