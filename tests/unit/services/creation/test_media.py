"""Files of this computer as a person may choose them, good and bad."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import pytest

from tests.unit.policy.test_medium import iso, qcow2
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.offer import MediumIssue, MediumIssueKind
from vmgui.services.creation import media
from vmgui.services.creation.media import HostUser, inspect_local, with_system
from vmgui.services.os_variants import OsVariants

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
