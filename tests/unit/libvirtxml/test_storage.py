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
      <target><path>/images/top.qcow2</path><format type='qcow2'/>
        <timestamps><atime>7.5</atime><mtime>1341933637.273190990</mtime></timestamps></target>
      <backingStore><path>/images/base.qcow2</path><format type='qcow2'/></backingStore>
    </volume>"""
    assert parse_volume(xml, "default") == Volume(
        "default",
        "top.qcow2",
        "/images/top.qcow2",
        "qcow2",
        21474836480,
        200704,
        "/images/base.qcow2",
        "/images/top.qcow2",
        1341933637.27319099,
    )


@pytest.mark.parametrize("time", ["", "yesterday", "-5", "1e400", "1.-3", "9" * 400])
def test_a_time_that_is_none_is_not_told(time: str) -> None:
    xml = f"<volume><target><timestamps><mtime>{time}</mtime></timestamps></target></volume>"
    assert parse_volume(xml, "default").modified_unix_s == 0.0


def test_pools_of_one_network_storage_are_told_alike() -> None:
    nfs = (
        "<pool type='netfs'><source>{hosts}<dir path='{dir}'/><format type='nfs'/></source>"
        "<target><path>{at}</path></target></pool>"
    )
    one = parse_pool(nfs.format(hosts="<host name='NAS'/>", dir="/export/", at="/mnt/a")).source
    other = parse_pool(nfs.format(hosts="<host name='nas'/>", dir="/export", at="/mnt/b")).source
    assert one == other != ""
    assert parse_pool(nfs.format(hosts="<host name='nas2'/>", dir="/export", at="/mnt/a")).source != one
    assert parse_pool(nfs.format(hosts="<host name='nas'/>", dir="/other", at="/mnt/a")).source != one
    ceph = "<pool type='rbd'><source>{hosts}<name>vms</name></source></pool>"
    monitors = ("<host name='m1' port='6789'/>", "<host name='m2'/>")
    assert (
        parse_pool(ceph.format(hosts="".join(monitors))).source
        == parse_pool(ceph.format(hosts="".join(reversed(monitors)))).source
    )
    local = "<pool type='dir'><source><dir path='/x'/></source><target><path>/x</path></target></pool>"
    assert parse_pool(local).source == ""


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
