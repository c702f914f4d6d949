"""A slider for CPU, memory or disk that shows what the host has: its track is the host's capacity.

Used by others first, then this one's share (the handle is at its end), then what is free; beyond what the
host has the track is hatched: overcommitment. An exact field and a unit switch stand beside it.
All values are whole numbers of the quantity's base unit (count, KiB or bytes).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from vmgui.ui.kit.capacity_track import CapacityTrack
from vmgui.ui.kit.plain import Label, tip
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role
from vmgui.words import quantities as fmt


class Quantity(Enum):
    """What is measured, and in which base unit."""

    COUNT = "count"
    MEMORY_KIB = "memory_kib"
    DISK_BYTES = "disk_bytes"


@dataclass(frozen=True, slots=True)
class _Unit:
    label: str
    factor: int  # base units in one
    decimals: int
    step: float  # of the field, in this unit


_UNITS: dict[Quantity, tuple[_Unit, ...]] = {
    Quantity.COUNT: (_Unit("", 1, 0, 1),),
    Quantity.MEMORY_KIB: (_Unit("MiB", 1024, 0, 256), _Unit("GiB", 1024**2, 3, 1)),
    Quantity.DISK_BYTES: (_Unit("MiB", 1024**2, 0, 1024), _Unit("GiB", 1024**3, 3, 1), _Unit("TiB", 1024**4, 4, 0.1)),
}  # fmt: skip

# The slider's own integers are 32 bits wide: it counts in these.
_GRAIN = {Quantity.COUNT: 1, Quantity.MEMORY_KIB: 1024, Quantity.DISK_BYTES: 1024**2}
_STEP_GRAINS = {Quantity.COUNT: 1, Quantity.MEMORY_KIB: 256, Quantity.DISK_BYTES: 1024}
_PAGE_GRAINS = {Quantity.COUNT: 2, Quantity.MEMORY_KIB: 1024, Quantity.DISK_BYTES: 10 * 1024}


class _ExactField(QDoubleSpinBox):
    """Shows 4 for 4.000: decimals only where they say something."""

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class CapacitySlider(QWidget):
    """Label, slider, exact field and unit; `changed` carries the new value when a person changed it."""

    changed = Signal(object)

    def __init__(self, quantity: Quantity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = quantity
        self._grain = _GRAIN[quantity]
        self._minimum = self._grain
        self._maximum = 1024 * self._grain
        self._value = self._minimum
        self._total = 0
        self._others = 0
        self._total_text = ""
        self._others_text = ""
        self._label_text = ""
        self._unit = _UNITS[quantity][0] if quantity is Quantity.COUNT else _UNITS[quantity][1]

        self._label = Label(self)
        set_role(self._label, TextRole.STRONG)
        self._legend = Label(self)
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self._legend, TextRole.CAPTION)
        set_muted(self._legend)
        self._track = CapacityTrack(self)
        self._field = _ExactField(self)
        self._field.setKeyboardTracking(True)
        self._field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._field.setMinimumWidth(self._field.fontMetrics().horizontalAdvance("0000.000") + 44)
        self._label.setBuddy(self._field)
        self._unit_button = QToolButton(self)
        self._unit_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._unit_button.setVisible(quantity is not Quantity.COUNT)
        self._unit_menu = QMenu(self._unit_button)
        self._units = QActionGroup(self)
        for unit in _UNITS[quantity]:
            action = QAction(unit.label, self._unit_menu)
            action.setCheckable(True)
            action.setData(unit.label)
            self._units.addAction(action)
            self._unit_menu.addAction(action)
        self._units.triggered.connect(self._on_unit_chosen)
        self._unit_button.setMenu(self._unit_menu)

        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._label)
        head.addWidget(self._legend, 1)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(SPACE)
        layout.setVerticalSpacing(SPACE // 2)
        layout.addLayout(head, 0, 0, 1, 3)
        layout.addWidget(self._track, 1, 0)
        layout.addWidget(self._field, 1, 1)
        layout.addWidget(self._unit_button, 1, 2)
        layout.setColumnStretch(0, 1)

        self._track.valueChanged.connect(self._on_track_changed)
        self._field.valueChanged.connect(self._on_field_changed)
        self.setFocusProxy(self._field)
        self._show_unit()
        self._show_range()

    def set_label(self, text: str, name: str = "") -> None:
        """The visible label ("&Memory"), and the stem of the objectNames."""
        self._label_text = text
        self._label.setText(text)
        if name:
            self.setObjectName(name)
            self._track.setObjectName(f"{name}-slider")
            self._field.setObjectName(f"{name}-field")
            self._unit_button.setObjectName(f"{name}-unit")
        self._retranslate()

    def set_range(self, minimum: int, maximum: int) -> None:
        """What may be chosen; the value is kept inside."""
        self._minimum = max(0, minimum)
        self._maximum = max(self._minimum, maximum)
        self._value = min(max(self._value, self._minimum), self._maximum)
        self._show_range()

    def set_capacity(
        self, total: int, others: int = 0, *, total_text: str = "", others_text: str = ""
    ) -> None:
        """What the host has and what others use or were promised; a total of 0 hides the capacity.

        The texts name the two in the legend ("on host-a", "used by other virtual machines").
        """
        self._total, self._others = max(0, total), max(0, others)
        self._total_text, self._others_text = total_text, others_text
        self._show_range()

    def set_recommended(self, value: int | None) -> None:
        """Mark a sensible value on the track."""
        self._track.set_mark(None if value is None else value // self._grain)

    def set_ticks(self, values: tuple[int, ...]) -> None:
        """Small marks at sensible sizes."""
        self._track.set_ticks(tuple(value // self._grain for value in values))

    def value(self) -> int:
        """The chosen value, in the base unit."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show this value; no signal."""
        self._value = min(max(value, self._minimum), self._maximum)
        self._show_value()

    def buddy(self) -> QWidget:
        """The exact field, for a label elsewhere."""
        return self._field

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LocaleChange):
            self._field.setLocale(fmt.locale())
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        name = self._label_text.replace("&", "")
        self._track.setAccessibleName(name)
        self._field.setAccessibleName(name)
        self._unit_button.setAccessibleName(self.tr("Unit of {name}").format(name=name))
        self._unit_button.setToolTip(self.tr("Change the unit"))
        self._show_legend()

    def _on_track_changed(self, grains: int) -> None:
        self._take(min(max(grains * self._grain, self._minimum), self._maximum))

    def _on_field_changed(self, shown: float) -> None:
        self._take(min(max(round(shown * self._unit.factor), self._minimum), self._maximum), keep_field=True)

    def _take(self, value: int, *, keep_field: bool = False) -> None:
        if value == self._value:
            return
        self._value = value
        self._show_value(keep_field=keep_field)
        self.changed.emit(value)

    def _on_unit_chosen(self, action: QAction) -> None:
        self._unit = next(unit for unit in _UNITS[self._quantity] if unit.label == action.data())
        self._show_unit()
        self._show_range()

    def _show_unit(self) -> None:
        self._unit_button.setText(self._unit.label)
        for action in self._units.actions():
            action.setChecked(action.data() == self._unit.label)

    def _show_range(self) -> None:
        unit = self._unit
        with QSignalBlocker(self._field):
            self._field.setLocale(fmt.locale())
            self._field.setDecimals(unit.decimals)
            self._field.setSingleStep(unit.step)
            self._field.setRange(self._minimum / unit.factor, self._maximum / unit.factor)
        grain = self._grain
        with QSignalBlocker(self._track):
            self._track.setRange(-(-self._minimum // grain), max(1, self._maximum // grain))
            self._track.setSingleStep(_STEP_GRAINS[self._quantity])
            self._track.setPageStep(_PAGE_GRAINS[self._quantity])
        self._track.set_capacity(self._total // grain, self._others // grain)
        self._show_value()

    def _show_value(self, *, keep_field: bool = False) -> None:
        with QSignalBlocker(self._track):
            self._track.setValue(self._value // self._grain)
        if not keep_field:
            with QSignalBlocker(self._field):
                self._field.setValue(self._value / self._unit.factor)
        self._show_legend()

    def _show_legend(self) -> None:
        if not self._total:
            self._legend.clear()
            return
        free = self._total - self._others - self._value
        place = self._total_text
        if free >= 0:
            text = self.tr("{free} left of {total} {place}")
        else:
            text = self.tr("{over} more than the {total} {place}")
        text = text.format(
            free=self._amount(max(0, free)),
            over=self._amount(-free),
            total=self._amount(self._total),
            place=place,
        )
        if self._others and self._others_text:
            text += " · " + self.tr("{amount} {who}").format(
                amount=self._amount(self._others), who=self._others_text
            )
        text = " ".join(text.split())
        self._legend.setText(text)
        self._legend.setToolTip(tip(text))
        self._track.setAccessibleDescription(text)
        self._track.setToolTip(tip(text))

    def _amount(self, value: int) -> str:
        if self._quantity is Quantity.COUNT:
            return fmt.count(value)
        return fmt.size_kib(value) if self._quantity is Quantity.MEMORY_KIB else fmt.size_bytes(value)
