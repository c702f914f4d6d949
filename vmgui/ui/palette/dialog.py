"""The command palette (Ctrl+K): type a few letters of any action or any machine, press Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.policy.natural_order import natural_key
from vmgui.policy.plain_text import visible
from vmgui.services.inventory import Inventory
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.state_look import domain_look, host_look
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.theme import SPACE, scaled, set_muted, tokens
from vmgui.words.states import host_state_words, state_words

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
MOST_SHOWN = 60
_WIDTH_PX = 560
_ROWS = 11


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose: an action, a machine or a host."""

    text: str
    note: str
    icon: QIcon
    target: QAction | DomainKey | HostId
    enabled: bool = True

    @property
    def haystack(self) -> str:
        """What is searched."""
        return f"{self.text} {self.note}".casefold()


def score(entry: Entry, words: tuple[str, ...]) -> float | None:
    """How well an entry fits, smaller is better; None: not at all."""
    text, all_text = entry.text.casefold(), entry.haystack
    total = 0.0
    for word in words:
        at = text.find(word)
        if at == 0:
            total += 0
        elif at > 0:
            total += 1 if not text[at - 1].isalnum() else 2
        elif word in all_text:
            total += 4
        else:
            return None
    return total + (0 if entry.enabled else 3) + len(text) / 1000


class _EntriesModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.note) if part)
        return None

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, QFontMetrics(option.font).height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5)
        inner = option.rect.adjusted(14, 0, -14, 0)
        mode = QIcon.Mode.Normal if entry.enabled else QIcon.Mode.Disabled
        place = inner.adjusted(0, 0, 0, 0)
        place.setWidth(18)
        entry.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        left = inner.adjusted(28, 0, 0, 0)
        small = scaled(option.font, CAPTION)
        note_width = min(QFontMetrics(small).horizontalAdvance(entry.note) + 2, left.width() // 2)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            left, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            QFontMetrics(small).elidedText(entry.note, Qt.TextElideMode.ElideRight, note_width),
        )  # fmt: skip
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text if entry.enabled else colours.disabled))
        room = left.width() - note_width - SPACE
        painter.drawText(
            left, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            QFontMetrics(option.font).elidedText(entry.text, Qt.TextElideMode.ElideRight, room),
        )  # fmt: skip
        painter.restore()


class PaletteDialog(QDialog):
    """`domain_chosen` carries a DomainKey, `host_chosen` a HostId; an action is triggered."""

    domain_chosen = Signal(object)
    host_chosen = Signal(str)

    def __init__(self, actions: Sequence[QAction], inventory: Inventory, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Search"))
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self._entries = [*self._action_entries(actions), *self._inventory_entries(inventory)]
        self._field = QLineEdit(self)
        self._field.setObjectName("palette-field")
        self._field.setPlaceholderText(self.tr("Search for an action, a virtual machine or a host"))
        self._field.setAccessibleName(self.tr("Search"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._on_text)
        self._model = _EntriesModel(self)
        self._list = QListView(self)
        self._list.setObjectName("palette-list")
        self._list.setAccessibleName(self.tr("Found"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._on_clicked)
        self._nothing = Label(self.tr("Nothing found."), self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_muted(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._nothing)
        row = QFontMetrics(self.font()).height() + 14
        self.setFixedSize(min(_WIDTH_PX, parent.width() - 40), min(_ROWS * row + 60, parent.height() - 80))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 60)
        self._on_text("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }
            if event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _action_entries(self, actions: Sequence[QAction]) -> list[Entry]:
        entries: list[Entry] = []
        for action in actions:
            text = action.text().replace("&", "").rstrip("…")
            if not text or action.menu() is not None or action.isSeparator():
                continue
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(Entry(text, keys, action.icon(), action, action.isEnabled()))
        return entries

    def _inventory_entries(self, inventory: Inventory) -> list[Entry]:
        entries: list[Entry] = []
        for domain in inventory.domains.values():
            host = inventory.hosts.get(domain.key.host_id)
            note = " · ".join(
                part for part in (state_words(domain.state), visible(host.name) if host else "") if part
            )
            entries.append(Entry(visible(domain.name), note, icon(*domain_look(domain.state)), domain.key))
        for host in inventory.hosts.values():
            entries.append(
                Entry(visible(host.name), host_state_words(host), icon(*host_look(host.state)), host.id)
            )
        return entries

    def _on_text(self, text: str) -> None:
        words = tuple(text.casefold().split())
        rated = [(rating, entry) for entry in self._entries if (rating := score(entry, words)) is not None]
        if words:
            rated.sort(key=lambda pair: (pair[0], natural_key(pair[1].text)))
        found = [entry for _, entry in rated[:MOST_SHOWN]]
        self._model.show_entries(found)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _move(self, step: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = min(max(self._list.currentIndex().row() + step, 0), rows - 1)
            self._list.setCurrentIndex(self._model.index(row, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry) or not entry.enabled:
            return
        self.accept()
        if isinstance(entry.target, QAction):
            entry.target.trigger()
        elif isinstance(entry.target, DomainKey):
            self.domain_chosen.emit(entry.target)
        else:
            self.host_chosen.emit(entry.target)
