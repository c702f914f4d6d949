"""Nothing that something else may need is ever offered: chosen cases, then any storage at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.deletion import DoomedFile, Doubt, KeepReason
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig, Firmware
from vmgui.model.offer import DiskUse, DiskUseKind
from vmgui.model.storage import Volume
from vmgui.policy.deletion import (
    Evidence,
    LocalFile,
    OtherMachine,
    Verdicts,
    same_place,
    uses_of,
)

POOL = "/var/lib/libvirt/images"


def disk(source: str, **changes: object) -> Disk:
    made = Disk("vda", "virtio", "disk", "file", source, "qcow2")
    return replace(made, **changes)  # type: ignore[arg-type]


def config(*disks: Disk, name: str = "web", **changes: object) -> DomainConfig:
    made = DomainConfig(
        uuid="u",
        name=name,
        domain_type="qemu",
        title="",
        description="",
        arch="x86_64",
        machine="pc",
        firmware=Firmware.BIOS,
        nvram_path="",
        has_tpm=False,
        vcpus=1,
        vcpus_max=1,
        memory_kib=1,
        memory_max_kib=1,
        cpu_mode="",
        os_id="",
        kernel_path="",
        boot_order=(),
        disks=disks,
        interfaces=(),
        graphics=(),
        filesystems=(),
        video_models=(),
        has_agent_channel=False,
        has_serial_console=False,
        xml="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def volume(
    name: str, *, backing: str = "", pool: str = "default", directory: str = POOL, size: int = 100
) -> Volume:
    return Volume(pool, name, f"{directory}/{name}", "qcow2", 1000, size, backing)


def reason_of(path: str, own: DomainConfig, evidence: Evidence) -> KeepReason:
    return next(file.reason for file in Verdicts(evidence).doomed_files((own,)) if file.path == path)


A, B, BASE = (f"{POOL}/{name}" for name in ("a.qcow2", "b.qcow2", "base.qcow2"))
VOLUMES = (volume("a.qcow2"), volume("b.qcow2"), volume("base.qcow2"))
EVIDENCE = Evidence(volumes=VOLUMES, pool_directories=(POOL,))


def test_a_plain_disk_in_a_pool_is_offered_with_its_size() -> None:
    (file,) = Verdicts(EVIDENCE).doomed_files((config(disk(A)),))
    assert file.can_delete
    assert (file.path, file.target, file.allocation_bytes) == (A, "vda", 100)


@pytest.mark.parametrize("device", ["cdrom", "floppy", "lun"])
def test_a_file_that_is_a_disk_and_a_medium_stays(device: str) -> None:
    for disks in ((disk(A), disk(A, target="sda", device=device)), (disk(A, device=device), disk(A))):
        (file,) = Verdicts(EVIDENCE).doomed_files((config(*disks),))
        assert not file.can_delete


def test_a_volume_disk_is_found_by_its_name() -> None:
    (file,) = Verdicts(EVIDENCE).doomed_files((config(disk("default/a.qcow2", source_type="volume")),))
    assert file.can_delete
    assert file.path == A


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"device": "cdrom"}, KeepReason.READ_ONLY),
        ({"device": "floppy"}, KeepReason.READ_ONLY),
        ({"read_only": True}, KeepReason.READ_ONLY),
        ({"shareable": True}, KeepReason.SHARED),
        ({"device": "lun"}, KeepReason.NOT_MANAGED),
        ({"source_type": "network"}, KeepReason.NOT_MANAGED),
        ({"source_type": "dir"}, KeepReason.NOT_MANAGED),
    ],
)
def test_kinds_of_disks_that_stay(changes: dict[str, object], reason: KeepReason) -> None:
    assert reason_of(A, config(disk(A, **changes)), EVIDENCE) is reason


@pytest.mark.parametrize(
    "theirs",
    [
        disk(A),
        disk(A, device="cdrom", read_only=True),
        disk(f"{POOL}/../images//a.qcow2"),
        disk("default/a.qcow2", source_type="volume"),
    ],
)
def test_what_another_machine_uses_stays(theirs: Disk) -> None:
    evidence = replace(EVIDENCE, others=(OtherMachine("db", (config(theirs),)),))
    (file,) = Verdicts(evidence).doomed_files((config(disk(A)),))
    assert file.reason is KeepReason.SHARED
    assert file.used_by == ("db",)


def test_what_only_the_next_start_of_another_would_use_stays_too() -> None:
    other = OtherMachine("db", (config(disk(B)), config(disk(A))), is_running=True)
    assert reason_of(A, config(disk(A)), replace(EVIDENCE, others=(other,))) is KeepReason.SHARED


@pytest.mark.parametrize("changes", [{"nvram_path": A}, {"kernel_path": A}])
def test_files_of_another_that_are_no_disks(changes: dict[str, object]) -> None:
    other = OtherMachine("db", (config(**changes),))  # type: ignore[arg-type]
    assert reason_of(A, config(disk(A)), replace(EVIDENCE, others=(other,))) is KeepReason.SHARED


def test_a_base_of_another_machines_disk_stays_however_it_is_known() -> None:
    live = OtherMachine("db", (config(disk(B, backing_chain=(BASE, A))),), is_running=True)
    assert reason_of(A, config(disk(A)), replace(EVIDENCE, others=(live,))) is KeepReason.BACKING
    chained = (volume("a.qcow2"), volume("base.qcow2", backing=A), volume("b.qcow2", backing=BASE))
    off = OtherMachine("db", (config(disk(B)),))
    assert reason_of(A, config(disk(A)), Evidence(chained, others=(off,))) is KeepReason.BACKING


def test_a_base_of_any_volume_stays() -> None:
    chained = Evidence((volume("a.qcow2"), volume("orphan.qcow2", backing=A)))
    (file,) = Verdicts(chained).doomed_files((config(disk(A)),))
    assert file.reason is KeepReason.BACKING
    assert file.used_by == (f"{POOL}/orphan.qcow2",)


def test_the_base_below_its_own_disk_is_shown_and_stays() -> None:
    chained = Evidence((volume("a.qcow2", backing=BASE), volume("base.qcow2")))
    found = {file.path: file for file in Verdicts(chained).doomed_files((config(disk(A)),))}
    assert found[A].can_delete
    assert found[BASE].reason is KeepReason.BACKING
    assert found[BASE].used_by == (A,)


def test_what_no_pool_manages_or_is_not_there() -> None:
    assert reason_of("/home/x.img", config(disk("/home/x.img")), EVIDENCE) is KeepReason.NOT_MANAGED
    gone = f"{POOL}/gone.qcow2"
    assert reason_of(gone, config(disk(gone)), EVIDENCE) is KeepReason.MISSING
    of_inactive_pool = disk("other/x", source_type="volume")
    assert reason_of("other/x", config(of_inactive_pool), EVIDENCE) is KeepReason.UNKNOWN


def test_what_could_not_be_examined_keeps_everything() -> None:
    evidence = replace(EVIDENCE, not_examined=("broken",))
    (file,) = Verdicts(evidence).doomed_files((config(disk(A)),))
    assert file.reason is KeepReason.UNKNOWN
    assert file.used_by == ("broken",)


@pytest.mark.parametrize(
    ("outside", "reason"),
    [
        ("/data/other.qcow2", KeepReason.NONE),
        ("/data/a.qcow2", KeepReason.UNKNOWN),  # perhaps a link to it
        ("/data/a.snapshot", KeepReason.UNKNOWN),  # called as overlays of it are
        (f"{POOL}/other.qcow2", KeepReason.UNKNOWN),  # beside it, and in no list
    ],
)
def test_an_image_that_could_not_be_looked_at_keeps_what_it_may_be_or_be_based_on(
    outside: str, reason: KeepReason
) -> None:
    off = OtherMachine("db", (config(disk(outside)),))
    evidence = replace(EVIDENCE, others=(off,), pool_directories=())
    assert reason_of(A, config(disk(A)), evidence) is reason
    raw = replace(off, configs=(config(disk(outside, format="raw")),))
    reason = KeepReason.UNKNOWN if outside.endswith("/a.qcow2") else KeepReason.NONE
    assert reason_of(A, config(disk(A)), replace(evidence, others=(raw,))) is reason
    # While it runs it tells what it is based on.
    live = replace(off, is_running=True)
    assert reason_of(A, config(disk(A)), replace(evidence, others=(live,))) is reason


def test_a_file_of_the_same_name_elsewhere_may_be_the_same_file() -> None:
    link = OtherMachine("db", (config(disk("/images/a.qcow2", format="raw")),))
    assert reason_of(A, config(disk(A)), replace(EVIDENCE, others=(link,))) is KeepReason.UNKNOWN
    twin = volume("a.qcow2", pool="same", directory="/images")
    seen_twice = replace(EVIDENCE, volumes=(*VOLUMES, twin), others=link and (link,))
    assert reason_of(A, config(disk(A)), seen_twice) is KeepReason.UNKNOWN
    another = replace(twin, allocation_bytes=7)
    assert reason_of(A, config(disk(A)), replace(seen_twice, volumes=(*VOLUMES, another))) is KeepReason.NONE


# Disks that nobody can look at now, whose bases nobody knows.


def doomed(path: str, own: DomainConfig, evidence: Evidence) -> DoomedFile:
    return next(file for file in Verdicts(evidence).doomed_files((own,)) if file.path == path)


def in_doubt(evidence: Evidence, *, theirs: Disk, path: str = A) -> tuple[Doubt, ...]:
    other = OtherMachine("db", (config(theirs),), uuid="u2")
    file = doomed(path, config(disk(path)), replace(evidence, others=(other,)))
    assert file.can_delete
    assert file.is_chosen is not bool(file.doubts)
    return file.doubts


def test_what_may_be_the_base_of_a_disk_that_no_pool_shows_is_not_chosen_but_can_be() -> None:
    """libvirt shows no link to a disk that is away: nothing tells that from a file that is gone."""
    gone = f"{POOL}/gone.qcow2"
    assert in_doubt(EVIDENCE, theirs=disk(gone)) == (Doubt("db", gone),)
    by_volume = replace(EVIDENCE, active_pools={"default": POOL})
    assert in_doubt(by_volume, theirs=disk("default/gone.qcow2", source_type="volume")) == (
        Doubt("db", gone),
    )
    # A layer made of the file is called after it; elsewhere under another name it is hardly based on it.
    elsewhere = replace(EVIDENCE, pool_directories=(POOL, "/other"))
    assert in_doubt(elsewhere, theirs=disk("/other/a.layer")) == (Doubt("db", "/other/a.layer"),)
    assert in_doubt(elsewhere, theirs=disk("/other/gone.qcow2")) == ()


def test_a_link_that_leads_nowhere_now_may_need_any_file() -> None:
    link = "/other/link.qcow2"
    evidence = replace(EVIDENCE, pool_directories=(POOL, "/other"), away=frozenset({link}))
    assert in_doubt(evidence, theirs=disk(link)) == (Doubt("db", link),)
    # Its own machine's disk is not gone.
    assert reason_of(link, config(disk(link)), evidence) is KeepReason.UNKNOWN


CLOSED = replace(EVIDENCE, closed_directories=("/closed",))
"""It is there, and the host may not read it."""


def test_a_directory_that_may_not_be_read_may_hold_what_needs_any_file() -> None:
    assert in_doubt(CLOSED, theirs=disk("/closed/x.qcow2")) == (Doubt("db", "/closed/x.qcow2"),)
    missing = replace(CLOSED, missing=frozenset({"/closed/x.qcow2"}))
    assert in_doubt(missing, theirs=disk("/closed/x.qcow2")) == ()


@pytest.mark.parametrize(
    ("theirs", "alike"),
    [
        (disk("/elsewhere/x.qcow2"), disk("/elsewhere/a.layer")),
        (disk("/run/media/me/usb/x.qcow2"), disk(f"{POOL}/x.qcow2")),
        (disk("/dev/sdx", source_type="block"), disk("/srv/a.qcow2", source_type="block")),
        (disk("unknown/x.qcow2", source_type="volume"), disk("unknown/a.layer", source_type="volume")),
        (
            disk("a.qcow2/x", source_type="volume"),
            disk("unknown/a.qcow2", source_type="volume", format="raw"),
        ),
    ],
)
def test_what_merely_was_not_looked_at_is_judged_by_its_name(theirs: Disk, alike: Disk) -> None:
    """Too many directories, no leave to look, no time, a pool that is not defined: nothing is known of it."""
    nothing_read = replace(EVIDENCE, pool_directories=())
    assert in_doubt(nothing_read, theirs=theirs) == ()
    other = OtherMachine("db", (config(alike),), uuid="u2")
    file = doomed(A, config(disk(A)), replace(nothing_read, others=(other,)))
    assert (file.reason, file.used_by) == (KeepReason.UNKNOWN, ("db",))


def test_a_volume_of_a_pool_that_is_not_defined_is_not_any_file_whose_name_is_in_its_own() -> None:
    short = replace(EVIDENCE, volumes=(volume("web"),))
    theirs = disk("webpool/data.qcow2", source_type="volume")
    assert in_doubt(short, theirs=theirs, path=f"{POOL}/web") == ()


def test_what_a_running_machine_writes_to_is_nobodys_base() -> None:
    """Its disk for the next start, on which it does not run yet, may be."""
    theirs = OtherMachine("db", (config(disk("/closed/x.qcow2")),), uuid="u2")
    own = (config(disk(A), name="web"), config(disk(A), disk(B, target="vdb"), name="web"))
    running = OtherMachine("web", own, is_running=True, uuid="u1")
    evidence = replace(CLOSED, others=(theirs, running))
    files = Verdicts(evidence).doomed_files(own, "u1")
    assert [(file.path, file.is_chosen, file.is_written) for file in files] == [
        (A, True, True),
        (B, False, False),
    ]
    off = replace(CLOSED, others=(theirs, replace(running, is_running=False)))
    assert not any(file.is_chosen for file in Verdicts(off).doomed_files(own, "u1"))
    # Where it is needed for sure it stays, whether its machine runs or not.
    taken = replace(evidence, others=(*evidence.others, OtherMachine("heir", (config(disk(A)),))))
    assert Verdicts(taken).doomed_files(own, "u1")[0].reason is KeepReason.SHARED


def test_the_data_file_of_a_running_machines_image_is_written_with_it() -> None:
    volumes = (replace(volume("a.qcow2"), parts=("/data/a.raw",)), volume("a.raw", directory="/data"))
    own = OtherMachine("web", (config(disk(A)),), is_running=True, uuid="u1")
    theirs = OtherMachine("db", (config(disk("/closed/x.qcow2")),), uuid="u2")
    evidence = replace(CLOSED, volumes=volumes, others=(own, theirs))
    files = Verdicts(evidence).doomed_files(own.configs, "u1")
    assert [(file.path, file.is_chosen) for file in files] == [(A, True), ("/data/a.raw", True)]


def test_the_data_file_of_an_image_that_stays_is_kept_and_nothing_else_is_said_of_it() -> None:
    """The image stays because its data file, an image itself, is told to consist of it."""
    part = replace(volume("a.raw", directory="/data"), parts=(A,))
    volumes = (replace(volume("a.qcow2"), parts=(part.path,)), part)
    own = OtherMachine("web", (config(disk(A)),), is_running=True, uuid="u1")
    evidence = replace(EVIDENCE, volumes=volumes, others=(own,))
    image, data = Verdicts(evidence).doomed_files(own.configs, "u1")
    assert image.reason is KeepReason.BACKING
    assert data == DoomedFile(part.path, "vda", 100, KeepReason.BACKING, (A,))


def test_machines_that_go_too_raise_no_doubts() -> None:
    own = config(disk(A))
    stale = OtherMachine("stale", (config(disk("/closed/x.qcow2")),), uuid="u2")
    late = replace(stale, name="late", uuid="u3")
    evidence = replace(CLOSED, others=(OtherMachine("web", (own,), uuid="u1"), stale, late))
    verdicts = Verdicts(evidence)

    def doubting(*going: str) -> list[str]:
        (file,) = verdicts.doomed_files((own,), "u1", going)
        assert file == replace(verdicts.left_over(A, "vda", "u1", going), doubts=file.doubts)
        return [doubt.machine for doubt in file.doubts]

    assert doubting() == ["stale", "late"]
    assert doubting("u1", "u2") == ["late"]
    assert doubting("u1", "u2", "u3") == []
    # One that runs may be left.
    running = replace(late, configs=(config(), *late.configs), is_running=True)
    verdicts = Verdicts(replace(evidence, others=(stale, running)))
    assert doubting("u1", "u2", "u3") == ["late"]
    # What they need for sure counts all the same.
    heir = replace(stale, configs=(config(disk(A)),))
    (file,) = Verdicts(replace(EVIDENCE, others=(heir,))).doomed_files((own,), "u1", ("u1", "u2"))
    assert file.reason is KeepReason.SHARED


@pytest.mark.parametrize("path", [f"{POOL}/gone.qcow2", "/closed/x.qcow2"])
def test_a_disk_whose_chain_is_known_is_no_doubt(path: str) -> None:
    assert in_doubt(CLOSED, theirs=disk(path)) == (Doubt("db", path),)
    assert in_doubt(CLOSED, theirs=disk(path, format="raw")) == ()
    assert in_doubt(CLOSED, theirs=disk(path, device="cdrom", format="raw")) == ()
    assert in_doubt(CLOSED, theirs=disk(path, backing_chain=(BASE,))) == ()
    assert in_doubt(replace(CLOSED, gone=frozenset({path})), theirs=disk(path)) == ()
    live = OtherMachine("db", (config(disk(path)),), is_running=True)
    assert doomed(A, config(disk(A)), replace(CLOSED, others=(live,))).is_chosen


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [({"is_unclear": True}, True), ({"is_unread": True}, False), ({}, False)],
)
def test_an_image_whose_header_does_not_tell_its_base(changes: dict[str, bool], doubts: bool) -> None:
    """One that nobody tried to read, for want of time or leave, keeps what is called alike or is beside it."""
    far = replace(volume("x.vmdk", directory="/far"), **changes)  # type: ignore[arg-type]
    evidence = replace(EVIDENCE, volumes=(*VOLUMES, far))
    assert in_doubt(evidence, theirs=disk(far.path)) == ((Doubt("db", far.path),) if doubts else ())
    beside = replace(volume("x.vmdk"), **changes)  # type: ignore[arg-type]
    other = OtherMachine("db", (config(disk(beside.path)),), uuid="u2")
    file = doomed(A, config(disk(A)), replace(EVIDENCE, volumes=(*VOLUMES, beside), others=(other,)))
    assert file.reason is (KeepReason.UNKNOWN if changes else KeepReason.NONE)


def test_what_we_may_not_read_ourselves_the_host_has_told() -> None:
    """Images of the system's daemon, which belong to root, looked at by an ordinary user."""
    here = {
        path: LocalFile(100, inode=(1, number), is_unclear=True) for number, path in enumerate((A, B, BASE))
    }
    evidence = replace(EVIDENCE, local_files=here, active_pools={"default": POOL})
    assert in_doubt(evidence, theirs=disk(B)) == ()
    # By a link of which the host has told nothing, it is the same file.
    link = {"/link.qcow2": LocalFile(100, is_regular=False, inode=(1, 1), is_unclear=True)}
    assert in_doubt(replace(evidence, local_files={**here, **link}), theirs=disk("/link.qcow2")) == ()
    # Of one that the host has not told of nobody knows.
    unknown = {"/far/x.qcow2": LocalFile(100, inode=(1, 9), is_unclear=True)}
    evidence = replace(evidence, local_files={**here, **unknown})
    assert in_doubt(evidence, theirs=disk("/far/x.qcow2")) == (Doubt("db", "/far/x.qcow2"),)
    # Installer media, firmware settings and kernels are based on nothing, whoever may read them.
    assert in_doubt(evidence, theirs=disk("/far/x.qcow2", device="cdrom", format="raw")) == ()
    for named in ({"nvram_path": "/far/x.qcow2"}, {"kernel_path": "/far/x.qcow2"}):
        other = OtherMachine("db", (config(**named),), uuid="u2")  # type: ignore[arg-type]
        assert doomed(A, config(disk(A)), replace(evidence, others=(other,))).is_chosen


