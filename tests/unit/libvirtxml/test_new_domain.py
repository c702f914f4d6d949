"""The XML of new machines: valid by libvirt's own schema, read back as what was wished."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.unit.policy.test_creation import WINDOWS_11, WINDOWS_XP, capabilities, offer, other_host, qemu
from vmgui.libvirtxml.domain import display_passwords, parse_domain
from vmgui.libvirtxml.new_domain import HIDDEN_PASSWORD, build_domain, complete_domain, read_identity
from vmgui.libvirtxml.safe import parse
from vmgui.model.creation import (
    FileRef,
    GraphicsListen,
    NetworkKind,
    NewDomain,
    NewInterface,
    Source,
    SourceKind,
    Sources,
)
from vmgui.model.domain import Firmware
from vmgui.model.errors import InvalidConfig
from vmgui.model.os_variant import GENERIC, GENERIC_LINUX, OsVariant
from vmgui.policy.creation import defaults
from vmgui.policy.creation_sources import planned_sources

SCHEMA = Path("/usr/share/libvirt/schemas/domain.rng")
UUID = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    if not SCHEMA.exists():
        pytest.skip("libvirt's schemas are not installed")
    return etree.RelaxNG(file=str(SCHEMA))


def wish(
    source: SourceKind = SourceKind.CDROM, os: OsVariant = GENERIC_LINUX, **changes: object
) -> NewDomain:
    return replace(defaults(offer(), source, os), **changes)  # type: ignore[arg-type]


def built(new: NewDomain, os: OsVariant = GENERIC_LINUX, sources: Sources | None = None) -> str:
    found = capabilities(new.machine, new.domain_type)
    return build_domain(new, sources or planned_sources(new, offer()), found, os, uuid=UUID)


CHOICES = list(
    itertools.product(
        [SourceKind.CDROM, SourceKind.NETWORK_BOOT, SourceKind.EMPTY],
        [GENERIC, GENERIC_LINUX, WINDOWS_11, WINDOWS_XP],
        ["kvm", "qemu"],
        list(Firmware),
    )
)


@pytest.mark.parametrize(("source", "os", "domain_type", "firmware"), CHOICES)
def test_every_choice_is_valid(
    schema: etree.RelaxNG, source: SourceKind, os: OsVariant, domain_type: str, firmware: Firmware
) -> None:
    new = wish(source, os, domain_type=domain_type, firmware=firmware, tpm=firmware is not Firmware.BIOS)
    root = parse(built(new, os))
    assert schema.validate(root), schema.error_log


@pytest.mark.parametrize(
    "changes",
    [
        {"interface": NewInterface(NetworkKind.NONE)},
        {"interface": NewInterface(NetworkKind.USER)},
        {"interface": NewInterface(NetworkKind.BRIDGE, "br0", "e1000e", "52:54:00:00:00:01")},
        {"graphics_listen": GraphicsListen.SOCKET},
        {"graphics_listen": GraphicsListen.ADDRESS, "graphics_address": "10.0.0.7"},
        {"video_model": "none"},
        {"disk_bus": "scsi"},
        {"disk_bus": "sata"},
        {"arch": "aarch64", "machine": "virt", "firmware": Firmware.UEFI},
        {"arch": "s390x", "machine": "s390-ccw-virtio"},
        {"arch": "ppc64le", "machine": "pseries"},
        {"spare_pcie_ports": 0},
        {"usb_tablet": False},
        {"vcpus": 1, "vcpus_max": 1},
        {"title": "T <&>", "description": 'two\nlines "quoted"'},
    ],
)
def test_every_other_choice_is_valid(schema: etree.RelaxNG, changes: dict[str, object]) -> None:
    root = parse(built(wish(**changes)))
    assert schema.validate(root), schema.error_log


def test_what_was_wished_is_read_back() -> None:
    new = wish(
        os=WINDOWS_11,
        firmware=Firmware.UEFI_SECURE,
        tpm=True,
        cdrom=FileRef("/iso/w.iso"),
        title="Title",
        description="Notes",
    )
    config = parse_domain(built(new, WINDOWS_11))
    assert (config.uuid, config.name, config.title, config.description) == (UUID, new.name, "Title", "Notes")
    assert (config.vcpus, config.vcpus_max) == (new.vcpus, new.vcpus_max)
    assert (config.memory_kib, config.memory_max_kib) == (new.memory_kib, new.memory_max_kib)
    assert (config.firmware, config.has_tpm, config.os_id) == (Firmware.UEFI_SECURE, True, WINDOWS_11.id)
    assert [(disk.device, disk.bus, disk.target) for disk in config.disks] == [
        ("disk", "sata", "sda"),
        ("cdrom", "sata", "sdb"),
    ]
    assert config.disks[1].read_only
    assert config.boot_order == ("sda", "sdb")
    assert config.interfaces[0].model == "e1000e"
    assert config.graphics[0].listen == "127.0.0.1"
    assert config.has_agent_channel
    assert config.has_serial_console


def test_an_existing_disk_does_not_keep_the_installer_from_booting() -> None:
    new = wish(
        disk_image=FileRef("/old.qcow2"), disk_format="qcow2", new_volume=None, cdrom=FileRef("/cd.iso")
    )
    assert parse_domain(built(new)).boot_order == ("sda", "vda")


def test_a_kernel_is_booted_directly() -> None:
    new = wish(SourceKind.KERNEL, kernel=FileRef("/k"), initrd=FileRef("/i"), kernel_args="a=b c")
    root = parse(built(new))
    assert [root.findtext(f"os/{tag}") for tag in ("kernel", "initrd", "cmdline")] == ["/k", "/i", "a=b c"]
    assert root.find("devices/disk/boot") is None


def test_windows_gets_its_clock_and_enlightenments_only_with_kvm() -> None:
    root = parse(built(wish(os=WINDOWS_11), WINDOWS_11))
    assert root.find("features/hyperv") is not None
    assert root.find("clock").get("offset") == "localtime"
    root = parse(built(wish(os=WINDOWS_11, domain_type="qemu"), WINDOWS_11))
    assert root.find("features/hyperv") is None
    assert root.find("clock/timer") is None


def test_an_emulated_cpu_is_a_plain_one_unless_more_is_asked_for() -> None:
    root = parse(built(wish(domain_type="qemu")))
    assert root.findtext("cpu/model") == "Nehalem"
    newer = replace(GENERIC_LINUX, distro="rhel", version="10.0")
    assert parse(built(wish(domain_type="qemu"), newer)).find("cpu").get("mode") == "maximum"
    assert parse(built(wish())).find("cpu").get("mode") == "host-passthrough"


def test_block_devices_are_block_devices() -> None:
    root = parse(built(wish(), sources=Sources(disk=Source("/dev/vg/a", "raw", is_block=True))))
    assert root.find("devices/disk").get("type") == "block"
    assert root.find("devices/disk/source").get("dev") == "/dev/vg/a"


@given(
    name=st.text(min_size=1, max_size=40),
    description=st.text(max_size=100),
    path=st.text(min_size=1, max_size=60),
    args=st.text(max_size=60),
)
def test_no_text_breaks_out(name: str, description: str, path: str, args: str) -> None:
    new = wish(SourceKind.KERNEL, name=name, description=description, kernel_args=args)
    sources = Sources(disk=Source(path, "qcow2"), kernel=Source(path))
    try:
        text = built(new, sources=sources)
    except InvalidConfig:
        assert any(
            ord(character) < 0x20 or ord(character) in (0xFFFE, 0xFFFF)
            for character in name + description + path + args
        )
        return
    root = parse(text)
    assert len(root.findall("name")) == len(root.findall("devices/disk")) == 1
    assert root.findtext("name", "").replace("\r", "\n") == name.replace("\r", "\n")
    assert root.find("devices/disk/source").get("file") == path


def test_a_persons_xml_is_completed() -> None:
    text = built(
        wish(cdrom=FileRef("/plan/cd.iso")),
        sources=Sources(cdrom=Source("/plan/cd.iso"), kernel=Source("/plan/k")),
    )
    without = text.replace(f"<uuid>{UUID}</uuid>", "")
    made = complete_domain(
        without,
        "66666666-2222-3333-4444-555555555555",
        {"/plan/cd.iso": "/real/cd.iso", "/plan/k": "/real/k"},
    )
    assert read_identity(made).uuid.startswith("66666666")
    root = parse(made)
    assert root.find("devices/disk/source").get("file") == "/real/cd.iso"
    assert root.findtext("os/kernel") == "/real/k"
    assert read_identity(complete_domain(text, "unused", {})).uuid == UUID


def test_a_persons_comments_stay() -> None:
    text = built(wish()).replace("<devices>", "<devices><!-- mine -->")
    assert "<!-- mine -->" in complete_domain(f"<!-- top -->{text}", UUID, {})
    assert complete_domain(f"<!-- top -->{text}", UUID, {}).startswith("<!-- top -->")


def test_a_screen_on_a_network_gets_a_password_that_stays_hidden_until_the_machine_is_made() -> None:
    new = wish(graphics_listen=GraphicsListen.ADDRESS, graphics_address="10.0.0.7")
    shown = built(new)
    assert display_passwords(shown) == (HIDDEN_PASSWORD,)
    made = build_domain(new, Sources(), vnc_password="s3cret99")  # noqa: S106
    assert display_passwords(made) == ("s3cret99",)
    assert display_passwords(complete_domain(shown, UUID, {}, "s3cret99")) == ("s3cret99",)
    # What a person wrote in its place, or took away, is left.
    own = shown.replace(HIDDEN_PASSWORD, "mine")
    assert display_passwords(complete_domain(own, UUID, {}, "s3cret99")) == ("mine",)
    bare = shown.replace(f' passwd="{HIDDEN_PASSWORD}"', "")
    assert display_passwords(complete_domain(bare, UUID, {}, "s3cret99")) == ("",)


@pytest.mark.parametrize(
    "changes",
    [
        {"graphics_listen": GraphicsListen.LOOPBACK},
        {"graphics_listen": GraphicsListen.SOCKET},
        {"graphics_listen": GraphicsListen.ADDRESS, "graphics_address": "127.0.0.1"},
    ],
)
def test_a_screen_that_no_network_reaches_has_no_password(changes: dict[str, object]) -> None:
    made = build_domain(wish(**changes), Sources(), vnc_password="s3cret99")  # noqa: S106
    assert display_passwords(made) == ("",)


@pytest.mark.parametrize(
    "text", ["", "<a/>", "<domain/>", "<domain><name> </name></domain>", "<domain><name>a</domain>"]
)
def test_what_is_no_machine_is_refused(text: str) -> None:
    with pytest.raises(InvalidConfig):
        read_identity(text)


@pytest.mark.parametrize("source", [SourceKind.CDROM, SourceKind.EMPTY])
def test_ibm_z_has_no_usb(schema: etree.RelaxNG, source: SourceKind) -> None:
    machine = "s390-ccw-virtio"
    given = other_host("s390x", machine, qemu("s390x", machine), firmwares=("bios",))
    new = defaults(given, source, GENERIC)
    found = capabilities(machine, new.domain_type, arch="s390x")
    xml = build_domain(new, planned_sources(new, given), found, GENERIC, uuid=UUID)
    assert schema.validate(etree.fromstring(xml)), schema.error_log
    assert "usb" not in xml
    assert "sata" not in xml
    assert {node.get("bus") for node in etree.fromstring(xml).iterfind("devices/input")} == {"virtio"}
