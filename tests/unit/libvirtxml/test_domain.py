"""What a machine's XML says, from real documents and from damaged ones."""

import contextlib
import random
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.libvirtxml.domain import parse_disks, parse_domain, parse_paths
from vmgui.libvirtxml.mentions import names_in
from vmgui.model.device import Disk, Filesystem, Graphics, HostDevice, Interface
from vmgui.model.domain import DomainConfig, Firmware
from vmgui.model.errors import InvalidConfig

FULL = """
<domain type='kvm' id='3'>
  <name>web &amp; mail</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>
  <title>Front</title>
  <description>two
lines</description>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://debian.org/debian/12"/>
    </libosinfo:libosinfo>
  </metadata>
  <memory unit='MiB'>4096</memory>
  <currentMemory unit='KiB'>1048576</currentMemory>
  <vcpu placement='static' current='2'>8</vcpu>
  <os firmware='efi'>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <firmware><feature enabled='yes' name='enrolled-keys'/><feature enabled='yes' name='secure-boot'/></firmware>
    <loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.ms.fd</loader>
    <nvram template='/x'>/var/lib/libvirt/qemu/nvram/web_VARS.fd</nvram>
    <boot dev='hd'/>
  </os>
  <cpu mode='host-passthrough'/>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/top.qcow2' index='2'/>
      <backingStore type='file' index='3'>
        <format type='qcow2'/><source file='/images/middle.qcow2'/>
        <backingStore type='block'><format type='raw'/><source dev='/dev/vg/base'/><backingStore/></backingStore>
      </backingStore>
      <target dev='vda' bus='virtio'/><boot order='2'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/><boot order='1'/></disk>
    <disk type='volume'><source pool='default' volume='data.img'/><target dev='vdb'/><shareable/></disk>
    <disk type='network'><source protocol='rbd' name='p/i'><host name='ceph' port='6789'/></source><target dev='vdc'/></disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/><source network='default' bridge='virbr0'/><target dev='vnet3'/>
      <model type='virtio'/><link state='down'/>
    </interface>
    <interface type='user'><mac address='52:54:00:00:00:02'/><boot order='3'/></interface>
    <serial type='pty'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
    <graphics type='vnc' port='5901' listen='127.0.0.1' passwd='x'><listen type='address' address='127.0.0.1'/></graphics>
    <graphics type='spice' tlsPort='5902'><listen type='socket' socket='/run/spice.sock'/></graphics>
    <filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='share'/></filesystem>
    <video><model type='virtio'/></video><video><model type='qxl'/></video>
  </devices>
</domain>
"""


def config(os_xml: str = "", devices: str = "") -> DomainConfig:
    return parse_domain(f"<domain><os>{os_xml}</os><devices>{devices}</devices></domain>")


def test_a_full_machine() -> None:
    found = parse_domain(FULL)
    assert found == DomainConfig(
        uuid="6695eb01-f6a4-8304-79aa-97f2502e193f",
        name="web & mail",
        domain_type="kvm",
        title="Front",
        description="two\nlines",
        arch="x86_64",
        machine="pc-q35-7.2",
        firmware=Firmware.UEFI_SECURE,
        nvram_path="/var/lib/libvirt/qemu/nvram/web_VARS.fd",
        has_tpm=True,
        vcpus=2,
        vcpus_max=8,
        memory_kib=1048576,
        memory_max_kib=4194304,
        cpu_mode="host-passthrough",
        os_id="http://debian.org/debian/12",
        kernel_path="",
        boot_order=("sda", "vda", "52:54:00:00:00:02"),
        disks=(
            Disk(
                target="vda",
                bus="virtio",
                device="disk",
                source_type="file",
                source="/images/top.qcow2",
                format="qcow2",
                backing_chain=("/images/middle.qcow2", "/dev/vg/base"),
            ),
            Disk("sda", "sata", "cdrom", "file", "", "", read_only=True),
            Disk("vdb", "", "disk", "volume", "default/data.img", "", shareable=True),
            Disk("vdc", "", "disk", "network", "rbd://ceph:6789/p/i", ""),
        ),
        interfaces=(
            Interface("52:54:00:00:00:01", "network", "default", "virtio", "vnet3", link_up=False),
            Interface("52:54:00:00:00:02", "user", "", "", ""),
        ),
        graphics=(
            Graphics("vnc", 5901, -1, "127.0.0.1", "", has_password=True),
            Graphics("spice", -1, 5902, "", "/run/spice.sock", has_password=False),
        ),
        filesystems=(Filesystem("virtiofs", "/srv", "share"),),
        video_models=("virtio", "qxl"),
        has_agent_channel=True,
        has_serial_console=True,
        xml=FULL,
    )