def test_a_link_that_leads_nowhere_here_may_lead_somewhere_for_the_host() -> None:
    """The host was not asked: it may be the file of its name, and may be based on any."""
    far = "/far/x.qcow2"
    evidence = replace(EVIDENCE, perhaps_away=frozenset({far, "/far/a.qcow2"}))
    assert in_doubt(evidence, theirs=disk(far)) == (Doubt("db", far),)
    raw = OtherMachine("db", (config(disk("/far/a.qcow2", format="raw")),), uuid="u2")
    assert reason_of(A, config(disk(A)), replace(evidence, others=(raw,))) is KeepReason.UNKNOWN


def test_a_running_machine_tells_its_whole_chain_wherever_that_is() -> None:
    live = OtherMachine("db", (config(disk(B, backing_chain=("/closed/x.qcow2", BASE))),), is_running=True)
    evidence = replace(EVIDENCE, others=(live,))
    assert doomed(A, config(disk(A)), evidence).is_chosen
    assert reason_of(BASE, config(disk(BASE)), evidence) is KeepReason.BACKING


def test_a_chain_that_ends_in_a_disk_that_is_away() -> None:
    """The overlay is there, and what it names is not: what that is based on is not known."""
    middle = f"{POOL}/middle.qcow2"
    chained = replace(EVIDENCE, volumes=(*VOLUMES, volume("top.qcow2", backing=middle)))
    assert in_doubt(chained, theirs=disk(f"{POOL}/top.qcow2")) == (Doubt("db", middle),)


