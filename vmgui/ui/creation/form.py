"""Building blocks of the pages: labelled fields, each with a place for messages beneath it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.offer import Problem, ProblemKind, Severity
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, TextRole, set_muted, set_role, watcher
from vmgui.words.creation_problems import problem_text

_ICON_PX = 16


class Level(Enum):
    """How a message is meant."""

    INFO = "info"
    GOOD = "good"
    BUSY = "busy"
    WARNING = "warning"
    ERROR = "error"


_LOOKS: dict[Level, tuple[str, IconRole]] = {
    Level.INFO: ("info", IconRole.MUTED),
    Level.GOOD: ("circle-check", IconRole.SUCCESS),
    Level.BUSY: ("loader-circle", IconRole.ACCENT),
    Level.WARNING: ("triangle-alert", IconRole.WARNING),
    Level.ERROR: ("octagon-x", IconRole.DANGER),
}


class FieldMessage(QWidget):
    """Sentences beside what they are about, with at most one button that mends it; hidden while empty."""

    fix_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._level = Level.INFO
        self._mark = Label()
        self._mark.setFixedWidth(_ICON_PX)
        self._text = Label()
        self._text.setObjectName(f"{name}-text")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._fix = QPushButton()
        self._fix.setObjectName(f"{name}-fix")
        self._fix.setProperty("kind", "link")
        self._fix.clicked.connect(self._on_fix_clicked)
        self._fix.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._fix, 0, Qt.AlignmentFlag.AlignTop)
        watcher().changed.connect(self._paint)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._text.text()

    @property
    def level(self) -> Level:
        """How it is meant."""
        return self._level

    @property
    def fix_button(self) -> QPushButton:
        """The button that mends it; hidden where there is none."""
        return self._fix

    def tell(self, text: str, level: Level = Level.INFO, fix: str = "") -> None:
        """Show a text (empty: nothing); `fix` is the label of the button that mends it."""
        if not text and self.isHidden() and not self._text.text():
            # Most messages say nothing, at each change of each answer.
            self._level = level
            return
        self._level = level
        if text != self._text.text():
            self._text.setText(text)
            self._text.setAccessibleName(text)
        self._paint()
        if fix:
            self._fix.setText(fix)
            self._fix.setAccessibleName(fix.replace("&", ""))
        self._fix.setVisible(bool(fix))
        # The first line of the text stands level with the button's.
        line_px = self._text.fontMetrics().height()
        top_px = max(0, (self._fix.sizeHint().height() - line_px) // 2) if fix else 0
        self._text.setContentsMargins(0, top_px, 0, 0)
        self._mark.setContentsMargins(0, top_px + max(0, (line_px - _ICON_PX) // 2), 0, 0)
        self.setVisible(bool(text))

    def show_problems(self, problems: Iterable[Problem], fix: str = "") -> None:
        """Word the problems of a field; nothing if there are none."""
        found = tuple(problems)
        self.tell("\n".join(problem_text(problem) for problem in found), worst_level(found), fix)

    def clear(self) -> None:
        """Say nothing."""
        self.tell("")

    def _paint(self) -> None:
        name, role = _LOOKS[self._level]
        self._mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        # The screen's scale may have changed with the window's screen.
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._paint()
        super().changeEvent(event)

    def _on_fix_clicked(self) -> None:
        self.fix_requested.emit()


def worst_level(problems: Iterable[Problem]) -> Level:
    """How serious the worst of them is; what is merely not answered yet does not look like a mistake."""
    worst = Level.INFO
    for problem in problems:
        if problem.severity is Severity.ERROR and problem.kind is not ProblemKind.MEDIUM_NOT_CHOSEN:
            return Level.ERROR
        if problem.severity is Severity.WARNING:
            worst = Level.WARNING
    return worst


def page_layout(page: QWidget) -> QVBoxLayout:
    """The vertical layout all pages share."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE_L)
    return layout


def add_field(
    layout: QVBoxLayout, label: Label, field: QWidget, *, buddy: QWidget | None = None, name: str = ""
) -> FieldMessage:
    """A label, the field beneath it and, returned, the message beneath that."""
    label.setBuddy(buddy or field)
    set_role(label, TextRole.STRONG)
    message = FieldMessage(f"{name or (buddy or field).objectName()}-message")
    group = QVBoxLayout()
    group.setSpacing(SPACE_S)
    group.addWidget(label)
    group.addWidget(field)
    group.addWidget(message)
    layout.addLayout(group)
    return message


def caption(name: str) -> Label:
    """A muted, wrapped explanation."""
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    set_muted(label)
    return label


def indented(widget: QWidget) -> QWidget:
    """A widget beneath a radio button, in line with the button's text."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(SPACE_L + SPACE, 0, 0, 0)
    layout.addWidget(widget)
    return holder


def carded(view: QWidget) -> QFrame:
    """A list or table within a thin rounded line."""
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
    layout.addWidget(view)
    return card
