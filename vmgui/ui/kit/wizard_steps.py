"""A wizard as data: its steps, how it stands with the answers, and what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from vmgui.words.note import Level, Note
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class WizardWords:
    """What a wizard is called, and its last button."""

    title: Say
    finish: Say  # on the last step
    finish_now: Say  # on the others: with everything as it stands
    finish_tip: Say


@dataclass(frozen=True, slots=True)
class StepNote(Note):
    """A note on a field, and the id of the step where that is answered."""

    step: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above all steps; `mend` is what its button does."""

    text: str
    level: Level = Level.INFO
    fix: str = ""
    mend: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a wizard stands with the answers it has."""

    notes: tuple[StepNote, ...] = ()  # those to be mended first come first
    is_ready: bool = False  # it may be finished, from any step
    is_known: bool = True  # what it is about is: the steps behind the first can be answered
    is_overruled: bool = False  # by what was said on the last step: the others no longer count
    is_begun: bool = False  # something was answered
    busy: str = ""  # what is being found out
    banner: Banner | None = None

    def notes_on(self, step: str) -> tuple[StepNote, ...]:
        """What is said of the fields of a step."""
        return tuple(note for note in self.notes if note.step == step)


class WizardSession(QObject):
    """Holds the answers, and what follows from them, while the wizard is open or closed."""

    changed = Signal()  # read `view`

    @property
    def view(self) -> Any:
        """Everything the pages need to show themselves."""
        raise NotImplementedError

    def standing(self, step: str) -> Standing:
        """How it stands, as seen from a step."""
        raise NotImplementedError

    def open(self) -> None:
        """The wizard is shown: what was known may have changed meanwhile."""
        self.changed.emit()

    def pause(self) -> None:
        """The wizard is hidden; the answers stay."""

    def start_over(self) -> None:
        """Forget all answers."""
        raise NotImplementedError


class StepPage(QWidget):
    """One question. Shows the session's view, hands answers to the session; keeps nothing of its own."""

    page_wanted = Signal(str)  # the id of another step: a link to it was followed

    def __init__(self, name: str, session: WizardSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.session: Any = session

    def show_view(self, view: Any) -> None:
        """Bring all controls and texts in line, without telling the session of it."""
        raise NotImplementedError

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page is shown; None: the button that finishes the wizard."""
        raise NotImplementedError

    def flush(self) -> None:
        """Hand over what was typed and still waits for a pause: the page is left, or the wizard finished."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_view(self.session.view)
        super().changeEvent(event)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `title` in the list of steps, `heading` over its page, `value` in a few words what is set there."""

    id: str  # of no language
    title: Say
    heading: Say
    make: Callable[[Any, QWidget], StepPage]  # of the session, in its place
    value: Callable[[Any], str] = lambda _: ""  # of the view