def test_the_parts_of_an_image_in_doubt_are_in_doubt_with_it() -> None:
    volumes = (replace(volume("a.qcow2"), parts=("/data/a.raw",)), volume("a.raw", directory="/data"))
    evidence = Evidence(volumes, pool_directories=(POOL, "/data"))
    gone = f"{POOL}/gone.qcow2"
    evidence = replace(evidence, others=(OtherMachine("db", (config(disk(gone)),), uuid="u2"),))
    files = Verdicts(evidence).doomed_files((config(disk(A)),))
    assert [(file.path, file.doubts) for file in files] == [
        (A, (Doubt("db", gone),)),
        ("/data/a.raw", (Doubt("db", gone),)),
    ]


def test_own_disks_that_are_away_are_no_doubt() -> None:
    own = config(disk(A), disk(f"{POOL}/gone.qcow2", target="vdb"))
    evidence = replace(EVIDENCE, others=(OtherMachine("web", (own,), uuid="u1"),))
    (file, gone) = Verdicts(evidence).doomed_files((own,), "u1")
    assert file.is_chosen
    assert gone.reason is KeepReason.MISSING


def test_what_a_snapshot_of_another_names_by_pool_and_volume() -> None:
    keeper = OtherMachine(
        "db", (config(disk(B)),), kept_disks=(disk("default/a.qcow2", source_type="volume"),)
    )
    evidence = replace(EVIDENCE, others=(keeper,))
    assert reason_of(A, config(disk(A)), evidence) is KeepReason.SHARED
    layered = (volume("a.qcow2"), volume("layer.qcow2", backing=A))
    keeper = replace(keeper, kept_disks=(disk("default/layer.qcow2", source_type="volume"),))
    file = doomed(A, config(disk(A)), Evidence(layered, others=(keeper,)))
    assert (file.reason, file.used_by) == (KeepReason.BACKING, ("db",))
    keeper = replace(keeper, kept_disks=(disk("default/away.qcow2", source_type="volume"),))
    evidence = replace(EVIDENCE, others=(keeper,), active_pools={"default": POOL})
    assert doomed(A, config(disk(A)), evidence).doubts == (Doubt("db", f"{POOL}/away.qcow2"),)


