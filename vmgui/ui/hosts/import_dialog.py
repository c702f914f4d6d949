"""Which hosts of a file to take over: those known already are marked, and so is what would start a program here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from vmgui.policy.plain_text import visible
from vmgui.services.host_list import ListedHost
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import tip
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.theme import SPACE_L
from vmgui.words.hosts import danger_words

_SIZE_PX = (1060, 420)
_ROW_HEIGHT = 1.8  # of a line's
_NOTE = 2


class ImportDialog(Framed):
    """New hosts are ticked; the others are for the person to decide."""

    def __init__(self, hosts: tuple[ListedHost, ...], parent: QWidget | None) -> None:
        super().__init__("import-hosts-dialog", self.tr("Which hosts shall be added?"), parent)
        self._hosts = hosts
        resize_within_screen(self, *_SIZE_PX)
        self.setWindowTitle(self.tr("Import hosts"))
        hint = self.tr(
            "A host that is in your list already takes over name and settings from the file when you tick it."
        )
        self.add_text(hint, muted=True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("import-hosts")
        self.list.setAccessibleName(self.tr("Hosts in the file"))
        self.list.setHeaderLabels([self.tr("Name"), self.tr("Address"), self.tr("Note")])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for listed in hosts:
            self.list.addTopLevelItem(self._item(listed))
        # By all rows: before the dialog is shown none counts as visible.
        self.list.header().setResizeContentsPrecision(-1)
        for column in range(2):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, min(self.list.columnWidth(column) + SPACE_L, 260))
        answers = AnswerRow(self, "import", self.tr("Import"))
        self._take = answers.yes
        self.body.addWidget(self.list, 1)
        self.finish(answers)
        self.list.itemChanged.connect(self._on_ticked)
        self._on_ticked()

    def chosen(self) -> tuple[ListedHost, ...]:
        """What is ticked."""
        return tuple(
            listed
            for row, listed in enumerate(self._hosts)
            if (item := self.list.topLevelItem(row)) is not None
            and item.checkState(0) is Qt.CheckState.Checked
        )

    def _item(self, listed: ListedHost) -> QTreeWidgetItem:
        item = QTreeWidgetItem(
            [visible(listed.config.name), visible(listed.config.uri), "\n".join(self._notes(listed))]
        )
        is_new = not listed.known_as and not listed.dangers
        line_px = self.fontMetrics().height()
        more_lines = len(self._notes(listed)) - 1
        # Of the last column: the others are as wide as what is in them.
        item.setSizeHint(_NOTE, QSize(0, round(line_px * (_ROW_HEIGHT + more_lines))))
        if listed.dangers:
            item.setIcon(_NOTE, icon("triangle-alert", IconRole.WARNING))
        item.setCheckState(0, Qt.CheckState.Checked if is_new else Qt.CheckState.Unchecked)
        for column in range(3):
            item.setToolTip(column, tip(item.text(column)))
        return item

    def _notes(self, listed: ListedHost) -> list[str]:
        """One a line: none may end where the window does."""
        notes = [danger_words(danger) for danger in listed.dangers]
        if listed.known_as:
            notes.append(self.tr("In the list already, as “{name}”").format(name=listed.known_as))
        return [visible(note) for note in notes] or [self.tr("New")]

    def _on_ticked(self) -> None:
        self._take.setEnabled(bool(self.chosen()))
