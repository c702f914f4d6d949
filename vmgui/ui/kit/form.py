"""Fields in rows: captions with their keys, notes under the fields, what is rarely needed folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from vmgui.commands import fields
from vmgui.commands.fields import Answers, Field
from vmgui.ui.kit.fields.amount import AmountControl
from vmgui.ui.kit.fields.check import CheckControl
from vmgui.ui.kit.fields.choice import ChoiceControl
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.number import NumberControl
from vmgui.ui.kit.fields.path import PathControl
from vmgui.ui.kit.fields.sentence import SentenceControl
from vmgui.ui.kit.fields.text import LinesControl, text_control
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.ui.look.boxes import down
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import icon
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, TextRole, set_role
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

Row = Field | tuple[Field, ...]
"""A field with its caption and its notes; or several in columns, none with a caption."""
Judge = Callable[[Answers], Iterable[Note]]
"""What is to be said of these answers: pure, and asked again with each of them that changes."""
Kinds = Mapping[type[Field], Callable[..., Control]]

_KINDS: Kinds = {
    fields.Amount: AmountControl,
    fields.Check: CheckControl,
    fields.Choice: ChoiceControl,
    fields.Number: NumberControl,
    fields.Path: PathControl,
    fields.Sentence: SentenceControl,
    fields.Text: text_control,
    fields.Ways: WaysControl,
}
_MORE = say("Form", "More settings")


class Form(QWidget):
    """Says `changed` when an answer is another, `resized` when lines came or went, `fix_wanted` with a field's name."""

    changed = Signal()
    resized = Signal()
    fix_wanted = Signal(str)

    def __init__(
        self,
        name: str,
        rows: Sequence[Row],
        parent: QWidget | None = None,
        *,
        judge: Judge = lambda _: (),
        beside: bool = False,
        roomy: bool = False,
        more: tuple[str, Say, Say] = ("more", _MORE, _MORE),
        kinds: Kinds = _KINDS,
    ) -> None:
        """`name` begins the objectNames of what is in it; captions stand `beside` the fields, or above them.

        `roomy`: it is a page, not a dialog. `more`: the fold's name and its words, closed and open. `kinds`: others, too.
        """
        super().__init__(parent)
        self._name = name
        self._judge = judge
        self._beside, self._roomy = beside, roomy
        self._more_name, *self._more_words = more
        self._kinds = {**_KINDS, **kinds}
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
        self._more: Button | None = None
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
        self.set_answers(answers)
        if any(answers.get(name, self._blank[name]) != self._blank[name] for name in self._folded):
            self.unfold()

    def set_answers(self, answers: Mapping[str, object]) -> None:
        """Fill in these, and nothing else."""
        for name, value in answers.items():
            # What a person is typing stays under the fingers.
            if self.controls[name].read() != value:
                self.controls[name].show(value)

    def unfold(self) -> None:
        """Show what is rarely needed, too."""
        if self._more is not None:
            self._more.setChecked(True)

    def judge(self) -> None:
        """Judge the answers by what is known now; lines come and go."""
        answers = self.answers()
        self.notes = tuple(self._judge(answers))
        said = {note.field: note for note in reversed(self.notes) if note.level is not Level.MISSING}
        if any(name in said and said[name].level.blocks for name in self._folded):
            self.unfold()  # what blocks must be seen
        for name, control in self.controls.items():
            field = control.field
            is_open = not field.folded or (self._more is not None and self._more.isChecked())
            is_shown = is_open and (field.shown is None or field.shown(answers))
            for widget in (control.widget, self._captions.get(name)):
                if widget is not None:
                    widget.setVisible(is_shown and not control.is_empty)
            if control.below is not None:
                control.below.setVisible(is_shown and bool(control.below.text()))
            is_possible = field.enabled is None or field.enabled(answers)
            control.widget.setEnabled(is_possible and not control.why_not)
            control.widget.setToolTip(tip(control.why_not))
            if name in self._messages:
                self._messages[name].show_note(said.get(name) if is_shown else None)

    @property
    def _folded(self) -> list[str]:
        return [name for name, control in self.controls.items() if control.field.folded]

    @property
    def obstacle(self) -> Note | None:
        """The first thing that must be mended before going on."""
        return next((note for note in self.notes if note.level.blocks), None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.judge()
        super().changeEvent(event)

    def _add(self, row: tuple[Field, ...], *, is_captioned: bool) -> None:
        if row[0].folded and self._more is None:
            self._more = self._fold_button()
            self._grid.addWidget(self._more, self._grid.rowCount(), 0, 1, -1, Qt.AlignmentFlag.AlignLeft)
        controls = [self._control(field) for field in row]
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
        under: list[QWidget] = [control.widget]
        if control.is_captioned:
            label = self._captions[name] = Label(self)
            label.setBuddy(control.input)
            if self._beside:
                top = Qt.AlignmentFlag.AlignTop if isinstance(control, LinesControl) else Qt.AlignmentFlag(0)
                self._grid.addWidget(label, line, 0, top)
            else:
                set_role(label, TextRole.STRONG if self._roomy else TextRole.BODY)
                under.insert(0, label)
        message = self._messages[name] = Message(self, f"{control.name}-message", toned=not self._roomy)
        message.setContentsMargins(control.note_px, 0, 0, 0)
        message.fix_wanted.connect(self.fix_wanted)
        under.append(message)
        if control.below is not None:
            set_role(control.below, TextRole.BODY if self._roomy else TextRole.CAPTION)
            under.append(control.below)
        if self._beside:
            for at, widget in enumerate(under, line):
                self._grid.addWidget(widget, at, int(control.is_captioned), 1, -1)
            self._grid.setAlignment(control.widget, control.alignment)
            return
        # Where all of it is hidden, nothing of it takes room.
        air_px = control.air_px if self._roomy and line > 1 else 0
        group = down(*under, space=SPACE_S if self._roomy else SPACE, around=(0, air_px, 0, 0))
        group.setAlignment(control.widget, control.alignment)
        self._grid.addLayout(group, line, 0, 1, -1)

    def _control(self, field: Field) -> Control:
        name = "-".join(filter(None, (self._name, field.name)))
        control = self.controls[field.name] = self._kinds[type(field)](field, name, self)
        if control.changed is not None:
            control.changed.connect(self._on_changed)
        return control

    def _fold_button(self) -> Button:
        button = Button(f"{self._name}-{self._more_name}", self._more_words[0], self, kind="link")
        button.setCheckable(True)
        button.setIcon(icon("chevron-down"))
        button.toggled.connect(self._on_more)
        return button

    def _retranslate(self) -> None:
        for name, control in self.controls.items():
            control.retranslate()
            if name in self._captions:
                self._captions[name].setText(control.caption)

    @Slot()
    def _on_changed(self) -> None:
        self.judge()
        self.changed.emit()

    @Slot(bool)
    def _on_more(self, on: bool) -> None:
        assert self._more is not None
        self._more.setIcon(icon("chevron-up" if on else "chevron-down"))
        self._more.relabel(self._more_words[on])
        self.judge()
        self.resized.emit()
