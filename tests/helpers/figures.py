"""A pytest plugin: what a run measured is kept as figures, and no test fails by one.

A slow or busy computer is slow, not wrong. What a test measures stands in its entry of the JUnit report, and the
worst of each kind in the last lines of the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

FIGURE = "figure: "  # how the name of a property begins that is one
_reports = pytest.StashKey[list[tuple[str, str, float]]]()
_running: list[pytest.Item] = []


def figure(name: str, value: float, unit: str) -> None:
    """Keep what the running test measured; more is worse."""
    if _running:
        _running[-1].user_properties.append((f"{FIGURE}{name} [{unit}]", f"{value:.4g}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _running.append(item)
    try:
        return (yield)
    finally:
        _running.pop()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_reports] = []
    config.pluginmanager.register(_Kept(config.stash[_reports]))


class _Kept:
    """With several workers each test's report reaches the one process that sums up."""

    def __init__(self, figures: list[tuple[str, str, float]]) -> None:
        self._figures = figures

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "teardown":
            return
        for name, value in report.user_properties:
            if name.startswith(FIGURE):
                self._figures.append((name.removeprefix(FIGURE), report.nodeid, float(str(value))))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = worst_of(config.stash[_reports])
    if lines:
        terminalreporter.section("figures, the worst of each: no test fails by them")
        for line in lines:
            terminalreporter.write_line(line)


def worst_of(figures: Sequence[tuple[str, str, float]]) -> list[str]:
    """A line for each kind: the worst, how many there are, and whose it is."""
    lines: list[str] = []
    for name in sorted({name for name, _, _ in figures}):
        found = [(value, test) for one, test, value in figures if one == name]
        value, test = max(found)
        words, _, unit = name.removesuffix("]").rpartition(" [")
        lines.append(f"{words}: {value:g} {unit}, the worst of {len(found)}: {test}")
    return lines
