"""One fleet in one program: started, listed, worked with the keyboard, left alone; all in one row of results."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from tests.perf.fleet import Fleet
from tests.perf.measures import Keys, idle_cores, list_complete, press_filter, press_keys, window_up
from tests.perf.programs import VMGUI, Kind, Running, running
from tests.perf.screen import Box, Screen

_DRIVER = """
import json, os, sys, time, libvirt
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
libvirt.open("test:///default").close()
before, started_s = resident(), time.perf_counter()
kept = [libvirt.open(uri) for uri in sys.argv[1:]]
print(json.dumps([time.perf_counter() - started_s, resident() - before]))
"""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    starts: int = 3
    presses: int = 40
    idle_s: float = 20.0
    settle_s: float = 3.0


@dataclass(slots=True)
class Row:
    """What was measured of one program with one fleet; None: there was no answer in time."""

    program: str
    fleet: str
    machines: int
    window_s: list[float] = field(default_factory=list[float])
    window_cpu_s: float | None = None
    complete_cpu_s: float | None = None
    complete_s: float | None = None
    after_open_s: float | None = None
    keys: Keys = field(default_factory=Keys)
    filter_keys: Keys | None = None
    idle_cores: float | None = None
    rss_mib: float | None = None
    longest_gap_ms: float | None = None
    load_gap_ms: float | None = None
    failure: str = ""

    @property
    def window_best_s(self) -> float | None:
        return min(self.window_s, default=None)

    @property
    def window_median_s(self) -> float | None:
        return statistics.median(self.window_s) if self.window_s else None

    def as_json(self) -> dict[str, Any]:
        """Everything, for a file."""
        keys = self.keys
        return {
            "program": self.program,
            "fleet": self.fleet,
            "machines": self.machines,
            "window_s": self.window_s,
            "window_cpu_s": self.window_cpu_s,
            "complete_cpu_s": self.complete_cpu_s,
            "complete_s": self.complete_s,
            "after_open_s": self.after_open_s,
            "keys_ms": keys.times_ms,
            "keys_unanswered": keys.unanswered,
            "filter_ms": self.filter_keys.times_ms if self.filter_keys else None,
            "filter_unanswered": self.filter_keys.unanswered if self.filter_keys else None,
            "idle_cores": self.idle_cores,
            "rss_mib": self.rss_mib,
            "longest_gap_ms": self.longest_gap_ms,
            "load_gap_ms": self.load_gap_ms,
            "failure": self.failure,
        }


def driver_cost(fleet: Fleet) -> tuple[float, float]:
    """Seconds and MiB that libvirt's own test driver needs to open these hosts, one after the other."""
    answer = subprocess.run(
        [sys.executable, "-c", _DRIVER, *fleet.uris], capture_output=True, text=True, check=True
    )
    seconds, mib = json.loads(answer.stdout)
    return seconds, mib


def measure(kind: Kind, screen: Screen, fleet: Fleet, effort: Effort, opening_s: float) -> Row:
    """All measurements of a program with a fleet."""
    row = Row(kind.name, fleet.name, fleet.machines)
    for _ in range(effort.starts - 1):
        with running(kind, screen, fleet) as program:
            found = window_up(program, screen)
            if found is not None:
                row.window_s.append(found[0])
    with running(kind, screen, fleet) as program:
        found = window_up(program, screen)
        if found is None:
            row.failure = f"no window: {program.output()[-300:]}" if not program.is_alive else "no window"
            return row
        row.window_s.append(found[0])
        row.window_cpu_s = program.cpu_s()
        _work(row, program, screen, found[1], effort, opening_s)
        if not program.is_alive:
            row.failure = f"ended by itself: {program.output()[-300:]}"
    return row


def memory(kind: Kind, screen: Screen, fleet: Fleet, settle_s: float) -> float | None:
    """What the program takes with a fleet, nothing else done; MiB."""
    with running(kind, screen, fleet) as program:
        if window_up(program, screen) is None:
            return None
        time.sleep(settle_s + 3)
        return program.rss_mib()


def _work(row: Row, program: Running, screen: Screen, window: Box, effort: Effort, opening_s: float) -> None:
    row.complete_s = list_complete(program, screen, window, row.machines, opening_s)
    loaded_unix_s = time.time()
    row.complete_cpu_s = program.cpu_s() if program.is_alive else None
    if row.complete_s is not None and (opened := program.told("is open after")):
        row.after_open_s = max(0.0, row.complete_s - opened[-1])
    row.keys = press_keys(program, screen, window, effort.presses)
    if not program.is_alive:
        return
    if program.kind is VMGUI:
        row.filter_keys = press_filter(program, screen, window, effort.presses // 2)
    time.sleep(effort.settle_s)
    row.idle_cores = idle_cores(program, effort.idle_s)
    row.rss_mib = program.rss_mib()
    gaps = program.gaps()
    row.longest_gap_ms = max((ms for at_s, ms in gaps if at_s > loaded_unix_s), default=0.0)
    row.load_gap_ms = max((ms for at_s, ms in gaps if at_s <= loaded_unix_s), default=0.0)
