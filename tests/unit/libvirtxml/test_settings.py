"""Settings are read, and changed with nothing else: over every document of the corpus, compared by C14N."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.helpers.declared import CORPUS, canonical
from vmgui.libvirtxml.settings import change_settings, diff, read_settings
from vmgui.model.edit import CardFacts, DiskFacts, EditedMachine, Setting, SettingKey, Topology, Value
from vmgui.model.errors import InvalidConfig
from vmgui.policy.edit import plan
from vmgui.policy.settings import RULES, Owner, Unit

MAC = "52:54:00:aa:bb:01"
XML = f"""<domain type='kvm' id='3' xmlns:q='relative'>
  <name>web</name>
  <!-- ours -->
  <metadata><x:y xmlns:x='also-relative'/></metadata>
  <memory unit='GiB'>4</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static' current='2'>4</vcpu>
  <vcpus>
    <vcpu id='0' enabled='yes' hotpluggable='no'/>
  </vcpus>
  <cputune>
    <shares>200</shares>
    <period>20000</period>
    <quota>10000</quota>
    <vcpupin vcpu='0' cpuset='1'/>
  </cputune>
  <cpu><topology sockets='2' cores='2' threads='1'/></cpu>
  <devices>
    <emulator>/usr/bin/qemu</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/pool/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <iotune>
        <read_bytes_sec>1000</read_bytes_sec>
        <total_iops_sec>50</total_iops_sec>
        <read_bytes_sec_max>2000</read_bytes_sec_max>
        <size_iops_sec>4096</size_iops_sec>
        <group_name>g</group_name>
        <read_bytes_sec_max_length>7</read_bytes_sec_max_length>
      </iotune>
      <future/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
    <strange xmlns:z='relative'/>
    <interface type='network'>
      <mac address='{MAC.upper()}'/>
      <source network='default'/>
      <bandwidth>
        <inbound average='100' peak='200' burst='300' floor='50'/>
        <outbound average='0'/>
      </bandwidth>
      <model type='virtio'/>
    </interface>
    <channel type='unix'>
      <target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>
    </channel>
    <memballoon model='none'/>
  </devices>
