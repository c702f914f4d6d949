"""Facts in two columns: what it is called, what it is; values can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role, set_tone

LONGEST = 300
"""Guests and hosts tell what they like; longer texts are cut."""
EXPECTED_LINES = 8
"""Built with the window, so that the first look at a host or machine does not make it wait."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line; `copy` not empty: a button copies it."""

    label: str
    value: str
    note: str = ""
    copy: str = ""
    tone: str = ""


class _Line:
    """The widgets of one fact."""

    def __init__(self, grid: QGridLayout, row: int, parent: FactList) -> None:
        self._parent = parent
        self.label = Label(parent)
        set_muted(self.label)
        self.value = _text(parent)
        self.note: Label | None = None  # few have one
        self.button = QToolButton(parent)
        self.button.setIcon(icon("copy", IconRole.MUTED))
        self.button.setIconSize(QSize(14, 14))
        self.button.setFixedSize(22, 20)
        self.button.clicked.connect(parent.on_copy)
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.value)
        column.addStretch(1)
        grid.addWidget(self.label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(column, row, 1)
        grid.addWidget(self.button, row, 2, Qt.AlignmentFlag.AlignTop)
        self.tone = ""

    def grey_out(self, is_old: bool) -> None:
        set_muted(self.value, is_old)
        set_tone(self.value, "" if is_old else self.tone)

    def show(self, fact: Fact, copy_text: str, *, same_label: bool, is_old: bool) -> None:
        value = fact.value if len(fact.value) <= LONGEST else fact.value[:LONGEST] + "…"
        self.label.setText("" if same_label else fact.label)
        self.label.show()
        if value != self.value.text():
            self.value.setText(value)
            self.value.setToolTip(tip(value))
        self.value.show()
        self.value.setAccessibleName(f"{fact.label}: {value}")
        if fact.tone != self.tone:
            self.tone = fact.tone
            set_tone(self.value, "" if is_old else fact.tone)
        if fact.note and self.note is None:
            self.note = _text(self._parent)
            set_role(self.note, TextRole.CAPTION)
            set_muted(self.note)
            self._column.insertWidget(1, self.note)
        if self.note is not None:
            self.note.setText(fact.note[:LONGEST])
            self.note.setVisible(bool(fact.note))
        self.button.setVisible(bool(fact.copy))
        self.button.setProperty("copyText", fact.copy)
        self.button.setToolTip(tip(copy_text))
        self.button.setAccessibleName(f"{copy_text}: {value}")

    def hide(self) -> None:
        for widget in (self.label, self.value, self.note, self.button):
            if widget is not None:
                widget.hide()


def _text(parent: QWidget) -> Label:
    label = Label(parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A word without an end is cut off, and whole in its tool tip: it makes no column wider than its pane.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


class FactList(QFrame):
    """A card with a heading; lines are reused, so nothing flickers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._heading = Label(self)
        set_role(self._heading, TextRole.STRONG)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, 100)
        self._lines: list[_Line] = []
        self._facts: tuple[Fact, ...] = ()
        self._is_old = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 10, 12)
        self._layout.setSpacing(SPACE)
        self._layout.addWidget(self._heading)
        self._layout.addLayout(self._grid)
        for _ in range(EXPECTED_LINES):
            self._add_line()

    def set_heading(self, text: str) -> None:
        """Translated."""
        self._heading.setText(text)
        self.setAccessibleName(text)

    def add_below(self, widget: QWidget) -> None:
        """Something under the facts."""
        self._layout.addWidget(widget)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        self._show()

    def set_old(self, is_old: bool) -> None:
        """Grey the values out: they are from before."""
        if is_old != self._is_old:
            self._is_old = is_old
            for line in self._lines:
                line.grey_out(is_old)

    @property
    def is_old(self) -> bool:
        """Whether the values are greyed out."""
        return self._is_old

    def on_copy(self) -> None:
        """A copy button was pressed."""
        button = self.sender()
        if isinstance(button, QToolButton):
            QGuiApplication.clipboard().setText(str(button.property("copyText")))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _add_line(self) -> None:
        line = _Line(self._grid, len(self._lines), self)
        line.hide()
        if self._is_old:
            line.grey_out(True)
        self._lines.append(line)

    def _show(self) -> None:
        copy_text = self.tr("Copy")
        while len(self._lines) < len(self._facts):
            self._add_line()
        more = [line.value.isHidden() for line in self._lines[: len(self._facts)]].count(True)
        focused = QApplication.focusWidget()
        has_focus = focused is not None and self.isAncestorOf(focused)
        if more < 2 or self.isHidden() or has_focus:
            self._fill(copy_text)
            return
        # Shown one by one on screen, each line lays out everything above it anew: five times the work.
        self.hide()
        self._fill(copy_text)
        self.show()

    def _fill(self, copy_text: str) -> None:
        before = ""
        for number, line in enumerate(self._lines):
            if number < len(self._facts):
                fact = self._facts[number]
                line.show(fact, copy_text, same_label=fact.label == before, is_old=self._is_old)
                before = fact.label
            else:
                line.hide()
