"""The windows with machines' XML, one for each that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from vmgui.commands.command import Command
from vmgui.commands.xml import XML
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.job import Job, JobKind
from vmgui.services.closing import close_each
from vmgui.services.services import Services
from vmgui.ui.kit.draft import Drafts

if TYPE_CHECKING:
    # Loaded when somebody asks for XML, not at the program's start.
    from vmgui.ui.xml.window import XmlWindow

PLACE = "xml"
"""Of their drafts."""


class XmlWindows(QObject):
    """Children of the main window. `acting`: the machines that commands are for."""

    def __init__(
        self,
        services: Services,
        drafts: Drafts[Any],
        acting: Callable[[], Sequence[DomainKey]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._services, self._drafts, self._acting, self._window = services, drafts, acting, window
        self._open: dict[DomainKey, XmlWindow] = {}
        self._changes = services.inventory.changes.subscribe(self._on_changes)

    @property
    def slots(self) -> Mapping[Command, Callable[..., object]]:
        """What does what its commands ask for."""
        return {XML: self._on_asked}

    def show(self, key: DomainKey) -> None:
        """Have this machine's in front."""
        if key not in self._open:
            from vmgui.ui.xml.window import XmlWindow

            made = XmlWindow(key, self._services, self._drafts, self._window)
            made.done.connect(self._on_done)
            self._open[key] = made
        self._open[key].open_window()

    def of(self, key: DomainKey) -> XmlWindow | None:
        """The one of this machine, where it is open."""
        return self._open.get(key)

    def tells(self, job: Job) -> bool:
        """Whether the window of its machine says why this job has failed."""
        windows = (self._open.get(target.key) for target in job.targets if target.key is not None)
        return job.kind is JobKind.DEFINE and any(one is not None and one.isVisible() for one in windows)

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The names of the machines with XML that was typed and not applied."""
        known = self._services.inventory.domains
        return tuple(
            known[key].name for key in self._drafts.keys(PLACE) if isinstance(key, DomainKey) and key in known
        )

    async def shutdown(self) -> None:
        """The program ends."""
        self._changes.cancel()
        await close_each(*(("the XML", window.shutdown) for window in self._open.values()))

    @Slot()
    def _on_asked(self) -> None:
        keys = self._acting()
        if len(keys) == 1:
            self.show(keys[0])

    def _on_changes(self, changes: ChangeSet) -> None:
        for key in changes.removed:
            # What is open can still be read and copied.
            if key not in self._open:
                self._drafts.forget(PLACE, key)

    @Slot(object)
    def _on_done(self, key: DomainKey) -> None:
        window = self._open.pop(key, None)
        if key not in self._services.inventory.domains:
            self._drafts.forget(PLACE, key)
        if window is not None:
            window.end()
            window.deleteLater()
