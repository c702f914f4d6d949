"""What a host and its machine types can do: asked once for each connection."""

from __future__ import annotations

import libvirt
import pytest

from tests.helpers.world import World
from vmgui.model.errors import Unsupported
from vmgui.services import capabilities

ASKED = ("x86_64", "q35", "kvm")
XML = """<domainCapabilities><domain>kvm</domain><machine>pc-q35-7.2</machine><arch>x86_64</arch>
</domainCapabilities>"""


async def test_a_machine_type_is_asked_for_once_for_each_connection(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def answer(_conn: libvirt.virConnect, *choice: str) -> str:
        asked.append(choice)
        return XML

    monkeypatch.setattr(capabilities, "domain_capabilities_xml", answer)
    world.add("test:///default")
    await world.connected()
    watch = world.watches.machine_types
    for _ in range(3):
        found = await watch.fresh("h1", *ASKED)
        assert (found.xml, found.capabilities.machine) == (XML, "pc-q35-7.2")
    await watch.fresh("h1", "x86_64", "pc", "kvm")
    assert asked == [ASKED, ("x86_64", "pc", "kvm")]
    world.hosts.disconnect("h1")
    world.hosts.connect("h1")
    await world.connected()
    await watch.fresh("h1", *ASKED)
    assert len(asked) == 3


async def test_a_driver_that_cannot_tell_is_not_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    real = capabilities.domain_capabilities_xml

    def ask(conn: libvirt.virConnect, arch: str, machine: str, domain_type: str) -> str:
        asked.append((arch, machine, domain_type))
        return real(conn, arch, machine, domain_type)

    monkeypatch.setattr(capabilities, "domain_capabilities_xml", ask)
    world.add("test:///default")
    await world.connected()
    for _ in range(2):
        with pytest.raises(Unsupported):
            await world.watches.machine_types.fresh("h1", *ASKED)
    assert asked == [ASKED]


async def test_the_hosts_own_document(world: World) -> None:
    world.add("test:///default")
    await world.connected()
    assert "<capabilities>" in (await world.watches.capabilities.fresh("h1")).xml