def test_what_holds_a_disk_beside_its_source_may_be_a_volume() -> None:
    theirs = config(disk(B, more_files=("default/a.qcow2",)))
    evidence = replace(EVIDENCE, others=(OtherMachine("db", (theirs,)),))
    assert reason_of(A, config(disk(A)), evidence) is KeepReason.SHARED


def test_a_link_goes_by_itself() -> None:
    here = {A: LocalFile(0, is_regular=False, inode=(1, 2), link_to="/data/a.qcow2")}
    evidence = replace(EVIDENCE, local_files=here, active_pools={"default": POOL})
    file = doomed(A, config(disk(A)), evidence)
    assert (file.is_chosen, file.link_to, file.allocation_bytes) == (True, "/data/a.qcow2", 0)
    of_no_pool = replace(evidence, volumes=(replace(VOLUMES[0], pool=""),))
    assert doomed(A, config(disk(A)), of_no_pool).link_to == "/data/a.qcow2"


@pytest.mark.parametrize(
    ("path", "special"),
    [
        ("/dev/vg/x", True),
        ("/dev/zvol/tank/x", True),
        ("/dev/disk/by-path/x", True),
        ("/dev/mapper/x", True),
        ("/dev/vg/x", False),  # however it is looked at
        ("/luns/x", True),
        ("/luns/x", False),
    ],
)
def test_a_volume_whose_name_is_a_link_to_its_device_goes_with_its_data(path: str, special: bool) -> None:
    """Deleting it is lvremove, zfs destroy or the like: it has all of its size, and no name stays."""
    lv = Volume("vg", "x", path, "raw", 20 << 30, 20 << 30)
    here = {path: LocalFile(0, is_regular=False, inode=(5, 9), is_special=special, link_to="/dev/dm-3")}
    own = config(disk(path, source_type="block", format="raw"))
    file = doomed(path, own, Evidence((lv,), local_files=here, active_pools={"default": POOL}))
    assert (file.is_chosen, file.link_to, file.allocation_bytes) == (True, "", 20 << 30)
    twins = tuple(replace(lv, name=name, path=f"/luns/{name}", changed_unix_ns=5) for name in ("x", "y"))
    own = config(disk("/luns/x", source_type="block", format="raw"))
    assert doomed("/luns/x", own, Evidence(twins)).other_names == ()


