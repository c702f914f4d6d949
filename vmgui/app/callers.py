"""What the window is called for by a start of the program: hosts, a console, the wizard; this start's or another's."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from vmgui.app.one_window import Call
from vmgui.hypervisor.uri import starts_program
from vmgui.model.host import HostConfig
from vmgui.policy.host_names import host_name_of, id_of
from vmgui.services.services import Services
from vmgui.ui.main_window import MainWindow
from vmgui.words.errors import ErrorText

translate = QCoreApplication.translate


class Callers:
    """Serves other starts of the program, with the window of this one."""

    def __init__(self, services: Services, window: MainWindow, show_console: Callable[[str], object]) -> None:
        self._services = services
        self._window = window
        self._show_console = show_console
        self._loop = asyncio.get_running_loop()
        self._is_closed = False

    def call(self, call: Call) -> None:
        """On any thread."""
        try:
            self._loop.call_soon_threadsafe(self._take, call)
        except RuntimeError:
            # The loop has ended: who calls waits for the end of the process.
            return

    def close(self) -> None:
        """Take no more."""
        self._is_closed = True

    def tell_of_other(self, process: str) -> None:
        """Say that there is another window, which did not answer."""
        self._window.details.failures.show_error(
            ErrorText(
                translate("OneWindow", "Another window of vmgui is open, but does not answer"),
                translate(
                    "OneWindow", "This is a second one. Both can be used; what is changed in either is kept."
                ),
                translate("OneWindow", "Process {process}").format(process=process),
            )
        )

    def _take(self, call: Call) -> None:
        if self._is_closed:
            return
        raise_window(self._window, call.token)
        connect_asked(self._services, self._window, call.arguments.connect)
        if call.arguments.new:
            self._window.open_new_domain(None)
        if call.arguments.show_console:
            self._show_console(call.arguments.show_console)
        call.shown.set()


def raise_window(window: MainWindow, token: str) -> None:
    """Bring it to the front, as far as the desktop lets it: `token` is the desktop's word that it may."""
    if token and QGuiApplication.platformName().startswith("wayland"):
        # Where Qt looks for it when a window asks to be active; it takes it away itself.
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def connect_asked(services: Services, window: MainWindow, uris: Iterable[str]) -> None:
    """Connect to hosts by their addresses; those that are not in the list stay for this run only."""
    known = {config.uri: config for config in services.hosts.configs}
    for uri in uris:
        config = known.get(uri)
        is_new = config is None
        if config is None:
            # Its history goes on the next time, because its id is the same.
            config = HostConfig(id=id_of(uri), name=host_name_of(uri), uri=uri)
        if starts_program(uri) and (is_new or not config.autoconnect):
            # A link or a desktop file may have said so: the person sees what it is, and decides, each time.
            config = replace(config, autoconnect=False)
            if is_new:
                services.hosts.add(config, save=False)
            window.show_connect_dialog(config)
            continue
        if is_new:
            services.hosts.add(config, save=False)
            known[uri] = config
        services.hosts.connect(config.id)