</domain>
"""


def own(setting: Setting) -> SettingKey:
    return SettingKey(setting)


def vda(setting: Setting) -> SettingKey:
    return SettingKey(setting, "vda")


def card(setting: Setting) -> SettingKey:
    return SettingKey(setting, MAC)


def test_everything_is_read() -> None:
    read = read_settings(XML)
    said = {key: value for key, value in read.values.items() if value is not None}
    assert said == {
        own(Setting.VCPUS): 2,
        own(Setting.VCPUS_MAX): 4,
        own(Setting.MEMORY_KIB): 2 * 2**20,
        own(Setting.MEMORY_MAX_KIB): 4 * 2**20,
        own(Setting.CPU_WEIGHT): 200,
        own(Setting.CPU_LIMIT_PERCENT): 50,
        vda(Setting.READ_BYTES_PER_S): 1000,
        vda(Setting.READ_BYTES_PER_S_MAX): 2000,
        vda(Setting.TOTAL_IOPS): 50,
        card(Setting.IN_AVERAGE_KB_PER_S): 100,
        card(Setting.IN_PEAK_KB_PER_S): 200,
        card(Setting.IN_BURST_KIB): 300,
    }
    of_disk = sum(rules.owner is Owner.DISK for rules in RULES.values()) - 1
    assert len(read.values) == 6 + 2 * of_disk + 6
    assert read.disks == (
        DiskFacts("vda", "disk", "virtio", "/pool/web.qcow2", "qcow2", group="g"),
        DiskFacts("sda", "cdrom", "sata", "", "", is_read_only=True),
    )
    assert read.cards == (CardFacts(MAC, "network", "default", "virtio", has_floor=True),)
    assert (read.has_balloon, read.has_numa, read.has_agent) == (False, False, True)
    assert (read.period_us, read.topology) == (20_000, Topology(2, None, None, 2, 1))


def test_what_is_not_said_is_libvirts_default() -> None:
    read = read_settings("<domain><memory>2048</memory></domain>")
    assert dict(read.values) == {
        own(Setting.VCPUS): 1,
        own(Setting.VCPUS_MAX): 1,
        own(Setting.MEMORY_KIB): 2048,
        own(Setting.MEMORY_MAX_KIB): 2048,
        own(Setting.CPU_WEIGHT): None,
        own(Setting.CPU_LIMIT_PERCENT): None,
    }
    assert (read.has_balloon, read.has_agent, read.period_us, read.topology) == (True, False, 100_000, None)


@pytest.mark.parametrize("xml", ["<network/>", "<domain>", ""])
def test_what_is_no_machine_is_refused(xml: str) -> None:
    with pytest.raises(InvalidConfig):
        read_settings(xml)


@pytest.mark.parametrize("quota", ["-1", "0", "x"])
def test_no_quota_is_no_limit(quota: str) -> None:
    xml = f"<domain><cputune><quota>{quota}</quota></cputune></domain>"
    assert read_settings(xml).values[own(Setting.CPU_LIMIT_PERCENT)] is None


CHANGES: list[tuple[dict[SettingKey, Value], list[tuple[str, str]]]] = [
    ({own(Setting.MEMORY_KIB): 2**20}, [(">2097152<", ">1048576<")]),
    ({own(Setting.MEMORY_MAX_KIB): 8 * 2**20}, [("'GiB'>4<", "'GiB'>8<")]),
    ({own(Setting.MEMORY_MAX_KIB): 5000}, [("'GiB'>4<", "'KiB'>5000<")]),
    # The list of vCPUs would say otherwise.
    ({own(Setting.VCPUS): 3}, [("current='2'", "current='3'"), ("  <vcpus>.*?</vcpus>\n", "")]),
    (
        {own(Setting.VCPUS_MAX): 6},
        [(">4</vcpu>", ">6</vcpu>"), ("  <vcpus>.*?</vcpus>\n", ""), ("sockets='2'", "sockets='3'")],
    ),
    (
        {own(Setting.VCPUS_MAX): 5},
        [
            (">4</vcpu>", ">5</vcpu>"),
            ("  <vcpus>.*?</vcpus>\n", ""),
            ("sockets='2' cores='2'", "sockets='5' cores='1'"),
        ],
    ),
    ({own(Setting.CPU_WEIGHT): 7}, [(">200<", ">7<")]),
    ({own(Setting.CPU_WEIGHT): None}, [("    <shares>200</shares>\n", "")]),
    ({own(Setting.CPU_LIMIT_PERCENT): 25}, [(">10000<", ">5000<")]),
    ({own(Setting.CPU_LIMIT_PERCENT): None}, [("    <quota>10000</quota>\n", "")]),
    # libvirt would refuse so little of so short a period.
    (
        {own(Setting.CPU_LIMIT_PERCENT): 1},
        [(">10000<", ">1000<"), ("    <period>20000</period>\n", "")],
    ),
    ({vda(Setting.READ_BYTES_PER_S): 9}, [("<read_bytes_sec>1000<", "<read_bytes_sec>9<")]),
    (
        {vda(Setting.READ_BYTES_PER_S_MAX): None},
        [(r"        <read_bytes_sec_max>\d+</read_bytes_sec_max>\n", ""), (r"        <read_bytes_sec_max_length>7</read_bytes_sec_max_length>\n", "")],
    ),
    (
        {vda(Setting.TOTAL_IOPS): None},
        [(r"        <total_iops_sec>50</total_iops_sec>\n", ""), (r"        <size_iops_sec>4096</size_iops_sec>\n", "")],
    ),
    ({card(Setting.IN_PEAK_KB_PER_S): 250}, [("peak='200'", "peak='250'")]),
    (
        {card(Setting.IN_AVERAGE_KB_PER_S): None, card(Setting.IN_PEAK_KB_PER_S): None, card(Setting.IN_BURST_KIB): None},
        [(" average='100' peak='200' burst='300'", "")],
    ),
    ({card(Setting.OUT_AVERAGE_KB_PER_S): 5}, [("average='0'", "average='5'")]),
    # What is so already, is nowhere, or stands in no XML.
    ({own(Setting.CPU_LIMIT_PERCENT): 50, vda(Setting.WRITE_IOPS): None}, []),
    ({SettingKey(Setting.READ_IOPS, "vdz"): 5, vda(Setting.DISK_BYTES): 2**40}, []),
]  # fmt: skip


@pytest.mark.parametrize(("values", "replaced"), CHANGES)
def test_a_change_touches_one_thing(values: dict[SettingKey, Value], replaced: list[tuple[str, str]]) -> None:
    wanted = XML
    for old, new in replaced:
        wanted, count = re.subn(old, new, wanted, flags=re.DOTALL)
        assert count == 1
    found = change_settings(XML, values)
    assert etree.tostring(etree.fromstring(found)) == etree.tostring(etree.fromstring(wanted))
    if not replaced:
        assert found == XML


def test_a_maximum_alone_leaves_what_it_has() -> None:
    xml = "<domain>\n  <memory>2048</memory>\n  <vcpu>2</vcpu>\n</domain>"
    found = read_settings(
        change_settings(xml, {own(Setting.VCPUS_MAX): 8, own(Setting.MEMORY_MAX_KIB): 4096})
    )
    assert (found.values[own(Setting.VCPUS)], found.values[own(Setting.VCPUS_MAX)]) == (2, 8)
    assert (found.values[own(Setting.MEMORY_KIB)], found.values[own(Setting.MEMORY_MAX_KIB)]) == (2048, 4096)


def test_a_limit_comes_and_goes_without_a_trace() -> None:
    bare = change_settings(XML, dict.fromkeys((card(Setting.OUT_AVERAGE_KB_PER_S),), 5))
    bare = change_settings(bare, {card(Setting.OUT_AVERAGE_KB_PER_S): None})
    assert "outbound" not in bare
    added = change_settings(bare, {card(Setting.OUT_AVERAGE_KB_PER_S): 5, card(Setting.OUT_BURST_KIB): 6})
    assert '<outbound average="5" burst="6"/>' in added
    gone = {card(Setting.OUT_AVERAGE_KB_PER_S): None, card(Setting.OUT_BURST_KIB): None}
    assert canonical_of_relative(change_settings(added, gone)) == canonical_of_relative(bare)


def canonical_of_relative(xml: str) -> bytes:
    return etree.tostring(etree.fromstring(xml))


def test_a_difference_is_told_in_lines() -> None:
    text = diff(XML, change_settings(XML, {own(Setting.CPU_WEIGHT): 7}), "web")
    assert "--- web\n+++ web\n@@" in text
    assert "\n-    <shares>200</shares>\n+    <shares>7</shares>\n" in text
    assert diff(XML, XML) == ""


# Properties -----------------------------------------------------------------------------------------------------

_PLACES = (
    *("currentMemory", "memory", "vcpu", "vcpus", "cputune/shares", "cputune/quota", "cputune/period"),
    *("cpu/topology", "devices/disk/iotune", "devices/interface/bandwidth"),
)


def without_settings(xml: str) -> bytes:
    """All else of the document, for comparing."""
    root = etree.fromstring(xml.encode())
    for path in _PLACES:
        for node in root.findall(path):
            parent = node.getparent()
            assert parent is not None
            parent.remove(node)
    for path in ("cputune", "cpu"):  # which may have been made, or be empty now
        for node in root.findall(path):
            if len(node) == 0 and not node.attrib:
                root.remove(node)
    for node in root.iter(etree.Element):
        node.text, node.tail = (text.strip() if text else text for text in (node.text, node.tail))
    for node in root.iter():
        node.text, node.tail = (text or None for text in (node.text, node.tail))
    return canonical(root)


@st.composite
def wishes(draw: st.DrawFn) -> tuple[str, dict[SettingKey, Value]]:
    xml = CORPUS[draw(st.sampled_from(sorted(CORPUS)))]
    values = read_settings(xml).values
    keys = draw(st.sets(st.sampled_from(sorted(values, key=str)), max_size=6))
    return xml, {
        key: draw(
            st.none() | st.integers(1, 64)
            if RULES[key.setting].may_be_none
            else st.integers(1, 16) if RULES[key.setting].unit is Unit.COUNT else st.integers(1024, 2**34)
        )
        for key in keys
    }  # fmt: skip


@given(wishes())
def test_what_a_plan_saves_is_read_back_and_all_else_is_as_it_was(
    drawn: tuple[str, dict[SettingKey, Value]],
) -> None:
    xml, values = drawn
    read = read_settings(xml)
    machine = EditedMachine(
        uuid="", name="", saved=read.values, disks=read.disks, cards=read.cards, has_numa=read.has_numa,
        has_balloon=read.has_balloon, topology=read.topology, period_us=read.period_us,
    )  # fmt: skip
    found = plan(machine, values)
    assert found.is_possible or not found.saved
    after = change_settings(xml, found.saved)
    assert read_settings(after).values == {**read.values, **found.saved}
    assert without_settings(after) == without_settings(xml)
    if not found.saved:
        assert after == xml
    # And back again.
    back = change_settings(after, {key: read.values[key] for key in found.saved})
    assert read_settings(back).values == read.values
    assert plan(replace(machine, saved={**read.values, **found.saved}), values).saved == {}


def test_a_group_goes_with_the_last_limit_of_its_disk() -> None:
    """libvirt refuses a definition with a group and no limit."""
    gone = {
        SettingKey(setting, "vda"): None
        for setting in (Setting.READ_BYTES_PER_S, Setting.READ_BYTES_PER_S_MAX, Setting.TOTAL_IOPS)
    }
    assert "<iotune>" not in change_settings(XML, gone)
    kept = change_settings(XML, {SettingKey(Setting.TOTAL_IOPS, "vda"): None})
    assert "<group_name>g</group_name>" in kept


def test_there_is_room_for_a_module_where_there_are_a_slot_and_numa_nodes() -> None:
    slots = "<maxMemory slots='1' unit='GiB'>16</maxMemory>\n  <memory unit='GiB'>4</memory>"
    cell = "<cpu><numa><cell id='0' cpus='0-3' memory='4' unit='GiB'/></numa>"
    with_both = XML.replace("<memory unit='GiB'>4</memory>", slots).replace("<cpu>", cell)
    taken = with_both.replace("<devices>", "<devices><memory model='dimm'><target/></memory>")
    assert read_settings(with_both).memory_room_kib == 12 * 1024**2
    for xml in (XML, with_both.replace(cell, "<cpu>"), taken):
        assert read_settings(xml).memory_room_kib == 0
