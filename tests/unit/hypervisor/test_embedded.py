"""What the driver inside a process leaves on the computer; real directories, the driver's part played here."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from vmgui.hypervisor.embedded import RunDirectory, remove_own_locks


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Instead of /run/libvirt, for somebody who may do as root does there."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path / "libvirt"


def drive(place: Path) -> None:
    """As libvirt does when its driver is opened."""
    (place / "common").mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / "common" / "system.token").touch(mode=0o600)
    (place / "hostdevmgr").mkdir(exist_ok=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_open_to_everybody_while_it_is_there_and_gone_afterwards(place: Path) -> None:
    before = os.umask(0o077)
    try:
        one = RunDirectory(place)
        one.enter()
        one.enter()
    finally:
        os.umask(before)
    drive(place)
    assert mode(place) == 0o755
    one.leave()
    one.leave()
    assert not place.exists()


def test_what_was_there_stays_as_it_was(place: Path) -> None:
    place.mkdir(mode=0o711)
    (place / "libvirt-sock").touch()
    one = RunDirectory(place)
    one.enter()
    drive(place)
    one.leave()
    assert os.listdir(place) == ["libvirt-sock"]
    assert mode(place) == 0o711

    drive(place)
    (place / "common").chmod(0o750)
    one.enter()
    one.leave()
    assert sorted(os.listdir(place)) == ["common", "hostdevmgr", "libvirt-sock"]
    assert mode(place / "common") == 0o750


def test_an_empty_directory_of_the_system_stays(place: Path) -> None:
    place.mkdir(mode=0o750)
    one = RunDirectory(place)
    one.enter()
    drive(place)
    one.leave()
    assert os.listdir(place) == []
    assert mode(place) == 0o750


def test_what_a_killed_program_left_closed_is_opened_and_removed(place: Path) -> None:
    place.mkdir(mode=0o700)
    drive(place)
    one = RunDirectory(place)
    one.enter()
    assert mode(place) == 0o755
    one.leave()
    assert not place.exists()


def test_a_daemon_that_was_started_meanwhile_keeps_all(place: Path) -> None:
    one = RunDirectory(place)
    one.enter()
    drive(place)
    (place / "libvirt-sock").touch()
    one.leave()
    assert sorted(os.listdir(place)) == ["common", "hostdevmgr", "libvirt-sock"]


@pytest.mark.parametrize("first_out", [0, 1])
def test_of_two_programs_the_last_one_removes_it(place: Path, first_out: int) -> None:
    both = [RunDirectory(place), RunDirectory(place)]
    for one in both:
        one.enter()
        drive(place)
    both.pop(first_out).leave()
    assert (place / "common" / "system.token").exists()
    both.pop().leave()
    assert not place.exists()


def test_who_is_not_root_touches_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    one = RunDirectory(place)
    one.enter()
    assert not place.exists()
    one.leave()


def test_a_place_that_cannot_be_made_is_no_error(place: Path) -> None:
    place.parent.joinpath("file").touch()
    one = RunDirectory(place.parent / "file" / "libvirt")
    one.enter()
    one.leave()


def test_only_locks_of_this_process_are_removed(tmp_path: Path) -> None:
    (tmp_path / "LCK.._pts_0").write_text(f"{os.getpid():10d}\n")
    (tmp_path / "LCK.._pts_1").write_text(f"{os.getppid():10d}\n")
    (tmp_path / "LCK.._pts_2").mkdir()
    (tmp_path / "LCK.._pts_3").symlink_to("nowhere")
    (tmp_path / "other").write_text(f"{os.getpid():10d}\n")
    remove_own_locks(tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["LCK.._pts_1", "LCK.._pts_2", "LCK.._pts_3", "other"]
    remove_own_locks(tmp_path / "not-there")
