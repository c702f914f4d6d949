"""Fields in rows: captions with their keys, notes under the fields, marks beside them, what is rarely needed folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from vmgui.commands.fields import Answers, Field
from vmgui.ui.kit.chip import room_for
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.every import KINDS, Kinds
from vmgui.ui.kit.mark_view import MarkView
from vmgui.ui.kit.page_tabs import follow_in_tab_order
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
_MORE = say("Form", "More settings")
_TOP = Qt.AlignmentFlag.AlignTop
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class Form(QWidget):
    """Says `changed` when an answer is another, `resized` when lines came or went.

    `fix_wanted`, `revert_wanted` and `hasten_wanted` carry the name of the field whose button was pressed.
    """

    changed = Signal()
    resized = Signal()
    fix_wanted = Signal(str)
    revert_wanted = Signal(str)
    hasten_wanted = Signal(str)

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
        kinds: Kinds = KINDS,
        offers: Mapping[str, Any] | None = None,
        answers: Answers | None = None,
    ) -> None:
        """`name` begins the objectNames of what is in it; captions stand `beside` the fields, or above them.

        `roomy`: it is a page, not a dialog. `more`: the fold's name and its words, closed and open. `kinds`: others, too.
        `chips`: the words that marks may have; there is room for each at the right of the rows, so that nothing jumps.
        `offers`, `answers`: what there is to answer with and what is filled in first, before anything is judged.
        """
        super().__init__(parent)
        self._name = name
        self._judge = judge
        self._is_filling = self._is_opening = False
        self.is_editable = True
        self._beside, self._roomy = beside, roomy
        self._more_fold, self._chips = more, tuple(chips)
        assert not (beside and chips)
        self._kinds = {**KINDS, **kinds}
        self.notes: tuple[Note, ...] = ()
        self.controls: dict[str, Control] = {}
        self._captions: dict[str, Label] = {}
        self._messages: dict[str, Message] = {}
        self._views: dict[str, MarkView] = {}
        self._marks: dict[str, Mark] = {}
        self._folds: dict[str, Fold] = {}  # by their names
        self._fold_of: dict[str, str] = {}  # of the fields in one
        self._shown: dict[str, bool] = {}  # whether the field's row is
        self._late: dict[str, tuple[Section, QWidget]] = {}  # not made yet, with their rooms; by the folds
        self._rooms: dict[str, QWidget] = {}  # of those that were
        self._kept: dict[str, Any] = {}  # answers of fields that are not made yet
        self._offers: dict[str, Any] = {}  # and what there is to answer them with
        self._groups: dict[str, tuple[QVBoxLayout, int]] = {}  # all of a field, and the pixels above it
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
        if self._lines:
            tallest_px = max(control.widget.sizeHint().height() for control in self.controls.values())
            for line in self._lines:
                self._grid.setRowMinimumHeight(line, tallest_px)
        self._blank = self.answers()
        self.offer(offers or {})
        self._fill(answers or {})
        self._retranslate()
        self.judge()

    def answers(self) -> Answers:
        """What is filled in, by the fields' names."""
        return {**self._kept, **{name: control.read() for name, control in self.controls.items()}}

    def offer(self, means: Mapping[str, Any]) -> None:
        """What there is to answer these fields with, each as its control takes it."""
        for name, offered in means.items():
            if name in self.controls:
                self.controls[name].offer(offered)
            else:
                self._offers[name] = offered

    def show_answers(self, answers: Mapping[str, object]) -> None:
        """Fill in these; a folded one that says something unfolds the form."""
        self.set_answers(answers)
        blank = self._blank
        said = [
            name for name in self._fold_of if name in blank and answers.get(name, blank[name]) != blank[name]
        ]
        self._open({self._fold_of[name]: True for name in said})
        self.judge()

    def set_answers(self, answers: Mapping[str, object], *, keep_typing: bool = False) -> None:
        """Fill in these, and nothing else. `keep_typing`: news, which write over nobody's typing."""
        # What a person is typing stays under the fingers.
        there = self.answers()
        others = {name: value for name, value in answers.items() if name not in there or there[name] != value}
        if not keep_typing:
            others |= {
                note.field: answers[note.field] for note in self._unread(there) if note.field in answers
            }
        self._fill(others, is_news=keep_typing)
        if others:
            self._on_changed()

    def set_editable(self, on: bool) -> None:
        """Off: everything can be unfolded and read, and nothing answered."""
        if on is not self.is_editable:
            self.is_editable = on
            self.judge()

    def _fill(self, answers: Mapping[str, object], *, is_news: bool = False) -> None:
        self._is_filling = True
        for name, value in answers.items():
            if name in self.controls:
                control = self.controls[name]
                (control.show_news if is_news else control.show)(value)
            else:
                assert self._fold_of[name] in self._late
                self._kept[name] = value
        self._is_filling = False

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
        self._open({name: name in names for name in self._folds})
        self.judge()  # what blocks must be seen

    def judge(self) -> None:
        """Judge the answers by what is known now; lines come and go."""
        answers = self.answers()
        self.notes = (*self._unread(answers), *self._judge(answers))
        said = {note.field: note for note in reversed(self.notes) if note.level is not Level.MISSING}
        blocking = {name for name, note in said.items() if note.level.blocks}
        self._open({self._fold_of[name]: True for name in blocking & self._fold_of.keys()})  # it must be seen
        used = set(self._late)
        for name, control in self.controls.items():
            field = control.field
            is_meant = field.shown is None or field.shown(answers)  # one with nothing to choose has its notes
            is_used = is_meant and not control.is_empty
            fold = self._fold_of.get(name)
            if fold is not None and is_used:
                used.add(fold)
            is_open = fold is None or self._folds[fold].is_open
            is_shown = is_used and is_open
            self._shown[name] = is_shown
            for widget in (control.widget, self._captions.get(name)):
                if widget is not None:
                    widget.setVisible(is_shown)
            if control.below is not None:
                control.below.setVisible(is_shown and bool(control.below.text()))
            is_possible = field.enabled is None or field.enabled(answers)
            control.widget.setEnabled(self.is_editable and is_possible and not control.why_not)
            control.widget.setToolTip(tip(control.why_not))
            if name in self._messages:
                self._messages[name].show_note(said.get(name) if is_meant and is_open else None)
            if name in self._groups:
                # Where all of it is hidden, nothing of it takes room: margins would.
                group, air_px = self._groups[name]
                group.setContentsMargins(0, 0 if group.isEmpty() else air_px, 0, 0)
        for name, fold in self._folds.items():
            fold.setVisible(name in used)
            if name in self._rooms:
                self._rooms[name].setVisible(fold.is_open)
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
        fold = section_fold(section, self._name, self)
        self._add_fold(section.name, fold)
        if not section.late or fold.is_open:
            for row in section.rows:
                self._add_row(row, section.name, section.of)
            return
        room = QWidget(self)
        room.setLayout(down(space=SPACE))
        room.hide()
        self._grid.addWidget(room, self._grid.rowCount(), 0, 1, -1)
        self._late[section.name] = section, room
        self._fold_of.update((row.name, section.name) for row in section.rows if isinstance(row, Field))

    def _make_late(self) -> None:
        """What was opened for the first time."""
        for fold in [fold for fold in self._late if self._folds[fold].is_open]:
            section, room = self._late.pop(fold)
            self._rooms[fold] = room
            layout = room.layout()
            assert isinstance(layout, QVBoxLayout)
            for row in section.rows:
                assert isinstance(row, Field)
                self._add((row,), section.of, is_captioned=True, into=layout)
            names = [row.name for row in section.rows if isinstance(row, Field)]
            self.offer({name: self._offers.pop(name) for name in names if name in self._offers})
            self._fill({name: self._kept.pop(name) for name in names if name in self._kept})
            self._retranslate(names)
            follow_in_tab_order(room, self._folds[fold].button)

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
        self._folds[name] = fold
        fold.toggled.connect(self._on_fold)
        self._grid.addWidget(fold, self._grid.rowCount(), 0, 1, -1)

    def _add(
        self, row: tuple[Field, ...], of: str, *, is_captioned: bool, into: QVBoxLayout | None = None
    ) -> None:
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
                top = Qt.AlignmentFlag.AlignTop if control.is_tall else Qt.AlignmentFlag(0)
                self._grid.addWidget(label, line, 0, top)
            else:
                set_role(label, TextRole.STRONG if self._roomy else TextRole.BODY)
                under.insert(0, label)
        message = self._messages[name] = Message(self, f"{control.name}-message", toned=not self._roomy)
        message.setContentsMargins(control.note_px, 0, 0, 0)
        message.fix_wanted.connect(self.fix_wanted)
        under.append(message)
        if self._chips and control.changed is not None:  # what asks nothing has no marks
            view = self._views[name] = MarkView(control, self)
            view.revert_wanted.connect(self.revert_wanted)
            view.hasten_wanted.connect(self.hasten_wanted)
            under.append(view)
        if control.below is not None:
            set_role(control.below, TextRole.BODY if self._roomy else TextRole.CAPTION)
            under.append(control.below)
        if self._beside:
            for at, widget in enumerate(under, line):
                self._grid.addWidget(widget, at, int(control.is_captioned), 1, -1)
            self._grid.setAlignment(control.widget, control.alignment)
            return
        air_px = control.air_px if self._roomy and (line > 1 or into is not None) else 0
        items: list[QWidget | QLayout | Cell] = [*under]
        items[under.index(control.widget)] = self._answer_row(control)
        group = down(*items, space=SPACE_S if self._roomy else SPACE, around=(0, air_px, 0, 0))
        self._groups[name] = group, air_px
        if into is not None:
            into.addLayout(group)
        else:
            self._grid.addLayout(group, line, 0, 1, -1)

    def _answer_row(self, control: Control) -> Cell:
        view = self._views.get(control.field.name)
        if view is None:
            return Cell(control.widget, 0, control.alignment)
        both = (
            Cell(control.widget, 1, control.alignment),
            Cell(view.place, 0, _TOP if control.is_tall else _BOTTOM),
        )
        return Cell(across(*both, space=SPACE_L))

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
        inside: dict[str, Mark] = {}
        for field, mark in self._marks.items():
            inside.setdefault(self._fold_of.get(field, ""), mark)
        for name, fold in self._folds.items():
            fold.show_mark(inside.get(name))

    def _retranslate(self, names: Iterable[str] | None = None) -> None:
        """Of these fields; None: of all."""
        px = room_for(self._chips, self) if self._chips else 0
        for name in self.controls if names is None else names:
            control = self.controls[name]
            control.retranslate()
            if name in self._captions:
                self._captions[name].setText(control.caption)
            if name in self._views:
                self._views[name].make_room(px)

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_filling:
            self.judge()
            self.changed.emit()

    def _open(self, folds: Mapping[str, bool]) -> None:
        """Those that are True, close the others of these; what is in them is made once, and not judged here."""
        if all(self._folds[name].is_open is on for name, on in folds.items()):
            return
        self._is_opening = True
        for name, on in folds.items():
            self._folds[name].set_open(on)
        self._is_opening = False
        self._make_late()
        self.resized.emit()

    def _unread(self, answers: Answers) -> Iterator[Note]:
        """What is needed in the fields in which something is typed that is no answer."""
        for name, control in self.controls.items():
            shown = control.field.shown
            if control.problem and (shown is None or shown(answers)):
                yield Note(name, control.problem, Level.ERROR)

    @Slot(bool)
    def _on_fold(self, _on: bool) -> None:
        if self._is_opening:
            return
        self._make_late()
        self.judge()
        self.resized.emit()
