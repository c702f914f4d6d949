"""The calls only creation makes, on libvirt's test driver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from vmgui.hypervisor import creation
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


def test_a_first_pool_is_made_under_our_uuid(conn: libvirt.virConnect) -> None:
    uuid = "22222222-2222-3333-4444-555555555555"
    assert creation.make_directory_pool(conn, "new <pool>", "/some/where", uuid) == ()
    pool = conn.storagePoolLookupByUUIDString(uuid)
    assert (pool.name(), pool.isActive(), pool.autostart()) == ("new <pool>", 1, 1)
    with pytest.raises(InvalidConfig):
        creation.make_directory_pool(conn, "\x00", "/x", uuid)
