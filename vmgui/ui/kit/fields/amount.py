"""How much of something: a slider whose track is all there is of it, an exact field and a choice of the unit.

What others use comes first, then this one's share (the handle is at its end), then what is free; beyond what there is
the track is hatched: overcommitment. All values are whole numbers of the quantity's base unit (count, KiB or bytes).
The slider stays within what may be chosen; the field takes any number, and the form says where it is too much.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Amount, Capacity, Quantity
from vmgui.commands.fields.amount import MEASURES
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.unit_button import UnitButton
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.capacity import CapacityTrack
from vmgui.ui.look.exact_field import ExactField
from vmgui.ui.look.plain import ElidedLabel, Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role
from vmgui.words import quantities as fmt
from vmgui.words.capacity import capacity_words

_ARROWS_PX = 44

_WORDS = {Quantity.COUNT: fmt.count, Quantity.MEMORY_KIB: fmt.size_kib, Quantity.DISK_BYTES: fmt.size_bytes}


class AmountControl(Control):
    """Its answer is an int; a caption of its own stands above it."""

    is_captioned = False
    air_px = SPACE_L

    def __init__(self, field: Amount, name: str, parent: QWidget) -> None:
        self._slider = CapacitySlider(field.quantity, name, parent)
        super().__init__(field, name, self._slider, self._slider.changed)
        # Not by a focus proxy: Tab skips what stands before one, here the slider.
        self.input = self._slider.exact

    def offer(self, means: Capacity) -> None:
        self._slider.set_capacity(means)

    def show(self, value: int) -> None:
        self._slider.set_value(value)
        self._slider.changed.emit()

    def show_news(self, value: int) -> None:
        self._slider.set_value(value, keep_typing=True)
        self._slider.changed.emit()

    @property
    def problem(self) -> str:
        return self._slider.exact.problem

    def read(self) -> int:
        return self._slider.value

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self._slider.set_label(self.caption, self.spoken)


class CapacitySlider(QWidget):
    """Label, slider, exact field and unit; says `changed` when a person changed the value."""

    changed = Signal()

    def __init__(self, quantity: Quantity, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure, self._words = MEASURES[quantity], _WORDS[quantity]
        grain = self._measure.grain
        self._capacity = Capacity(grain, 1024 * grain)
        self._label = Label(self)
        set_role(self._label, TextRole.STRONG)
        self._legend = ElidedLabel(self)
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_role(self._legend, TextRole.CAPTION)
        set_muted(self._legend)
        self._track = CapacityTrack(self)
        self._track.setSingleStep(self._measure.step)
        self._track.setPageStep(self._measure.page)
        self.exact = ExactField(self._measure, self)
        self.exact.show_amount(grain)
        self.exact.setFixedWidth(self.exact.fontMetrics().horizontalAdvance("00000.000") + _ARROWS_PX)
        self._label.setBuddy(self.exact)
        self._unit_button = UnitButton(f"{name}-unit", self._measure.units, self)
        self._unit_button.keep_room("MiB")  # so that the sliders under each other end alike
        self._unit_button.show_unit(self.exact.unit)
        self._unit_button.chosen.connect(self.exact.show_unit)
        self.exact.unit_changed.connect(self._unit_button.show_unit)
        self._track.setObjectName(f"{name}-slider")
        self.exact.setObjectName(f"{name}-field")

        head = across(self._label, Cell(self._legend, 1))
        means = across(Cell(self._track, 1), self.exact, self._unit_button)
        self.setLayout(down(head, means, space=SPACE // 2))

        self._track.valueChanged.connect(self._on_track_changed)
        self._track.sliderReleased.connect(self._on_track_released)
        self.exact.amount_changed.connect(self._on_field_changed)
        self._show_range()

    @property
    def value(self) -> int:
        """In the quantity's base unit."""
        return self.exact.amount

    def set_label(self, text: str, name: str) -> None:
        """The visible label ("&Memory") and the spoken one."""
        self._label.setText(text)
        self._track.setAccessibleName(name)
        self.exact.setAccessibleName(name)
        self._unit_button.retranslate(name)
        self.exact.relocate()
        self._show_range()

    def set_capacity(self, capacity: Capacity) -> None:
        """What may be chosen, and what there is; the value stays, be it too much."""
        if capacity != self._capacity:
            self._capacity = capacity
            self._show_range()

    def set_value(self, value: int, *, keep_typing: bool = False) -> None:
        """Show this value; says nothing. `keep_typing`: what a person is typing stays under the fingers."""
        self.exact.show_amount(value, keep_typing=keep_typing)
        self._show_value()

    def _within(self, value: int) -> int:
        return min(max(value, self._capacity.least), self._capacity.most)

    def _on_track_changed(self, grains: int) -> None:
        self._take(self._within(grains * self._measure.grain))

    def _on_track_released(self) -> None:
        # At its end already when a number beyond that was typed: it says nothing of its own.
        self._on_track_changed(self._track.value())

    @Slot()
    def _on_field_changed(self) -> None:
        self._show_value()
        self.changed.emit()

    def _take(self, value: int) -> None:
        if value != self.value or self.exact.unread:
            self.exact.follow(value)
            self._show_value()
            self.changed.emit()

    def _show_range(self) -> None:
        grain, capacity = self._measure.grain, self._capacity
        with QSignalBlocker(self._track):
            self._track.setRange(-(-capacity.least // grain), max(1, capacity.most // grain))
        mark = None if capacity.recommended is None else capacity.recommended // grain
        self._track.set_axis(capacity.total // grain, capacity.others // grain, mark)
        self._show_value()

    def _show_value(self) -> None:
        with QSignalBlocker(self._track):
            self._track.setValue(self._within(self.value) // self._measure.grain)
        there = self._capacity
        text = capacity_words(
            self._words, self.value, there.total, there.others, there.total_words, there.others_words
        )
        self._legend.setText(text)
        self._track.setAccessibleDescription(text)
        self._track.setToolTip(tip(text))
