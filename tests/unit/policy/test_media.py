"""What is offered for a drive, and in which format it is given to the hypervisor."""

import pytest

from vmgui.model.creation import FileRef
from vmgui.model.media import Drive, Usable
from vmgui.model.offer import Medium, MediumIssue, MediumIssueKind
from vmgui.model.storage import Volume
from vmgui.policy.media import RECENT_MOST, first_for_insert, judged, offered, remembered, with_media


def volume(name: str, format_: str = "raw", size: int = 10**9, backing_path: str = "") -> Volume:
    return Volume("iso", name, f"/iso/{name}", format_, size, size, backing_path)


VOLUMES = (
    volume("z.iso", "iso"),
    volume("web.img"),
    volume("stick.img"),
    volume("disk.qcow2", "qcow2"),
    volume("a10.iso"),
    volume("a9.ISO"),
    volume("over.img", backing_path="/iso/base"),
    volume("boot.img", size=1_474_560),
    Volume("rbd", "cd.iso", "rbd/cd.iso", "raw", 1, 1),
)


def test_recent_ones_are_first_then_cds_then_images_that_are_nobodys_disk() -> None:
    files = offered(VOLUMES, ("/iso/stick.img", "/home/x.iso", "/iso/f.ima"), "cdrom", {"/iso/web.img"})
    assert [(file.name, file.is_recent, file.pool) for file in files] == [
        ("stick.img", True, "iso"),
        ("x.iso", True, ""),
        ("a9.ISO", False, "iso"),
        ("a10.iso", False, "iso"),
        ("z.iso", False, "iso"),
        ("boot.img", False, "iso"),
    ]


def test_a_floppy_is_small() -> None:
    assert [file.name for file in offered(VOLUMES, ("/iso/f.ima", "/x.iso"), "floppy")] == [
        "f.ima",
        "boot.img",
    ]


@pytest.mark.parametrize(
    ("kind", "usable"),
    [
        (MediumIssueKind.MISSING, Usable.NO),
        (MediumIssueKind.NOT_A_FILE, Usable.NO),
        (MediumIssueKind.BACKING_LOOP, Usable.NO),
        # A guest reads it as it is.
        (MediumIssueKind.COMPRESSED, Usable.YES),
        (MediumIssueKind.ARCHIVE, Usable.YES),
    ],
)
def test_what_cannot_be_a_medium_is_refused(kind: MediumIssueKind, usable: Usable) -> None:
    medium = Medium(FileRef("/x"), exists=True, issues=(MediumIssue(kind, True, "/x"),))
    assert judged(medium).usable is usable


def test_what_nobody_can_look_at_is_not_known() -> None:
    assert judged(Medium(FileRef("/x"))).usable is Usable.UNKNOWN
    issue = MediumIssue(MediumIssueKind.UNKNOWN, False, "/x")
    assert judged(Medium(FileRef("/x"), exists=True, issues=(issue,))).usable is Usable.UNKNOWN


@pytest.mark.parametrize(
    ("found", "given"), [("iso", "raw"), ("raw", "raw"), ("", "raw"), ("kernel", "raw"), ("qcow2", "qcow2")]
)
def test_a_cd_is_raw_for_the_hypervisor(found: str, given: str) -> None:
    assert judged(Medium(FileRef("/x"), exists=True, format=found)).new.format == given


def test_an_image_that_reads_another_file_is_refused() -> None:
    """Else a guest that may write to a floppy could write itself the name of any file of the host into it."""
    medium = Medium(FileRef("/x"), exists=True, format="qcow2", backing_path="/etc/shadow")
    looked = judged(medium)
    assert looked.usable is Usable.NO
    assert looked.medium.issues[0].kind is MediumIssueKind.BACKING_FILE
    # Whatever else is to be said of it.
    other = MediumIssue(MediumIssueKind.COMPRESSED, True, "/x")
    assert judged(Medium(FileRef("/x"), True, backing_path="/y", issues=(other,))).usable is Usable.NO


def test_the_last_one_is_remembered_first() -> None:
    recent: tuple[str, ...] = ()
    for number in range(RECENT_MOST + 3):
        recent = remembered(recent, f"/{number}")
    assert len(recent) == RECENT_MOST
    assert remembered(recent, "/5")[:2] == ("/5", f"/{RECENT_MOST + 2}")
    assert len(remembered(recent, "/5")) == RECENT_MOST


def test_an_empty_cd_drive_is_meant_first() -> None:
    floppy, full, empty = (
        Drive("fda", "floppy", saved=""),
        Drive("sda", "cdrom", live="/x"),
        Drive("sdb", "cdrom"),
    )
    assert first_for_insert((floppy, full, empty)) is empty
    assert first_for_insert((floppy, full)) is full
    assert first_for_insert(()) is None
    assert with_media((floppy, full, empty, Drive("sdc", "cdrom", live="", saved="/y"))) == (
        full,
        Drive("sdc", "cdrom", live="", saved="/y"),
    )
