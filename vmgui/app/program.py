"""One run of the program, from the first window to the last.

What the first window does not show (all hosts, consoles, the wizard) is loaded behind its back, once it stands.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import signal
from dataclasses import replace
from functools import partial
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from vmgui.app import turns
from vmgui.app.arguments import Arguments
from vmgui.app.callers import Callers, connect_asked
from vmgui.app.first_start import local_hosts
from vmgui.app.logs import Logs
from vmgui.app.new_machines import NewMachines
from vmgui.app.one_window import OneWindow
from vmgui.app.stores import Stores
from vmgui.app.wiring import build_services
from vmgui.hypervisor import embedded
from vmgui.model.domain import DomainKey
from vmgui.model.host import Host, HostState
from vmgui.policy.host_names import id_of
from vmgui.policy.plain_text import visible
from vmgui.services.background import in_thread
from vmgui.services.closing import close_each
from vmgui.services.scope import Scope, happens_within
from vmgui.services.services import Services
from vmgui.store import paths
from vmgui.store.hosts import HostStore
from vmgui.store.settings import SettingsStore
from vmgui.ui.bridge.stall_monitor import StallMonitor
from vmgui.ui.look import theme
from vmgui.ui.main_window import Hooks, MainWindow
from vmgui.words import language

log = logging.getLogger(__name__)

LOADED_LATER = ("vmgui.ui.fleet.dashboard", "vmgui.ui.console.pane", "vmgui.ui.creation.wizard")
LOAD_LATER_S = 1.0
CLOSE_LIMIT_S = 60.0
"""For a part of the program that forgets its own limit; all of them together take a few seconds at most."""
FIRST_PAINT_S = 1.0
"""How long the hosts wait for the window to be seen: opening them takes the processor it is painted with."""


class _CloseRequest(QObject):
    """Wakes `run_program` when the person wants to leave."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    @Slot()
    def ask(self) -> None:
        """The window was closed, Quit was chosen or the session ends."""
        self.asked.set()

    def on_done(self, _task: asyncio.Task[int]) -> None:
        """What this run was for is done."""
        self.asked.set()


