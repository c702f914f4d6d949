"""A change changes what it is for, and nothing else in any document of the corpus: compared by C14N with comments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.helpers.declared import CORPUS, any_device, any_value, canonical
from vmgui.libvirtxml.devices.every import KINDS
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.edit import (
    add_device,
    change_device,
    change_values,
    device_xml,
    read_devices,
    read_values,
    remove_device,
    write_device,
)
from vmgui.libvirtxml.fields import Field, Flag, Value
from vmgui.libvirtxml.kind import Group, Kind
from vmgui.model.device import DevicePlace, FoundDevice, UnknownDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_machine import WatchdogDevice
from vmgui.model.errors import InvalidConfig, InvalidState, NotFound

documents = pytest.mark.parametrize("xml", CORPUS.values(), ids=CORPUS)
KNOWN = [
    (xml, found)
    for xml in CORPUS.values()
    for found in read_devices(xml)
    if not isinstance(found.device, UnknownDevice)
]


def node_at(root: etree._Element, place: DevicePlace) -> etree._Element:
    return root.findall(f"devices/{place.tag}")[place.index]


def without(xml: str, place: DevicePlace) -> bytes:
    """The document with nothing but an empty element where the device is."""
    root = etree.fromstring(xml.encode())
    node = node_at(root, place)
    tail = node.tail
    node.clear()
    node.tail = tail
    return canonical(root)


def bare(xml: str) -> bytes:
    """Without the white space between elements, which shows nowhere."""
    root = etree.fromstring(xml.encode())
    for node in root.iter():
        node.text = node.text if (node.text or "").strip() else None
        node.tail = node.tail if (node.tail or "").strip() else None
    return canonical(root)


@documents
def test_a_document_is_read_and_nothing_of_it_is_lost(xml: str) -> None:
    devices = read_devices(xml)
    assert parse_domain(xml).xml == xml
    for found in devices:
        if not isinstance(found.device, UnknownDevice):
            assert change_device(xml, found.place, found.device, found.device) is xml
    values = read_values(xml)
    assert change_values(xml, values, values) is xml


@settings(max_examples=250)
@given(data=st.data())
def test_a_changed_device_is_as_wanted_and_all_else_as_it_was(data: st.DataObject) -> None:
    xml, found = data.draw(st.sampled_from(KNOWN))
    kind = KINDS[found.place.tag]
    wanted = data.draw(any_device(kind))
    after = change_device(xml, found.place, found.device, wanted)
    assert read_devices(after) == tuple(
        FoundDevice(found.place, wanted) if other.place == found.place else other
        for other in read_devices(xml)
    )
    assert without(after, found.place) == without(xml, found.place)
    assert unknown_in(kind, after, found.place) >= unknown_in(kind, xml, found.place)


def unknown_in(kind: Kind[Any], xml: str, place: DevicePlace) -> set[str]:
    """What stands directly in the device that the declaration knows nothing of."""
    node = node_at(etree.fromstring(xml.encode()), place)
    known = [
        one
        for field in kind.fields
        for one in (field.kind.fields if isinstance(field, Group) and not field.steps else [field])
    ]
    names = {one.steps[0] for one in known if one.steps}
    attributes = {one.attribute for one in known if isinstance(one, Value) and not one.steps}
    children = {etree.tostring(child, with_tail=False).decode() for child in node if child.tag not in names}
    return children | {f"{name}={value}" for name, value in node.items() if name not in attributes}


def has_empty_holder(node: etree._Element, one: Field) -> bool:
    """An element that says nothing stands on the way: it would go with the last value in it."""
    found = [node.find("/".join(one.steps[:depth])) for depth in range(1, len(one.steps) + 1)]
    return any(holder is not None and not len(holder) and not holder.attrib for holder in found)


@settings(max_examples=250)
@given(data=st.data())
def test_a_value_that_was_added_leaves_no_trace_when_it_is_taken_back(data: st.DataObject) -> None:
    xml, found = data.draw(st.sampled_from(KNOWN))
    kind, device = KINDS[found.place.tag], found.device
    absent = [one for one in kind.fields if getattr(device, one.name) == one.absent]
    assume(absent)
    one = data.draw(st.sampled_from(absent))
    node = node_at(etree.fromstring(xml.encode()), found.place)
    assume(not has_empty_holder(node, one))
    changed = replace(device, **{one.name: data.draw(any_value(one))})  # type: ignore[type-var]
    after = change_device(xml, found.place, device, changed)
    read = next(other.device for other in read_devices(after) if other.place == found.place)
    back = change_device(after, found.place, read, device)
    assert canonical(back) == canonical(xml)


def leaves() -> list[tuple[str, FoundDevice, Value]]:
    """Every value in the corpus that stands there as this program would write it."""
    found: list[tuple[str, FoundDevice, Value]] = []
    for xml, device in KNOWN:
        node = node_at(etree.fromstring(xml.encode()), device.place)
        for one in KINDS[device.place.tag].fields:
            value = getattr(device.device, one.name)
            if type(one) is Value and value != one.absent:
                holder = node.find("/".join(one.steps)) if one.steps else node
                assert holder is not None
                raw = holder.get(one.attribute) if one.attribute else holder.text
                if raw == one.write(value):
                    found.append((xml, device, one))
    return found


@settings(max_examples=250)
@given(data=st.data())
def test_a_value_that_was_changed_and_changed_back_leaves_no_trace(data: st.DataObject) -> None:
    xml, found, one = data.draw(st.sampled_from(LEAVES))
    other = data.draw(any_value(one).filter(lambda value: value != one.absent))
    changed = replace(found.device, **{one.name: other})  # type: ignore[type-var]
    after = change_device(xml, found.place, found.device, changed)
    assert canonical(change_device(after, found.place, changed, found.device)) == canonical(xml)


LEAVES = leaves()


@documents
@settings(max_examples=10)
@given(data=st.data())
def test_a_device_that_was_added_and_removed_leaves_no_trace(xml: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    device = data.draw(any_device(kind))
    after = add_device(xml, device)
    ours = [found for found in read_devices(after) if found.place.tag == kind.tag][-1]
    assert ours.device == device
    back = etree.fromstring(remove_device(after, ours.place, device).encode())
    devices, before = back.find("devices"), etree.fromstring(xml.encode()).find("devices")
    if before is None and devices is not None:
        back.remove(devices)
        assert bare(etree.tostring(back.getroottree(), encoding="unicode")) == bare(xml)
    else:
        assert canonical(back) == canonical(xml)


@documents
def test_a_removed_device_is_gone_and_all_else_is_there(xml: str) -> None:
    for found in read_devices(xml):
        root = etree.fromstring(xml.encode())
        node = node_at(root, found.place)
        before, tail = node.getprevious(), node.tail or ""
        if tail.strip() and before is not None:
            before.tail = (before.tail or "") + tail
        node.tail = None
        node.getparent().remove(node)
        wanted = bare(etree.tostring(root.getroottree(), encoding="unicode")).split()
        assert bare(remove_device(xml, found.place, found.device)).split() == wanted


@documents
@settings(max_examples=10)
@given(data=st.data())
def test_the_machines_own_values_change_and_nothing_else(xml: str, data: st.DataObject) -> None:
    values = read_values(xml)
    one = data.draw(st.sampled_from(DOMAIN.fields))
    assume(not isinstance(one, Flag))
    wanted = replace(values, **{one.name: data.draw(any_value(one))})
    after = change_values(xml, values, wanted)
    read = read_values(after)
    assert getattr(read, one.name) == getattr(wanted, one.name)
    assert untouched(after, one) == untouched(xml, one)


def untouched(xml: str, one: Field) -> list[bytes]:
    """Every child of the domain, without layout, but for that in which the value stands."""
    root = etree.fromstring(bare(xml))
    if not one.steps:
        return [etree.tostring(child) for child in root]
    others = [etree.tostring(child) for child in root if child.tag != one.steps[0]]
    beside = root.iterfind("devices/*") if one.steps[0] == "devices" else ()
    return others + [etree.tostring(child) for child in beside if child.tag != "emulator"]


def test_comments_instructions_and_other_namespaces_stay() -> None:
    xml = CORPUS["odd-forms"]
    found = read_devices(xml)[0]
    assert isinstance(found.device, DiskDevice)
    after = change_device(xml, found.place, found.device, replace(found.device, cache="none", target="vdz"))
    for kept in (
        *("<!-- before -->", "<!-- after -->", "<!-- in a disk -->", "<?keep this?>", '<?xml-stylesheet href="a.css"?>'),
        *('v:note="a&#10;b"', "<v:more><v:x/></v:more>", "<unknown to=\"us\">text</unknown>", 'new="&lt;"'),
        *("<!-- a comment in a text -->", "text of nobody", "<qemu:deprecation", 'v:mine="1"'),
    ):  # fmt: skip
        assert kept in after
    assert '<driver cache="none"/>' in after
    assert "vdz" in after


def test_the_layout_is_that_of_the_neighbours() -> None:
    xml = "<domain>\n  <devices>\n    <emulator>/q</emulator>\n    <input type='tablet'/>\n  </devices>\n</domain>"
    after = add_device(xml, DiskDevice(source_kind="file", source=DiskSource(file="/a"), target="vda"))
    assert after == (
        "<domain>\n  <devices>\n    <emulator>/q</emulator>\n"
        '    <disk type="file">\n      <source file="/a"/>\n      <target dev="vda"/>\n    </disk>\n'
        '    <input type="tablet"/>\n  </devices>\n</domain>\n'
    )


def test_a_size_keeps_the_unit_a_person_chose_where_it_fits() -> None:
    values = read_values(CORPUS["sev-rom-uefi"])
    assert values.memory_max_kib == 1024**2
    double = change_values(CORPUS["sev-rom-uefi"], values, replace(values, memory_max_kib=2 * 1024**2))
    assert '<memory unit="GiB">2</memory>' in double
    odd = change_values(CORPUS["sev-rom-uefi"], values, replace(values, memory_max_kib=1024**2 + 1))
    assert '<memory unit="KiB">1048577</memory>' in odd


def test_who_was_slower_is_told() -> None:
    xml = CORPUS["every-device"]
    place = DevicePlace("watchdog", 0)
    before = WatchdogDevice(model="i6300esb", action="poweroff")
    after = change_device(xml, place, before, replace(before, action="reset"))
    with pytest.raises(InvalidState):
        change_device(after, place, before, replace(before, action="pause"))
    with pytest.raises(InvalidState):
        remove_device(after, place, before)
    with pytest.raises(NotFound):
        change_device(xml, DevicePlace("watchdog", 1), before, before)
    values = read_values(xml)
    other = change_values(xml, values, replace(values, title="New"))
    with pytest.raises(InvalidState):
        change_values(other, values, replace(values, title="Newer"))


def test_a_kind_that_nobody_knows_is_seen_kept_and_removed() -> None:
    xml = CORPUS["newest-devices"]
    unknown = [found for found in read_devices(xml) if isinstance(found.device, UnknownDevice)]
    assert [found.place for found in unknown] == [DevicePlace("holodeck", 0), DevicePlace("holodeck", 1)]
    after = remove_device(xml, unknown[0].place, unknown[0].device)
    assert [found for found in read_devices(after) if isinstance(found.device, UnknownDevice)] == [
        FoundDevice(DevicePlace("holodeck", 0), unknown[1].device)
    ]
    assert 'deck="4"' in device_xml(after, DevicePlace("holodeck", 0))


def test_of_a_kind_that_nobody_knows_the_one_that_was_seen_is_removed() -> None:
    xml = CORPUS["newest-devices"]
    place = DevicePlace("holodeck", 0)
    seen = next(found.device for found in read_devices(xml) if found.place == place)
    for other in (xml.replace("deck='3'", "deck='5'"), xml.replace(">off<", ">on<")):
        with pytest.raises(InvalidState):
            remove_device(other, place, seen)
    assert remove_device(xml.replace("deck='3'", 'deck="3" '), place, seen) == remove_device(xml, place, seen)


def test_what_xml_cannot_carry_is_refused() -> None:
    with pytest.raises(InvalidConfig):
        write_device(DiskDevice(serial="a\x00b"))
    with pytest.raises(InvalidConfig):
        add_device("<domain/>", DiskDevice(target="\ud800"))
    with pytest.raises(InvalidConfig):
        read_devices("<network/>")


def test_a_device_alone_is_what_a_running_machine_takes() -> None:
    assert device_xml(CORPUS["every-device"], DevicePlace("hub", 0)).startswith("<hub ")
    assert (
        write_device(WatchdogDevice(model="itco", action="reset"))
        == '<watchdog model="itco" action="reset"/>'
    )
