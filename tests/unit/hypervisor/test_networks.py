"""Virtual networks of the test driver."""

import libvirt

from vmgui.hypervisor import networks


def test_networks(conn: libvirt.virConnect) -> None:
    (network,) = networks.list_networks(conn)
    assert (network.name, network.active, network.forward, network.bridge) == (
        "default",
        True,
        "nat",
        "virbr0",
    )


def test_a_stopped_network_starts(conn: libvirt.virConnect) -> None:
    conn.networkLookupByName("default").destroy()
    assert not networks.list_networks(conn)[0].active
    networks.start_network(conn, "default")
    assert networks.list_networks(conn)[0].active


def test_bridges(conn: libvirt.virConnect) -> None:
    assert networks.list_bridges(conn) == ()
    conn.interfaceDefineXML(
        "<interface type='bridge' name='br7'><bridge><interface type='ethernet' name='e1'/></bridge></interface>"
    ).create()
    assert networks.list_bridges(conn) == ("br7",)
