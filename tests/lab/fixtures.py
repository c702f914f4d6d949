"""Pytest plugin: the lab's fixtures. `lab` lives for the session, a host is clean again after each test.

Without root or packages the tests that ask for the lab are skipped, and the end of the run says so loudly;
with VMGUI_REQUIRE_LAB=1 they fail instead. VMGUI_LAB_ID chooses the lab's number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.lab.lab import Lab, LabBusy, open_lab
from tests.lab.lab_host import LabHost
from tests.lab.plan import HOST_LETTERS, LabUnavailable, lab_id_from_environment

_NOT_RUN = "LAB NOT RUN: "
# How tests/conftest.py begins the reason when it skips before a fixture is asked.
_NEEDS_ROOT = "needs root"


def _give_up(reason: str) -> None:
    if os.environ.get("VMGUI_REQUIRE_LAB") == "1":
        pytest.fail(f"{_NOT_RUN}{reason}", pytrace=False)
    pytest.skip(f"{_NOT_RUN}{reason}")


@pytest.fixture(scope="session")
def _lab_or_reason() -> Iterator[Lab | str]:
    """Opened once: a machine that cannot have a lab is not asked again by every test."""
    try:
        lab = open_lab(lab_id_from_environment())
    except (LabUnavailable, LabBusy) as error:
        yield str(error)
        return
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def lab(_lab_or_reason: Lab | str) -> Lab:
    """The lab; its hosts start when first asked for: lab.host("a")."""
    if isinstance(_lab_or_reason, str):
        _give_up(_lab_or_reason)
    assert isinstance(_lab_or_reason, Lab)
    return _lab_or_reason


def _one(lab: Lab, letter: str) -> Iterator[LabHost]:
    try:
        host = lab.host(letter)
    except LabUnavailable as error:
        _give_up(str(error))
        raise
    yield host
    host.destroy_all()


@pytest.fixture
def host_a(lab: Lab) -> Iterator[LabHost]:
    """host-a, up; without guests, volumes and other things of the test afterwards."""
    yield from _one(lab, "a")


@pytest.fixture
def host_b(lab: Lab) -> Iterator[LabHost]:
    yield from _one(lab, "b")


@pytest.fixture
def host_c(lab: Lab) -> Iterator[LabHost]:
    yield from _one(lab, "c")


@pytest.fixture
def lab_hosts(lab: Lab) -> Iterator[tuple[LabHost, ...]]:
    """All three hosts, clean afterwards."""
    try:
        hosts = lab.hosts("".join(HOST_LETTERS))
    except LabUnavailable as error:
        _give_up(str(error))
        raise
    yield hosts
    for host in hosts:
        host.destroy_all()


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """A guest's files (Alpine from the network) may be missing where the lab itself runs: that skips too."""
    if call.excinfo is not None and isinstance(call.excinfo.value, LabUnavailable):
        try:
            _give_up(str(call.excinfo.value))
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
