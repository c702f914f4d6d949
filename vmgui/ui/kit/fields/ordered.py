"""Some of several, in an order: rows with a tick, moved by dragging, by buttons or with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vmgui.commands.fields import Option, Ordered
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.button import Button
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE_S, set_muted
from vmgui.words.say import say

_UP = say("Form", "Up")
_DOWN = say("Form", "Down")
_MOVE = say("Form", "Move “{thing}”: Alt+Up, Alt+Down")
_CHOSEN = say("Form", "{thing}, {place} of {count}, chosen")
_NOT_CHOSEN = say("Form", "{thing}, not chosen")
_MOST_ROWS = 8  # seen at once
_LEAST_ROWS = 2
_AT = Qt.ItemDataRole.UserRole  # which of the options a row is
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _row_px(metrics: QFontMetrics) -> int:
    return metrics.lineSpacing() + 2 * SPACE_S


class _Row(QStyledItemDelegate):
    """As wide as the list: a long name ends in dots."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # PySide's declarations lack the fields that QStyleOption has.
        return QSize(0, _row_px(cast(Any, option).fontMetrics))


class OrderedList(QListWidget):
    """Rows that a person moves."""

    move_wanted = Signal(int)
    """By so many rows."""
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTabKeyNavigation(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        self.setProperty("framed", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as its rows, as far as they are seen at once; they are higher once the theme has made them so."""
        shown = min(max(self.count(), _LEAST_ROWS), _MOST_ROWS)
        around = self.contentsMargins()
        px = _row_px(self.fontMetrics()) * shown + around.top() + around.bottom()
        return QSize(super().sizeHint().width(), px)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if steps is not None and plain == Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(steps)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropped.emit()


class _Changes(QObject):
    changed = Signal()


class OrderedControl(Control):
    """Its answer is a tuple of the values of the ticked rows, from top to bottom. Others keep their places among them."""

    field: Ordered
    is_tall = True
    input: OrderedList

    def __init__(self, field: Ordered, name: str, parent: QWidget) -> None:
        room = QWidget(parent)
        self._changes = _Changes(room)
        super().__init__(field, name, room, self._changes.changed)
        self.input = rows = OrderedList(room)
        rows.setObjectName(f"{name}-list")
        self.up = Button(f"{name}-up", _UP, room)
        self.down = Button(f"{name}-down", _DOWN, room)
        for button in (self.up, self.down):
            button.setAutoDefault(False)
        room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        top = Qt.AlignmentFlag.AlignTop
        room.setLayout(across(Cell(rows, 1, top), down(self.up, self.down, 1, space=SPACE_S)))
        self.below = self._hint = Label(parent)
        self._hint.setObjectName(f"{name}-meaning")
        self._hint.setWordWrap(True)
        set_muted(self._hint)
        self._options: tuple[Option, ...] = ()
        rows.itemChanged.connect(self._on_ticked)
        rows.dropped.connect(self._say_changed)
        rows.currentRowChanged.connect(self._show_buttons)
        rows.move_wanted.connect(self.move)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.offer(field.options)

    def offer(self, means: Sequence[Option]) -> None:
        options = tuple(means)
        if options != self._options:
            self._arrange(options, self.read())
        self.is_empty = not options

    def show(self, value: tuple[Any, ...] | None) -> None:
        if self.read() != tuple(value or ()):
            self._arrange(self._options, tuple(value or ()))
            self._changes.changed.emit()

    def read(self) -> tuple[Any, ...]:
        rows = (self.input.item(row) for row in range(self.input.count()))
        return tuple(self._option(row).value for row in rows if row.checkState() == Qt.CheckState.Checked)

    def move(self, steps: int) -> None:
        """The row that has the keyboard, by so many; at an end it stays."""
        row = self.input.currentRow()
        if row < 0 or not 0 <= row + steps < self.input.count():
            return
        with QSignalBlocker(self.input):
            self.input.insertItem(row + steps, self.input.takeItem(row))
        self.input.setCurrentRow(row + steps)
        self._show_buttons()
        self._say_changed()

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self._hint.setText(str(self.field.hint))
        self._tell()

    def _arrange(self, options: tuple[Option, ...], chosen: tuple[Any, ...]) -> None:
        """The chosen ones first; what was there keeps its order behind them, and the keyboard its row."""
        there = [self._option(self.input.item(row)).value for row in range(self.input.count())]
        current = self.input.currentItem()
        held = self._option(current).value if current is not None else None
        order = list(dict.fromkeys((*chosen, *there, *(option.value for option in options))))
        ranked = sorted(range(len(options)), key=lambda at: order.index(options[at].value))
        self._options = options
        with QSignalBlocker(self.input):
            self.input.clear()
            for at in ranked:
                self._add_row(at, is_chosen=options[at].value in chosen)
            row = next((row for row, at in enumerate(ranked) if options[at].value == held), 0)
            self.input.setCurrentRow(row if ranked else -1)
        self.input.updateGeometry()
        self._tell()
        self._show_buttons()

    def _add_row(self, at: int, *, is_chosen: bool) -> None:
        option, item = self._options[at], QListWidgetItem(self.input)
        item.setData(_AT, at)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled
        # What is chosen already can be left out, whatever speaks against choosing it.
        can_tick = is_chosen or not option.why_not
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if can_tick else flags)
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        item.setText(visible(str(option.label)))
        item.setToolTip(tip(str(option.why_not or option.hint or option.label)))

    def _option(self, item: QListWidgetItem) -> Option:
        return self._options[item.data(_AT)]

    def _tell(self) -> None:
        """What each row is called, on screen and to a screen reader."""
        chosen, count = 0, len(self.read())
        with QSignalBlocker(self.input):
            for row in range(self.input.count()):
                item = self.input.item(row)
                name = visible(str(self._option(item).label))
                is_chosen = item.checkState() == Qt.CheckState.Checked
                chosen += is_chosen
                said = (
                    _CHOSEN.format(thing=name, place=chosen, count=count)
                    if is_chosen
                    else _NOT_CHOSEN.format(thing=name)
                )
                item.setText(name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.input.viewport().update()

    def _show_buttons(self) -> None:
        row, item = self.input.currentRow(), self.input.currentItem()
        hint = _MOVE.format(thing=item.text()) if item is not None else ""
        for button, label, is_possible in (
            (self.up, _UP, row > 0),
            (self.down, _DOWN, 0 <= row < self.input.count() - 1),
        ):
            button.setEnabled(is_possible)
            button.relabel(
                label,
                hint,
                spoken=say("Form", "{button}: {field}").format(button=label.plain, field=self.spoken),
            )

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        self._say_changed()

    def _on_up(self) -> None:
        self.move(-1)

    def _on_down(self) -> None:
        self.move(1)

    def _say_changed(self) -> None:
        self._tell()
        self._changes.changed.emit()
