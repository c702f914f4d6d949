"""A field of numbers with units, as a person writes them: "4", "1,5", "512 MiB"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from vmgui.commands.fields.amount import MOST, Measure, Unit
from vmgui.ui.look.scroll import is_for_the_place
from vmgui.words import quantities as fmt
from vmgui.words.say import say

_DECIMALS = 13  # a byte in TiB


class ExactField(QDoubleSpinBox):
    """Its `amount` is in the measure's base unit; its own number is that in the unit it shows.

    Qt would leave out signs that it does not know, and take the other language's decimal sign for one between
    thousands. Here all that is typed stays as it is; what cannot be read is no answer: the amount is then what it was
    before, and `problem` says what is needed.
    """

    amount_changed = Signal()
    """By a person; or what is typed can be read no more, or again."""
    unit_changed = Signal(object)

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        self._measure, self.unit = measure, measure.units[measure.unit]
        self.amount = self._before = 0
        self._typed: int | None = None  # as it was read last
        self._typed_unit: Unit | None = None
        self.unread = ""
        self._was_unread = False
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDecimals(_DECIMALS)
        self.show_unit(self.unit)
        self.valueChanged.connect(self._on_value_changed)
        self.lineEdit().textEdited.connect(self._on_text_edited)
        self.lineEdit().installEventFilter(self)
        self.editingFinished.connect(self._on_finished)

    @property
    def problem(self) -> str:
        """What is needed in place of what is typed; empty: nothing."""
        if not self.unread:
            return ""
        labels = [unit.label for unit in self._measure.units]
        if len(labels) == 1:
            return str(say("ExactField", "A whole number is needed here."))
        text = say("ExactField", "A number is needed here, with one of these units or none: {units}.")
        return text.format(units=", ".join(labels))

    def show_amount(self, amount: int, *, keep_typing: bool = False) -> None:
        """In the unit that says it exactly and briefly; says nothing. `keep_typing`: not while a person types."""
        if keep_typing and self.hasFocus() and self.lineEdit().isModified():
            self.amount = self._before = amount
        else:
            self._show(amount, self._measure.brief_unit(amount, self.unit))

    def follow(self, amount: int) -> None:
        """The same in the unit that it has, as long as that says it exactly."""
        self._show(
            amount, self.unit if self.unit.says(amount) else self._measure.brief_unit(amount, self.unit)
        )

    def show_unit(self, unit: Unit) -> None:
        """The same amount in another unit."""
        was_unread = bool(self.unread)
        self._show(self.amount, unit)
        if was_unread:
            self.amount_changed.emit()

    def relocate(self) -> None:
        """Write numbers as the language of the moment does."""
        if self.locale() != fmt.locale():
            self._show(self.amount, self.unit)

    def setValue(self, val: float) -> None:
        self._forget_typed()
        super().setValue(val)
        self._before = self.amount

    def stepBy(self, steps: int) -> None:
        self.editingFinished.emit()
        self._forget_typed()
        super().stepBy(steps)
        self._before = self.amount

    def textFromValue(self, value: float) -> str:
        """Decimals only where they say something."""
        if self.unread:
            return self.unread
        text = f"{value:.{self.unit.decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", self.locale().decimalPoint())

    def valueFromText(self, text: str) -> float:
        found = self._read(text)
        self.unread = text if found is None and text.strip() else ""
        self._typed, self._typed_unit = found if found is not None else (self._before, None)
        return self._typed / self.unit.factor

    def validate(self, text: str, pos: int) -> object:
        return QValidator.State.Acceptable, text, pos

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click chooses all, as Tab does: Qt takes what stands on one side of the point for a word."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            # Not in this turn: the line makes its own choice in it.
            QTimer.singleShot(0, self, self.selectAll)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.unread:
            self._before = self.amount
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Qt would read the text, which may be rounded.
            self.editingFinished.emit()
            self.selectAll()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not is_for_the_place(self, event):
            super().wheelEvent(event)

    def _read(self, text: str) -> tuple[int, Unit | None] | None:
        return self._measure.read(text, self.unit)

    def _forget_typed(self) -> None:
        self.unread, self._was_unread = "", False
        self._typed = self._typed_unit = None

    def _show(self, amount: int, unit: Unit) -> None:
        self._forget_typed()
        self.amount = self._before = amount
        is_other = unit != self.unit
        self.unit = unit
        with QSignalBlocker(self):
            if self.locale() != fmt.locale():
                self.setLocale(fmt.locale())
            self.setSingleStep(unit.step)
            self.setRange(0, MOST / unit.factor)
            super().setValue(amount / unit.factor)
        if is_other:
            self.unit_changed.emit(unit)

    def _on_value_changed(self, shown: float) -> None:
        typed = self._typed
        self._take(self._measure.rounded(shown * self.unit.factor) if typed is None else typed)

    def _on_text_edited(self) -> None:
        if self._typed is not None:  # a number that Qt had already may be new to the amount
            self._take(self._typed)
        if self._was_unread is not bool(self.unread):
            self._was_unread = bool(self.unread)
            self.amount_changed.emit()

    def _take(self, amount: int) -> None:
        if amount != self.amount:
            self.amount = amount
            self._was_unread = bool(self.unread)
            self.amount_changed.emit()

    def _on_finished(self) -> None:
        if self.unread:
            return
        unit = self._typed_unit
        if unit is not None and unit.says(self.amount):
            self._show(self.amount, unit)
        else:
            self.follow(self.amount)
