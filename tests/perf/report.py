"""The results as text: what was measured, against what, and on which machine."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import libvirt
import PySide6

from tests.perf.fleets import Row
from tests.perf.programs import RIVAL, ROOT, VMGUI
from vmgui import __version__

WINDOW_S, AFTER_OPEN_S, KEY_P95_MS, KEY_LONGEST_MS, IDLE_CORES, MEMORY_MIB = (
    0.7,
    1.0,
    33.0,
    100.0,
    0.05,
    250.0,
)
FILTER_MS, GAP_MS = 16.0, 50.0
VERB_RATIO = 6.0
DEVICES_S = 0.2
NOTHING = "–"
NO_ANSWER = "no answer"


def machine_facts(rival: str) -> list[str]:
    """The computer and the versions, a line each."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    version = libvirt.getVersion()
    return [
        f"{datetime.datetime.now().astimezone():%Y-%m-%d %H:%M %Z}",
        f"{os.cpu_count()} processors, {cpu}; Linux {platform.release()}",
        f"vmgui {__version__} ({commit or 'no repository'}), Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, libvirt {version // 1_000_000}.{version // 1000 % 1000}.{version % 1000}",
        f"virt-manager {rival}"
        if rival
        else "virt-manager: not installed here or not asked for, vmgui stands alone",
    ]


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Markdown, its columns aligned for who reads it as text."""
    rows = [list(head), *[list(line) for line in lines]]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    texts = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    texts.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(texts)


def number(value: float | None, digits: int = 2, unit: str = "", *, limit: float | None = None) -> str:
    """A value; in bold where it misses its limit."""
    if value is None:
        return NOTHING
    text = f"{value:.{digits}f}{unit}"
    return f"**{text}**" if limit is not None and value > limit else text


def _keys(row: Row, limited: bool) -> str:
    keys = row.keys
    if not keys.times_ms and not keys.unanswered:
        return NOTHING
    if keys.p95_ms is None:
        return f"{keys.unanswered} of {keys.unanswered + len(keys.times_ms)} unanswered in 5 s"
    p95 = number(keys.p95_ms, 0, limit=KEY_P95_MS if limited else None)
    longest = number(keys.longest_ms, 0, limit=KEY_LONGEST_MS if limited else None)
    lost = f", {keys.unanswered} unanswered" if keys.unanswered else ""
    return f"{number(keys.median_ms, 0)} / {p95} / {longest}{lost}"


def _window(row: Row, limited: bool) -> str:
    if not row.window_s:
        return row.failure or NO_ANSWER
    best = number(row.window_best_s, limit=WINDOW_S if limited else None)
    return f"{best} / {number(row.window_median_s)} / {number(row.window_cpu_s)}"


def fleet_table(rows: Sequence[Row], opening: dict[str, tuple[float, float]], empty: dict[str, float]) -> str:
    """One line per program and fleet."""
    head = ("fleet", "program", "window s best/median/cpu", "list s", "after open s", "key ms p50/p95/max", "idle cores",
            "MiB", "beyond driver", "longest gap ms: loading, later")  # fmt: skip
    lines: list[list[str]] = []
    for row in rows:
        ours = row.program == VMGUI.name
        seconds, mib = opening.get(row.fleet, (None, None))
        after = row.after_open_s
        if after is None and row.complete_s is not None and seconds is not None:
            after = max(0.0, row.complete_s - seconds)
        beyond = None if row.rss_mib is None or mib is None else row.rss_mib - mib
        memory = number(row.rss_mib, 0)
        if row.rss_mib is not None and row.program in empty:
            memory += f" (+{row.rss_mib - empty[row.program]:.0f})"
        lines.append([
            row.fleet, row.program,
            _window(row, ours),
            f"{number(row.complete_s)} (cpu {number(row.complete_cpu_s)})" if row.complete_s is not None else NO_ANSWER,
            number(after, limit=AFTER_OPEN_S if ours else None),
            _keys(row, ours),
            number(row.idle_cores, 3, limit=IDLE_CORES if ours else None),
            memory,
            number(beyond, 0, limit=MEMORY_MIB if ours else None),
            f"{number(row.load_gap_ms, 0, limit=GAP_MS)}, {number(row.longest_gap_ms, 0, limit=GAP_MS)}" if ours else NOTHING,
        ])  # fmt: skip
    return table(head, lines)


def ratio_table(rows: Sequence[Row]) -> str:
    """How many times virt-manager takes what vmgui takes."""
    by_fleet: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_fleet.setdefault(row.fleet, {})[row.program] = row
    lines: list[list[str]] = []
    for fleet, pair in by_fleet.items():
        if VMGUI.name not in pair or RIVAL.name not in pair:
            continue
        ours, theirs = pair[VMGUI.name], pair[RIVAL.name]
        lines.append([
            fleet,
            _ratio(theirs.window_best_s, ours.window_best_s),
            _ratio(theirs.complete_s, ours.complete_s),
            _ratio(theirs.keys.p95_ms, ours.keys.p95_ms),
            _ratio(theirs.idle_cores, ours.idle_cores),
            _ratio(theirs.rss_mib, ours.rss_mib),
        ])  # fmt: skip
    return table(("fleet", "window", "list", "key p95", "idle", "memory"), lines) if lines else ""


def _ratio(theirs: float | None, ours: float | None) -> str:
    if ours is None:
        return NOTHING
    if theirs is None:
        return "it gave no answer"
    return f"{theirs / max(ours, 0.001):.1f} x"


def filter_line(rows: Sequence[Row], found: dict[str, Any] | None) -> list[str]:
    """What a letter in the filter costs, inside and seen from outside."""
    lines: list[str] = []
    if found:
        lines.append(
            f"- Filter of {found['machines']:,} machines, list and view alone: median {found['median_ms']:.1f} ms, "
            f"longest {number(found['longest_ms'], 1, limit=FILTER_MS)} ms (limit {FILTER_MS:.0f})."
        )
    for row in rows:
        keys = row.filter_keys
        if keys is not None and (keys.times_ms or keys.unanswered):
            lines.append(
                f"- Letter in the filter to the list painted, {row.fleet}: median {number(keys.median_ms, 0)} ms, "
                f"p95 {number(keys.p95_ms, 0)} ms, longest {number(keys.longest_ms, 0)} ms, "
                f"{keys.unanswered} without an answer."
            )
    return lines


def storm_line(found: dict[str, Any]) -> str:
    """What a storm of events did."""
    return (
        f"- {found['events']:,} lifecycle events of {found['machines']} machines in {found['taken_s']:.2f} s: longest "
        f"gap of the window {number(found['longest_own_gap_ms'], 0, limit=GAP_MS)} ms by its own doing "
        f"({found['longest_gap_ms']:.0f} ms with waits for a processor), every state right "
        f"{found['right_after_s']:.2f} s after the last event."
    )


def verbs_line(found: dict[str, float]) -> str:
    """What the command line costs."""
    return (
        f"- `vmgui list --json` of one host: {number(found['verb_s'])} s of processor time, "
        f"{number(found['ratio'], 1, limit=VERB_RATIO)} times `import libvirt, lxml.etree` "
        f"({number(found['libraries_s'])} s)."
    )


def devices_line(found: dict[str, Any]) -> str:
    """What a machine with many devices costs a tab."""

    def told(what: str) -> str:
        program_s, window_s = found[f"{what}_s"], found[f"{what}_window_s"]
        return f"{number(program_s, limit=DEVICES_S)} s of processor time ({number(window_s)} s of it the window's)"

    return (
        f"- {found['tab'].capitalize()} of a machine with {found['disks']} disks and {found['cards']} network cards: {told('first')} for the "
        f"first show of the tab, {told('other')} for another such machine, median of {found['others']} "
        f"(limit {DEVICES_S} s)."
    )
