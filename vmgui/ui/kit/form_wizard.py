"""A wizard whose steps are forms: fields and what is said of the answers are all that a feature declares."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Answers
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.form import Judge, Row
from vmgui.ui.kit.form_page import FormPage
from vmgui.ui.kit.wizard import Wizard
from vmgui.ui.kit.wizard_steps import Standing, Step, StepNote, WizardSession, WizardWords
from vmgui.words.note import Note
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step; the names of fields are unlike each other in the whole wizard."""

    id: str
    title: Say
    heading: Say
    rows: Sequence[Row]
    value: Callable[[Answers], str] = lambda _: ""

    @property
    def names(self) -> tuple[str, ...]:
        """Of its fields."""
        rows = (row if isinstance(row, tuple) else (row,) for row in self.rows)
        return tuple(field.name for row in rows for field in row)


class FormWizard(Wizard):
    """Its answers are a draft until they are forgotten: another wizard of that name and key goes on with them."""

    def __init__(
        self,
        name: str,
        words: WizardWords,
        steps: Sequence[FormStep],
        judge: Judge,
        drafts: Drafts[Answers],
        key: Hashable = None,
        parent: QWidget | None = None,
        *,
        start: Mapping[str, object],
    ) -> None:
        """`key`: what it is about; `judge` is asked about all answers at once; `start`: those before any is given."""
        session = _Session(name, key, drafts, steps, judge, dict(start))
        shown = [Step(one.id, one.title, one.heading, partial(_Page, name, one), one.value) for one in steps]
        super().__init__(name, words, shown, session, parent)
        self._answers = session

    @property
    def answers(self) -> Answers:
        """To all fields, whether a person gave them or not."""
        return self._answers.view

    def forget(self) -> None:
        """The answers were made true: the next time starts afresh."""
        self._answers.start_over()


class _Session(WizardSession):
    def __init__(
        self,
        place: str,
        key: Hashable,
        drafts: Drafts[Answers],
        steps: Sequence[FormStep],
        judge: Judge,
        start: Answers,
    ) -> None:
        super().__init__()
        self._place, self._key, self._drafts = place, key, drafts
        self._judge, self._start = judge, start
        self._step_of = {name: step.id for step in steps for name in step.names}

    @property
    def view(self) -> Answers:
        return {**self._start, **(self._drafts.get(self._place, self._key) or {})}

    def change(self, answers: Answers) -> None:
        """Take answers of a step."""
        wanted = {**self.view, **answers}
        if wanted == self._start:
            self._drafts.forget(self._place, self._key)
        else:
            self._drafts.keep(self._place, self._key, wanted)
        self.changed.emit()

    def start_over(self) -> None:
        self._drafts.forget(self._place, self._key)
        self.changed.emit()

    def standing(self, step: str) -> Standing:
        view = self.view
        notes = tuple(
            StepNote(note.field, note.text, note.level, note.fix, self._step_of[note.field])
            for note in self._judge(view)
        )
        return Standing(
            notes,
            is_ready=not any(note.level.blocks for note in notes),
            is_begun=view != self._start,
        )


class _Page(FormPage):
    def __init__(self, name: str, step: FormStep, session: _Session, parent: QWidget) -> None:
        self._step = step
        super().__init__(name, step.id, session, parent)

    def build(self) -> None:
        self.column.addWidget(self.form(*self._step.rows))

    def show_view(self, view: Answers) -> None:
        self.show_answers(view, {})

    def answer(self, changed: Answers) -> None:
        self.session.change(changed)

    def notes(self, view: Answers) -> Iterable[Note]:
        return self.session.standing(self._step.id).notes_on(self._step.id)
