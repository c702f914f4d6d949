"""What is different between two definitions, told thing by thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.libvirtxml.undo import describe
from vmgui.model.undo import Described, Difference, What
from vmgui.policy.undo import beyond, changes_protection, differences, mark_of

CARD = "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='{}'/>{}</interface>"
XML = (
    "<domain type='kvm'><name>a</name><memory>4194304</memory><currentMemory>2097152</currentMemory>"
    "<vcpu current='2'>4</vcpu>{values}<devices><controller type='pci' index='0' model='pcie-root'/>"
    "<disk type='file' device='disk'><source file='/a'/><target dev='vda'/>{disk}</disk>"
    "<disk type='file' device='cdrom'><source file='/iso'/><target dev='sda'/></disk>{devices}</devices></domain>"
)


def machine(values: str = "", disk: str = "", devices: str = CARD.format("default", "")) -> Described:
    return describe(XML.format(values=values, disk=disk, devices=devices))


def test_nothing_is_nothing() -> None:
    assert differences(machine(), machine()) == ()


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("<currentMemory>2097152", "<currentMemory>1048576", [Difference(What.MEMORY, before=2097152, after=1048576)]),
        ("current='2'", "current='3'", [Difference(What.VCPUS, before=2, after=3)]),
        ("current='2'", "", [Difference(What.VCPUS, before=2, after=4)]),
        ("<name>a", "<name>b", [Difference(What.NAME, before="a", after="b")]),
        ("source file='/iso'", "source file='/iso2'", [Difference(What.SOURCE, "disk", "sda", "cdrom", "/iso", "/iso2")]),
        ("<source file='/iso'/>", "", [Difference(What.SOURCE, "disk", "sda", "cdrom", "/iso", "")]),
        (
            "network='default'", "network='dmz'",
            [Difference(What.SOURCE, "interface", "52:54:00:00:00:01", "", "default", "dmz")],
        ),
        ("<target dev='vda'/>", "<target dev='vdb'/>", [
            Difference(What.REMOVED, "disk", "vda", "disk"), Difference(What.ADDED, "disk", "vdb", "disk"),
        ]),
        ("<target dev='vda'/>", "<target dev='vda'/><readonly/>", [Difference(What.CHANGED, "disk", "vda", "disk")]),
        ("<target dev='vda'/>", "<target dev='vda'/><boot order='1'/>", [Difference(What.BOOT)]),
        ("</devices>", "<tpm model='tpm-crb'/></devices>", [Difference(What.ADDED, "tpm", "tpm-crb")]),
        ("</devices>", "<controller type='pci' index='1' model='x'/></devices>", [
            Difference(What.ADDED, "controller", "x"),
        ]),
        ("</devices>", "<controller type='pci' index='1'/><rng model='virtio'/></devices>", [
            Difference(What.ADDED, "rng", "virtio"),
        ]),
        ("<devices>", "<cpu mode='host-passthrough'/><devices>", [Difference(What.CPU)]),
        ("<devices>", "<cputune><quota>50000</quota></cputune><devices>", [
            Difference(What.CPU_LIMIT, before=None, after=50),
        ]),
        ("<devices>", "<seclabel type='none'/><devices>", [Difference(What.OTHER)]),
    ],
)  # fmt: skip
def test_each_kind(old: str, new: str, wanted: list[Difference]) -> None:
    xml = XML.format(values="", disk="", devices=CARD.format("default", ""))
    assert old in xml
    found = differences(describe(xml), describe(xml.replace(old, new, 1)))
    assert list(found) == wanted
    back = differences(describe(xml.replace(old, new, 1)), describe(xml))
    assert {one.place for one in back} == {one.inverse.place for one in found}
    assert beyond(back, found) == ()


def test_limits_are_told_apart_from_the_rest() -> None:
    limited = machine(
        disk="<iotune><read_iops_sec>5</read_iops_sec></iotune>",
        devices=CARD.format("default", "<bandwidth><inbound average='5'/></bandwidth>"),
    )
    assert [(one.what, one.tag) for one in differences(machine(), limited)] == [
        (What.LIMITS, "disk"),
        (What.LIMITS, "interface"),
    ]


def test_two_equal_devices_are_two() -> None:
    one, two = machine(devices="<rng model='virtio'/>"), machine(devices="<rng model='virtio'/>" * 2)
    assert differences(one, two) == (Difference(What.ADDED, "rng", "virtio"),)
    assert differences(two, one) == (Difference(What.REMOVED, "rng", "virtio"),)


def test_an_address_that_was_given_is_none_that_was_moved() -> None:
    plain, given, moved = (
        machine(disk=more)
        for more in ("", "<address type='pci' slot='0x1'/>", "<address type='pci' slot='0x2'/>")
    )
    assert [one.what for one in differences(plain, given)] == [What.OTHER]
    assert [one.what for one in differences(given, moved)] == [What.CHANGED]


def test_what_a_change_did_not_do_is_beyond_it() -> None:
    done = (Difference(What.MEMORY, before=1, after=2),)
    later = (Difference(What.MEMORY, before=3, after=1), Difference(What.ADDED, "disk", "vdb", "disk"))
    assert beyond(later, done) == later[1:]


def test_only_a_change_of_protection_is_one() -> None:
    protected = replace(machine(), traits=replace(machine().traits, is_protected=True), text="other")
    assert changes_protection(differences(machine(), protected))
    assert not changes_protection(differences(machine(), machine(values="<title>x</title>")))


def test_marks_tell_texts_apart() -> None:
    assert mark_of("a") == mark_of("a") != mark_of("b")
    assert mark_of("\udc80")
