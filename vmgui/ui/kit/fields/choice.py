"""One of several: a list that folds out, and under it what the chosen one means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from vmgui.commands.fields import Choice, Option
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.scroll import is_for_the_place
from vmgui.ui.look.theme import set_muted

_LEAST_CHARS = 12
_FLAGS = Qt.ItemDataRole.UserRole - 1  # where the list's own model keeps what can be done with a row


class _Box(QComboBox):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not is_for_the_place(self, event):
            super().wheelEvent(event)


class ChoiceControl(Control):
    """Its answer is an option's value; None while there is no option. With one that is possible there is no choice."""

    input: QComboBox

    def __init__(self, field: Choice, name: str, parent: QWidget) -> None:
        box = self.make_box(parent)
        super().__init__(field, name, box, box.currentIndexChanged)
        # A long option is no reason for a wide dialog.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_CHARS)
        self._options: tuple[Option, ...] = ()
        self.is_empty = True
        self.below = self._hint = Label(parent)
        self._hint.setObjectName(f"{name}-meaning")
        self._hint.setWordWrap(True)
        set_muted(self._hint)
        box.currentIndexChanged.connect(self._show_hint)
        self.offer(field.options)

    def make_box(self, parent: QWidget) -> QComboBox:
        """The list that folds out."""
        return _Box(parent)

    def offer(self, means: Sequence[Option]) -> None:
        value, options = self.read(), tuple(means)
        if options == self._options:
            return
        with QSignalBlocker(self.input):
            self.input.clear()
            self._options = options
            for row, option in enumerate(options):
                self.input.addItem(visible(str(option.label)), option.value)
                self.input.setItemData(row, tip(str(option.why_not)), Qt.ItemDataRole.ToolTipRole)
                if option.why_not:
                    self.input.setItemData(row, 0, _FLAGS)
            self.show(value)
        self.is_empty = not options
        reasons = [str(option.why_not) for option in options if option.why_not]
        self.why_not = reasons[0] if reasons and len(reasons) >= len(options) - 1 else ""
        self._show_hint()

    def show(self, value: Any) -> None:
        rows = [row for row, option in enumerate(self._options) if option.value == value]
        if value is None and not rows:  # not answered yet; what is no option is not shown as another
            rows = [row for row, option in enumerate(self._options) if not option.why_not]
        self.input.setCurrentIndex(next(iter(rows), -1))

    def read(self) -> Any:
        return self._options[self.input.currentIndex()].value if self.input.currentIndex() >= 0 else None

    def retranslate(self) -> None:
        super().retranslate()
        for row, option in enumerate(self._options):
            self.input.setItemText(row, visible(str(option.label)))
        self._show_hint()

    def _show_hint(self) -> None:
        row = self.input.currentIndex()
        self._hint.setText(str(self._options[row].hint) if row >= 0 else "")
