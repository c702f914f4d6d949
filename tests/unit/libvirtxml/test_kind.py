"""What a declaration does with odd XML: the order of what is new, lists, chains, doubles, what is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from vmgui.libvirtxml.devices.disk import DISK
from vmgui.libvirtxml.devices.graphics import GRAPHICS
from vmgui.libvirtxml.devices.interface import INTERFACE
from vmgui.libvirtxml.devices.memory import MEMORY
from vmgui.libvirtxml.devices.sound import SOUND
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.model.device_disk import BackingDisk, DiskDevice, DiskSource, StorageHost
from vmgui.model.device_display import Listen
from vmgui.model.domain_values import CpuPin


def changed(kind: object, xml: str, **values: object) -> str:
    node = etree.fromstring(xml)
    kind.change(node, replace(kind.read(node), **values))  # type: ignore[attr-defined]
    return etree.tostring(node, encoding="unicode")


def test_new_elements_stand_where_libvirt_writes_them_among_those_that_are_there() -> None:
    assert changed(DISK, "<disk><!-- a --><source/><x/><target/></disk>", format="raw", serial="1") == (
        '<disk><!-- a --><driver type="raw"/><source/><x/><target/><serial>1</serial></disk>'
    )


def test_the_last_value_takes_its_empty_elements_with_it_but_not_what_means_something() -> None:
    assert changed(DISK, "<disk><driver cache='none'/><target dev='vda'/></disk>", cache="") == (
        '<disk><target dev="vda"/></disk>'
    )
    assert changed(DISK, "<disk><driver cache='none'><x/></driver></disk>", cache="") == (
        "<disk><driver><x/></driver></disk>"
    )
    shared = "<disk><transient shareBacking='yes'/></disk>"
    assert changed(DISK, shared, transient_share_backing=None) == "<disk><transient/></disk>"
    assert changed(DISK, shared, transient_share_backing=None, transient=False) == "<disk/>"


def test_of_two_elements_that_may_be_there_once_the_first_counts_and_both_stay() -> None:
    xml = '<disk><driver cache="none"/><driver cache="unsafe"/></disk>'
    assert DISK.read(etree.fromstring(xml)).cache == "none"
    assert changed(DISK, xml, cache="writeback") == xml.replace("none", "writeback")
    assert changed(DISK, xml, cache="") == '<disk><driver/><driver cache="unsafe"/></disk>'
    assert changed(DISK, '<disk><source file="/a"/><source file="/b"/></disk>', source=None) == "<disk/>"


def test_what_cannot_be_read_is_left_until_it_is_changed() -> None:
    xml = '<interface><mtu size="many"/><mac address="a" check="perhaps"/></interface>'
    read = INTERFACE.read(etree.fromstring(xml))
    assert (read.mtu, read.mac_check) == (None, None)
    assert changed(INTERFACE, xml, model="virtio") == xml.replace(
        "</interface>", '<model type="virtio"/></interface>'
    )
    assert 'size="9000"' in changed(INTERFACE, xml, mtu=9000)


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (("b", "c"), "bc"),
        (("a", "c"), "ac"),
        (("a", "b"), "ab"),
        (("new", "a", "b", "c"), "abc"),
        (("a", "new", "b", "c"), "abc"),
        (("a", "b", "c", "new"), "abc"),
        ((), ""),
    ],
)
def test_of_a_list_only_what_differs_is_touched(after: tuple[str, ...], kept: str) -> None:
    xml = (
        "<disk><source>"
        + "".join(f"<host name='{name}'><own-{name}/></host>" for name in "abc")
        + "</source></disk>"
    )
    node = etree.fromstring(xml)
    disk = DISK.read(node)
    hosts = tuple(StorageHost(name=name) for name in after)
    assert disk.source is not None
    wanted = replace(disk, source=replace(disk.source, hosts=hosts))
    DISK.change(node, wanted)
    assert DISK.read(node) == wanted
    assert "".join(str(own.tag).removeprefix("own-") for own in node.iterfind("source/host/*")) == kept


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (("b", "d"), "bd"),
        (("d",), "d"),
        (("c", "a"), "ca"),
        (("d", "c", "b", "a"), "dcba"),
        (("a", "x", "c", "d"), "abcd"),
        (("x", "c", "y"), "cd"),
        (("b", "x", "y", "a"), "ba"),
    ],
)
def test_what_nobody_knows_of_an_item_stays_with_the_item(after: tuple[str, ...], kept: str) -> None:
    """What stands in the place of as many others is those, changed; else nobody knows what became what."""
    xml = (
        "<disk><source>"
        + "".join(f"<host name='{name}'><own-{name}/></host>" for name in "abcd")
        + "</source></disk>"
    )
    node = etree.fromstring(xml)
    disk = DISK.read(node)
    assert disk.source is not None
    hosts = tuple(StorageHost(name=name) for name in after)
    wanted = replace(disk, source=replace(disk.source, hosts=hosts))
    DISK.change(node, wanted)
    assert DISK.read(node) == wanted
    owned = [str(own.tag).removeprefix("own-") for own in node.iterfind("source/host/*")]
    assert "".join(owned) == kept


def pinned(*pins: CpuPin) -> list[tuple[str, str]]:
    """Four pins changed to these; which number then has the unknown element of which."""
    xml = (
        "<domain><cputune>"
        + "".join(
            f"\n  <vcpupin vcpu='{number}' cpuset='{number}'><own-{number}/></vcpupin>" for number in range(4)
        )
        + "\n</cputune></domain>"
    )
    node = etree.fromstring(xml)
    wanted = replace(DOMAIN.read(node), vcpu_pins=pins)
    DOMAIN.change(node, wanted)
    assert DOMAIN.read(node) == wanted
    return [
        (str(pin.get("vcpu")), str(own.tag).removeprefix("own-"))
        for pin in node.iterfind("cputune/vcpupin")
        for own in pin
    ]


def test_an_item_with_a_key_is_the_one_that_had_it() -> None:
    owns = pinned(CpuPin(number=1, cpus="7"), CpuPin(number=3, cpus="8"))
    assert owns == [("1", "1"), ("3", "3")]
    owns = pinned(CpuPin(number=3, cpus="0"), CpuPin(number=0, cpus="3"), CpuPin(number=9, cpus="9"))
    assert owns == [("3", "3"), ("0", "0")]
    # Another number is another pin, though it has the same place.
    owns = pinned(*(CpuPin(number=number, cpus=str(number)) for number in (0, 5, 2, 3)))
    assert owns == [("0", "0"), ("2", "2"), ("3", "3")]


def test_an_item_that_moves_takes_its_line_along() -> None:
    xml = "<domain>\n  <cputune>\n    <vcpupin vcpu='0' cpuset='0'/>\n    <vcpupin vcpu='1' cpuset='1'/>\n  </cputune>\n</domain>"
    node = etree.fromstring(xml)
    values = DOMAIN.read(node)
    DOMAIN.change(node, replace(values, vcpu_pins=values.vcpu_pins[::-1]))
    lines = xml.replace("'", '"').splitlines()
    lines[2], lines[3] = lines[3], lines[2]
    assert etree.tostring(node, encoding="unicode").splitlines() == lines


def test_single_values_in_a_list() -> None:
    xml = "<sound><codec type='micro'/><codec type='duplex'/></sound>"
    assert changed(SOUND, xml, codecs=("output",)) == '<sound><codec type="output"/></sound>'


def test_a_chain_grows_and_shrinks_at_its_end() -> None:
    disk = DiskDevice(
        backing=(
            BackingDisk(format="qcow2", source=DiskSource(file="/a")),
            BackingDisk(format="raw", source=DiskSource(file="/b")),
            BackingDisk(),
        )
    )
    node = DISK.write(disk)
    assert node.find("backingStore/backingStore/backingStore") is not None
    assert DISK.read(node) == disk
    DISK.change(node, replace(disk, backing=disk.backing[:1]))
    assert DISK.read(node).backing == disk.backing[:1]


def test_a_chain_without_end_is_read_as_far_as_libvirt_allows() -> None:
    node = etree.fromstring("<disk>" + "<backingStore>" * 250 + "</backingStore>" * 250 + "</disk>")
    assert len(DISK.read(node).backing) == 200


def test_a_size_is_read_in_any_unit() -> None:
    node = etree.fromstring("<memory><target><size unit='TiB'>1</size><block>2048</block></target></memory>")
    read = MEMORY.read(node)
    assert (read.size_kib, read.block_kib) == (1024**3, 2048)
    broken = etree.fromstring("<memory><target><size unit='parsecs'>1</size></target></memory>")
    assert MEMORY.read(broken).size_kib is None


def test_a_partial_reader_has_what_was_asked_for_and_no_more() -> None:
    read = GRAPHICS.partial("kind", "listens", "port")
    node = etree.fromstring("<graphics type='vnc'><listen type='none'/></graphics>")
    found = read(node)
    assert (found.kind, found.listens, found.port) == ("vnc", (Listen(kind="none"),), None)
    with pytest.raises(AttributeError):
        _ = found.keymap
    with pytest.raises(KeyError):
        GRAPHICS.partial("no-such-value")