class _FirstPaint(QObject):
    """Tells when a window has been painted for the first time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.happened = asyncio.Event()
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self.happened.set()
        return super().eventFilter(watched, event)


async def run_program(arguments: Arguments, logs: Logs, one_window: OneWindow) -> int:
    """Show the window and stay until it is closed; the exit status."""
    logs.watch_loop(asyncio.get_running_loop())
    stores = await in_thread(Stores.open, paths.config_dir(), paths.state_dir())
    settings = stores.settings
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    language.install(application, arguments.language or settings.settings.language)
    theme.install(application, settings.settings.theme)
    services = build_services(stores)
    hooks = Hooks(
        console_factory=lambda key, parent: _console(services, settings, key, parent),
        create_wizard_factory=lambda host_id, parent: new_machines.wizard(host_id, parent),
        views=stores.views,
    )
    window = MainWindow(services, settings, hooks)
    new_machines = NewMachines(services, window, window.show_domain)
    monitor = StallMonitor(window)
    monitor.start()
    close_request = _CloseRequest()
    window.close_requested.connect(close_request.ask)
    _close_on_signals(close_request)
    first_paint = _FirstPaint(window)
    window.show()
    # Minimised at the start, it may be long.
    await happens_within(first_paint.happened, FIRST_PAINT_S)
    try:
        return await _until_closed(arguments, services, stores, window, close_request, one_window)
    finally:
        await close_each(
            ("other starts", one_window.close),
            ("the monitor", monitor.stop),
            ("the window's panes", window.shutdown),
            ("services", services.close),
            ("the embedded hypervisor", partial(in_thread, embedded.leave)),
            ("stores", partial(_close_stores, stores)),
            limit_s=CLOSE_LIMIT_S,
        )
        window.allow_close()
        window.close()


async def _close_stores(stores: Stores) -> None:
    try:
        # Each waits for the disk a little.
        await in_thread(stores.close)
    except OSError as error:
        log.warning("the stores are closed here: %s", error)
        stores.close()


async def _until_closed(
    arguments: Arguments,
    services: Services,
    stores: Stores,
    window: MainWindow,
    close_request: _CloseRequest,
    one_window: OneWindow,
) -> int:
    """Connect the hosts, do what was asked for, and stay until the person leaves; the exit status."""
    demo: asyncio.Task[int] | None = None
    async with Scope("program") as scope:
        scope.run(turns.keep_collections_short())
        await _connect_hosts(services, stores.hosts, arguments, window)
        scope.run(_load_later())
        if arguments.demo:
            from vmgui.app.demo import run_demo

            demo = scope.run(run_demo(arguments, services, window))
            if arguments.screenshot is not None:
                demo.add_done_callback(close_request.on_done)
        elif arguments.new:
            window.open_new_domain(None)
        if arguments.show_console:
            scope.run(show_console(arguments.show_console, services, window))
        callers = Callers(services, window, lambda name: scope.run(show_console(name, services, window)))
        one_window.serve(callers.call)
        if one_window.is_unanswered:
            callers.tell_of_other(one_window.other)
        while True:
            await close_request.asked.wait()
            close_request.asked.clear()
            if arguments.screenshot:
                break
            if not await window.confirm_quit_with_drafts():
                continue
            unfinished = services.jobs.unfinished
            if not unfinished or await window.confirm_quit_with_jobs(unfinished):
                break
        callers.close()
    if demo is not None and arguments.screenshot is not None:
        return 1 if demo.cancelled() or demo.exception() else demo.result()
    return 0


def _console(services: Services, settings: SettingsStore, key: DomainKey, parent: QWidget) -> QWidget:
    from vmgui.ui.console.pane import ConsolePane

    return ConsolePane(services, key, settings, parent)


async def _load_later() -> None:
    """Load what the first window did not need: the first console must not be the one to wait for it."""
    await asyncio.sleep(LOAD_LATER_S)
    for name in LOADED_LATER:
        await in_thread(importlib.import_module, name)


def _close_on_signals(close_request: _CloseRequest) -> None:
    """SIGINT and SIGTERM close the window in order; a second one ends the program at once."""
    loop = asyncio.get_running_loop()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(close_request.ask)

    # qasync has no add_signal_handler; the stall monitor's timer lets Python run handlers soon.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)


async def _connect_hosts(
    services: Services, host_store: HostStore, arguments: Arguments, window: MainWindow
) -> None:
    """All hosts at once: none waits for another."""
    is_known = services.files.is_known("hosts")
    if is_known and not host_store.hosts and not arguments.connect and not arguments.demo:
        name = QCoreApplication.translate("FirstStart", "This computer")
        for config in await in_thread(partial(local_hosts, name=name)):
            # The same id, whichever of two processes that start at the same time adds it.
            host_store.save(replace(config, id=id_of(config.uri)))
    for config in host_store.hosts:
        services.hosts.add(config, save=False)
    services.last_seen.start([config.id for config in host_store.hosts], are_all=host_store.is_complete)
    services.files.start()
    connect_asked(services, window, arguments.connect)


def _is_awaited(host: Host) -> bool:
    """Whether it is about to tell what it has."""
    return host.state is HostState.CONNECTING or (
        host.state is HostState.DISCONNECTED and host.config.autoconnect
    )


async def show_console(name: str, services: Services, window: MainWindow) -> None:
    """Open the console of the machine called `name` once a host tells of it."""
    inventory = services.inventory

    def key() -> DomainKey | None:
        return next((domain.key for domain in inventory.domains.values() if domain.name == name), None)

    def is_decided() -> bool:
        return key() is not None or not any(map(_is_awaited, inventory.hosts.values()))

    unknown = QCoreApplication.translate(
        "Program", "No host that answers has a virtual machine called “{name}”."
    )
    await inventory.until(is_decided)
    if key() is None:
        # It may yet appear: its host may come back, somebody may make it.
        window.show_message(unknown.format(name=visible(name)))
        await inventory.until(lambda: key() is not None)
    if (found := key()) is not None:
        window.show_domain(found, tab="console")
