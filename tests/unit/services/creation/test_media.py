"""Files of this computer as a person may choose them, good and bad."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.unit.policy.test_medium import iso, qcow2
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.offer import MediumIssue, MediumIssueKind
from vmgui.services.creation import media
from vmgui.services.creation.media import HostUser, inspect_local, unusable_path, with_system
from vmgui.services.os_variants import OsVariants

needs_qemu_img = pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")
NOBODY = HostUser("nobody", 65534, frozenset({65534}), is_sure=True)


async def issues(
    path: Path | str, expected: SourceKind, user: HostUser | None = None
) -> list[MediumIssueKind]:
    medium = await inspect_local(FileRef(str(path), local=True), expected, user)
    return [issue.kind for issue in medium.issues]


def _let_pass(folder: Path) -> None:
    """Let everybody enter a folder and those of ours on the way: pytest's own are closed."""
    for each in (folder, *folder.parents[:-1]):
        if each.stat().st_uid == os.geteuid():
            each.chmod(each.stat().st_mode | 0o011)


async def test_a_good_cd(tmp_path: Path) -> None:
    path = tmp_path / "cd.iso"
    path.write_bytes(iso("Debian 12.5.0 amd64 n"))
    os.truncate(path, 1000 * 2048)
    medium = await inspect_local(FileRef(str(path), local=True), SourceKind.CDROM, None)
    assert (medium.exists, medium.format, medium.issues) == (True, "iso", ())
    assert medium.size_bytes == path.stat().st_size


async def test_what_is_no_file(tmp_path: Path) -> None:
    assert await issues(tmp_path / "nothing", SourceKind.CDROM) == [MediumIssueKind.MISSING]
    assert await issues(tmp_path, SourceKind.CDROM) == [MediumIssueKind.NOT_A_FILE]
    assert await issues("/dev/null", SourceKind.CDROM) == [MediumIssueKind.NOT_A_FILE]
    assert await issues("", SourceKind.CDROM) == [MediumIssueKind.NOT_A_FILE]
    assert await issues("a\0b", SourceKind.CDROM) == [MediumIssueKind.NOT_READABLE]
    (tmp_path / "empty").touch()
    assert await issues(tmp_path / "empty", SourceKind.DISK_IMAGE) == [MediumIssueKind.EMPTY]
    os.mkfifo(tmp_path / "pipe")
    assert await issues(tmp_path / "pipe", SourceKind.DISK_IMAGE) == [MediumIssueKind.NOT_A_FILE]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert await issues(tmp_path / "socket", SourceKind.DISK_IMAGE) == [MediumIssueKind.NOT_A_FILE]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_a_file_we_may_not_read(tmp_path: Path) -> None:
    _let_pass(tmp_path)
    path = tmp_path / "cd.iso"
    path.write_bytes(iso())
    path.chmod(0)
    assert await issues(path, SourceKind.CDROM) == [MediumIssueKind.NOT_READABLE]
    assert await issues(path, SourceKind.CDROM, NOBODY) == [MediumIssueKind.UNKNOWN]


async def test_a_broken_image_and_a_missing_backing_file(tmp_path: Path) -> None:
    path = tmp_path / "x.qcow2"
    path.write_bytes(qcow2()[:300])
    assert await issues(path, SourceKind.DISK_IMAGE) == [MediumIssueKind.BROKEN]
    path.write_bytes(qcow2(backing=b"base.qcow2").ljust(400_000, b"\0"))
    assert await issues(path, SourceKind.DISK_IMAGE) == [
        MediumIssueKind.BACKING_FILE,
        MediumIssueKind.MISSING,
    ]
    (tmp_path / "base.qcow2").touch()
    assert await issues(path, SourceKind.DISK_IMAGE) == [MediumIssueKind.BACKING_FILE]


async def found(path: Path, user: HostUser) -> MediumIssue | None:
    medium = await inspect_local(FileRef(str(path), local=True), SourceKind.CDROM, user)
    return next(
        (issue for issue in medium.issues if issue.kind is MediumIssueKind.NO_SEARCH_PERMISSION), None
    )


async def test_the_directory_that_bars_the_way_is_named(tmp_path: Path) -> None:
    _let_pass(tmp_path)
    barred = tmp_path / "home"
    barred.mkdir(mode=0o700)
    path = barred / "cd.iso"
    path.write_bytes(iso())
    issue = await found(path, NOBODY)
    assert issue is not None
    assert (issue.path, issue.detail, issue.blocks) == (str(barred), "nobody", True)
    unsure = HostUser("nobody", 65534, frozenset({65534}), is_sure=False)
    issue = await found(path, unsure)
    assert issue is not None
    assert not issue.blocks
    barred.chmod(0o701)
    assert await found(path, NOBODY) is None
    barred.chmod(0o710)
    assert await found(path, HostUser("x", 4242, frozenset({barred.stat().st_gid}), is_sure=True)) is None
    assert await found(path, NOBODY) is not None


