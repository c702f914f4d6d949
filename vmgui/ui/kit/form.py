"""Fields in rows: captions with their keys, notes under the fields, what is rarely needed folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from vmgui.commands.fields import Answers, Check, Choice, Field, Number, Path, Text
from vmgui.ui.kit.fields.check import CheckControl
from vmgui.ui.kit.fields.choice import ChoiceControl
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.number import NumberControl
from vmgui.ui.kit.fields.path import PathControl
from vmgui.ui.kit.fields.text import LinesControl, text_control
from vmgui.ui.kit.message import Message
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.icons import icon
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words.note import Level, Note

Row = Field | tuple[Field, ...]
"""A field with its caption and its notes; or several in columns, none with a caption."""
Judge = Callable[[Answers], Iterable[Note]]
"""What is to be said of these answers: pure, and asked again with each of them that changes."""

_KINDS: dict[type[Field], Callable[..., Control]] = {
    Check: CheckControl,
    Choice: ChoiceControl,
    Number: NumberControl,
    Path: PathControl,
    Text: text_control,
}


class Form(QWidget):
    """Says `changed` when an answer is another, `resized` when lines came or went."""

    changed = Signal()
    resized = Signal()

    def __init__(
        self,
        name: str,
        rows: Sequence[Row],
        parent: QWidget | None = None,
        *,
        judge: Judge = lambda _: (),
        beside: bool = False,
    ) -> None:
        """`name` begins the objectNames of what is in it; captions stand `beside` the fields, or above them."""
        super().__init__(parent)
        self._name = name
        self._judge = judge
        self._beside = beside
        self.notes: tuple[Note, ...] = ()
        self.controls: dict[str, Control] = {}
        self._captions: dict[str, Label] = {}
        self._messages: dict[str, Message] = {}
        self._lines: list[int] = []  # those in columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE)
        self._grid.setColumnStretch(int(beside), 1)
        self._more: QPushButton | None = None
        for row in rows:
            self._add(row if isinstance(row, tuple) else (row,), is_captioned=isinstance(row, Field))
        # Not all lines in columns have a number; the distance is the same for all.
        heights_px = (control.widget.sizeHint().height() for control in self.controls.values())
        tallest_px = max(heights_px, default=0)
        for line in self._lines:
            self._grid.setRowMinimumHeight(line, tallest_px)
        self._blank = self.answers()
        self._retranslate()
        self.judge()

    def answers(self) -> Answers:
        """What is filled in, by the fields' names."""
        return {name: control.read() for name, control in self.controls.items()}

    def show_answers(self, answers: Mapping[str, object]) -> None:
        """Fill in these; a folded one that says something unfolds the form."""
        for name, value in answers.items():
            self.controls[name].show(value)
        folded = [name for name, control in self.controls.items() if control.field.folded]
        if any(answers.get(name, self._blank[name]) != self._blank[name] for name in folded):
            self.unfold()

    def unfold(self) -> None:
        """Show what is rarely needed, too."""
        if self._more is not None:
            self._more.setChecked(True)

    def judge(self) -> None:
        """Judge the answers by what is known now; lines come and go."""
        answers = self.answers()
        self.notes = tuple(self._judge(answers))
        said = {note.field: note for note in reversed(self.notes) if note.level is not Level.MISSING}
        for name, control in self.controls.items():
            field = control.field
            is_open = not field.folded or (self._more is not None and self._more.isChecked())
            is_shown = is_open and (field.shown is None or field.shown(answers))
            for widget in (control.widget, self._captions.get(name), control.below):
                if widget is not None:
                    widget.setVisible(is_shown)
            control.widget.setEnabled(field.enabled is None or field.enabled(answers))
            if name in self._messages:
                self._messages[name].show_note(said.get(name) if is_shown else None)

    @property
    def obstacle(self) -> Note | None:
        """The first thing that must be mended before going on."""
        return next((note for note in self.notes if note.level.blocks), None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.judge()
        super().changeEvent(event)

    def _add(self, fields: tuple[Field, ...], *, is_captioned: bool) -> None:
        if fields[0].folded and self._more is None:
            self._more = self._fold_button()
            self._grid.addWidget(self._more, self._grid.rowCount(), 0, 1, -1, Qt.AlignmentFlag.AlignLeft)
        controls = [self._control(field) for field in fields]
        line = self._grid.rowCount()
        if not is_captioned:
            wide = -1 if self._beside else 1
            for column, control in enumerate(controls):
                self._grid.addWidget(control.widget, line, column, 1, wide)
            if not self._beside:
                self._lines.append(line)
            return
        (control,) = controls
        name = control.field.name
        if control.is_captioned:
            label = self._captions[name] = Label(self)
            label.setBuddy(control.input)
            top = Qt.AlignmentFlag.AlignTop if isinstance(control, LinesControl) else Qt.AlignmentFlag(0)
            self._grid.addWidget(label, line, 0, top)
            line += 0 if self._beside else 1
        self._grid.addWidget(control.widget, line, int(self._beside), 1, -1)
        if control.below is not None:
            self._grid.addWidget(control.below, line + 1, int(self._beside), 1, -1)
        else:
            message = self._messages[name] = Message(self)
            self._grid.addWidget(message, line + 1, int(self._beside), 1, -1)

    def _control(self, field: Field) -> Control:
        name = "-".join(filter(None, (self._name, field.name)))
        control = self.controls[field.name] = _KINDS[type(field)](field, name, self)
        control.changed.connect(self._on_changed)
        return control

    def _fold_button(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{self._name}-more")
        button.setCheckable(True)
        button.setProperty("kind", "link")
        button.setIcon(icon("chevron-down"))
        button.toggled.connect(self._on_more)
        return button

    def _retranslate(self) -> None:
        for name, control in self.controls.items():
            control.retranslate()
            if name in self._captions:
                self._captions[name].setText(control.caption)
        if self._more is not None:
            self._more.setText(self.tr("More settings"))
            self._more.setAccessibleName(self._more.text())

    @Slot()
    def _on_changed(self) -> None:
        self.judge()
        self.changed.emit()

    @Slot(bool)
    def _on_more(self, on: bool) -> None:
        assert self._more is not None
        self._more.setIcon(icon("chevron-up" if on else "chevron-down"))
        self.judge()
        self.resized.emit()
