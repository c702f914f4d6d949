"""What may be taken back and what must stay, on libvirt's test driver; networks and streams: tests/lab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import libvirt
import pytest

from vmgui.hypervisor.creation import make_directory_pool
from vmgui.hypervisor.networks import start_network
from vmgui.hypervisor.rollback import Asked, machines_that_need, take_back
from vmgui.hypervisor.storage import create_volume, start_pool
from vmgui.hypervisor.tags import change_tags
from vmgui.model.creation import NewVolume
from vmgui.model.errors import NotProvenOurs, StillUsed
from vmgui.model.rollback import Fate, Made, MadeKind
from vmgui.model.tags import TagsChange

MACHINE = "11111111-2222-3333-4444-555555555555"
OTHER = "99999999-2222-3333-4444-555555555555"
POOL = "33333333-2222-3333-4444-555555555555"
NETWORK = "44444444-2222-3333-4444-555555555555"
DOMAIN = """<domain type='test'><name>{name}</name><uuid>{uuid}</uuid><memory>8192</memory><os><type>hvm</type></os>
<devices>{devices}</devices></domain>"""
NODE = f"""<node>{DOMAIN.format(name="one", uuid=MACHINE, devices="")}
<network><name>net</name><uuid>{NETWORK}</uuid><bridge name='virbr7'/><ip address='10.9.9.1' netmask='255.255.255.0'/>
</network>
<pool type='dir'><name>files</name><uuid>{POOL}</uuid><target><path>/files</path></target></pool></node>"""
ASKED = Asked(MACHINE)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[libvirt.virConnect]:
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    opened = libvirt.open(f"test://{path}")
    yield opened
    opened.close()


def define(conn: libvirt.virConnect, devices: str, *, start: bool = False) -> libvirt.virDomain:
    domain = conn.defineXML(DOMAIN.format(name="other", uuid=OTHER, devices=devices))
    if start:
        domain.create()
    return domain


def new_volume(conn: libvirt.virConnect, name: str = "a.qcow2", size: int = 1024**2) -> Made:
    volume = create_volume(conn, NewVolume("files", name, size))
    return Made(
        MadeKind.VOLUME,
        name,
        POOL,
        is_proven=True,
        key=volume.key,
        format=volume.format,
        capacity_bytes=volume.capacity_bytes,
    )


def volumes(conn: libvirt.virConnect) -> list[str]:
    return [volume.name() for volume in conn.storagePoolLookupByName("files").listAllVolumes()]


# Volumes -----------------------------------------------------------------------------------------------------


def test_a_volume_we_were_given_goes(conn: libvirt.virConnect) -> None:
    made = new_volume(conn)
    assert take_back(conn, made, replace(ASKED, only_look=True)) is Fate.REMOVED
    assert volumes(conn) == ["a.qcow2"]
    assert take_back(conn, made, ASKED) is Fate.REMOVED
    assert volumes(conn) == []
    assert take_back(conn, made, ASKED) is Fate.GONE
    assert take_back(conn, replace(made, uuid=OTHER), ASKED) is Fate.GONE


@pytest.mark.parametrize(
    "changes",
    [{"is_proven": False}, {"key": "/else"}, {"format": "raw"}, {"capacity_bytes": 5}],
    ids=["the answer was lost", "another key", "another format", "another size"],
)
def test_a_volume_of_that_name_that_is_not_proven_ours_stays(
    conn: libvirt.virConnect, changes: dict[str, object]
) -> None:
    made = replace(new_volume(conn), **changes)  # type: ignore[arg-type]
    with pytest.raises(NotProvenOurs):
        take_back(conn, made, ASKED)
    assert volumes(conn) == ["a.qcow2"]


@pytest.mark.parametrize(
    "devices",
    [
        "<disk type='file' device='disk'><source file='/files/a.qcow2'/><target dev='vda'/></disk>",
        "<disk type='volume' device='disk'><source pool='files' volume='a.qcow2'/><target dev='vda'/></disk>",
        "<disk type='file' device='cdrom'><source file='/files/a.qcow2'/><target dev='hdc'/><readonly/></disk>",
    ],
    ids=["disk", "volume", "CD"],
)
@pytest.mark.parametrize("start", [False, True])
def test_a_volume_another_machine_has_come_to_use_stays(
    conn: libvirt.virConnect, devices: str, start: bool
) -> None:
    made = new_volume(conn)
    define(conn, devices, start=start)
    with pytest.raises(StillUsed, match="other"):
        take_back(conn, made, ASKED)
    assert volumes(conn) == ["a.qcow2"]
    # The machine that it was made for counts for nothing.
    assert take_back(conn, made, Asked(OTHER)) is Fate.REMOVED


def test_a_volume_that_others_are_based_on_stays(conn: libvirt.virConnect) -> None:
    made = new_volume(conn)
    pool = conn.storagePoolLookupByName("files")
    pool.createXML(
        "<volume><name>top.qcow2</name><capacity>1048576</capacity><target><format type='qcow2'/></target>"
        "<backingStore><path>/files/a.qcow2</path><format type='qcow2'/></backingStore></volume>"
    )
    with pytest.raises(StillUsed, match=r"top\.qcow2"):
        take_back(conn, made, ASKED)
    assert set(volumes(conn)) == {"a.qcow2", "top.qcow2"}


# Machines ----------------------------------------------------------------------------------------------------


def test_a_machine_goes_by_its_uuid_running_or_not(conn: libvirt.virConnect) -> None:
    made = Made(MadeKind.MACHINE, "one", MACHINE, is_proven=True)
    assert conn.lookupByUUIDString(MACHINE).isActive()
    assert take_back(conn, made, ASKED) is Fate.REMOVED
    assert take_back(conn, made, ASKED) is Fate.GONE
    assert conn.listAllDomains() == []


def test_a_machine_of_a_uuid_that_others_could_choose_stays(conn: libvirt.virConnect) -> None:
    with pytest.raises(NotProvenOurs):
        take_back(conn, Made(MadeKind.MACHINE, "one", MACHINE), ASKED)
    assert conn.lookupByUUIDString(MACHINE).isActive()


def test_later_a_machine_that_was_started_or_renamed_stays(conn: libvirt.virConnect) -> None:
    made = Made(MadeKind.MACHINE, "one", MACHINE, is_proven=True)
    late = replace(ASKED, is_late=True)
    domain = conn.lookupByUUIDString(MACHINE)
    with pytest.raises(StillUsed, match="started"):
        take_back(conn, made, late)
    domain.destroy()
    with pytest.raises(StillUsed, match="one"):
        take_back(conn, replace(made, name="before"), late)
    assert take_back(conn, made, late) is Fate.REMOVED


# Pools and networks ------------------------------------------------------------------------------------------


def first_pool(conn: libvirt.virConnect) -> Made:
    make_directory_pool(conn, "first", "/first", OTHER)
    return Made(MadeKind.POOL_MADE, "first", OTHER, is_proven=True)


def test_a_pool_we_made_is_forgotten_while_it_is_empty(conn: libvirt.virConnect) -> None:
    made = first_pool(conn)
    assert take_back(conn, made, replace(ASKED, is_claimed=True)) is Fate.KEPT
    assert take_back(conn, made, replace(ASKED, is_late=True)) is Fate.KEPT
    create_volume(conn, NewVolume("first", "of another job", 1024))
    assert take_back(conn, made, ASKED) is Fate.KEPT
    # What was there when we made it is not held against it.
    assert take_back(conn, replace(made, others=("of another job",)), ASKED) is Fate.REMOVED
    assert take_back(conn, made, ASKED) is Fate.GONE
    assert [pool.name() for pool in conn.listAllStoragePools()] == ["files"]


def test_a_pool_of_the_same_name_by_another_stays(conn: libvirt.virConnect) -> None:
    assert take_back(conn, Made(MadeKind.POOL_MADE, "files", OTHER, is_proven=True), ASKED) is Fate.GONE
    assert conn.storagePoolLookupByName("files").isActive()


def test_a_pool_we_started_is_stopped_while_nobody_uses_it(conn: libvirt.virConnect) -> None:
    pool = conn.storagePoolLookupByName("files")
    assert start_pool(conn, POOL) == (False, ())
    pool.destroy()
    assert start_pool(conn, POOL) == (True, ())
    made = Made(MadeKind.POOL_STARTED, "files", POOL, is_proven=True)
    with pytest.raises(NotProvenOurs):
        take_back(conn, replace(made, is_proven=False), ASKED)
    assert take_back(conn, made, replace(ASKED, is_claimed=True)) is Fate.KEPT
    machine = define(
        conn, "<disk type='file'><source file='/files/x'/><target dev='vda'/></disk>", start=True
    )
    assert take_back(conn, made, ASKED) is Fate.KEPT
    machine.destroy()
    new_volume(conn, "b")
    assert take_back(conn, made, ASKED) is Fate.KEPT
    assert take_back(conn, replace(made, others=("b",)), ASKED) is Fate.REMOVED
    assert take_back(conn, made, ASKED) is Fate.GONE


@pytest.mark.parametrize(
    "plug",
    [
        "<interface type='network'><source network='net'/></interface>",
        "<interface type='bridge'><source bridge='virbr7'/></interface>",
    ],
)
def test_a_network_we_started_is_stopped_while_no_machine_runs_on_it(
    conn: libvirt.virConnect, plug: str
) -> None:
    network = conn.networkLookupByName("net")
    assert start_network(conn, "net") is False
    network.destroy()
    assert start_network(conn, "net") is True
    made = Made(MadeKind.NETWORK_STARTED, "net", NETWORK, is_proven=True)
    with pytest.raises(NotProvenOurs):
        take_back(conn, replace(made, is_proven=False), ASKED)
    machine = define(conn, plug, start=True)
    assert take_back(conn, made, ASKED) is Fate.KEPT
    machine.destroy()
    assert take_back(conn, made, replace(ASKED, is_claimed=True)) is Fate.KEPT
    assert take_back(conn, made, replace(ASKED, is_late=True)) is Fate.KEPT
    assert network.isActive()
    assert take_back(conn, made, ASKED) is Fate.REMOVED
    assert take_back(conn, made, ASKED) is Fate.GONE


def test_who_needs_a_file(conn: libvirt.virConnect) -> None:
    define(conn, "<disk type='file'><source file='/some &amp; where'/><target dev='vda'/></disk>")
    assert machines_that_need(conn, "/some & where", MACHINE) == ("other",)
    assert machines_that_need(conn, "/some & where", OTHER) == ()
    assert machines_that_need(conn, "/some", MACHINE) == ()


def test_a_machine_that_somebody_protected_meanwhile_stays(conn: libvirt.virConnect) -> None:
    domain = define(conn, "")
    made = Made(MadeKind.MACHINE, "other", OTHER, is_proven=True)
    late = Asked(OTHER, is_late=True)
    change_tags(conn, OTHER, TagsChange(is_protected=True))
    for asked in (late, replace(late, only_look=True)):
        with pytest.raises(StillUsed):
            take_back(conn, made, asked)
    assert domain.name() == "other"
    change_tags(conn, OTHER, TagsChange(is_protected=False))
    assert take_back(conn, made, late) is Fate.REMOVED
