"""The calls only creation makes, on libvirt's test driver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from vmgui.hypervisor import creation
from vmgui.hypervisor.storage import create_volume
from vmgui.model.creation import NewVolume
from vmgui.model.errors import InvalidConfig

NODE = """<node><domain type='test'><name>one</name><uuid>11111111-2222-3333-4444-555555555555</uuid>
<memory>8192</memory><os><type>hvm</type></os></domain>
<network><name>net</name><bridge name='virbr7'/><ip address='10.9.9.1' netmask='255.255.255.0'/></network>
<pool type='dir'><name>files</name><target><path>/files</path></target></pool></node>"""


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[libvirt.virConnect]:
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    opened = libvirt.open(f"test://{path}")
    yield opened
    opened.close()


def test_means(conn: libvirt.virConnect) -> None:
    means = creation.read_means(conn, "h")
    assert [domain.name for domain in means.domains] == ["one"]
    assert [pool.name for pool in means.pools] == ["files"]
    assert [network.name for network in means.networks] == ["net"]
    assert means.usage.memory_total_kib > 0


def test_volumes_by_name(conn: libvirt.virConnect) -> None:
    create_volume(conn, NewVolume("files", "a.qcow2", 1024**2))
    creation.delete_volume_of(conn, "files", "a.qcow2")
    creation.delete_volume_of(conn, "files", "a.qcow2")
    creation.delete_volume_of(conn, "no such pool", "a.qcow2")
    assert conn.storagePoolLookupByName("files").listVolumes() == []


def test_a_first_pool_comes_and_goes(conn: libvirt.virConnect) -> None:
    creation.make_directory_pool(conn, "new <pool>", "/some/where")
    pool = conn.storagePoolLookupByName("new <pool>")
    assert pool.isActive()
    assert pool.autostart()
    creation.forget_pool(conn, "new <pool>")
    creation.forget_pool(conn, "new <pool>")
    assert [found.name() for found in conn.listAllStoragePools()] == ["files"]
    with pytest.raises(InvalidConfig):
        creation.make_directory_pool(conn, "\x00", "/x")


def test_a_network_is_stopped(conn: libvirt.virConnect) -> None:
    creation.stop_network(conn, "net")
    creation.stop_network(conn, "net")
    creation.stop_network(conn, "no such network")
    assert not conn.networkLookupByName("net").isActive()


def test_a_machine_is_removed_running_or_not(conn: libvirt.virConnect) -> None:
    uuid = "11111111-2222-3333-4444-555555555555"
    assert conn.lookupByUUIDString(uuid).isActive()
    creation.remove_machine(conn, uuid)
    creation.remove_machine(conn, uuid)
    assert conn.listAllDomains() == []
    assert creation.ask(conn) > 0
