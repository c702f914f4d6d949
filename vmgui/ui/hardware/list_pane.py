"""The list of hardware with its buttons; in a narrow window a box that opens, above the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QComboBox, QMenu, QSizePolicy, QWidget

from vmgui.ui.hardware.items import Item
from vmgui.ui.hardware.list_model import HardwareListModel
from vmgui.ui.hardware.list_view import HardwareList
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.look.boxes import across
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import no_key, tip
from vmgui.ui.look.theme import SPACE, SPACE_XL
from vmgui.words.say import say

LEAST_PX, WIDE_PX = 180, 250
_ADD, _ADD_HINT = (
    say("HardwareList", "Add devic&e…"),
    say("HardwareList", "Add a device to the virtual machine"),
)
_REMOVE, _REMOVE_HINT = say("HardwareList", "&Remove…"), say("HardwareList", "Remove the device (Del)")
_NO_LIMIT_PX = (1 << 24) - 1


@dataclass(frozen=True, slots=True)
class Addable:
    """A kind of device; `why_not`: why none can be added."""

    kind: str
    title: str
    icon: str
    why_not: str = ""


class ListPane(QWidget):
    """`chosen` carries the id of the row that a person chose; `entered`: the keyboard is to go to what it is about."""

    chosen = Signal(str)
    entered = Signal()
    add_asked = Signal(str)  # a kind
    menu_asked = Signal()  # what can be added is to be shown
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hardware-items")
        self.model = HardwareListModel(self)
        self.view = HardwareList(self)
        self.view.setModel(self.model)
        self.view.chosen.connect(self._on_chosen)
        self.view.entered.connect(self.entered)
        self.view.remove_asked.connect(self.remove_asked)
        self.box = QComboBox(self)
        self.box.setObjectName("hardware-box")
        self.box.setModel(self.model)
        self.box.setMaxVisibleItems(24)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self.box.hide()
        self.add = Button("hardware-add", _ADD, self, hint=_ADD_HINT)
        self.add.setIcon(icon("plus"))
        self.add.clicked.connect(self.menu_asked)
        self.remove = Button("hardware-remove", _REMOVE, self, hint=_REMOVE_HINT)
        self.remove.clicked.connect(self.remove_asked)
        self._buttons = across(self.add, self.remove)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setSpacing(SPACE)
        self._column.addWidget(self.box, 1)
        self._column.addWidget(self.view, 1)
        self._column.addLayout(self._buttons)
        self._is_narrow = False
        self._id = ""
        self._arrange()

    @property
    def current(self) -> str:
        """The id of the row that is chosen; empty: none is."""
        return self._id

    def set_narrow(self, on: bool) -> None:
        """A box in place of the list."""
        if on != self._is_narrow:
            self._is_narrow = on
            self._arrange()

    def show_items(self, items: Sequence[Item]) -> None:
        """Have these rows; the one that is chosen stays so, where it is still there."""
        with QSignalBlocker(self.view), QSignalBlocker(self.box):
            self.model.show_items(items)
        self._mark(self._id)

    def choose(self, id_: str) -> None:
        """Show this row as the chosen one; nothing is emitted."""
        self._id = id_
        self._mark(id_)

    def neighbour(self, id_: str) -> str:
        """The row that comes next, of the same group if possible, where this one goes."""
        items = self.model.items
        at = next((number for number, item in enumerate(items) if item.id == id_), None)
        if at is None:
            return items[0].id if items else ""
        after, before = items[at + 1 : at + 2], items[at - 1 : at] if at else []
        near = [*after, *before]
        alike = [item for item in near if item.group == items[at].group]
        return (alike or near)[0].id if near else ""

    def set_can(self, *, add: bool, remove: bool, why_not: str) -> None:
        """What the buttons can do; `why_not`: why nothing can be added or removed."""
        self.add.setEnabled(add)
        self.remove.setEnabled(remove)
        self.add.relabel(_ADD, why_not or _ADD_HINT)
        self.remove.relabel(_REMOVE, why_not or _REMOVE_HINT)

    def open_menu(self, kinds: Iterable[Addable]) -> QMenu:
        """Show what can be added; what cannot says why."""
        menu = QMenu(self)
        menu.setObjectName("hardware-add-menu")
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        MenuLetters(menu)
        for one in kinds:
            action = QAction(icon(one.icon), no_key(one.title), menu)
            action.setObjectName(f"hardware-add-{one.kind}")
            action.setEnabled(not one.why_not)
            action.setToolTip(tip(one.why_not or one.title))
            action.setStatusTip(one.why_not)
            action.setData(one.kind)
            menu.addAction(action)
        menu.triggered.connect(self._on_add)
        height_px = menu.sizeHint().height()
        above = self.add.mapToGlobal(QPoint(0, 0))
        below = self.add.mapToGlobal(QPoint(0, self.add.height()))
        room = self.screen().availableGeometry()
        fits = below.y() + height_px <= room.bottom()
        menu.popup(below if fits else QPoint(above.x(), max(room.top(), above.y() - height_px)))
        # Who cannot see it hears of a menu by its entry that has the keyboard; a disk is added most.
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)
        return menu

    def retranslate(self) -> None:
        """Of what is no button."""
        for widget in (self.view, self.box):
            widget.setAccessibleName(self.tr("Hardware"))

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        self._column.setDirection(direction.LeftToRight if self._is_narrow else direction.TopToBottom)
        side_px = SPACE_XL if self._is_narrow else SPACE
        self._column.setContentsMargins(side_px, SPACE, side_px, SPACE)
        had = self.view.hasFocus() or self.box.hasFocus()
        self.view.setVisible(not self._is_narrow)
        self.box.setVisible(self._is_narrow)
        shown = self.box if self._is_narrow else self.view
        self.setFocusProxy(shown)
        if had:
            shown.setFocus()
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Maximum if self._is_narrow else policy.Preferred)
        self.setMinimumWidth(0 if self._is_narrow else LEAST_PX)
        self.setMaximumHeight(self._column.sizeHint().height() if self._is_narrow else _NO_LIMIT_PX)
        self.retranslate()

    def _mark(self, id_: str) -> None:
        number = self.model.place_of(id_)
        with QSignalBlocker(self.view), QSignalBlocker(self.box):
            index = self.model.index(number) if number >= 0 else QModelIndex()
            if self.view.currentIndex() != index:
                self.view.setCurrentIndex(index)
            if self.box.currentIndex() != number:
                self.box.setCurrentIndex(number)

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        item = self.model.item(number)
        if item is not None and item.id != self._id:
            self._id = item.id
            self._mark(item.id)
            self.chosen.emit(item.id)

    @Slot(QAction)
    def _on_add(self, action: QAction) -> None:
        self.add_asked.emit(str(action.data()))
