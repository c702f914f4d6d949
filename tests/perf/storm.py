"""A storm of lifecycle events: `python -m tests.perf.storm EVENTS MACHINES`, a line of JSON.

The real window on real services, in one process with the hypervisor (libvirt's test driver: its events stay in
the process that makes them). A thread suspends and resumes machines, 20,000 events in 2 s or as fast as the
driver lets it; the program's own stall monitor says how long the window stood still meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import libvirt
import qasync
from PySide6.QtWidgets import QApplication

from tests.helpers.waiting import eventually
from tests.perf.fleet import domain_xml
from vmgui.app import turns
from vmgui.app.stores import Stores
from vmgui.app.wiring import build_services
from vmgui.hypervisor import event_loop
from vmgui.model.domain import DomainState
from vmgui.model.host import HostConfig, HostState
from vmgui.services.background import in_thread
from vmgui.ui.bridge.stall_monitor import StallMonitor
from vmgui.ui.look import theme
from vmgui.ui.main_window import Hooks, MainWindow
from vmgui.words import language

URI = "test:///default"
SECONDS = 2.0
SETTLED_S = 20.0


def make_storm(conn: libvirt.virConnect, events: int) -> tuple[float, dict[str, bool]]:
    """Suspend and resume machines in turn, spread over 2 s; seconds taken and who is paused at the end."""
    machines = [machine for machine in conn.listAllDomains() if machine.isActive()]
    names = [machine.name() for machine in machines]
    paused = dict.fromkeys(names, False)
    started_s = time.perf_counter()
    for number in range(events):
        at = number % len(machines)
        if paused[names[at]]:
            machines[at].resume()
        else:
            machines[at].suspend()
        paused[names[at]] = not paused[names[at]]
        if number % 100 == 99:
            ahead_s = SECONDS * (number + 1) / events - (time.perf_counter() - started_s)
            if ahead_s > 0:
                time.sleep(ahead_s)
    return time.perf_counter() - started_s, paused


async def run(events: int, machines: int, folder: Path) -> dict[str, Any]:
    """The window, the storm, and what is true at the end."""
    conn = libvirt.open(URI)
    for number in range(machines):
        conn.defineXML(domain_xml(number)).create()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    language.install(application, "en")
    theme.install(application, "light")
    stores = Stores.open(folder, folder)
    services = build_services(stores)
    window = MainWindow(services, stores.settings, Hooks())
    window.show()
    services.hosts.add(HostConfig("h", "storm", URI), save=False)
    services.hosts.connect("h")
    await eventually(lambda: services.inventory.hosts["h"].state is HostState.CONNECTED, 30)
    await asyncio.sleep(2)
    monitor = StallMonitor(window, warm_up_s=0.0)
    monitor.start()
    await asyncio.sleep(0.5)
    monitor.reset()
    taken_s, paused = await in_thread(make_storm, conn, events)
    ended_s = time.perf_counter()

    def wrong() -> int:
        states = {domain.name: domain.state for domain in services.inventory.domains.values()}
        return sum(
            (states[name] is DomainState.PAUSED) is not is_paused for name, is_paused in paused.items()
        )

    await eventually(lambda: not wrong(), SETTLED_S)
    right_s = time.perf_counter() - ended_s
    await asyncio.sleep(0.5)
    monitor.stop()
    # Of a gap within the limit is not known what others had of it.
    own_ms = max((gap.gap_ms - gap.waited_ms for gap in monitor.gaps), default=monitor.max_gap_ms)
    await window.shutdown()
    await services.close()
    stores.close()
    window.allow_close()
    window.close()
    return {
        "events": events,
        "machines": len(paused),
        "taken_s": taken_s,
        "longest_gap_ms": monitor.max_gap_ms,
        "longest_own_gap_ms": own_ms,
        "right_after_s": right_s,
    }


def main() -> None:
    """Print what was measured."""
    os.environ["QT_NO_GLIB"] = "1"
    turns.keep_short()
    logging.basicConfig(level=logging.ERROR)
    event_loop.start()
    QApplication(["storm"]).setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder:
        found = qasync.run(run(int(sys.argv[1]), int(sys.argv[2]), Path(folder)))
    print(json.dumps(found), flush=True)
    # As the program ends itself: what the interpreter frees at its end it frees after Qt's application.
    os._exit(0)


if __name__ == "__main__":
    main()
