"""The programs that are measured, started as a person's session would start them, with a new home each time."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.perf.fleet import Fleet
from tests.perf.screen import Box, Screen

ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")
_LOG_TIME = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),(\d{3})")
_RIVAL_SETTINGS = """[org/virt-manager/virt-manager]
xmleditor-enabled=false

[org/virt-manager/virt-manager/connections]
uris=[{uris}]
autoconnect=[{uris}]

[org/virt-manager/virt-manager/stats]
update-interval=2
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A program: its name, and where in its window the names of its list are."""

    name: str
    left: int
    top: int
    width: int
    bottom: int  # from the window's lower edge
    still: int  # so much of the width, from the left, rests once all rows are there: no live values are in it

    def rows(self, window: Box) -> Box:
        """The part of the screen in which a selected row shows."""
        return self._part(window, self.width)

    def still_rows(self, window: Box) -> Box:
        """The part of it that does not change any more once the list is complete."""
        return self._part(window, min(self.still, window.width - 60))

    def _part(self, window: Box, width: int) -> Box:
        return window.part(self.left, self.top, width, window.height - self.top - self.bottom)


VMGUI = Kind("vmgui", 40, 130, 150, 90, still=150)
RIVAL = Kind("virt-manager", 40, 95, 150, 20, still=300)


def rival_version() -> str:
    """virt-manager's version, or empty where it is not installed."""
    path = shutil.which("virt-manager")
    if path is None:
        return ""
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60)
    return answer.stdout.strip()


class Running:
    """A started program."""

    def __init__(self, kind: Kind, process: subprocess.Popen[Any], home: Path, started_s: float) -> None:
        self.kind = kind
        self.process = process
        self.home = home
        self.started_s = started_s  # time.perf_counter()
        self.started_unix_s = time.time() - (time.perf_counter() - started_s)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def cpu_s(self) -> float:
        """Processor time of the process until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def rss_mib(self) -> float:
        """Its resident memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def told(self, words: str) -> list[float]:
        """When lines with these words were written to vmgui's log, in seconds after the start."""
        path = self.home / "state" / "vmgui" / "vmgui.log"
        if not path.exists():
            return []
        times: list[float] = []
        for line in path.read_text(errors="replace").splitlines():
            found = _LOG_TIME.match(line)
            if found and words in line:
                moment = datetime.datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S")
                times.append(moment.timestamp() + int(found[2]) / 1000 - self.started_unix_s)
        return times

    def gaps(self) -> list[tuple[float, float]]:
        """When (unix time) and how long (ms) vmgui's window stood still by its own doing, over 50 ms.

        What its thread waited for a processor is not counted: other programs had it.
        """
        path = self.home / "stalls.jsonl"
        if not path.exists():
            return []
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        return [(line["at_unix_s"], line["gap_ms"] - line["waited_ms"]) for line in lines]

    def output(self) -> str:
        """What it wrote to the terminal."""
        return (self.home / "output.txt").read_text(errors="replace")


@contextmanager
def running(kind: Kind, screen: Screen, fleet: Fleet, **environment: str) -> Iterator[Running]:
    """The program with these hosts, for the time of a `with`."""
    home = Path(tempfile.mkdtemp(prefix=f"{kind.name}-", dir=screen.folder))
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    own |= {"HOME": str(home)} | environment
    if kind is VMGUI:
        own |= {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        own["VMGUI_STALL_LOG"] = str(home / "stalls.jsonl")
        command = [sys.executable, "-m", "vmgui"]
        for uri in fleet.uris:
            command += ["--connect", uri]
    else:
        own |= {"GSETTINGS_BACKEND": "keyfile", "GTK_OVERLAY_SCROLLING": "0", "NO_AT_BRIDGE": "1"}
        settings = home / "config" / "glib-2.0" / "settings" / "keyfile"
        settings.parent.mkdir(parents=True)
        settings.write_text(_RIVAL_SETTINGS.format(uris=",".join(f"'{uri}'" for uri in fleet.uris)))
        command = ["virt-manager", "--no-fork"]
    with (home / "output.txt").open("wb") as output:
        started_s = time.perf_counter()
        process = screen.spawn(command, env=screen.environment | own, cwd=ROOT, stdout=output, stderr=output)
    try:
        yield Running(kind, process, home, started_s)
    finally:
        screen.end(process)
        shutil.rmtree(home, ignore_errors=True)
