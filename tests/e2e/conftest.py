"""One screen for all tests from outside, and the lab's guests behind the program in the queue for processors."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, desktop, missing_tools
from tests.e2e.program import PATIENCE_S
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.shares import put_guests_second
from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor import kvm_probe
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import SLOW
from vmgui.services.hosts import fingerprint
from vmgui.store.hosts import KvmStore


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


@pytest.fixture(scope="session")
def examined() -> set[str]:
    """Addresses of the hosts whose acceleration programs know of."""
    return set()


@pytest.fixture(autouse=True)
def acceleration_is_known(
    request: pytest.FixtureRequest, guests_come_second: None, examined: set[str]
) -> None:
    """Programs have found out about the hosts earlier: each would need 8 s at its first start, and where others keep
    the processors busy it cannot tell. What finds out is tested in the lab."""
    if "screen" not in request.fixturenames:
        return
    screen: Desktop = request.getfixturevalue("screen")
    for name in sorted({"host_a", "host_b"} & set(request.fixturenames)):
        lab_host: LabHost = request.getfixturevalue(name)
        if lab_host.address not in examined:
            asyncio.run(_examine(lab_host, screen.findings.parent))
            examined.add(lab_host.address)


async def _examine(lab_host: LabHost, folder: Path) -> None:
    connection = Connection(host(lab_host.unix_uri), Recorder())
    store = KvmStore(folder)
    info = await connection.open(timeout_s=None)
    patient = partial(kvm_probe.probe, limit_s=PATIENCE_S)
    store.set(fingerprint(info), await connection.run(patient, lane=SLOW, timeout_s=None))
    await connection.close()
    store.close()


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
