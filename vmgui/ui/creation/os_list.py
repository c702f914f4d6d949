"""The searchable list of operating systems, grouped by maker; ended ones only on request."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.os_variant import OsVariant
from vmgui.ui.creation.os_groups import OsRow, rows
from vmgui.ui.creation.roomy_list import CardOrWords, RoomyDelegate
from vmgui.ui.look.search_field import SearchField
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words.creation_systems import group_titles, system_name
from vmgui.words.say import say

_SEARCH = say("OsList", "Search operating systems")
_HINT = say("OsList", "Search, e.g. “debian 12” or “windows”")
AnyIndex = QModelIndex | QPersistentModelIndex


class OsListModel(QAbstractListModel):
    """Groups' titles and systems as one flat list; titles cannot be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OsRow] = []
        self._title_font = QFont(QGuiApplication.font())
        self._title_font.setBold(True)

    def set_rows(self, new_rows: list[OsRow]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self._rows = new_rows
        self.endResetModel()

    def variant(self, row: int) -> OsVariant | None:
        """The system in a row; None for a group's title."""
        return self._rows[row].variant if 0 <= row < len(self._rows) else None

    def row_of(self, os_id: str) -> int:
        """Where a system stands; -1 if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.variant is not None and row.variant.id == os_id:
                return number
        return -1

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if row.variant is None else f"    {row.title}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.title
        if role == Qt.ItemDataRole.FontRole and row.variant is None:
            return self._title_font
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or index.row() >= len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].variant is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class OsList(QWidget):
    """Search field, list and the check box for ended systems."""

    chosen = Signal(str)  # a system's id, each time a person picks one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[OsVariant, ...] = ()
        self._newer: OsVariant | None = None
        self._variants: tuple[OsVariant, ...] = ()
        self._current = ""
        self._setting = False

        self._search = SearchField("os-search", _SEARCH, _HINT)
        self._search.textChanged.connect(self._refill)
        self._search.installEventFilter(self)

        self._model = OsListModel(self)
        self._view = QListView()
        self._view.setObjectName("os-list")
        self._view.setModel(self._model)
        self._view.setUniformItemSizes(True)
        self._view.setItemDelegate(RoomyDelegate(self._view))
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)

        self._card = CardOrWords(self._view)

        self._ended = QCheckBox()
        self._ended.setObjectName("os-end-of-life")
        self._ended.toggled.connect(self._refill)

        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self._search, 1)
        top.addWidget(self._ended)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addLayout(self._card, 1)
        self.setFocusProxy(self._search)
        self._retranslate()

    def set_variants(self, variants: tuple[OsVariant, ...], detected: OsVariant | None = None) -> None:
        """All systems there are to choose from; the detected one may be newer than all that are known."""
        if detected is not None and any(one.id == detected.id for one in variants):
            detected = None
        if variants is not self._known or detected != self._newer:
            self._known, self._newer = variants, detected
            self._variants = variants if detected is None else (detected, *variants)
            self._refill()

    def set_current(self, os_id: str) -> None:
        """Mark a system without telling `chosen`; one that has ended or is filtered away becomes visible."""
        if os_id == self._current and (not os_id or self._model.row_of(os_id) >= 0):
            return
        self._current = os_id
        variant = next((variant for variant in self._variants if variant.id == os_id), None)
        if variant is not None and variant.end_of_life and not self._ended.isChecked():
            self._ended.setChecked(True)
        if variant is not None and self._model.row_of(os_id) < 0:
            self._search.clear()
        self._select_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        # Marked while it was hidden, the list had no height yet to be scrolled in.
        super().showEvent(event)
        self._show_current()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Arrow keys in the search field walk the list, so a person never leaves the keyboard's home.
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        row = self._view.currentIndex().row() + step
        while 0 <= row < self._model.rowCount():
            if self._model.variant(row) is not None:
                self._view.setCurrentIndex(self._model.index(row))
                return
            row += step

    def _refill(self) -> None:
        self._setting = True
        found = rows(
            self._variants,
            self._search.text(),
            with_end_of_life=self._ended.isChecked(),
            name_of=system_name,
            titles=group_titles(),
        )
        self._model.set_rows(found)
        if found:
            self._card.show_card()
        else:
            nothing = self.tr("No system matches. Try fewer words, or show systems no longer supported.")
            self._card.show_words(nothing)
        self._setting = False
        self._select_current()

    def _select_current(self) -> None:
        row = self._model.row_of(self._current)
        self._setting = True
        if row >= 0:
            self._view.setCurrentIndex(self._model.index(row))
            self._show_current()
        else:
            self._view.clearSelection()
            self._view.setCurrentIndex(QModelIndex())
        self._setting = False

    def _show_current(self) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self._view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._setting:
            return
        variant = self._model.variant(current.row()) if current.isValid() else None
        if variant is not None and variant.id != self._current:
            self._current = variant.id
            self.chosen.emit(variant.id)

    def _retranslate(self) -> None:
        self._view.setAccessibleName(self.tr("Operating systems"))
        text = self.tr("&Show systems no longer supported")
        self._ended.setText(text)
        self._ended.setAccessibleName(text.replace("&", ""))
        self._refill()
