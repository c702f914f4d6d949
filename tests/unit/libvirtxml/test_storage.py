"""Pools and volumes, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.libvirtxml.safe import parse
from vmgui.libvirtxml.storage import build_volume, parse_pool, parse_volume
from vmgui.model.errors import InvalidConfig
from vmgui.model.storage import Volume


def test_a_pool() -> None:
    found = parse_pool("<pool type='dir'><name>default</name><target><path>/images</path></target></pool>")
    assert (found.kind, found.target_path) == ("dir", "/images")


def test_a_volume() -> None:
    xml = """
    <volume type='file'><name>top.qcow2</name><key>/images/top.qcow2</key>
      <capacity unit='bytes'>21474836480</capacity><allocation unit='bytes'>200704</allocation>
      <target><path>/images/top.qcow2</path><format type='qcow2'/></target>
      <backingStore><path>/images/base.qcow2</path><format type='qcow2'/></backingStore>
    </volume>"""
    assert parse_volume(xml, "default") == Volume(
        "default", "top.qcow2", "/images/top.qcow2", "qcow2", 21474836480, 200704, "/images/base.qcow2"
    )


@pytest.mark.parametrize("xml", ["<pool/>", "<domain/>", "", "<volume>"])
def test_another_document_is_no_volume(xml: str) -> None:
    with pytest.raises(InvalidConfig):
        parse_volume(xml, "p")


@given(st.text(), st.integers(0, 2**63), st.text())
def test_a_built_volume_reads_back(name: str, capacity: int, backing: str) -> None:
    try:
        xml = build_volume(name, capacity, "qcow2", backing_path=backing, backing_format="raw")
    except InvalidConfig:
        # Only for characters XML has no way to write.
        assert any(
            ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0xFFFE, 0xFFFF) for c in name + backing
        )
        return
    root = parse(xml)
    found = parse_volume(xml, "p")
    assert found.name == name.strip()
    assert found.capacity_bytes == (capacity if len(str(capacity)) <= 20 else 0)
    assert found.backing_path == backing.strip()
    assert len(root) == (5 if backing else 4)
