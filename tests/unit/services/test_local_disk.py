"""Image files made by qemu-img: never over an existing one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from vmgui.model.errors import AlreadyExists, NotProvenOurs, PermissionDenied, StorageFailure, Unsupported
from vmgui.policy.medium import identify
from vmgui.services.local_disk import make_disk, remove_disk

needs_qemu_img = pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")


@needs_qemu_img
@pytest.mark.parametrize("name", ["disk.qcow2", "-o help", "a,b=c.qcow2", "ü $(x).qcow2"])
def test_a_disk_is_made_and_removed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / name
    number = make_disk(str(path), "qcow2", 64 * 1024**2)
    facts = identify(path.read_bytes(), path.stat().st_size)
    assert (facts.format, facts.virtual_bytes, facts.broken) == ("qcow2", 64 * 1024**2, "")
    assert path.stat().st_mode & 0o077 == 0
    assert remove_disk(str(path), number)
    assert not remove_disk(str(path), number)
    assert not path.exists()


@needs_qemu_img
def test_a_file_that_took_the_name_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path, kept = tmp_path / "disk", tmp_path / "kept"
    number = make_disk(str(path), "qcow2", 1024**2)
    # Moved, not removed: a freed inode may be given out again at once.
    path.rename(kept)
    for theirs in (lambda: path.write_bytes(b"somebody's"), lambda: path.symlink_to(kept)):
        theirs()
        with pytest.raises(NotProvenOurs):
            remove_disk(str(path), number)
        assert os.path.lexists(path)
        path.unlink()


@needs_qemu_img
def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "disk"
    path.write_bytes(b"somebody's")
    with pytest.raises(AlreadyExists):
        make_disk(str(path), "qcow2", 1024**2)
    assert path.read_bytes() == b"somebody's"


@needs_qemu_img
def test_nothing_is_left_of_one_that_fails(tmp_path: Path) -> None:
    path = tmp_path / "disk"
    with pytest.raises(StorageFailure):
        make_disk(str(path), "nonsense", 1024**2)
    assert not path.exists()


@needs_qemu_img
def test_one_based_on_another(tmp_path: Path) -> None:
    base, over = tmp_path / "base", tmp_path / "over"
    make_disk(str(base), "qcow2", 1024**2)
    make_disk(str(over), "qcow2", 0, str(base))
    assert identify(over.read_bytes(), None).backing_path == str(base)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionDenied):
        make_disk(str(tmp_path / "disk"), "qcow2", 1024**2)


def test_without_qemu_img(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unsupported):
        make_disk(str(tmp_path / "disk"), "qcow2", 1024**2)
    assert not (tmp_path / "disk").exists()