def acl(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


async def test_an_access_list_opens_or_bars_the_way(tmp_path: Path) -> None:
    barred = tmp_path / "home"
    barred.mkdir(mode=0o700)
    (barred / "cd.iso").write_bytes(iso())
    none = 0xFFFFFFFF
    # user::rwx user:65534:--x group::--- mask::--x other::---
    granted = acl((1, 7, none), (2, 1, 65534), (4, 0, none), (16, 1, none), (32, 0, none))
    try:
        os.setxattr(barred, "system.posix_acl_access", granted)
    except OSError:
        pytest.skip("this file system has no access lists")
    _let_pass(tmp_path)
    assert await found(barred / "cd.iso", NOBODY) is None
    # The mask takes the right away again.
    masked = acl((1, 7, none), (2, 1, 65534), (4, 0, none), (16, 0, none), (32, 1, none))
    os.setxattr(barred, "system.posix_acl_access", masked)
    assert await found(barred / "cd.iso", NOBODY) is not None


async def test_a_dead_file_system_does_not_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()
    monkeypatch.setattr(media, "READ_TIMEOUT_S", 0.05)
    monkeypatch.setattr(media, "_look", lambda *_arguments: release.wait(10))
    try:
        assert await issues(tmp_path / "x", SourceKind.CDROM) == [MediumIssueKind.NOT_READABLE]
    finally:
        release.set()


async def test_systems_are_detected_where_they_can_be(tmp_path: Path) -> None:
    os_directory = tmp_path / "osinfo" / "os"
    os_directory.mkdir(parents=True)
    (os_directory / "d.xml").write_text(
        '<libosinfo><os id="http://d.org/d/11"><short-id>d11</short-id><name>D 11</name><version>11</version>'
        "<family>linux</family><distro>d</distro>"
        '<media arch="all"><iso><volume-id>D 11 x</volume-id></iso></media></os></libosinfo>'
    )
    variants = OsVariants([tmp_path / "osinfo"])
    path = tmp_path / "cd.iso"
    path.write_bytes(iso("D 12 x"))
    medium = await inspect_local(FileRef(str(path), local=True), SourceKind.CDROM, None)
    medium = await with_system(medium, variants, SourceKind.CDROM)
    assert medium.os is not None
    assert medium.os.name == "D 12"
    # A machine made of it refers to it by an id that only we know.
    assert variants.get("http://d.org/d/12") == medium.os


@pytest.mark.parametrize(
    ("text", "name"), [('user = "nobody"\n', "nobody"), ('#user = "x"\n', None), ('user = "root"', None)]
)
def test_the_hypervisors_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str | None
) -> None:
    conf = tmp_path / "qemu.conf"
    conf.write_text(text)
    monkeypatch.setattr(media, "_QEMU_CONF", conf)
    monkeypatch.setattr(media, "_QEMU_USERS", ("no-such-user",))
    user = media.host_user(is_session=False)
    assert (user.name if user else None) == name


# Told while choosing -------------------------------------------------------------------------------------------


async def told(
    path: Path, expected: SourceKind = SourceKind.DISK_IMAGE
) -> list[tuple[MediumIssueKind, bool]]:
    medium = await inspect_local(FileRef(str(path), local=True), expected, None)
    return [(issue.kind, issue.blocks) for issue in medium.issues]


async def test_a_cd_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "cd.iso"
    path.write_bytes(iso("Debian 12.5.0 amd64 n"))
    os.truncate(path, 500 * 2048)
    medium = await inspect_local(FileRef(str(path), local=True), SourceKind.CDROM, None)
    assert [(issue.kind, issue.detail) for issue in medium.issues] == [(MediumIssueKind.CUT_OFF, "50")]
    # Writers pad CDs; what lacks of that lacks nothing.
    os.truncate(path, 880 * 2048)
    assert await told(path, SourceKind.CDROM) == []


def image(path: Path, image_format: str, *options: str) -> Path:
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", image_format, *options, str(path), "8M"], check=True, timeout=60
    )
    return path


def rebase(path: Path, backing: str) -> None:
    command = ["qemu-img", "rebase", "-u", "-F", "qcow2", "-b", backing, str(path)]
    subprocess.run(command, check=True, timeout=60)


