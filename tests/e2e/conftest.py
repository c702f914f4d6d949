"""One screen for all tests from outside, and the lab's guests behind the program in the queue for processors."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, desktop, missing_tools
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.shares import put_guests_second


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """An X server with a window manager and the accessibility bus."""
    lacking = missing_tools()
    if lacking:
        words = f"no tests from outside: missing {', '.join(lacking)}"
        if os.environ.get("VMGUI_REQUIRE_LAB") == "1":
            pytest.fail(words, pytrace=False)
        pytest.skip(words)
    with desktop(tmp_path_factory.mktemp("screen")) as one:
        yield one


@pytest.fixture(autouse=True)
def guests_come_second(request: pytest.FixtureRequest) -> None:
    """Give the lab's control group little weight against everything else on the machine."""
    if "lab" not in request.fixturenames:
        return
    lab: Lab = request.getfixturevalue("lab")
    for name in {"host_a", "host_b"} & set(request.fixturenames):
        request.getfixturevalue(name)  # the first host makes the group
    put_guests_second(lab.plan)


@pytest.fixture
def as_host_a(host_a: LabHost) -> tuple[str, ...]:
    """A command that starts another one on host-a itself: files, name and hypervisor are its own, and so that
    the window can be asked about, the numbers of processes are ours."""
    enter = ("nsenter", f"--target={host_a.pid}", "--mount", "--uts", "--", "unshare", "--mount", "--")
    return (*enter, "sh", "-c", 'mount -t proc proc /proc && exec "$0" "$@"')


@pytest.fixture
def named_as_host_a(host_a: LabHost) -> tuple[str, ...]:
    """A command that starts another one under host-a's name: what both see at a path is the same file, but
    libvirt's socket is not where programs look for it."""
    return ("nsenter", f"--target={host_a.pid}", "--uts", "--")


@pytest.fixture(scope="session")
def public_folder() -> Iterator[Path]:
    """A folder that the hypervisor's user may enter too, as a person's media are best kept in."""
    with tempfile.TemporaryDirectory(prefix="vmgui-media-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
