"""What the overview says of a machine, and since when it runs."""

from dataclasses import replace

import pytest

from vmgui.model.device import Disk, Filesystem, Graphics, HostDevice, Interface
from vmgui.model.domain import (
    AddressSource,
    Domain,
    DomainConfig,
    DomainKey,
    DomainRates,
    DomainState,
    Firmware,
    GuestAddress,
    GuestInfo,
)
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.ui.look.fact_list import Fact
from vmgui.ui.overview import facts

KEY = DomainKey("h", "6695eb01-f6a4-8304-79aa-97f2502e0001")
DOMAIN = Domain(
    KEY, "web-01", DomainState.RUNNING, vcpus=2, vcpus_max=8, memory_kib=2 << 20, memory_max_kib=4 << 20
)
HOST = Host(HostConfig("h", "host-a", "test:///default"), state=HostState.CONNECTED)
CONFIG = DomainConfig(
    uuid=KEY.uuid, name="web-01", domain_type="kvm", title="", description="", arch="x86_64", machine="pc-q35-9.0",
    firmware=Firmware.UEFI_SECURE, nvram_path="", has_tpm=True, vcpus=2, vcpus_max=8, memory_kib=2 << 20,
    memory_max_kib=4 << 20, cpu_mode="host-model", os_id="http://debian.org/debian/12", kernel_path="",
    boot_order=("hd",),
    disks=(Disk("vda", "virtio", "disk", "file", "/images/web.qcow2", "qcow2"), Disk("sda", "sata", "cdrom", "file", "", "")),
    interfaces=(Interface("52:54:00:00:00:01", "network", "default", "virtio", "vnet0", link_up=False),),
    graphics=(Graphics("vnc", 5900, -1, "127.0.0.1", "", False),), filesystems=(), video_models=("virtio",),
    has_agent_channel=True, has_serial_console=True, xml="<domain/>",
)  # fmt: skip


def found(lines: list[Fact], label: str) -> list[Fact]:
    return [line for line in lines if line.label == label]


def test_addresses_say_where_they_are_from_and_can_be_copied() -> None:
    guest = GuestInfo(
        "Debian 12", "web", True,
        (
            GuestAddress("eth0", "52:54:00:00:00:01", "10.0.0.12", 24, AddressSource.AGENT),
            GuestAddress("vnet0", "52:54:00:00:00:01", "fd00::12", 64, AddressSource.LEASE),
        ),
    )  # fmt: skip
    lines = found(facts.state_facts(DOMAIN, HOST, CONFIG, guest, None), "Addresses")
    assert [line.value for line in lines] == ["10.0.0.12/24", "fd00::12/64"]
    assert "guest agent" in lines[0].note
    assert "DHCP" in lines[1].note
    assert lines[0].copy == "10.0.0.12"
    assert facts.first_address(guest) == "10.0.0.12"


def test_a_guest_that_tells_much_is_cut() -> None:
    many = tuple(GuestAddress("e", "", f"10.0.0.{n}", 24, AddressSource.AGENT) for n in range(250))
    lines = found(facts.state_facts(DOMAIN, HOST, None, GuestInfo(addresses=many), None), "Addresses")
    assert len(lines) == facts.MOST_LINES + 1
    assert str(250 - facts.MOST_LINES) in lines[-1].value


def test_silent_guest_says_what_is_missing() -> None:
    lines = found(facts.state_facts(DOMAIN, HOST, CONFIG, GuestInfo(), None), "Addresses")
    assert "no agent" in lines[0].note


def test_lost_host_is_told_beside_the_state() -> None:
    lost = Host(HOST.config, state=HostState.UNREACHABLE)
    assert "last seen" in found(facts.state_facts(DOMAIN, lost, None, None, None), "Host")[0].note


def test_hardware_in_words() -> None:
    lines = facts.hardware_facts(DOMAIN, CONFIG, DomainRates(0.0, memory_used_kib=1 << 20))
    assert "up to 8" in found(lines, "Processor")[0].value
    assert "hardware acceleration" in found(lines, "Processor")[0].note
    assert found(lines, "Memory")[0].value == "2 GiB, up to 4 GiB"
    assert found(lines, "Memory")[0].note == "1 GiB in use"
    assert found(lines, "Firmware")[0].value == "UEFI with secure boot · TPM"
    assert [line.value for line in found(lines, "Disks")] == ["/images/web.qcow2", "Empty drive"]
    assert found(lines, "Network")[0].value == "Network default · cable unplugged"
    assert found(lines, "Display")[0].value == "VNC"


@pytest.mark.parametrize(
    ("config", "guest", "words"),
    [
        (CONFIG, GuestInfo("Alpine Linux"), "Alpine Linux"),
        (CONFIG, GuestInfo(), "Debian 12"),
        (None, None, ""),
    ],
)
def test_operating_system(config: DomainConfig | None, guest: GuestInfo | None, words: str) -> None:
    assert facts.os_words(config, guest) == words


def test_what_a_machine_has_of_its_host_is_shown() -> None:
    config = replace(
        CONFIG,
        filesystems=(Filesystem("virtiofs", "/srv/share", "tag1"),),
        host_devices=(HostDevice("pci", "0000:0a:00.0"), HostDevice("usb", "1234:beef")),
    )
    lines = facts.hardware_facts(DOMAIN, config, None)
    (folder,) = found(lines, "Shared folders")
    assert (folder.value, folder.note) == ("/srv/share", "tag1 · virtiofs")
    assert [(line.value, line.note) for line in found(lines, "Devices of the host")] == [
        ("0000:0a:00.0", "PCI"),
        ("1234:beef", "USB"),
    ]


def test_a_system_is_called_as_its_makers_do() -> None:
    assert facts.os_words(CONFIG, None) == "Debian 12"
    alpine = replace(CONFIG, os_id="http://alpinelinux.org/alpinelinux/3.23")
    assert facts.os_words(alpine, None) == "Alpine Linux 3.23"


def test_no_firmware_is_shown_where_there_is_none() -> None:
    container = replace(CONFIG, firmware=Firmware.NONE, has_tpm=False)
    lines = facts.hardware_facts(DOMAIN, container, None)
    assert found(lines, "Firmware") == []
    assert found(lines, "Machine type")[0].value == "pc-q35-9.0"