@pytest.mark.parametrize(
    ("os_xml", "firmware"),
    [
        ("<type>hvm</type>", Firmware.BIOS),
        ("<loader type='rom'>/bios.bin</loader>", Firmware.BIOS),
        ("<loader type='pflash'>/OVMF.fd</loader>", Firmware.UEFI),
        ("<loader type='pflash' secure='yes'>/OVMF.fd</loader>", Firmware.UEFI_SECURE),
    ],
)
def test_firmware(os_xml: str, firmware: Firmware) -> None:
    assert config(os_xml).firmware is firmware


@pytest.mark.parametrize(
    ("features", "firmware"),
    [
        ("", Firmware.UEFI),
        ("<feature enabled='no' name='secure-boot'/>", Firmware.UEFI),
        ("<feature enabled='yes' name='secure-boot'/>", Firmware.UEFI_SECURE),
        (
            "<feature enabled='yes' name='secure-boot'/><feature enabled='no' name='enrolled-keys'/>",
            Firmware.UEFI,
        ),
    ],
)
def test_firmware_chosen_by_libvirt(features: str, firmware: Firmware) -> None:
    xml = f"<domain><os firmware='efi'><firmware>{features}</firmware></os></domain>"
    assert parse_domain(xml).firmware is firmware


def test_what_is_left_out_has_its_default() -> None:
    found = parse_domain("<domain><memory unit='GiB'>1</memory><vcpu>4</vcpu></domain>")
    assert (found.memory_kib, found.memory_max_kib) == (1048576, 1048576)
    assert (found.vcpus, found.vcpus_max) == (4, 4)
    assert not found.disks
    assert not found.has_serial_console


def test_boot_classes_where_no_device_has_an_order() -> None:
    assert config("<boot dev='cdrom'/><boot dev='hd'/>").boot_order == ("cdrom", "hd")


def test_another_document_is_refused() -> None:
    with pytest.raises(InvalidConfig, match="<pool>"):
        parse_domain("<pool/>")


def test_a_chain_of_backing_files_without_end_is_cut() -> None:
    depth = 230  # lxml itself gives up at 256 levels
    chain = "<backingStore type='file'><source file='/b'/>" * depth + "</backingStore>" * depth
    assert len(config(devices=f"<disk type='file'>{chain}</disk>").disks[0].backing_chain) == 200


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_damaged_xml_parses_or_is_invalid(chance: random.Random, damages: int) -> None:
    text = list(FULL)
    for _ in range(damages):
        place = chance.randrange(len(text))
        what = chance.randrange(3)
        if what == 0:
            del text[place : place + chance.randrange(1, 30)]
        elif what == 1:
            text.insert(
                place, chance.choice(["<", ">", "&", "'", "\x00", "<disk>", "</devices>", "é", "9" * 30])
            )
        else:
            text[place] = chance.choice("<>&'\"/ 09azé\n")
        if not text:
            break
    with contextlib.suppress(InvalidConfig):
        parse_domain("".join(text))


_names = st.sampled_from(
    [
        "domain",
        "os",
        "devices",
        "disk",
        "source",
        "target",
        "memory",
        "vcpu",
        "graphics",
        "backingStore",
        "cpu",
    ]
)
_attributes = st.dictionaries(
    st.sampled_from(["type", "unit", "current", "port", "dev", "file", "order", "mode", "enabled"]),
    st.text("0123456789-.abcxyz' é", max_size=25).map(lambda text: text.replace("'", "")),
    max_size=3,
)


def _element(name: str, attributes: dict[str, str], inner: str) -> str:
    written = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{written}>{inner}</{name}>"


_trees = st.recursive(
    st.text("0123456789abc -", max_size=25),
    lambda inner: st.builds(_element, _names, _attributes, st.lists(inner, max_size=5).map("".join)),
    max_leaves=30,
)


@given(_trees)
def test_any_tree_of_known_words_parses(inner: str) -> None:
    assert parse_domain(f"<domain>{inner}</domain>").xml


CASES = Path(__file__).parent / "data" / "odd-domains"


def odd(name: str) -> DomainConfig:
    return parse_domain((CASES / f"{name}.xml").read_text())