@needs_qemu_img
async def test_images_that_no_machine_can_work_with(tmp_path: Path) -> None:
    assert await told(image(tmp_path / "a.vhdx", "vhdx")) == [(MediumIssueKind.UNUSABLE_FORMAT, True)]
    streamed = image(tmp_path / "s.vmdk", "vmdk", "-o", "subformat=streamOptimized")
    assert await told(streamed) == [(MediumIssueKind.READ_ONLY_FORMAT, True)]
    assert await told(image(tmp_path / "b.vmdk", "vmdk")) == []
    (tmp_path / "l.img").write_bytes(b"LUKS\xba\xbe\x00\x02".ljust(4096, b"\0"))
    assert await told(tmp_path / "l.img") == [(MediumIssueKind.ENCRYPTED, True)]
    assert await told(encrypted(image(tmp_path / "e.qcow2", "qcow2"))) == [(MediumIssueKind.ENCRYPTED, True)]


def encrypted(path: Path) -> Path:
    """As its header says: making a real one measures the processor, which a busy computer refuses."""
    with path.open("r+b") as file:
        file.seek(32)
        file.write(struct.pack(">I", 2))
    return path


@needs_qemu_img
@pytest.mark.parametrize("suffix", ["qcow", "qcow2"])
async def test_the_first_qcow_is_a_format_of_its_own(tmp_path: Path, suffix: str) -> None:
    path = image(tmp_path / f"old.{suffix}", "qcow")
    medium = await inspect_local(FileRef(str(path), local=True), SourceKind.DISK_IMAGE, None)
    assert (medium.format, medium.virtual_bytes, medium.issues) == ("qcow", 8 * 1024**2, ())


@needs_qemu_img
async def test_chains_are_followed_to_their_end(tmp_path: Path) -> None:
    a, b, c = (image(tmp_path / f"{name}.qcow2", "qcow2") for name in "abc")
    rebase(a, "a.qcow2")
    assert (MediumIssueKind.BACKING_LOOP, True) in await told(a)
    rebase(a, "b.qcow2")
    rebase(b, str(c))
    assert await told(a) == [(MediumIssueKind.BACKING_FILE, False)]
    (tmp_path / "link").symlink_to(a)
    rebase(c, "link")
    assert (MediumIssueKind.BACKING_LOOP, True) in await told(a)
    c.unlink()
    assert (MediumIssueKind.MISSING, True) in await told(a)
    encrypted(image(c, "qcow2"))
    assert (MediumIssueKind.ENCRYPTED, True) in await told(a)


async def test_an_appliance_is_said_to_be_an_archive(tmp_path: Path) -> None:
    (tmp_path / "machine.ovf").write_text("<Envelope/>")
    for name, detail in (("machine.ova", "ova"), ("other.tar", "tar")):
        with tarfile.open(tmp_path / name, "w") as archive:
            archive.add(tmp_path / "machine.ovf", "machine.ovf" if detail == "ova" else "notes.txt")
        medium = await inspect_local(FileRef(str(tmp_path / name), local=True), SourceKind.DISK_IMAGE, None)
        assert [(issue.kind, issue.detail) for issue in medium.issues] == [(MediumIssueKind.ARCHIVE, detail)]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("disk.qcow2", MediumIssueKind.NOT_ABSOLUTE),
        ("../disk.qcow2", MediumIssueKind.NOT_ABSOLUTE),
        ("~/disk.qcow2", MediumIssueKind.NOT_ABSOLUTE),
        ("/a\udcff.qcow2", MediumIssueKind.BAD_PATH),
        ("/a\x01.qcow2", MediumIssueKind.BAD_PATH),
        ("/ä ñ 日.qcow2", None),
    ],
)
def test_paths_that_say_too_little_or_that_no_definition_can_carry(
    path: str, kind: MediumIssueKind | None
) -> None:
    medium = unusable_path(FileRef(path))
    assert [issue.kind for issue in medium.issues] == [kind] if medium is not None else kind is None
    if medium is not None:
        # It can be shown and logged.
        medium.issues[0].path.encode()


async def test_a_link_into_a_closed_home_is_followed(tmp_path: Path) -> None:
    home, shared = tmp_path / "home", tmp_path / "shared"
    for directory in (home / "downloads", shared):
        directory.mkdir(parents=True)
    _let_pass(shared)
    home.chmod(0o700)
    (home / "downloads" / "a.iso").write_bytes(b"x")
    (shared / "a.iso").symlink_to(home / "downloads" / "a.iso")
    (shared / "folder").symlink_to(home / "downloads")
    (shared / "twice").symlink_to("a.iso")
    for path in (shared / "a.iso", shared / "folder" / "a.iso", shared / "twice"):
        medium = await inspect_local(FileRef(str(path)), SourceKind.CDROM, NOBODY)
        closed = [issue for issue in medium.issues if issue.kind is MediumIssueKind.NO_SEARCH_PERMISSION]
        assert [(issue.path, issue.blocks) for issue in closed] == [(str(home), True)]
    (shared / "loop").symlink_to("loop")
    assert MediumIssueKind.NO_SEARCH_PERMISSION not in await issues(shared / "loop", SourceKind.CDROM, NOBODY)