def test_a_link_to_a_device_in_a_directory_is_not_told_as_one_to_a_file() -> None:
    here = {A: LocalFile(0, is_regular=False, inode=(5, 9), is_special=True, link_to="/dev/dm-3")}
    evidence = replace(EVIDENCE, local_files=here, active_pools={"default": POOL})
    file = doomed(A, config(disk(A)), evidence)
    assert (file.link_to, file.allocation_bytes) == ("", 100)


def test_only_the_parts_that_its_own_name_leads_to_go_with_an_image() -> None:
    """One file under two names, which means its data file by a name relative to where it is opened."""
    here = {
        f"{folder}/{name}": LocalFile(10, inode=(1, inode), parts=parts)
        for folder, name, inode, parts in (
            ("/x", "a.qcow2", 1, ("a.data",)),
            ("/y", "a.qcow2", 1, ("a.data",)),
            ("/x", "a.data", 2, ()),
            ("/y", "a.data", 3, ()),
        )
    }
    found = Verdicts(Evidence(local_files=here)).doomed_files((config(disk("/x/a.qcow2")),))
    assert {file.path for file in found} == {"/x/a.qcow2", "/x/a.data"}


def test_where_nobody_can_tell_links_the_other_names_of_a_file_are_told() -> None:
    """Of one file libvirt tells one time under all its names, and not which of them is the file."""
    twins = tuple(replace(volume(name), changed_unix_ns=5) for name in ("a.qcow2", "b.qcow2"))
    evidence = Evidence(twins, pool_directories=(POOL,), active_pools={"default": POOL})
    file = doomed(A, config(disk(A)), evidence)
    assert (file.is_chosen, file.other_names) == (True, (B,))
    assert doomed(A, config(disk(A)), EVIDENCE).other_names == ()


