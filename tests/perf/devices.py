"""What a machine with many devices costs a tab: `python -m tests.perf.devices DISKS CARDS TAB`, a line of JSON.

The real window on real services, libvirt's test driver as the host. Processor time of the whole program from the
choice of the tab (the first of all) or of another such machine until its form is filled, and then until nothing more
comes of it; what the program takes anyway in that time is left out. Beside it the window's thread alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.waiting import eventually
from tests.perf.fleet import many_devices_file
from vmgui.app import turns
from vmgui.app.stores import Stores
from vmgui.app.wiring import build_services
from vmgui.hypervisor import event_loop
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostConfig, HostState
from vmgui.model.units import KIB_PER_GIB
from vmgui.ui.hardware.tab import HardwareTab
from vmgui.ui.look import theme
from vmgui.ui.main_window import Hooks, MainWindow
from vmgui.ui.resources.tab import ResourcesTab
from vmgui.words import language

MACHINES = 8
SETTLED_S = 1.0
IDLE_S = 5.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the program and, of that, of the window's thread."""

    taken_s: float
    program_s: float
    window_s: float

    def without(self, idle: Cost) -> Cost:
        """Less what would have been anyway."""
        part = self.taken_s / idle.taken_s
        return Cost(
            self.taken_s, self.program_s - part * idle.program_s, self.window_s - part * idle.window_s
        )


class Clock:
    """Runs from its making."""

    def __init__(self) -> None:
        self._start = time.perf_counter(), time.process_time(), time.thread_time()

    def read(self) -> Cost:
        now = time.perf_counter(), time.process_time(), time.thread_time()
        return Cost(*(end - start for start, end in zip(self._start, now, strict=True)))


def is_filled(tab: QWidget | None, number: int) -> bool:
    """Whether the tab shows all of the machine that has (number + 1) GiB of memory."""
    if isinstance(tab, HardwareTab):
        read, form = tab.shown, tab.part.form
        values = read.machine.values if read is not None else None
        is_read = values is not None and values.memory_kib == (number + 1) * KIB_PER_GIB
        return is_read and form is not None and form.isVisible() and bool(tab.items.model.items)
    form = tab.form if isinstance(tab, ResourcesTab) else None
    return form is not None and form.isVisible() and form.answers()["memory"] == (number + 1) * KIB_PER_GIB


async def measure(window: MainWindow, keys: list[DomainKey], name: str) -> list[Cost]:
    """The first show of this tab, and that of each other machine; `keys`: by how much memory they have."""
    tabs = window.details.domain_page.tabs
    inventory = window.inventory

    async def cost(number: int, act: Callable[[], object]) -> Cost:
        clock = Clock()
        act()
        await eventually(lambda: is_filled(tabs.content(name), number), 30)
        await asyncio.sleep(SETTLED_S)
        return clock.read()

    inventory.select(keys[0])
    await asyncio.sleep(3 * SETTLED_S)
    clock = Clock()
    await asyncio.sleep(IDLE_S)
    idle = clock.read()
    costs = [await cost(0, lambda: tabs.show_tab(name))]
    for number, key in list(enumerate(keys))[1:]:
        costs.append(await cost(number, lambda key=key: inventory.select(key)))
    return [one.without(idle) for one in costs]


async def run(disks: int, cards: int, tab: str, folder: Path) -> dict[str, Any]:
    """The window with the machines, and what it took."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    language.install(application, "en")
    theme.install(application, "light")
    stores = Stores.open(folder, folder)
    services = build_services(stores)
    window = MainWindow(services, stores.settings, Hooks())
    window.resize(1280, 800)
    window.show()
    file = many_devices_file(folder, MACHINES, disks, cards)
    services.hosts.add(HostConfig("h", "many", f"test://{file}"), save=False)
    await eventually(lambda: services.inventory.hosts["h"].state is HostState.CONNECTED, 30)
    await eventually(lambda: len(services.inventory.domains) == MACHINES, 30)
    window.inventory.flush()
    machines = sorted(services.inventory.domains.values(), key=lambda domain: domain.memory_kib)
    first, *others = await measure(window, [machine.key for machine in machines], tab)
    await window.shutdown()
    await services.close()
    stores.close()
    window.allow_close()
    window.close()
    return {
        "tab": tab,
        "disks": disks,
        "cards": cards,
        "others": len(others),
        "first_s": first.program_s,
        "first_window_s": first.window_s,
        "other_s": statistics.median(one.program_s for one in others),
        "other_window_s": statistics.median(one.window_s for one in others),
        "other_longest_s": max(one.program_s for one in others),
    }


def main() -> None:
    """Print what was measured."""
    os.environ["QT_NO_GLIB"] = "1"
    turns.keep_short()
    logging.basicConfig(level=logging.ERROR)
    event_loop.start()
    QApplication(["devices"]).setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder:
        found = qasync.run(run(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(folder)))
    print(json.dumps(found), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
