"""Hosts with the hypervisor of another Debian release: that they are what they say, share nothing they change,
and that a machine which cannot have them says so and goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lab.debian_tree import debian_tree, mirror
from tests.lab.generations import every_generation
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import RELEASES, LabUnavailable, spare_lab_ids
from tests.lab.traces import lab_command, traces

PROJECT = Path(__file__).parents[2]
# libvirt's and QEMU's, as they number them.
OLDEST = {"trixie": (11_003_000, 10_000_000), "forky": (12_000_000, 11_000_000)}


@every_generation
def test_the_hypervisor_is_that_of_its_release(lab_host: LabHost) -> None:
    with lab_host.connect() as connection:
        found = (connection.getLibVersion(), connection.getVersion())
    release = RELEASES.get(lab_host.plan.letter)
    if release is not None:
        assert found >= OLDEST[release]
        assert f"VERSION_CODENAME={release}" in lab_host.run(["cat", "/etc/os-release"]).stdout
    else:
        machine = subprocess.run(
            ["qemu-system-x86_64", "--version"], check=True, capture_output=True, text=True
        )
        assert f" {found[1] // 1_000_000}.{found[1] // 1000 % 1000}." in machine.stdout


def test_what_a_host_writes_is_its_own(host_c: LabHost) -> None:
    assert host_c.plan.release is not None
    tree = debian_tree(host_c.plan.release)
    for place in ("/usr/bin/own", "/etc/own", "/var/lib/own", "/run/own", "/own"):
        host_c.run(["sh", "-c", f"echo mine > {place}"])
        assert host_c.inside(place).read_text() == "mine\n"
        assert not (tree / place.lstrip("/")).exists()
        assert not Path(place).exists()
    host_c.restart()
    assert not host_c.inside("/usr/bin/own").exists()


@every_generation
def test_one_place_for_sockets_and_images(lab_host: LabHost, tmp_path: Path) -> None:
    """The same paths whatever a host runs, as it sees them and as this machine does."""
    assert lab_host.plan.socket.is_socket()
    assert lab_host.inside("/run/libvirt/libvirt-sock").samefile(lab_host.plan.socket)
    (tmp_path / "disk.img").write_bytes(bytes(512))
    path = lab_host.put_image(tmp_path / "disk.img")
    assert path == "/var/lib/libvirt/images/disk.img"
    assert lab_host.inside(path).samefile(lab_host.images_path / "disk.img")
    with lab_host.connect() as connection:
        assert connection.storageVolLookupByPath(path).name() == "disk.img"


# Machines that cannot build it --------------------------------------------------------------------------------


@pytest.fixture
def unable(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty cache and a mmdebstrap that fails."""
    program = tmp_path / "bin" / "mmdebstrap"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'E: the mirror is gone'\nexit 1\n")
    program.chmod(0o755)
    (tmp_path / "cache").mkdir()
    return {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def test_the_lab_by_hand_comes_up_without_it(lab: Lab, unable: dict[str, str]) -> None:
    lab_id = spare_lab_ids(lab.plan.lab_id)[1]
    try:
        up = lab_command(lab_id, "up", "--no-media", settings=unable)
    finally:
        down = lab_command(lab_id, "down", settings=unable)
    assert up.returncode == 0, up.stderr
    assert (
        "!!! WITHOUT host-c: no host with Debian trixie: mmdebstrap says: E: the mirror is gone" in up.stderr
    )
    assert "host-b" in up.stdout
    assert "host-c" not in up.stdout
    assert (down.returncode, traces(lab_id)) == (0, [])


def test_tests_that_need_it_are_skipped_loudly(lab: Lab, unable: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "test_case.py").write_text("def test_new(host_c):\n    raise AssertionError\n")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"),
            *("--rootdir", PROJECT, "-c", PROJECT / "pyproject.toml", tmp_path / "test_case.py"),
        ],
        cwd=PROJECT,
        env=os.environ | unable | {"VMGUI_LAB_ID": "", "VMGUI_REQUIRE_LAB": ""},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 skipped" in done.stdout
    assert (
        "LAB NOT RUN: no host with Debian trixie: mmdebstrap says: E: the mirror is gone (1 tests)"
        in done.stdout
    )


@pytest.mark.parametrize(
    ("file", "text", "address"),
    [
        ("sources.list", "deb http://mirror.test/debian/ bookworm main\n", "http://mirror.test/debian"),
        (
            "sources.list",
            "# deb http://old.test/debian x main\ndeb-src http://src.test/debian x main\n"
            "deb [signed-by=/a] https://security.test/debian-security x main\n"
            "deb [arch=amd64] https://mirror.test/debian x main\n",
            "https://mirror.test/debian",
        ),
        (
            "sources.list.d/debian.sources",
            "Types: deb\nURIs: http://security.test/debian-security http://mirror.test/debian\nSuites: x\n",
            "http://mirror.test/debian",
        ),
    ],
)
def test_the_mirror_is_the_machine_s_own(tmp_path: Path, file: str, text: str, address: str) -> None:
    place = tmp_path / "apt" / file
    place.parent.mkdir(parents=True)
    place.write_text(text)
    assert mirror(tmp_path) == address


def test_a_machine_without_a_mirror(tmp_path: Path) -> None:
    with pytest.raises(LabUnavailable, match="no mirror of Debian"):
        mirror(tmp_path)