def test_device_nodes_have_many_names() -> None:
    lv = Volume("vg", "web-1", "/dev/vg/web-1", "raw", 1000, 1000)
    own = config(disk("/dev/vg/web-1", source_type="block", format="raw"))
    evidence = Evidence((lv,))
    assert reason_of(lv.path, own, evidence) is KeepReason.NONE
    mapped = OtherMachine("db", (config(disk("/dev/mapper/vg-web--1", source_type="block", format="raw")),))
    assert reason_of(lv.path, own, replace(evidence, others=(mapped,))) is KeepReason.SHARED
    by_id = OtherMachine("db", (config(disk("/dev/disk/by-id/x", source_type="block", format="raw")),))
    assert reason_of(lv.path, own, replace(evidence, others=(by_id,))) is KeepReason.UNKNOWN


@pytest.mark.parametrize(("device", "path"), [("cdrom", "/dev/sr0"), ("floppy", "/dev/fd0")])
def test_a_drive_of_the_host_is_no_logical_volume(device: str, path: str) -> None:
    lv = Volume("vg", "web", "/dev/vg/web", "raw", 1000, 1000)
    own = config(disk(lv.path, source_type="block", format="raw"))
    theirs = OtherMachine("db", (config(disk(path, source_type="block", device=device, format="raw")),))
    assert reason_of(lv.path, own, Evidence((lv,), others=(theirs,))) is KeepReason.NONE