def test_every_kind_of_disk_says_where_it_is() -> None:
    assert [disk.source for disk in odd("disks").disks] == [
        "nvme://0000:01:00.0/1",
        "/run/vhost-blk.sock",
        "https://example.org:443/pub/x.iso?a=1&b=2",
        "rbd://10.0.0.1:6789,[fd00::2]:6789/pool/image",
        "nbd:///run/nbd.sock/exp",
        "/srv/floppy dir",
    ]


def test_devices_of_the_host() -> None:
    assert odd("hostdevs").host_devices == (
        HostDevice("mdev", "11111111-2222-3333-4444-555555555555"),
        HostDevice("pci", "0000:0a:00.0"),
        HostDevice("usb", "1234:beef"),
        HostDevice("usb", "1-7"),
        HostDevice("scsi", "scsi_host0 0:0:3"),
        HostDevice("storage", "/dev/sdf1"),
    )


@pytest.mark.parametrize(
    ("domain", "firmware"),
    [
        ("<domain type='kvm'><os><type arch='x86_64'>hvm</type></os></domain>", Firmware.BIOS),
        ("<domain type='test'><os><type>hvm</type></os></domain>", Firmware.BIOS),
        ("<domain type='kvm'><os><type arch='s390x'>hvm</type></os></domain>", Firmware.NONE),
        ("<domain type='kvm'><os><type arch='aarch64'>hvm</type></os></domain>", Firmware.NONE),
        (
            "<domain type='kvm'><os firmware='efi'><type arch='aarch64'>hvm</type></os></domain>",
            Firmware.UEFI,
        ),
        ("<domain type='lxc'><os><type>exe</type></os></domain>", Firmware.NONE),
        ("<domain type='xen'><os><type arch='x86_64'>linux</type></os></domain>", Firmware.NONE),
        ("<domain type='bhyve'><os><type arch='x86_64'>hvm</type></os></domain>", Firmware.NONE),
    ],
)
def test_a_bios_is_only_where_there_is_one(domain: str, firmware: Firmware) -> None:
    assert parse_domain(domain).firmware is firmware


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ("file=/pool/a.qcow2,if=virtio", {"/pool/a.qcow2"}),
        ("if=none,id=x,file=/my pool/a,,b.qcow2", {"/my pool/a,b.qcow2"}),
        ("file=file:/pool/a.qcow2", {"/pool/a.qcow2"}),
        ('{"driver":"qcow2","file":{"driver":"file","filename":"/pool/a.qcow2"}}', {"/pool/a.qcow2"}),
        ("/pool/a.qcow2", {"/pool/a.qcow2"}),
        ("virtio-rng-pci", set()),
    ],
)
def test_files_in_options_for_qemu_are_named_by_the_machine(options: str, paths: set[str]) -> None:
    """What no device of the machine tells, it needs all the same."""
    xml = (
        "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name><qemu:commandline>"
        f"<qemu:arg value='-drive'/><qemu:arg value={quoteattr(options)}/></qemu:commandline></domain>"
    )
    assert parse_paths(xml) == paths
    assert paths <= names_in(xml)


SNAPSHOT = """<domainsnapshot><name>s</name>
  <disks>
    <disk name='vda' snapshot='external' type='file'><driver type='qcow2'/><source file='/p/layer'/></disk>
    <disk name='vdb' snapshot='external'><source pool='p' volume='b'/></disk>
    <disk name='vdc' snapshot='no'/>
  </disks>
  <domain type='kvm'><name>a</name><devices>
    <disk type='volume' device='disk'><driver type='qcow2'/><source pool='p' volume='a'/><target dev='vda'/>
      <backingStore type='volume'><source pool='p' volume='base'/></backingStore></disk>
    <disk type='file' device='cdrom'><target dev='sda'/></disk>
  </devices></domain>
  <inactiveDomain type='kvm'><name>a</name><devices>
    <disk type='file'><source file='/p/old'><dataStore type='volume'><source pool='p' volume='data'/></dataStore>
      </source><target dev='vda'/></disk>
  </devices></inactiveDomain>
</domainsnapshot>"""


def test_the_disks_of_a_snapshot_at_whatever_depth_by_path_or_by_pool_and_volume() -> None:
    found = {(disk.source_type, disk.source): disk for disk in parse_disks(SNAPSHOT)}
    assert set(found) == {("file", "/p/layer"), ("volume", "p/b"), ("volume", "p/a"), ("file", "/p/old")}
    assert found["file", "/p/layer"].format == "qcow2"
    assert found["volume", "p/a"].backing_chain == ("p/base",)
    assert found["file", "/p/old"].more_files == ("p/data",)
