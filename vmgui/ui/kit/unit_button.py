"""The unit behind a number; pressed, it shows the others that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from vmgui.commands.fields.amount import Unit

translate = QCoreApplication.translate

_PADDING_PX = 20


class UnitButton(QToolButton):
    """Not there where there is one only; `chosen` carries the Unit that a person chose."""

    chosen = Signal(object)

    def __init__(self, name: str, units: Sequence[Unit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choices = tuple(units)
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for unit in self._choices:
            action = QAction(unit.label, menu)
            action.setCheckable(True)
            menu.addAction(self._group.addAction(action))
        self._group.triggered.connect(self._on_chosen)
        self.setMenu(menu)
        self.setVisible(len(self._choices) > 1)

    def keep_room(self, label: str) -> None:
        """As wide as with this on it at least, also where it is not there."""
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(label) + _PADDING_PX)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_unit(self, unit: Unit) -> None:
        """Have this stand on it."""
        self.setText(unit.label)
        for action, one in zip(self._group.actions(), self._choices, strict=True):
            action.setChecked(one == unit)

    def retranslate(self, name: str) -> None:
        """`name`: what the number is."""
        self.setAccessibleName(translate("CapacitySlider", "{name}: unit").format(name=name))
        self.setToolTip(translate("CapacitySlider", "Change the unit"))

    def _on_chosen(self, action: QAction) -> None:
        self.chosen.emit(self._choices[self._group.actions().index(action)])
