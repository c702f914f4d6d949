"""All changes of a machine: when, by whom, what; of the chosen one the XML that was changed, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.undo import Entry
from vmgui.policy.plain_text import visible
from vmgui.services.faults import ours
from vmgui.services.undo import UndoService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.answer_row import CloseRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.kit.preview import PreviewPane
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.button import Button
from vmgui.ui.look.plain import Label
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import set_muted
from vmgui.ui.undo.columns import COLUMNS
from vmgui.words.say import say
from vmgui.words.undo import difference_words

_NOTHING = say(
    "Changes", "No change is known: changes are noticed from the first time vmgui has seen the machine."
)
_LOOKING = say("Changes", "Looking…")


class ChangesDialog(Framed):
    """Not modal. `restore_asked` carries the Entry that is to be taken back, `failed` an exception, `left` the
    machine's key."""

    restore_asked = Signal(object)
    failed = Signal(object)
    left = Signal(object)

    def __init__(self, undo: UndoService, key: DomainKey, name: str, parent: QWidget) -> None:
        title = self.tr("Changes of {name}").format(name=visible(name))
        super().__init__("changes-dialog", title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self._undo = undo
        self._key = key
        self._shown: int | None = None
        self._is_late = False
        self.scope = PaneScope("changes", self)
        self._news = BatchedSignal(undo.changed, self)
        self._news.arrived.connect(self._on_news)

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
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._parts)
        self.body.addWidget(self._stack, 1)

        buttons = CloseRow(self, "changes-close", self.tr("Close"))
        self.restore = Button(
            "changes-restore",
            say("Changes", "Restore what was before…"),
            self,
            hint=say("Changes", "The machine becomes what it was before the chosen change."),
        )
        self.restore.setEnabled(False)
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self._on_restore)
        buttons.insertWidget(0, self.restore)
        self.finish(buttons)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.opened.connect(self._on_restore)
        resize_within_screen(self, 760, 560)
        self.table.setFocus()
        self._look()

    def done(self, result: int) -> None:
        """However it is left: hear no more."""
        self._news.close()
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
            self.failed.emit(error)
            entries = ()
        chosen = self.table.selected()
        self.model.show(entries)
        self._none.setText(str(_NOTHING))
        self._stack.setCurrentWidget(self._parts if entries else self._none)
        if entries and (not chosen or chosen[0] not in entries):
            self.table.selectRow(0)
        self._is_late = True

    def _on_news(self, batch: tuple[DomainKey, ...]) -> None:
        if self._key in batch:
            self._look()

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.table.selected()
        self.restore.setEnabled(bool(chosen))
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

    @Slot()
    def _on_restore(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self.restore_asked.emit(chosen[0])
