"""What a machine is found by, out of XML that anybody may have written."""

from pathlib import Path

import pytest

from vmgui.libvirtxml.definition import parse_definition
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.definition import NO_DEFINITION, NO_HARDWARE, Definition, Shares
from vmgui.model.errors import InvalidConfig
from vmgui.policy.tags import MAX_TAGS

XML = f"""<domain type='kvm'><name>web</name><title>Shop</title><description>Front\nend</description>
<metadata>
  <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
    <libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo>
  <vmgui:traits xmlns:vmgui="{NAMESPACE}">
    <vmgui:folder> Customers / Shop </vmgui:folder><vmgui:tag>web</vmgui:tag><vmgui:tag>Web</vmgui:tag>
    <vmgui:tag/><vmgui:later>else</vmgui:later><vmgui:tag>two  words</vmgui:tag>
    <vmgui:protected>yes</vmgui:protected>
  </vmgui:traits>
</metadata>
<devices><interface type='network'><mac address='52:54:00:AA:BB:01'/></interface><interface type='user'/>
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel></devices>
</domain>"""


def test_all_of_it() -> None:
    assert parse_definition(XML)[0] == Definition(
        title="Shop",
        note="Front\nend",
        os_id="http://debian.org/debian/12",
        tags=("web", "two words"),
        folder="Customers/Shop",
        is_protected=True,
        macs=("52:54:00:aa:bb:01",),
        has_agent=True,
    )
    assert not parse_definition(XML.replace("'connected'", "'disconnected'"))[0].has_agent


def test_a_machine_that_says_nothing() -> None:
    assert parse_definition("<domain><name>a</name></domain>")[0] == NO_DEFINITION


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<pool/>",
        "<domain>",
        "<!DOCTYPE d [<!ENTITY x 'y'>]><domain><title>&x;</title></domain>",
        "<domain>\ud800</domain>",
    ],
)
def test_what_is_no_machine_is_refused(xml: str) -> None:
    with pytest.raises(InvalidConfig):
        parse_definition(xml)


def test_hostile_lengths_are_bounded() -> None:
    tags = "".join(f"<v:tag>{'t' * 500}{number}</v:tag>" for number in range(5000))
    many = "".join(f"<v:tag>{number}</v:tag>" for number in range(5000))
    macs = "<interface><mac address='52:54:00:00:00:01'/></interface>" * 500
    for inner in (tags, many):
        found = parse_definition(
            f"<domain><description>{'n' * 100_000}</description><metadata><v:traits xmlns:v='{NAMESPACE}'>"
            f"<v:folder>{'f/' * 5000}</v:folder>{inner}</v:traits></metadata><devices>{macs}</devices></domain>"
        )[0]
        assert len(found.tags) <= MAX_TAGS
        assert max(map(len, found.tags)) <= 40
        assert len(found.note) <= 4000
        assert len(found.folder) <= 200
        assert len(found.macs) <= 64


def test_what_one_machine_puts_into_the_index_is_bounded() -> None:
    """Who may write one machine's XML must not hold up the list of all."""
    long = "n" * 10_000
    source = f"<source file='/{long}' dev='/{long}' pool='{long}' volume='v'/>"
    rbd = f"<disk type='network'><source protocol='rbd' name='{long}'/><target dev='{long}'/></disk>"
    chain = "".join(f"<source file='/{number}'/>" for number in range(2000))
    card = f"<interface type='{long}'><mac address='{long}'/><source network='{long}'/></interface>"
    given = f"<hostdev mode='capabilities' type='misc'><source><char>/{long}</char></source></hostdev>"
    parts = (
        f"<disk><target dev='{long}'/>{source}</disk>{rbd}{card}" + given * 300,
        f"<disk>{chain}</disk>" * 20,
        "<disk><source file='/a'/></disk>" * 2000,
        f"<disk type='network'>{chain}</disk>",
    )
    for part in parts:
        hardware = parse_definition(
            f"<domain><os><type arch='{long}' machine='{long}'>hvm</type></os><devices>{part}</devices></domain>"
        )[1]
        assert len(hardware.disks) <= 1024
        assert len(hardware.host_devices) <= 256
        assert all(len(disk.files) + len(disk.volumes) <= 520 for disk in hardware.disks)
        names = [name for disk in hardware.disks for name in (*disk.files, *disk.volumes)]
        places = [text for place in hardware.interfaces for text in (place.kind, place.source)]
        given_ones = [device.source for device in hardware.host_devices]
        assert len(names) < 5000
        assert all(len(text) <= 4096 for text in (*names, *places, *given_ones, *hardware.macs))
        words = (hardware.arch, hardware.machine, *(disk.target for disk in hardware.disks))
        assert max(map(len, words)) <= 256


FOLDERS = (Path(__file__).parent / "domains", Path(__file__).parent / "data" / "odd-domains")
DOCUMENTS = sorted(path for folder in FOLDERS for path in folder.glob("*.xml"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_quick_walk_finds_what_the_declarations_find(path: Path) -> None:
    xml = path.read_text()
    config = parse_domain(xml)
    definition, hardware = parse_definition(xml)
    assert [disk.target for disk in hardware.disks] == [disk.target for disk in config.disks]
    for quick, disk in zip(hardware.disks, config.disks, strict=True):
        names = {disk.source, *disk.backing_chain, *disk.more_files} - {""}
        assert {*quick.files, *quick.volumes} == names
        assert (quick.read_only, quick.shareable) == (disk.read_only, disk.shareable)
        if disk.source_type == "volume":
            assert disk.source in quick.volumes
    assert [(place.kind, place.source) for place in hardware.interfaces] == [
        (nic.kind, nic.source) for nic in config.interfaces
    ][:64]
    assert definition.macs == tuple(nic.mac.lower() for nic in config.interfaces if nic.mac)[:64]
    assert hardware.macs is definition.macs
    assert hardware.host_devices == config.host_devices
    assert (hardware.arch, hardware.machine) == (config.arch, config.machine)
    assert definition.is_protected == config.is_protected
    assert definition.title == config.title


def test_shares_are_read_and_the_same_are_one_object() -> None:
    xml = """<domain><cputune><shares>512</shares><quota>-1</quota><period>100000</period></cputune>
    <memtune><hard_limit unit='G'>1</hard_limit><soft_limit unit='KiB'>128</soft_limit></memtune></domain>"""
    shares = parse_definition(xml)[1].shares
    assert shares == Shares(512, -1, 100000, 1024 * 1024, 128, None)
    assert parse_definition(xml)[1].shares is shares
    assert parse_definition("<domain/>")[1] == NO_HARDWARE
