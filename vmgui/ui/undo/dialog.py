"""All changes of a machine: when, by whom, what; of the chosen one the XML that was changed, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.job import JobKind
from vmgui.model.undo import Entry
from vmgui.policy.lifecycle import refusal
from vmgui.policy.plain_text import visible
from vmgui.services.faults import ours
from vmgui.services.inventory import Inventory
from vmgui.services.undo import UndoService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.answer_row import CloseRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.kit.preview import PreviewPane
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.button import Button
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import set_muted
from vmgui.ui.undo.columns import COLUMNS
from vmgui.words.errors import explain
from vmgui.words.note import Level, Note
from vmgui.words.refusals import refusal_words
from vmgui.words.say import say
from vmgui.words.undo import difference_words

_NOTHING = say(
    "Changes", "No change is known: changes are noticed from the first time vmgui has seen the machine."
)
_LOOKING = say("Changes", "Looking…")
_SHARES = (2, 3)
"""Of the height: the list, and what was changed."""


class ChangesDialog(Framed):
    """Not modal. `restore_asked` carries the Entry that is to be taken back, `left` the machine's key."""

    restore_asked = Signal(object)
    left = Signal(object)

    def __init__(
        self, undo: UndoService, inventory: Inventory, key: DomainKey, name: str, parent: QWidget
    ) -> None:
        title = self.tr("Changes of {name}").format(name=visible(name))
        super().__init__("changes-dialog", title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self._undo = undo
        self._inventory = inventory
        self._key = key
        self._told: Note | None = None  # what came of what was asked last
        self._shown: int | None = None
        self._is_late = False
        self.scope = PaneScope("changes", self)
        self._news = BatchedSignal(undo.changed, self)
        self._news.arrived.connect(self._on_news)
        self._changes = BatchedSignal(inventory.changes, self)
        self._changes.arrived.connect(self._show_state)

        self.model: TableModel[Entry] = TableModel(COLUMNS, lambda entry: entry.id, parent=self)
        self.table: Table[Entry] = Table(
            self.model, "changes", say("Changes", "Changes"), is_single=True, parent=self
        )
        self._none = Label(str(_LOOKING), self)
        self._none.setObjectName("changes-none")
        self._none.setWordWrap(True)
        self._none.setMargin(32)
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        set_muted(self._none)
        self.preview = PreviewPane("changes-preview", self)
        self.preview.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._parts = QSplitter(Qt.Orientation.Vertical, self)
        self._parts.setObjectName("changes-parts")
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.table)
        self._parts.addWidget(self.preview)
        for number, share in enumerate(_SHARES):
            self._parts.setStretchFactor(number, share)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._parts)
        self._message = Message(self, "changes-message")
        self.body.addWidget(self._message)
        self.body.addWidget(self._stack, 1)

        buttons = CloseRow(self, "changes-close", self.tr("Close"))
        self._close = buttons.close
        self.restore = Button(
            "changes-restore",
            say("Changes", "Restore what was before…"),
            self,
            hint=say("Changes", "The machine becomes what it was before the chosen change."),
        )
        self.restore.setEnabled(False)
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self._on_restore)
        buttons.addWidget(self.restore)
        self.finish(buttons)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.opened.connect(self._on_restore)
        resize_within_screen(self, 760, 560)
        self._parts.setSizes([share * self.height() for share in _SHARES])
        self._show_state()
        self._look()

    def tell(self, text: str, level: Level = Level.INFO) -> None:
        """Say it here: the main window is behind."""
        self._told = Note("", text, level) if text else None
        self._show_state()

    def done(self, result: int) -> None:
        """However it is left: hear no more."""
        self._news.close()
        self._changes.close()
        self.scope.cancel()
        self.table.setModel(None)
        self.left.emit(self._key)
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self._is_late:
            # No host tells of everything.
            self._look()
        super().changeEvent(event)

    def _look(self) -> None:
        self._is_late = False
        self.scope.try_run(self._read())

    async def _read(self) -> None:
        try:
            entries = await ours(self._undo.entries(self._key))
        except VmguiError as error:
            said = explain(error)
            self.tell(f"{said.what} {said.next_step}".strip(), Level.ERROR)
            self._none.setText("")
            entries = ()
        else:
            self._none.setText(str(_NOTHING))
        chosen = self.table.selected()
        self.model.show(entries)
        is_first = self._stack.currentWidget() is not self._parts
        self._stack.setCurrentWidget(self._parts if entries else self._none)
        if entries and (not chosen or chosen[0] not in entries):
            self.table.selectRow(0)
        if entries and is_first and self.focusWidget() in (None, self._close):
            self.table.setFocus()
        self._is_late = True

    def _on_news(self, batch: tuple[DomainKey, ...]) -> None:
        if self._key in batch:
            self._look()

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.table.selected()
        self._show_state()
        if not chosen:
            self._shown = None
            self.preview.clear()
        elif chosen[0].id != self._shown:
            self._shown = chosen[0].id
            self.scope.try_run(self._show_diff(chosen[0]))

    async def _show_diff(self, entry: Entry) -> None:
        text = await self._undo.diff(entry.before, entry.after)
        if self._shown == entry.id:
            lines = tuple(difference_words(one) for one in entry.differences)
            self.preview.show_preview(lines, "", text, ())

    @property
    def _obstacle(self) -> str:
        """Why nothing can be restored now; empty: it can."""
        domain = self._inventory.domains.get(self._key)
        host = self._inventory.hosts.get(self._key.host_id)
        if domain is None or host is None:
            return self.tr("The machine is not there any more.")
        why = refusal(domain, JobKind.UNDO, host)
        return refusal_words(why) if why is not None else ""

    @Slot()
    def _show_state(self) -> None:
        obstacle = self._obstacle
        self.restore.setEnabled(not obstacle and bool(self.table.selected()))
        self._message.show_note(Note("", obstacle, Level.INFO) if obstacle else self._told)

    @Slot()
    def _on_restore(self) -> None:
        chosen = self.table.selected()
        if chosen and not self._obstacle:
            self.tell("")
            self.restore_asked.emit(chosen[0])
