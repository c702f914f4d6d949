"""The course from "Undo" to the job: look at what was changed, foresee what comes back, ask once, act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.undo import Entry
from vmgui.policy.undo import is_needless
from vmgui.services.faults import ours
from vmgui.services.inventory import Inventory
from vmgui.services.undo import UndoService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.undo.dialog import ChangesDialog
from vmgui.words import undo as words
from vmgui.words.errors import explain
from vmgui.words.note import Level

T = TypeVar("T")


class UndoFlow(QObject):
    """One question at a time. `failed` carries an ErrorText, `message` a sentence."""

    failed = Signal(object)
    message = Signal(str)

    def __init__(self, undo: UndoService, inventory: Inventory, window: QWidget) -> None:
        super().__init__(window)
        self._undo = undo
        self._inventory = inventory
        self._window = window
        self._under_way = False
        self._dialogs: dict[DomainKey, ChangesDialog] = {}
        self.scope = PaneScope("undo", self)

    def ask(self, keys: tuple[DomainKey, ...]) -> None:
        """Ask to undo the last change of a machine."""
        if keys:
            self._alone(lambda: self._ask_last(keys[0]))

    def show(self, keys: tuple[DomainKey, ...]) -> None:
        """Show all changes of a machine; one window for each machine."""
        if not keys:
            return
        key = keys[0]
        dialog = self._dialogs.get(key)
        if dialog is None:
            dialog = ChangesDialog(self._undo, self._inventory, key, self._name(key), self._window)
            dialog.restore_asked.connect(self._on_restore)
            dialog.left.connect(self._on_left)
            self._dialogs[key] = dialog
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _on_restore(self, entry: Entry) -> None:
        self._alone(lambda: self._ask(entry, self._dialogs.get(entry.key)))

    def _on_left(self, key: DomainKey) -> None:
        self._dialogs.pop(key, None)

    def _alone(self, ask: Callable[[], Awaitable[None]]) -> None:
        if not self._under_way:
            self.scope.try_run(self._asking(ask))

    async def _asking(self, ask: Callable[[], Awaitable[None]]) -> None:
        self._under_way = True
        try:
            await ask()
        finally:
            self._under_way = False

    async def _ask_last(self, key: DomainKey) -> None:
        entries = await self._looking(key, self._undo.entries(key))
        if entries is None:
            return
        if not entries:
            self.message.emit(words.nothing_words(self._name(key)))
            return
        await self._ask(entries[0])

    async def _ask(self, entry: Entry, dialog: ChangesDialog | None = None) -> None:
        """`dialog`: where it was chosen, and all that comes of it is told; None: it is the last one."""
        foresight = await self._looking(entry.key, self._undo.foresee(entry), dialog)
        if foresight is None:
            return
        name = self._name(entry.key)
        if is_needless(foresight):
            tell = dialog.tell if dialog is not None else self.message.emit
            tell(words.needless_words(foresight, name))
            return
        question = words.question(foresight, name, is_last=dialog is None)
        if await confirm(dialog or self._window, question):
            self._undo.undo(foresight)

    async def _looking(
        self, key: DomainKey, work: Awaitable[T], dialog: ChangesDialog | None = None
    ) -> T | None:
        """What comes of it; None: it failed, which has been told."""
        text = QCoreApplication.translate("Undo", "Looking at the changes of {name}…")
        self.message.emit(text.format(name=self._name(key)))
        try:
            found = await ours(work)
        except VmguiError as error:
            host = self._inventory.hosts.get(key.host_id)
            said = explain(error, self._name(key), host.name if host is not None else "")
            if dialog is not None:
                dialog.tell(f"{said.what} {said.next_step}".strip(), Level.ERROR)
            else:
                self.failed.emit(said)
            found = None
        self.message.emit("")
        return found

    def _name(self, key: DomainKey) -> str:
        domain = self._inventory.domains.get(key)
        return domain.name if domain is not None else key.uuid
