"""Every problem is found, and a sound wish has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.policy.test_creation import (
    GIB,
    GIB_KIB,
    WINDOWS_11,
    capabilities,
    host,
    network,
    offer,
    other_host,
    pool,
    qemu,
)
from vmgui.model.creation import (
    FileRef,
    GraphicsListen,
    NetworkKind,
    NewDomain,
    NewInterface,
    NewVolume,
    SourceKind,
)
from vmgui.model.domain import Firmware
from vmgui.model.host import GuestCapability, HostState, KvmState
from vmgui.model.offer import (
    DiskUse,
    DiskUseKind,
    Field,
    HostOffer,
    Medium,
    MediumIssue,
    MediumIssueKind,
    ProblemKind,
    Severity,
)
from vmgui.model.os_variant import GENERIC_LINUX
from vmgui.model.storage import Pool, Volume
from vmgui.policy.creation import defaults, usable_pools
from vmgui.policy.creation_problems import problems


def wish(**changes: object) -> NewDomain:
    return replace(defaults(offer(), SourceKind.EMPTY, GENERIC_LINUX), **changes)  # type: ignore[arg-type]


def kinds(new: NewDomain, given: HostOffer | None = None) -> dict[ProblemKind, Severity]:
    found = problems(new, given or offer(), GENERIC_LINUX)
    return {problem.kind: problem.severity for problem in found}


def test_more_cpus_than_any_machine_has_are_too_many_also_where_the_limit_is_not_known() -> None:
    unknown = offer(capabilities={})
    assert kinds(wish(vcpus=5000, vcpus_max=5000), unknown)[ProblemKind.VCPUS_OVER_LIMIT] is Severity.ERROR


def test_defaults_have_no_problem() -> None:
    assert problems(wish(), offer(), GENERIC_LINUX) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", ProblemKind.NAME_EMPTY),
        ("  ", ProblemKind.NAME_EMPTY),
        ("a/b", ProblemKind.NAME_INVALID),
        ("a\nb", ProblemKind.NAME_INVALID),
        ("a\x00b", ProblemKind.NAME_INVALID),
        ("a\x85b", ProblemKind.NAME_INVALID),
        ("a\ud800", ProblemKind.NAME_INVALID),
        ("..", ProblemKind.NAME_INVALID),
        (" a", ProblemKind.NAME_INVALID),
        ("x" * 201, ProblemKind.NAME_TOO_LONG),
        ("ü" * 101, ProblemKind.NAME_TOO_LONG),
        ("taken", ProblemKind.NAME_TAKEN),
    ],
)
def test_names(name: str, kind: ProblemKind) -> None:
    (found,) = problems(wish(name=name), offer(names=frozenset({"taken"})), GENERIC_LINUX)
    assert (found.kind, found.is_error, found.field) == (kind, True, Field.NAME)


@pytest.mark.parametrize(
    "name", ["a", "Müller & Söhne <1>", "日本", "$(x)", "--help", "x" * 200, "a.b", "Taken"]
)
def test_names_that_are_fine(name: str) -> None:
    assert problems(wish(name=name), offer(names=frozenset({"taken"})), GENERIC_LINUX) == ()


def volume(**changes: object) -> NewVolume:
    return replace(NewVolume("default", "x.qcow2", 10 * GIB), **changes)  # type: ignore[arg-type]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("changes", "kind", "severity"),
    [
        ({"vcpus": 0}, ProblemKind.VCPUS_TOO_FEW, ERROR),
        ({"vcpus": 9, "vcpus_max": 16}, ProblemKind.VCPUS_OVER_HOST, WARNING),
        ({"vcpus": 300, "vcpus_max": 300}, ProblemKind.VCPUS_OVER_LIMIT, ERROR),
        ({"vcpus": 4, "vcpus_max": 2}, ProblemKind.VCPUS_MAX_BELOW, ERROR),
        ({"vcpus_max": 300}, ProblemKind.VCPUS_OVER_LIMIT, ERROR),
        ({"memory_kib": 1024}, ProblemKind.MEMORY_TOO_SMALL, ERROR),
        ({"memory_kib": 40 * GIB_KIB, "memory_max_kib": 40 * GIB_KIB}, ProblemKind.MEMORY_OVER_HOST, ERROR),
        ({"memory_kib": 30 * GIB_KIB, "memory_max_kib": 30 * GIB_KIB}, ProblemKind.MEMORY_OVER_FREE, WARNING),
        ({"memory_kib": 2 * GIB_KIB, "memory_max_kib": GIB_KIB}, ProblemKind.MEMORY_MAX_BELOW, ERROR),
        ({"memory_max_kib": 40 * GIB_KIB}, ProblemKind.MEMORY_OVER_HOST, WARNING),
        ({"new_volume": None}, ProblemKind.NO_DISK, INFO),
        ({"new_volume": volume(name="")}, ProblemKind.VOLUME_NAME_INVALID, ERROR),
        ({"new_volume": volume(name="a/b")}, ProblemKind.VOLUME_NAME_INVALID, ERROR),
        ({"new_volume": volume(name="taken.qcow2")}, ProblemKind.VOLUME_TAKEN, ERROR),
        ({"new_volume": volume(capacity_bytes=10)}, ProblemKind.DISK_TOO_SMALL, ERROR),
        ({"new_volume": volume(capacity_bytes=500 * GIB)}, ProblemKind.DISK_OVER_POOL, WARNING),
        ({"new_volume": volume(capacity_bytes=500 * GIB, format="raw")}, ProblemKind.DISK_OVER_POOL, ERROR),
        ({"new_volume": volume(pool="nothere")}, ProblemKind.POOL_MISSING, ERROR),
        ({"new_volume": volume(pool="stopped")}, ProblemKind.POOL_INACTIVE, WARNING),
        ({"new_volume": volume(pool="scsi")}, ProblemKind.POOL_UNSUITABLE, ERROR),
        ({"new_volume": volume(pool="lvm")}, ProblemKind.FORMAT_UNSUITABLE, ERROR),
        ({"interface": NewInterface(NetworkKind.VIRTUAL, "x")}, ProblemKind.NETWORK_MISSING, ERROR),
        ({"interface": NewInterface(NetworkKind.VIRTUAL, "off")}, ProblemKind.NETWORK_INACTIVE, WARNING),
        ({"interface": NewInterface(NetworkKind.BRIDGE, "br9")}, ProblemKind.BRIDGE_MISSING, WARNING),
        ({"interface": NewInterface(NetworkKind.BRIDGE, "")}, ProblemKind.BRIDGE_MISSING, ERROR),
        (
            {"source": SourceKind.NETWORK_BOOT, "interface": NewInterface(NetworkKind.NONE)},
            ProblemKind.NO_NETWORK_BOOT,
            ERROR,
        ),
        (
            {"source": SourceKind.NETWORK_BOOT, "interface": NewInterface(NetworkKind.USER)},
            ProblemKind.NO_NETWORK_BOOT,
            WARNING,
        ),
        (
            {"graphics_listen": GraphicsListen.ADDRESS, "graphics_address": "10.0.0.7"},
            ProblemKind.GRAPHICS_OPEN,
            INFO,
        ),
        ({"source": SourceKind.CDROM}, ProblemKind.MEDIUM_NOT_CHOSEN, ERROR),
        ({"source": SourceKind.DISK_IMAGE}, ProblemKind.MEDIUM_NOT_CHOSEN, ERROR),
        ({"source": SourceKind.KERNEL}, ProblemKind.MEDIUM_NOT_CHOSEN, ERROR),
        ({"cdrom": FileRef("/x", local=True)}, ProblemKind.UPLOAD_POOL_MISSING, ERROR),
        ({"cdrom": FileRef("/x", local=True, upload_pool="lvm")}, ProblemKind.POOL_UNSUITABLE, ERROR),
    ],
)
def test_what_is_wrong_is_found(changes: dict[str, object], kind: ProblemKind, severity: Severity) -> None:
    given = offer(
        pools=(pool(), pool("stopped", active=False), pool("scsi", kind="scsi"), pool("lvm", kind="logical")),
        networks=(network(), network("off", active=False)),
        volumes={"default": (Volume("default", "taken.qcow2", "/taken", "qcow2", 1, 1),)},
    )
    assert kinds(wish(**changes), given).get(kind) is severity


def test_firmware_and_tpm() -> None:
    poor = offer(
        capabilities=(capabilities("q35", "kvm", firmwares=("bios",), tpm_backends=(), secure_boot=False),)
    )
    assert ProblemKind.UEFI_MISSING in kinds(wish(firmware=Firmware.UEFI), poor)
    assert ProblemKind.TPM_MISSING in kinds(wish(tpm=True), poor)
    no_secure = offer(capabilities=(capabilities("q35", "kvm", secure_boot=False),))
    assert ProblemKind.SECURE_BOOT_MISSING in kinds(wish(firmware=Firmware.UEFI_SECURE), no_secure)
    found = {p.kind: p.severity for p in problems(wish(), offer(), WINDOWS_11)}
    assert found[ProblemKind.UEFI_RECOMMENDED] is found[ProblemKind.TPM_RECOMMENDED] is WARNING
    assert found[ProblemKind.MEMORY_UNDER_MINIMUM] is found[ProblemKind.DISK_UNDER_MINIMUM] is WARNING


def test_the_host_itself() -> None:
    assert kinds(wish(), offer(host=host(state=HostState.UNREACHABLE)))[ProblemKind.HOST_OFFLINE] is ERROR
    lying = offer(host=host(kvm=KvmState.LIES))
    assert kinds(wish(), lying)[ProblemKind.KVM_LIES] is WARNING
    assert kinds(wish(domain_type="qemu"), lying)[ProblemKind.KVM_LIES] is INFO
    assert (
        kinds(wish(domain_type="qemu"), offer(host=host(kvm=KvmState.MISSING)))[ProblemKind.KVM_MISSING]
        is INFO
    )


def test_media() -> None:
    ref = FileRef("/big.iso", local=True, upload_pool="default")
    new = wish(source=SourceKind.CDROM, cdrom=ref)
    bad = MediumIssue(MediumIssueKind.BROKEN, True, "/big.iso", "x")
    odd = MediumIssue(MediumIssueKind.NOT_BOOTABLE, False, "/big.iso")
    medium = Medium(ref, size_bytes=200 * GIB, issues=(bad, odd))
    found = problems(new, offer(), GENERIC_LINUX, [medium])
    assert [(p.kind, p.severity, p.issue) for p in found] == [
        (ProblemKind.MEDIUM, ERROR, bad),
        (ProblemKind.MEDIUM, WARNING, odd),
        (ProblemKind.UPLOAD_NO_SPACE, ERROR, None),
    ]
    # What was inspected is another file: nothing is said of this one.
    assert problems(new, offer(), GENERIC_LINUX, [replace(medium, ref=FileRef("/other"))]) == ()


@pytest.mark.parametrize("source", [SourceKind.DISK_IMAGE, SourceKind.EMPTY])
@pytest.mark.parametrize(
    ("use", "kind", "severity"),
    [
        (DiskUse("u", "db", DiskUseKind.SAME), ProblemKind.DISK_IN_USE, Severity.WARNING),
        (DiskUse("u", "db", DiskUseKind.SAME, True), ProblemKind.DISK_IN_USE, Severity.ERROR),
        (DiskUse("u", "db", DiskUseKind.SAME, True, True), ProblemKind.DISK_IN_USE, Severity.WARNING),
        (DiskUse("u", "db", DiskUseKind.OVERLAY), ProblemKind.DISK_IS_BASE, Severity.WARNING),
        (DiskUse("u", "db", DiskUseKind.OVERLAY, True), ProblemKind.DISK_IS_BASE, Severity.ERROR),
        (DiskUse("u", "db", DiskUseKind.BASE, True), ProblemKind.DISK_BASE_IN_USE, Severity.ERROR),
    ],
)
def test_a_disk_of_another_machine(
    source: SourceKind, use: DiskUse, kind: ProblemKind, severity: Severity
) -> None:
    ref = FileRef("/srv/db.qcow2")
    new = wish(source=source, disk_image=ref, new_volume=None)
    found = problems(new, offer(), None, [Medium(ref, exists=True, used_by=(use,))])
    (told,) = (problem for problem in found if problem.kind is kind)
    assert (told.severity, told.name, told.host) == (severity, "db", offer().host.name)
    assert told.field is Field.DISK_IMAGE


def test_what_is_said_of_a_pool_that_has_to_be_started() -> None:
    stopped = pool("stopped", active=False, available_gib=0)
    given = offer(pools=(stopped,))
    (found,) = problems(defaults(given, SourceKind.EMPTY, GENERIC_LINUX), given, GENERIC_LINUX)
    assert (found.kind, found.severity) == (ProblemKind.POOL_INACTIVE, WARNING)
    assert (found.field, found.name) == (Field.DISK_POOL, "stopped")


@pytest.mark.parametrize(
    "source", [SourceKind.CDROM, SourceKind.EMPTY, SourceKind.NETWORK_BOOT, SourceKind.KERNEL]
)
@pytest.mark.parametrize(
    "pools", [(), (pool("scsi", kind="scsi"),), (pool("net", kind="rbd", active=False),)]
)
def test_a_machine_that_can_get_no_disk_is_told_of(source: SourceKind, pools: tuple[Pool, ...]) -> None:
    given = offer(pools=pools)
    new = defaults(given, source, GENERIC_LINUX)
    assert new.new_volume is None
    found = [problem for problem in problems(new, given, GENERIC_LINUX) if problem.field is Field.DISK_POOL]
    assert [(problem.kind, problem.severity) for problem in found] == [
        (ProblemKind.NO_PLACE_FOR_DISK, WARNING)
    ]


def test_a_pool_that_does_not_answer_is_told_and_not_offered() -> None:
    silent = pool("nfs", silent_since_s=7.0)
    given = offer(pools=(pool(), silent))
    assert usable_pools(given) == (pool(),)
    (found,) = problems(wish(), given, GENERIC_LINUX)
    assert (found.kind, found.severity) == (ProblemKind.POOL_SILENT, Severity.WARNING)
    assert (found.field, found.name, found.since_s) == (Field.DISK_POOL, "nfs", 7.0)
    # Chosen before it fell silent.
    (found,) = problems(wish(new_volume=NewVolume("nfs", "a.qcow2", 20 * GIB)), given, GENERIC_LINUX)
    assert (found.kind, found.severity) == (ProblemKind.POOL_SILENT, Severity.ERROR)


def test_pools_of_which_nothing_is_known_are_told() -> None:
    given = offer(pools=(), pools_silent_since_s=7.0)
    assert kinds(wish(new_volume=None), given)[ProblemKind.POOLS_SILENT] is Severity.WARNING
    given = offer(pools=(pool(), pool("odd", kind="", problem="a text of the host is not UTF-8")))
    assert kinds(wish(), given) == {ProblemKind.POOL_UNREAD: Severity.WARNING}


@pytest.mark.parametrize(
    ("driver", "guest"),
    [
        ("LXC", GuestCapability("x86_64", "exe", "/usr/libexec/libvirt_lxc", (), ("lxc",))),
        ("vz", GuestCapability("x86_64", "hvm", "", (), ("vz",))),
        ("bhyve", GuestCapability("x86_64", "hvm", "", (), ("bhyve",))),
        ("Xen", GuestCapability("x86_64", "xen", "", (), ("xen",))),
        ("Xen", GuestCapability("x86_64", "hvm", "", (), ("xen",))),
    ],
)
def test_a_host_of_another_hypervisor_says_that_it_is_one(driver: str, guest: GuestCapability) -> None:
    given = other_host("x86_64", "", guest, driver=driver)
    new = defaults(given, SourceKind.EMPTY, GENERIC_LINUX)
    found = next(one for one in problems(new, given) if one.kind is ProblemKind.OTHER_HYPERVISOR)
    assert (found.field, found.name, found.is_error) == (Field.HOST, driver, True)


@pytest.mark.parametrize("arch", ["aarch64", "riscv64"])
def test_a_board_without_bios_needs_uefi_to_start_a_cd(arch: str) -> None:
    with_uefi = other_host(arch, "virt", qemu(arch, "virt"))
    new = defaults(with_uefi, SourceKind.CDROM, GENERIC_LINUX)
    assert new.firmware.is_uefi
    assert not {ProblemKind.NOTHING_BOOTS, ProblemKind.UEFI_NEEDED} & kinds(new, with_uefi).keys()
    assert kinds(replace(new, firmware=Firmware.BIOS), with_uefi)[ProblemKind.UEFI_NEEDED] is Severity.WARNING
    without = other_host(arch, "virt", qemu(arch, "virt"), firmwares=("bios",))
    new = defaults(without, SourceKind.CDROM, GENERIC_LINUX)
    assert kinds(new, without)[ProblemKind.NOTHING_BOOTS] is Severity.WARNING
    kernel = replace(new, source=SourceKind.KERNEL)
    assert ProblemKind.NOTHING_BOOTS not in kinds(kernel, without)