def test_plain_files_of_this_computer() -> None:
    files = {
        "/h/a.qcow2": LocalFile(10),
        "/h/b.qcow2": LocalFile(10, backing_path="/h/base.qcow2"),
        "/h/base.qcow2": LocalFile(10),
        "/dev/zero": LocalFile(0, is_regular=False),
    }
    evidence = Evidence(local_files=files)
    assert reason_of("/h/a.qcow2", config(disk("/h/a.qcow2")), evidence) is KeepReason.NONE
    assert reason_of("/h/base.qcow2", config(disk("/h/base.qcow2")), evidence) is KeepReason.BACKING
    assert reason_of("/h/gone", config(disk("/h/gone")), evidence) is KeepReason.NOT_MANAGED
    assert reason_of("/dev/zero", config(disk("/dev/zero")), evidence) is KeepReason.NOT_MANAGED


def test_a_circle_of_backing_files_ends() -> None:
    circle = Evidence((volume("a.qcow2", backing=B), volume("b.qcow2", backing=A)))
    assert {file.reason for file in Verdicts(circle).doomed_files((config(disk(A)),))} == {KeepReason.BACKING}


def test_an_empty_drive_is_no_file() -> None:
    assert not Verdicts(EVIDENCE).doomed_files((config(disk("", device="cdrom")),))


def test_a_file_left_over_is_judged_by_the_same_rules() -> None:
    assert Verdicts(EVIDENCE).left_over(A, "vda").can_delete
    taken = replace(EVIDENCE, others=(OtherMachine("new", (config(disk(A)),)),))
    assert Verdicts(taken).left_over(A, "vda").reason is KeepReason.SHARED
    assert Verdicts(EVIDENCE).left_over(f"{POOL}/gone", "vda").reason is KeepReason.MISSING


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a//b/../c", "/a/c"),
        ("//a", "/a"),
        ("/dev/mapper/vg-lv", "/dev/vg/lv"),
        ("/dev/mapper/my--vg-my--lv", "/dev/my-vg/my-lv"),
        ("/dev/mapper/mpatha", "/dev/mapper/mpatha"),
        ("", ""),
    ],
)
def test_one_spelling_for_a_path(path: str, place: str) -> None:
    assert same_place(path) == place


NAMES = ("a", "b", "c", "d")
images = st.sampled_from(NAMES).map(lambda name: f"{POOL}/{name}")
any_disk = st.builds(
    Disk,
    target=st.just("vda"),
    bus=st.just("virtio"),
    device=st.sampled_from(("disk", "cdrom", "lun")),
    source_type=st.sampled_from(("file", "block")),
    source=images,
    format=st.sampled_from(("raw", "qcow2")),
    read_only=st.booleans(),
    shareable=st.booleans(),
    backing_chain=st.lists(images, max_size=2).map(tuple),
)
configs = st.lists(any_disk, max_size=3).map(lambda disks: config(*disks))


