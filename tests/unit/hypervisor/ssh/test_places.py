"""Private directories for sockets; what a killed program left is cleared away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vmgui.hypervisor.ssh.places import SshPlaces


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    path = Path(f"/tmp/vmgui-base-{os.getpid()}")
    yield path
    if path.exists():
        path.rmdir()


def test_places_are_for_us_only_and_go_at_the_end(base: Path) -> None:
    places = SshPlaces([base])
    first, second = places.make(), places.make()
    assert first != second
    for path in (first, first.parent, base):
        assert path.stat().st_mode & 0o777 == 0o700
    places.close()
    assert list(base.iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_runs_stays(base: Path) -> None:
    running = SshPlaces([base])
    kept = running.make()
    left = base / "abcdef"
    (left / "1").mkdir(parents=True)
    (left / "lock").touch()
    later = SshPlaces([base])
    later.make()
    assert not left.exists()
    assert kept.exists()
    later.close()
    running.close()


def test_a_directory_of_somebody_else_is_not_used(tmp_path: Path, base: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/tmp")
    places = SshPlaces([link, Path("/proc/nowhere"), base])
    assert places.make().parent.parent == base
    places.close()
