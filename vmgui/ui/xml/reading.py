"""The XML of a machine, now and after the next start, kept true while somebody looks at it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vmgui.libvirtxml.xml_check import size_fault
from vmgui.model.definition import MachineView
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError, forget_frames
from vmgui.model.xml import XmlFault
from vmgui.services.notifier import Subscription
from vmgui.services.services import Services
from vmgui.ui.bridge.pane_scope import PaneScope


class XmlReading(QObject):
    """`arrived` comes after each reading, also of the same; `error` says why the last failed."""

    arrived = Signal()

    def __init__(self, key: DomainKey, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._key, self._services = key, services
        self.live: str | None = None  # None: it is off, or was not read yet
        self.saved: str | None = None  # None: kept nowhere, or was not read yet
        self.error: VmguiError | None = None
        self.live_fault: XmlFault | None = None  # why it cannot be shown
        self.saved_fault: XmlFault | None = None
        self.scope = PaneScope("xml-reading", self)
        self._subscription: Subscription | None = None
        self._is_asked = False
        self._is_running = False

    def start(self) -> None:
        """Read now and whenever something happened to it."""
        if self._subscription is None:
            watch = self._services.machine_watches.watch(self._key)
            self._subscription = watch.changed.subscribe(self._on_view)
        self.ask()

    def stop(self) -> None:
        """Hear nothing more."""
        if self._subscription is not None:
            self._subscription.cancel()
            self._subscription = None

    def ask(self) -> None:
        """Read now, or once more after what is being read."""
        self._is_asked = True
        if not self._is_running:
            self._is_running = self.scope.try_run(self._run())

    def _on_view(self, _view: MachineView) -> None:
        self.ask()

    async def _run(self) -> None:
        try:
            while self._is_asked:
                self._is_asked = False
                await self.read()
        finally:
            self._is_running = False

    async def read(self) -> None:
        """Read both once."""
        domain = self._services.inventory.domains.get(self._key)
        edits, key = self._services.edits, self._key
        try:
            is_kept = domain is None or domain.persistent
            self.saved = await edits.text(key, saved=True) if is_kept else None
            is_active = domain is not None and domain.state.is_active
            self.live = await edits.text(key, saved=False) if is_active else None
            self.live_fault, self.saved_fault = size_fault(self.live or ""), size_fault(self.saved or "")
            self.error = None
        except VmguiError as error:
            forget_frames(error)
            self.error = error
        self.arrived.emit()
