"""Pytest plugin: the lab's fixtures. `lab` lives for the session, a host is clean again after each test.

Without root or packages the tests that ask for the lab are skipped, and the end of the run says so loudly;
with VMGUI_REQUIRE_LAB=1 they fail instead. The same for a host of another Debian release that cannot be built
here. VMGUI_LAB_ID chooses the lab's number.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence

import pytest

from tests.lab.debian_tree import debian_tree
from tests.lab.lab import Lab, LabBusy, open_lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import HOST_LETTERS, RELEASES, LabUnavailable, lab_id_from_environment
from tests.lab.requirements import check_machine
from vmgui.hypervisor import stuck_calls

_NOT_RUN = "LAB NOT RUN: "
# How tests/conftest.py begins the reason when it skips before a fixture is asked.
_NEEDS_ROOT = "needs root"


def give_up(reason: str) -> None:
    if os.environ.get("VMGUI_REQUIRE_LAB") == "1":
        pytest.fail(f"{_NOT_RUN}{reason}", pytrace=False)
    pytest.skip(f"{_NOT_RUN}{reason}")


def _lab_id() -> int | None:
    """The number asked for; of several processes that run the tests side by side each has its own."""
    chosen = lab_id_from_environment()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return None if chosen is None else chosen + int(worker.removeprefix("gw"))


@pytest.fixture(scope="session")
def _lab_or_reason() -> Iterator[Lab | str]:
    """Opened once: a machine that cannot have a lab is not asked again by every test."""
    try:
        lab = open_lab(_lab_id())
    except (LabUnavailable, LabBusy) as error:
        yield str(error)
        return
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def lab(_lab_or_reason: Lab | str) -> Lab:
    """The lab; its hosts start when first asked for: lab.host("a")."""
    if isinstance(_lab_or_reason, str):
        give_up(_lab_or_reason)
    assert isinstance(_lab_or_reason, Lab)
    return _lab_or_reason


def _one(lab: Lab, letter: str) -> Iterator[LabHost]:
    try:
        host = lab.host(letter)
    except LabUnavailable as error:
        give_up(str(error))
        raise
    yield host
    clean(host)


def clean(host: LabHost) -> None:
    host.destroy_all()
    # The program remembers for minutes which pools of a host were silent: the next test's host was not.
    stuck_calls._of_hosts.clear()


@pytest.fixture
def host_a(lab: Lab) -> Iterator[LabHost]:
    """host-a, up; without guests, volumes and other things of the test afterwards."""
    yield from _one(lab, "a")


@pytest.fixture
def host_b(lab: Lab) -> Iterator[LabHost]:
    yield from _one(lab, "b")


@pytest.fixture
def host_c(lab: Lab) -> Iterator[LabHost]:
    """With Debian 13's libvirt and QEMU."""
    yield from _one(lab, "c")


@pytest.fixture
def host_d(lab: Lab) -> Iterator[LabHost]:
    """With those of Debian testing: for tests that are long."""
    yield from _one(lab, "d")


@pytest.fixture
def lab_host(request: pytest.FixtureRequest) -> LabHost:
    """The host that a test is about: host-a, and one of each kind for tests marked `every_generation`."""
    found: LabHost = request.getfixturevalue(f"host_{getattr(request, 'param', 'a')}")
    return found


@pytest.fixture
def lab_hosts(lab: Lab) -> Iterator[tuple[LabHost, ...]]:
    """All three hosts, clean afterwards."""
    try:
        hosts = lab.hosts("".join(HOST_LETTERS))
    except LabUnavailable as error:
        give_up(str(error))
        raise
    yield hosts
    for host in hosts:
        clean(host)


def _releases(items: Sequence[pytest.Item]) -> set[str]:
    """Those that these tests will ask for."""
    letters: set[str] = set()
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        letters |= {letter for letter in RELEASES if f"host_{letter}" in names}
        letters |= set(HOST_LETTERS) if "lab_hosts" in names else set()
        callspec = getattr(item, "callspec", None)
        letters |= {callspec.params.get("lab_host")} if callspec is not None else set()
    return {release for letter, release in RELEASES.items() if letter in letters}


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build now what takes half a minute, or more behind a slow wire: the first test's limit is not for that."""
    with contextlib.suppress(LabUnavailable):
        if releases := _releases(session.items):
            check_machine()
        for release in sorted(releases):
            with contextlib.suppress(LabUnavailable):
                debian_tree(release)


@pytest.fixture
def host_without_pools(lab_host: LabHost) -> Iterator[LabHost]:
    """As libvirt comes from the package."""
    with lab_host.connect() as connection:
        pools = connection.listAllStoragePools()
        descriptions = [pool.XMLDesc() for pool in pools]
        for pool in pools:
            pool.destroy()
            pool.undefine()
    yield lab_host
    with lab_host.connect() as connection:
        for pool in connection.listAllStoragePools():
            pool.destroy()
            pool.undefine()
        for description in descriptions:
            pool = connection.storagePoolDefineXML(description)
            pool.create()
            pool.setAutostart(1)


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """A guest's files (Alpine from the network) may be missing where the lab itself runs: that skips too."""
    if call.excinfo is not None and isinstance(call.excinfo.value, LabUnavailable):
        try:
            give_up(str(call.excinfo.value))
        except (pytest.skip.Exception, pytest.fail.Exception) as outcome:
            call.excinfo = pytest.ExceptionInfo.from_exception(outcome)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Read from the reports, so it also works when other processes ran the tests (xdist)."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _, found, reason = text.partition(_NOT_RUN)
        if not found and _NEEDS_ROOT in text:
            found, reason = _NOT_RUN, text[text.index(_NEEDS_ROOT) :]
        if found:
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_sep("=", f"{_NOT_RUN}{reason} ({count} tests)", red=True, bold=True)
