"""How fast vmgui is, and virt-manager beside it: `python -m tests.perf --help`.

Real programs on a real X server with the same hosts, measured from outside with the same means: the start of the
process to its painted window, the start to the whole list, key press to the changed pixels of the list, processor
time while nobody does anything, memory. Nothing of it is a test: a busy machine is slower, not broken.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.perf import report
from tests.perf.fleet import Fleet, make_fleet
from tests.perf.fleets import Effort, Row, driver_cost, measure, memory
from tests.perf.lab import NoLab, lab_fleet
from tests.perf.programs import RIVAL, ROOT, VMGUI, Kind, rival_version
from tests.perf.screen import Screen, missing_tools

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (100, 1000, 5000, 10_000)
MEASUREMENTS = ("fleets", "filter", "storm", "verbs", "devices", "lab")
INTRODUCTION = """# How fast it is

`python -m tests.perf` wrote this. Both programs had the same hosts (libvirt's test driver, seven of ten machines
run), one after the other on the same X server, each start with an empty home. In bold: misses its limit (window
{window} s, list {after} s after libvirt's own open has returned, key press to paint 95 % within {p95} ms and none above {longest} ms,
idle {idle} cores while polling every 2 s, {memory} MiB beyond what the test driver itself keeps in memory, no gap of the
window's thread above {gap} ms). "+" is what the fleet added to the program with no machine; "cpu" the processor time the program had had by then. Gaps
are what vmgui's own stall monitor saw, waits for a processor left out.
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.perf", description="Scale and speed, beside virt-manager."
    )
    parser.add_argument(
        "measurements", nargs="*", metavar="WHAT", help=f"of {', '.join(MEASUREMENTS)} (default: all)"
    )
    parser.add_argument("--sizes", type=_numbers, help="machines on one host, e.g. 100,10000")
    parser.add_argument(
        "--hosts", type=int, default=None, help="hosts with 100 machines each; 0: none (default 100)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small fleets, few keys, no lab: a look in two minutes"
    )
    parser.add_argument("--alone", action="store_true", help="without virt-manager")
    parser.add_argument(
        "--note", default="", help="a sentence for the results: what else the machine was doing"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything measured, as JSON too")
    parser.add_argument(
        "--results", type=Path, metavar="FILE", help="where the table goes (full runs: RESULTS.md)"
    )
    options = parser.parse_args(argv)
    unknown = set(options.measurements) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    wanted = options.measurements or [what for what in MEASUREMENTS if not (options.quick and what == "lab")]
    options.measurements = wanted
    options.sizes = options.sizes or ((100, 1000) if options.quick else SIZES)
    options.hosts = options.hosts if options.hosts is not None else (0 if options.quick else 100)
    if options.results is None and not options.quick and set(wanted) == set(MEASUREMENTS):
        options.results = RESULTS
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def say(text: str) -> None:
    """Progress, for who waits."""
    print(text, file=sys.stderr, flush=True)


def compare(
    kinds: Sequence[Kind], screen: Screen, fleets: Sequence[Fleet], effort: Effort
) -> tuple[list[Row], dict[str, tuple[float, float]]]:
    """Every fleet in every program, and what the driver itself takes for it."""
    rows: list[Row] = []
    opening: dict[str, tuple[float, float]] = {}
    for fleet in fleets:
        opening[fleet.name] = driver_cost(fleet)
        for kind in kinds:
            started_s = time.monotonic()
            row = measure(kind, screen, fleet, effort, opening[fleet.name][0])
            rows.append(row)
            say(f"{fleet.name:>10} {kind.name:<13} window {report.number(row.window_best_s)} s, "
                f"list {report.number(row.complete_s)} s, key p95 {report.number(row.keys.p95_ms, 0)} ms, "
                f"idle {report.number(row.idle_cores, 3)}, {report.number(row.rss_mib, 0)} MiB {row.failure}"
                f"   ({time.monotonic() - started_s:.0f} s)")  # fmt: skip
    return rows, opening


def ask(module: str, *arguments: str, **environment: str) -> dict[str, Any]:
    """A measurement that is a program of its own; its line of JSON."""
    answer = subprocess.run(
        [sys.executable, "-m", f"tests.perf.{module}", *arguments],
        cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True, timeout=300,
    )  # fmt: skip
    return json.loads(answer.stdout.splitlines()[-1])


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    options = parse(sys.argv[1:] if argv is None else argv)
    lacking = missing_tools()
    if lacking:
        say(f"nothing measured, missing here: {', '.join(lacking)}")
        return 1
    rival = "" if options.alone else rival_version()
    kinds = (VMGUI, RIVAL) if rival else (VMGUI,)
    effort = Effort(2, 20, 5.0, 2.0) if options.quick else Effort()
    parts: list[str] = []
    everything: dict[str, Any] = {"machine": report.machine_facts(rival)}
    rows: list[Row] = []
    screen = Screen()
    try:
        if "fleets" in options.measurements:
            nothing = make_fleet(screen.folder, 0)
            empty = {
                kind.name: mib for kind in kinds if (mib := memory(kind, screen, nothing, 1.0)) is not None
            }
            fleets = [make_fleet(screen.folder, size) for size in options.sizes]
            if options.hosts:
                fleets.append(make_fleet(screen.folder, 100, options.hosts))
            rows, opening = compare(kinds, screen, fleets, effort)
            parts.append(report.fleet_table(rows, opening, empty))
            driver = "; ".join(
                f"{name}: {seconds:.2f} s, {mib:.0f} MiB" for name, (seconds, mib) in opening.items()
            )
            parts.append(f"libvirt's test driver alone, hosts opened one after the other: {driver}. "
                         f"Without a machine: {', '.join(f'{name} {mib:.0f} MiB' for name, mib in empty.items())}.")  # fmt: skip
            ratios = report.ratio_table(rows)
            if ratios:
                parts.append(f"## Times what vmgui takes (virt-manager : vmgui)\n\n{ratios}")
            everything |= {"rows": [row.as_json() for row in rows], "driver": opening, "empty_mib": empty}
        lines: list[str] = []
        if "filter" in options.measurements or rows:
            everything["filter"] = ask("filtering", "10000") if "filter" in options.measurements else None
            lines += report.filter_line(rows, everything["filter"])
        if "storm" in options.measurements:
            everything["storm"] = ask("storm", "20000", "500", **screen.environment, QT_QPA_PLATFORM="xcb")
            lines.append(report.storm_line(everything["storm"]))
        if "verbs" in options.measurements:
            everything["verbs"] = ask("command_line", PYTHONPATH=str(ROOT))
            lines.append(report.verbs_line(everything["verbs"]))
        if "devices" in options.measurements:
            place = {**screen.environment, "QT_QPA_PLATFORM": "xcb"}
            everything["devices"] = [
                ask("devices", "30", "30", tab, **place) for tab in ("resources", "hardware")
            ]
            lines += map(report.devices_line, everything["devices"])
        if lines:
            parts.append("## Inside vmgui\n\n" + "\n".join(lines))
        if "lab" in options.measurements:
            parts.append(_lab(kinds, screen, effort, everything))
    finally:
        screen.close()
    text = _text(everything["machine"], options.note, parts)
    print(text)
    if options.results:
        options.results.write_text(text)
    if options.json:
        options.json.write_text(json.dumps(everything, indent=1))
    return 0


def _lab(kinds: Sequence[Kind], screen: Screen, effort: Effort, everything: dict[str, Any]) -> str:
    title = "## A real libvirtd"
    try:
        with lab_fleet(1000, 40) as fleet:
            rows = [measure(kind, screen, fleet, effort, 2.0) for kind in kinds]
    except NoLab as error:
        say(f"no lab: {error}")
        return f"{title}\n\nNot measured: {error}"
    everything["lab"] = [row.as_json() for row in rows]
    return f"{title}\n\n{report.fleet_table(rows, {}, {})}"


def _text(facts: Sequence[str], note: str, parts: Sequence[str]) -> str:
    head = INTRODUCTION.format(
        window=report.WINDOW_S, after=report.AFTER_OPEN_S, p95=report.KEY_P95_MS, longest=report.KEY_LONGEST_MS,
        idle=report.IDLE_CORES, memory=report.MEMORY_MIB, gap=report.GAP_MS,
    )  # fmt: skip
    about = "\n".join(f"- {fact}" for fact in (*facts, *([note] if note else [])))
    return "\n\n".join([head.rstrip(), about, *parts]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
