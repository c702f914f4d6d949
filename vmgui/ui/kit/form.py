"""Fields in rows: captions with their keys, notes under the fields, marks beside them, what is rarely needed folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from vmgui.commands import fields
from vmgui.commands.fields import Answers, Field
from vmgui.ui.kit.chip import room_for
from vmgui.ui.kit.fields.amount import AmountControl
from vmgui.ui.kit.fields.check import CheckControl
from vmgui.ui.kit.fields.choice import ChoiceControl
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.limit import LimitControl
from vmgui.ui.kit.fields.number import NumberControl
from vmgui.ui.kit.fields.path import PathControl
from vmgui.ui.kit.fields.sentence import SentenceControl
from vmgui.ui.kit.fields.text import LinesControl, text_control
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.ui.kit.mark_view import MarkView
from vmgui.ui.kit.section import Fold, Row, Section, section_fold
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, TextRole, set_role
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

Judge = Callable[[Answers], Iterable[Note]]
"""What is to be said of these answers: pure, and asked again with each of them that changes."""
Kinds = Mapping[type[Field], Callable[..., Control]]

_KINDS: Kinds = {
    fields.Amount: AmountControl,
    fields.Check: CheckControl,
    fields.Choice: ChoiceControl,
    fields.Limit: LimitControl,
    fields.Number: NumberControl,
    fields.Path: PathControl,
    fields.Sentence: SentenceControl,
    fields.Text: text_control,
    fields.Ways: WaysControl,
}
_MORE = say("Form", "More settings")
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class Form(QWidget):
    """Says `changed` when an answer is another, `resized` when lines came or went.

    `fix_wanted` and `revert_wanted` carry the name of the field whose button was pressed.
    """

    changed = Signal()
    resized = Signal()
    fix_wanted = Signal(str)
    revert_wanted = Signal(str)

    def __init__(
        self,
        name: str,
        rows: Sequence[Row | Section],
        parent: QWidget | None = None,
        *,
        judge: Judge = lambda _: (),
        beside: bool = False,
        roomy: bool = False,
        more: tuple[str, Say, Say] = ("more", _MORE, _MORE),
        chips: Sequence[Say] = (),
        kinds: Kinds = _KINDS,
    ) -> None:
        """`name` begins the objectNames of what is in it; captions stand `beside` the fields, or above them.

        `roomy`: it is a page, not a dialog. `more`: the fold's name and its words, closed and open. `kinds`: others, too.
        `chips`: the words that marks may have; there is room for each at the right of the rows, so that nothing jumps.
        """
        super().__init__(parent)
        self._name = name
        self._judge = judge
        self._is_filling = False
        self._beside, self._roomy = beside, roomy
        self._more_fold, self._chips = more, tuple(chips)
        assert not (beside and chips)
        self._kinds = {**_KINDS, **kinds}
        self.notes: tuple[Note, ...] = ()
        self.controls: dict[str, Control] = {}
        self._captions: dict[str, Label] = {}
        self._messages: dict[str, Message] = {}
        self._views: dict[str, MarkView] = {}
        self._marks: dict[str, Mark] = {}
        self._folds: dict[str, Fold] = {}  # by their names
        self._fold_of: dict[str, str] = {}  # of the fields in one
        self._shown: dict[str, bool] = {}  # whether the field's row is
        self._lines: list[int] = []  # those in columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE)
        self._grid.setColumnStretch(int(beside), 1)
        for row in rows:
            if isinstance(row, Section):
                self._add_section(row)
            else:
                self._add_row(row)
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
        for name, fold in self._fold_of.items():
            if answers.get(name, self._blank[name]) != self._blank[name]:
                self._folds[fold].set_open(True)

    def set_answers(self, answers: Mapping[str, object]) -> None:
        """Fill in these, and nothing else."""
        # What a person is typing stays under the fingers.
        others = {name: value for name, value in answers.items() if self.controls[name].read() != value}
        self._is_filling = True
        for name, value in others.items():
            self.controls[name].show(value)
        self._is_filling = False
        if others:
            self._on_changed()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """What stands beside the fields; those without one have nothing there."""
        self._marks = {mark.field: mark for mark in marks}
        self._show_marks()

    @property
    def open_folds(self) -> frozenset[str]:
        """The names of those that are open."""
        return frozenset(name for name, fold in self._folds.items() if fold.is_open)

    def open_as(self, names: Collection[str]) -> None:
        """Open these, close the others."""
        for name, fold in self._folds.items():
            fold.set_open(name in names)
        self.judge()  # what blocks must be seen

    def judge(self) -> None:
        """Judge the answers by what is known now; lines come and go."""
        answers = self.answers()
        self.notes = tuple(self._judge(answers))
        said = {note.field: note for note in reversed(self.notes) if note.level is not Level.MISSING}
        for name, fold in self._fold_of.items():
            if name in said and said[name].level.blocks:
                self._folds[fold].set_open(True)  # what blocks must be seen
        used: set[str] = set()
        for name, control in self.controls.items():
            field = control.field
            is_used = (field.shown is None or field.shown(answers)) and not control.is_empty
            fold = self._fold_of.get(name)
            if fold is not None and is_used:
                used.add(fold)
            is_shown = is_used and (fold is None or self._folds[fold].is_open)
            self._shown[name] = is_shown
            for widget in (control.widget, self._captions.get(name)):
                if widget is not None:
                    widget.setVisible(is_shown)
            if control.below is not None:
                control.below.setVisible(is_shown and bool(control.below.text()))
            is_possible = field.enabled is None or field.enabled(answers)
            control.widget.setEnabled(is_possible and not control.why_not)
            control.widget.setToolTip(tip(control.why_not))
            if name in self._messages:
                self._messages[name].show_note(said.get(name) if is_shown else None)
        for name, fold in self._folds.items():
            fold.setVisible(name in used)
        self._show_marks()

    @property
    def obstacle(self) -> Note | None:
        """The first thing that must be mended before going on."""
        return next((note for note in self.notes if note.level.blocks), None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.judge()
        super().changeEvent(event)

    def _add_section(self, section: Section) -> None:
        self._add_fold(section.name, section_fold(section, self._name, self))
        for row in section.rows:
            self._add_row(row, section.name, section.of)

    def _add_row(self, row: Row, fold: str = "", of: str = "") -> None:
        named = row if isinstance(row, tuple) else (row,)
        if not fold and named[0].folded:
            fold, closed, opened = self._more_fold
            if fold not in self._folds:
                self._add_fold(fold, Fold(f"{self._name}-{fold}", closed, opened, self, is_title=False))
        if fold:
            self._fold_of.update((field.name, fold) for field in named)
        self._add(named, of, is_captioned=isinstance(row, Field))

    def _add_fold(self, name: str, fold: Fold) -> None:
        assert name not in self._folds
        self._folds[name] = fold
        fold.toggled.connect(self._on_fold)
        self._grid.addWidget(fold, self._grid.rowCount(), 0, 1, -1)

    def _add(self, row: tuple[Field, ...], of: str, *, is_captioned: bool) -> None:
        controls = [self._control(field, of) for field in row]
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
        if self._chips:
            view = self._views[name] = MarkView(control, self)
            view.revert_wanted.connect(self.revert_wanted)
            under.append(view)
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
        items: list[QWidget | QLayout | Cell] = [*under]
        items[under.index(control.widget)] = self._answer_row(control)
        group = down(*items, space=SPACE_S if self._roomy else SPACE, around=(0, air_px, 0, 0))
        self._grid.addLayout(group, line, 0, 1, -1)

    def _answer_row(self, control: Control) -> Cell:
        view = self._views.get(control.field.name)
        if view is None:
            return Cell(control.widget, 0, control.alignment)
        return Cell(
            across(Cell(control.widget, 1, control.alignment), Cell(view.place, 0, _BOTTOM), space=SPACE_L)
        )

    def _control(self, field: Field, of: str) -> Control:
        assert field.name not in self.controls
        name = "-".join(filter(None, (self._name, field.name)))
        control = self.controls[field.name] = self._kinds[type(field)](field, name, self)
        control.of = of
        if control.changed is not None:
            control.changed.connect(self._on_changed)
        return control

    def _show_marks(self) -> None:
        for name, view in self._views.items():
            view.show_mark(self._marks.get(name), is_shown=self._shown.get(name, False))
        for name, fold in self._folds.items():
            inside = (
                self._marks[field]
                for field, of in self._fold_of.items()
                if of == name and field in self._marks
            )
            fold.show_mark(next(inside, None))

    def _retranslate(self) -> None:
        for name, control in self.controls.items():
            control.retranslate()
            if name in self._captions:
                self._captions[name].setText(control.caption)
        if self._views:
            px = room_for(self._chips, self)
            for view in self._views.values():
                view.make_room(px)

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_filling:
            self.judge()
            self.changed.emit()

    @Slot(bool)
    def _on_fold(self, _on: bool) -> None:
        self.judge()
        self.resized.emit()
