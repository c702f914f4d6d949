"""Defaults suit the system and stay within what the host has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.creation import FileRef, GraphicsListen, NetworkKind, SourceKind
from vmgui.model.domain import Firmware
from vmgui.model.host import (
    DomainCapabilities,
    GuestCapability,
    Host,
    HostConfig,
    HostFeatures,
    HostInfo,
    HostState,
    KvmState,
)
from vmgui.model.network import Network
from vmgui.model.offer import HostOffer, Medium, canonical_machine
from vmgui.model.os_variant import GENERIC, GENERIC_LINUX, OsVariant
from vmgui.model.storage import Pool, Volume
from vmgui.policy import creation
from vmgui.policy.creation import defaults

GIB = 1024**3
GIB_KIB = 1024**2

WINDOWS_11 = OsVariant(
    id="http://microsoft.com/win/11",
    short_id="win11",
    name="Microsoft Windows 11",
    family="winnt",
    distro="win",
    end_of_life=False,
    minimum_memory_bytes=4 * GIB,
    minimum_disk_bytes=64 * GIB,
    recommended_cpus=2,
    needs_uefi=True,
    needs_tpm=True,
    supports_secure_boot=True,
    nics=("e1000e", "e1000"),
)
WINDOWS_XP = OsVariant(
    id="http://microsoft.com/win/xp",
    short_id="winxp",
    name="Microsoft Windows XP",
    family="winnt",
    distro="win",
    end_of_life=True,
    recommended_memory_bytes=512 * 1024**2,
    nics=("rtl8139",),
    is_legacy=True,
)


def capabilities(machine: str, domain_type: str, **changes: object) -> DomainCapabilities:
    made = DomainCapabilities(
        arch="x86_64",
        machine=machine,
        domain_type=domain_type,
        emulator="/usr/bin/qemu-system-x86_64",
        max_vcpus=288,
        firmwares=("bios", "efi"),
        loader_paths=(),
        secure_boot=True,
        cpu_modes=("host-passthrough", "maximum"),
        cpu_models=("Nehalem",),
        disk_buses=("sata", "virtio", "scsi"),
        video_models=("vga", "virtio", "qxl"),
        graphics_types=("vnc",),
        tpm_models=("tpm-crb",),
        tpm_backends=("emulator",),
        rng=True,
        filesystem=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def pool(name: str = "default", available_gib: int = 100, **changes: object) -> Pool:
    made = Pool(
        name,
        name,
        "dir",
        True,
        f"/pools/{name}",
        2 * available_gib * GIB,
        available_gib * GIB,
        available_gib * GIB,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def network(name: str = "default", *, active: bool = True, forward: str = "nat") -> Network:
    return Network(name, name, active, True, forward, "virbr0")


def host(**changes: object) -> Host:
    info = HostInfo(
        hostname="h",
        driver="QEMU",
        arch="x86_64",
        cpu_model="",
        cpus=8,
        cpu_mhz=0,
        memory_kib=32 * GIB_KIB,
        sockets=1,
        cores=8,
        threads=1,
        numa_nodes=1,
        libvirt_version=(9, 0, 0),
        hypervisor_version=(7, 2, 0),
        features=HostFeatures(storage_pools=True, networks=True),
        guests=(
            GuestCapability("i686", "hvm", "/usr/bin/qemu-system-i386", ("pc",), ("qemu",)),
            GuestCapability(
                "x86_64",
                "hvm",
                "/usr/bin/qemu-system-x86_64",
                ("pc", "pc-i440fx-7.2", "pc-q35-7.2"),
                ("qemu", "kvm"),
            ),
        ),
    )
    made = Host(HostConfig("h", "h", "qemu:///system"), HostState.CONNECTED, info, kvm=KvmState.WORKS)
    return replace(made, **changes)  # type: ignore[arg-type]


def offer(**changes: object) -> HostOffer:
    made = HostOffer(
        host=host(),
        pools=(pool(),),
        networks=(network(),),
        capabilities=tuple(
            capabilities(machine, kind)
            for machine in ("pc-q35-7.2", "pc-i440fx-7.2")
            for kind in ("qemu", "kvm")
        ),
        cpus=8,
        memory_total_kib=32 * GIB_KIB,
        memory_free_kib=24 * GIB_KIB,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_linux_gets_virtio_and_room_to_grow() -> None:
    new = defaults(offer(), SourceKind.CDROM, GENERIC_LINUX, Medium(FileRef("/cd.iso")))
    assert (new.machine, new.domain_type, new.arch) == ("q35", "kvm", "x86_64")
    assert (new.disk_bus, new.interface.model, new.video_model) == ("virtio", "virtio", "virtio")
    assert new.vcpus_max > new.vcpus
    assert new.memory_max_kib > new.memory_kib
    assert new.spare_pcie_ports == 10
    assert new.cdrom == FileRef("/cd.iso")
    assert new.interface.kind is NetworkKind.VIRTUAL
    assert new.new_volume is not None
    assert (new.new_volume.pool, new.new_volume.name) == ("default", f"{new.name}.qcow2")


def test_windows_11_gets_what_it_insists_on() -> None:
    new = defaults(offer(), SourceKind.CDROM, WINDOWS_11)
    assert (new.firmware, new.tpm) == (Firmware.UEFI_SECURE, True)
    assert (new.disk_bus, new.interface.model, new.video_model) == ("sata", "e1000e", "vga")
    assert new.name == "windows-11"
    # Without a balloon driver it would take all of the maximum.
    assert new.memory_max_kib == new.memory_kib == 4 * GIB_KIB
    assert new.new_volume is not None
    assert new.new_volume.capacity_bytes == 64 * GIB


def test_an_old_system_gets_an_old_board() -> None:
    new = defaults(offer(), SourceKind.CDROM, WINDOWS_XP)
    assert (new.machine, new.interface.model, new.vcpus) == ("pc", "rtl8139", 1)
    assert not new.usb_tablet
    assert new.memory_kib == 512 * 1024


@pytest.mark.parametrize("state", [KvmState.LIES, KvmState.MISSING])
def test_kvm_that_cannot_be_relied_on_is_not_used(state: KvmState) -> None:
    assert defaults(offer(host=host(kvm=state)), SourceKind.EMPTY).domain_type == "qemu"


def test_a_host_without_secure_boot_or_tpm_still_gets_a_wish() -> None:
    poor = capabilities("q35", "kvm", secure_boot=False, tpm_backends=())
    new = defaults(offer(capabilities=(poor,)), SourceKind.CDROM, WINDOWS_11)
    assert (new.firmware, new.tpm) == (Firmware.UEFI, False)
    new = defaults(offer(capabilities=(replace(poor, firmwares=("bios",)),)), SourceKind.CDROM, WINDOWS_11)
    assert new.firmware is Firmware.BIOS


def test_a_small_disk_lowers_the_size_and_a_roomy_pool_is_preferred() -> None:
    new = defaults(offer(pools=(pool(available_gib=10),)), SourceKind.EMPTY, GENERIC)
    assert new.new_volume is not None
    assert new.new_volume.capacity_bytes == 8 * GIB
    new = defaults(offer(pools=(pool(available_gib=10), pool("big", 500))), SourceKind.EMPTY, GENERIC)
    assert new.new_volume is not None
    assert (new.new_volume.pool, new.new_volume.capacity_bytes) == ("big", 20 * GIB)


def test_pools_where_nothing_can_be_made_are_not_offered() -> None:
    pools = (
        pool("stopped", active=False),
        pool("scsi", kind="scsi"),
        pool("later", uuid="", active=False),
        pool("lvm", kind="logical"),
    )
    assert {found.name for found in creation.usable_pools(offer(pools=pools))} == {"later", "lvm"}
    new = defaults(offer(pools=(pool("lvm", kind="logical"),)), SourceKind.EMPTY, name="a b")
    assert new.new_volume is not None
    assert (new.new_volume.format, new.new_volume.name) == ("raw", "a-b")


def test_a_pool_that_is_not_running_is_offered_last_and_taken_where_there_is_no_other() -> None:
    pools = (
        pool("b", active=False),
        pool("default", active=False),
        pool("small", 1),
        pool("scsi", kind="scsi"),
    )
    assert [found.name for found in creation.offered_pools(offer(pools=pools))] == ["small", "default", "b"]
    new = defaults(offer(pools=pools), SourceKind.EMPTY)
    assert new.new_volume is not None
    assert new.new_volume.pool == "small"
    new = defaults(offer(pools=pools[:2]), SourceKind.EMPTY)
    assert new.new_volume is not None
    assert new.new_volume.pool == "default"
    silent = pool("nfs", active=False, silent_since_s=7.0)
    assert creation.offered_pools(offer(pools=(silent,))) == ()


def test_a_host_without_pools_gets_a_file() -> None:
    new = defaults(offer(pools=(), default_directory="/d"), SourceKind.EMPTY)
    assert new.new_volume is not None
    assert (new.new_volume.pool, new.new_volume.directory) == ("", "/d")
    assert defaults(offer(pools=()), SourceKind.EMPTY).new_volume is None


def test_the_display_stays_on_the_host_unless_it_could_not_be_reached() -> None:
    assert defaults(offer(), SourceKind.EMPTY).graphics_listen is GraphicsListen.LOOPBACK
    new = defaults(offer(listen_address="10.0.0.7"), SourceKind.EMPTY)
    assert (new.graphics_listen, new.graphics_address) == (GraphicsListen.ADDRESS, "10.0.0.7")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, (NetworkKind.VIRTUAL, "default")),
        ({"networks": (network(active=False),)}, (NetworkKind.VIRTUAL, "default")),
        ({"networks": (network(active=False),), "bridges": ("br0",)}, (NetworkKind.BRIDGE, "br0")),
        ({"networks": (network("x", forward=""), network("y"))}, (NetworkKind.VIRTUAL, "y")),
        ({"networks": ()}, (NetworkKind.USER, "")),
        ({"is_privileged": False}, (NetworkKind.USER, "")),
    ],
)
def test_the_network_that_works(changes: dict[str, object], wanted: tuple[NetworkKind, str]) -> None:
    assert creation.default_network(offer(**changes)) == wanted


def test_free_names() -> None:
    taken = offer(
        names=frozenset({"generic-linux", "generic-linux-2"}),
        volumes={"default": (Volume("default", "a.qcow2", "/a", "qcow2", 1, 1),)},
    )
    assert creation.free_name(GENERIC_LINUX, taken) == "generic-linux-3"
    assert creation.free_name(None, taken) == "machine"
    assert creation.volume_name("a", pool(), taken) == "a-2.qcow2"
    assert creation.volume_name("a/b", pool(), taken) == "a-b.qcow2"
    assert creation.upload_name(FileRef("/x/a.qcow2"), pool(), taken) == "a-2.qcow2"
    assert creation.upload_name(FileRef("/x/noending"), pool(), taken) == "noending"


@given(st.text(max_size=300))
def test_a_volume_can_be_named_after_any_machine(name: str) -> None:
    made = creation.volume_name(name, pool(), offer())
    assert made
    assert "/" not in made
    assert not made.startswith(".")
    assert len(made.encode(errors="replace")) <= 255


@given(
    free_gib=st.integers(0, 64),
    total_gib=st.integers(1, 64),
    cpus=st.integers(1, 128),
    os=st.sampled_from([GENERIC, GENERIC_LINUX, WINDOWS_11, WINDOWS_XP]),
)
def test_whatever_the_host_has_the_defaults_are_consistent(
    free_gib: int, total_gib: int, cpus: int, os: OsVariant
) -> None:
    free_gib = min(free_gib, total_gib)
    given_offer = offer(memory_free_kib=free_gib * GIB_KIB, memory_total_kib=total_gib * GIB_KIB, cpus=cpus)
    new = defaults(given_offer, SourceKind.EMPTY, os)
    assert 1 <= new.vcpus <= max(1, cpus)
    assert new.vcpus <= new.vcpus_max <= max(8, 2 * cpus)
    assert 0 < new.memory_kib <= new.memory_max_kib
    minimum_kib = (os.minimum_memory_bytes or 0) // 1024
    if free_gib:
        assert new.memory_max_kib <= max(free_gib * GIB_KIB, minimum_kib, 512 * 1024)


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("pc-q35-7.2", "q35"),
        ("pc-i440fx-2.11", "pc"),
        ("virt-7.2", "virt"),
        ("q35", "q35"),
        ("s390-ccw-virtio-7.2", "s390-ccw-virtio"),
        ("", ""),
    ],
)
def test_canonical_machines(name: str, alias: str) -> None:
    assert canonical_machine(name) == alias


def test_a_guess_decides_nothing_about_firmware_and_what_was_detected_or_chosen_does() -> None:
    windows = replace(WINDOWS_11, id="w11")
    medium = Medium(FileRef("/w11.qcow2"), format="qcow2", os=windows, is_os_guessed=True)
    new = defaults(offer(), SourceKind.DISK_IMAGE, windows, medium)
    assert (new.firmware, new.tpm, new.os_id) == (Firmware.BIOS, False, "w11")
    for chosen, guessed in ((True, True), (False, False)):
        certain = replace(medium, is_os_guessed=guessed)
        new = defaults(offer(), SourceKind.DISK_IMAGE, windows, certain, is_os_chosen=chosen)
        assert (new.firmware, new.tpm) == (Firmware.UEFI_SECURE, True)


S390X_BUSES = ("fdc", "scsi", "virtio", "usb")


def other_host(
    arch: str, machine: str, *guests: GuestCapability, driver: str = "QEMU", **changes: object
) -> HostOffer:
    """A host of another architecture or hypervisor."""
    base = host()
    assert base.info is not None
    info = replace(base.info, arch=arch, driver=driver, guests=guests)
    found = tuple(
        capabilities(machine, kind, arch=arch, **changes) for guest in guests for kind in guest.domain_types
    )
    return offer(host=replace(base, info=info), capabilities=found)


def qemu(arch: str, machine: str, *types: str, emulator: str = "") -> GuestCapability:
    return GuestCapability(
        arch, "hvm", emulator or f"/usr/bin/qemu-system-{arch}", (machine,), types or ("qemu", "kvm")
    )


def test_acceleration_with_an_emulator_of_its_own_is_used() -> None:
    plain = qemu("x86_64", "q35", "qemu")
    accelerated = qemu("x86_64", "q35", "kvm", emulator="/usr/libexec/qemu-kvm")
    new = defaults(other_host("x86_64", "q35", plain, accelerated), SourceKind.EMPTY, GENERIC_LINUX)
    assert (new.domain_type, new.emulator) == ("kvm", "/usr/libexec/qemu-kvm")
    liar = other_host("x86_64", "q35", accelerated, plain)
    liar = replace(liar, host=replace(liar.host, kvm=KvmState.LIES))
    new = defaults(liar, SourceKind.EMPTY, GENERIC_LINUX)
    assert (new.domain_type, new.emulator) == ("qemu", "/usr/bin/qemu-system-x86_64")


@pytest.mark.parametrize("os", [GENERIC, GENERIC_LINUX])
def test_what_is_no_pc_gets_virtio_and_never_a_floppy_bus(os: OsVariant) -> None:
    machine = "s390-ccw-virtio"
    given = other_host("s390x", machine, qemu("s390x", machine), disk_buses=S390X_BUSES, firmwares=("bios",))
    new = defaults(given, SourceKind.CDROM, os)
    assert (new.disk_bus, new.interface.model, new.video_model) == ("virtio", "virtio", "virtio")


def test_a_bus_that_is_known_is_taken_before_one_that_is_only_there() -> None:
    assert (
        creation.default_disk_bus(GENERIC, "x86_64", capabilities("pc", "qemu", disk_buses=("fdc", "usb")))
        == "usb"
    )
    assert (
        creation.default_disk_bus(GENERIC, "x86_64", capabilities("pc", "qemu", disk_buses=("fdc",)))
        == "virtio"
    )


def test_names_are_words_of_the_persons_language() -> None:
    taken = offer(names=frozenset({"máquina"}))
    names = {"": "máquina", GENERIC_LINUX.id: "linux"}
    assert creation.free_name(None, taken, names) == "máquina-2"
    assert creation.free_name(GENERIC_LINUX, taken, names) == "linux"
