"""What a running machine will be after its next start, where that differs."""

from __future__ import annotations

from dataclasses import replace

from vmgui.libvirtxml.definition import parse_full
from vmgui.model.definition import Part
from vmgui.policy.pending import pending

XML = """<domain type='kvm' id='3'><name>a</name><memory unit='KiB'>1024</memory><vcpu>2</vcpu>
<cputune><shares>512</shares></cputune><devices>
<disk type='file' device='disk'><source file='/a.qcow2'/><backingStore type='file'><source file='/base'/></backingStore>
<target dev='vda' bus='virtio'/></disk>
<interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/><target dev='vnet3'/></interface>
<graphics type='vnc' port='5903' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>
</devices></domain>"""
LIVE = parse_full(XML)
SAVED = parse_full(
    XML.replace(" id='3'", "").replace("<target dev='vnet3'/>", "").replace("5903", "-1")
)  # fmt: skip


def test_what_libvirt_fills_in_at_the_start_is_no_difference() -> None:
    (disk,) = SAVED.config.disks
    saved = replace(SAVED, config=replace(SAVED.config, disks=(replace(disk, backing_chain=()),)))
    assert LIVE.is_live
    assert not saved.is_live
    assert saved != LIVE
    assert pending(LIVE, saved) == ()


def test_the_address_a_display_listens_at_by_default_is_no_difference() -> None:
    """libvirt takes it from qemu.conf, or from the network, and writes it into the live XML alone."""
    named = "<listen type='address' address='127.0.0.1'/>"
    for kind in ("<listen type='address'/>", "<listen type='network' network='default'/>", ""):
        saved = parse_full(SAVED.config.xml.replace(named, kind))
        assert pending(LIVE, saved) == ()
    for other in (named.replace("127.0.0.1", "::"), "<listen type='none'/>"):
        saved = parse_full(SAVED.config.xml.replace(named, other))
        assert pending(LIVE, saved) == (Part.DISPLAYS,)


def test_what_somebody_changed_is_named() -> None:
    (nic,) = SAVED.config.interfaces
    config = replace(SAVED.config, memory_kib=2048, disks=(), interfaces=(replace(nic, source="dmz"),))
    resources = replace(SAVED.resources, cpu_weight=1024, device_kinds=("interface", "graphics"))
    saved = replace(SAVED, config=config, resources=resources)
    assert pending(LIVE, saved) == (Part.MEMORY, Part.CPU_WEIGHT, Part.DISKS, Part.INTERFACES, Part.DEVICES)


def test_where_there_is_but_one_nothing_differs() -> None:
    assert pending(LIVE, None) == pending(None, SAVED) == ()
