"""Where a person is in a form: which control has the keyboard, what is half typed there, how far it is scrolled.

Qt gives the keyboard to something else when a form is made anew or disabled, and when a button that was pressed goes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QScrollArea, QWidget


class KeyboardPlace(QObject):
    """Of the controls in `scroll`, by their names."""

    def __init__(self, scroll: QScrollArea) -> None:
        super().__init__(scroll)
        self._scroll = scroll
        self._name = ""  # of the control that had it last
        self._line: tuple[str, int] | None = None  # its text and where the cursor was
        self._at_px = 0
        self._is_due = self._is_lost = False

    def keep(self) -> None:
        """Call it before something happens to the controls."""
        focused = self._focused
        if focused is None or not focused.objectName() or not self._scroll.isAncestorOf(focused):
            return
        self._name, self._is_due, self._is_lost = focused.objectName(), True, False
        line = _line_of(focused)
        self._line = (line.text(), line.cursorPosition()) if line is not None else None
        self._at_px = self._scroll.verticalScrollBar().value()

    def restore(self) -> None:
        """Call it after that. Where the control is gone or disabled, the next call may find it again, unless the person
        has gone elsewhere meanwhile."""
        if not self._is_due:
            return
        focused, found = self._focused, self._scroll.findChild(QWidget, self._name)
        was_lost = self._is_lost
        if was_lost and focused is not self._scroll:
            self._is_due = self._is_lost = False
        elif found is None or not _can_have_it(found):
            self._is_lost = True
            self._scroll.setFocus()  # not where Qt comes next, maybe a field in which one types
        else:
            self._is_due = self._is_lost = False
            if found is not focused:
                found.setFocus()
                if self._line is not None and not was_lost:
                    _type(found, *self._line)
                QTimer.singleShot(0, self, self._scroll_back)

    def go_back(self) -> None:
        """To the control that was used last, if it can have the keyboard."""
        found = self._scroll.findChild(QWidget, self._name) if self._name else None
        if found is not None and _can_have_it(found):
            found.setFocus()

    @property
    def _focused(self) -> QWidget | None:
        return self._scroll.window().focusWidget()

    @Slot()
    def _scroll_back(self) -> None:
        self._scroll.verticalScrollBar().setValue(self._at_px)


def _can_have_it(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.isVisible()


def _line_of(widget: QWidget) -> QLineEdit | None:
    return widget.lineEdit() if isinstance(widget, QDoubleSpinBox) else None


def _type(widget: QWidget, text: str, cursor: int) -> None:
    """What was half typed ("1."), unless the number is another meanwhile."""
    line = _line_of(widget)
    if not isinstance(widget, QDoubleSpinBox) or line is None or widget.valueFromText(text) != widget.value():
        return
    with QSignalBlocker(widget):
        line.setText(text)
    line.setCursorPosition(cursor)