@given(
    own=configs,
    others=st.lists(
        st.builds(OtherMachine, st.sampled_from(NAMES), st.tuples(configs), st.booleans()), max_size=3
    ),
    bases=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("", *(f"{POOL}/{n}" for n in NAMES)))),
)
def test_nothing_needed_elsewhere_is_ever_offered(
    own: DomainConfig, others: list[OtherMachine], bases: dict[str, str]
) -> None:
    volumes = tuple(volume(name, backing=base) for name, base in bases.items())
    evidence = Evidence(volumes, others=tuple(others), pool_directories=(POOL,))
    files = Verdicts(evidence).doomed_files((own,))
    assert len({file.path for file in files}) == len(files)
    needed = {disk.source for other in others for found in other.configs for disk in found.disks}
    needed |= {
        path
        for other in others
        for found in other.configs
        for disk in found.disks
        for path in disk.backing_chain
    }
    needed |= {base for base in bases.values() if base}
    needed |= {disk.source for disk in own.disks if disk.read_only or disk.shareable or disk.device != "disk"}
    offered = {file.path for file in files if file.can_delete}
    assert not offered & needed
    assert offered <= {volume.path for volume in volumes} & {disk.source for disk in own.disks}


# Who uses a disk that somebody wants to give to a new machine.


def used(path: str, *disks: Disk, running: bool = False, **more: object) -> tuple[DiskUse, ...]:
    other = OtherMachine("db", (config(*disks),), running, "u2")
    return uses_of(path, replace(EVIDENCE, others=(other,), **more))  # type: ignore[arg-type]


def test_nobody_uses_a_free_disk() -> None:
    assert uses_of(A, EVIDENCE) == ()
    assert used(A, disk(B)) == ()


def test_the_same_disk_under_any_spelling() -> None:
    for theirs in (
        disk(A),
        disk(f"{POOL}/../images//a.qcow2"),
        disk("default/a.qcow2", source_type="volume"),
    ):
        assert used(A, theirs) == (DiskUse("u2", "db", DiskUseKind.SAME),)
    assert used(A, disk(A), running=True) == (DiskUse("u2", "db", DiskUseKind.SAME, is_running=True),)


@pytest.mark.parametrize("changes", [{"shareable": True}, {"read_only": True}, {"device": "cdrom"}])
def test_a_disk_that_the_other_shares(changes: dict[str, object]) -> None:
    (use,) = used(A, disk(A, **changes), running=True)
    assert (use.is_running, use.is_shared) == (True, True)


def test_what_a_running_machine_uses_only_from_its_next_start_on_is_not_in_use() -> None:
    other = OtherMachine("db", (config(disk(B)), config(disk(A))), True, "u2")
    assert uses_of(A, replace(EVIDENCE, others=(other,))) == (DiskUse("u2", "db", DiskUseKind.SAME),)
    assert uses_of(B, replace(EVIDENCE, others=(other,)))[0].is_running


def test_the_base_of_another_machines_disk_and_the_other_way_round() -> None:
    volumes = (volume("a.qcow2", backing=BASE), volume("b.qcow2"), volume("base.qcow2"))
    assert used(BASE, disk(A), volumes=volumes)[0].kind is DiskUseKind.OVERLAY
    # Told by the running machine itself, of a file that no pool knows.
    assert used("/srv/base", disk(A, backing_chain=("/srv/base",)))[0].kind is DiskUseKind.OVERLAY
    assert used(A, disk(BASE), volumes=volumes)[0].kind is DiskUseKind.BASE
    # A common template harms nobody, nor does one that only is read.
    assert used(B, disk(A), volumes=(volume("a.qcow2", backing=BASE), volume("b.qcow2", backing=BASE))) == ()
    assert used(A, disk(BASE, read_only=True), volumes=volumes) == ()


def test_of_several_disks_of_a_machine_the_gravest_counts() -> None:
    volumes = (volume("a.qcow2", backing=BASE), volume("b.qcow2"), volume("base.qcow2"))
    (use,) = used(BASE, disk(A), disk(BASE), volumes=volumes)
    assert use.kind is DiskUseKind.SAME


def test_the_base_of_a_running_machines_disk_is_in_use_however_the_disk_is_marked() -> None:
    volumes = (volume("a.qcow2", backing=BASE), volume("base.qcow2"))
    (use,) = used(BASE, disk(A, shareable=True), running=True, volumes=volumes)
    assert not use.is_shared
