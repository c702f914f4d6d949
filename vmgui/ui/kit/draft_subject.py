"""What a feature gives for a tab that is one form about its target (`draft_tab.py`): all but the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from vmgui.commands.fields import Answers
from vmgui.model.job import JobId
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.kit.preview import PreviewText
from vmgui.ui.kit.section import Row, Section
from vmgui.words.errors import ErrorText, explain
from vmgui.words.mark import Mark
from vmgui.words.note import Note
from vmgui.words.say import Say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft(Generic[T]):
    """`answers`: those that differ from what is so. `bases`: what was so when each was answered, or decided against since;
    what others did before that was seen."""

    answers: Answers = field(repr=False)  # a password may be among them
    bases: Mapping[str, T] = field(repr=False)

    def without(self, same: Answers) -> Draft[T]:
        """Only what differs from these."""
        left = {
            name: value for name, value in self.answers.items() if name not in same or same[name] != value
        }
        return Draft(left, {name: self.bases[name] for name in left})

    def answered(self, filled: Answers, truth: T, *states: Answers) -> Draft[T]:
        """Of what is filled in now that which is otherwise than in any of these: as it is, as it will be."""
        names = {name for name in states[0] if any(filled[name] != state[name] for state in states)}
        return Draft(
            {name: filled[name] for name in states[0] if name in names},
            {name: self.bases.get(name, truth) for name in names},
        )

    def on(self, base: T) -> Draft[T]:
        """The same over what is so now: that was seen."""
        return Draft(self.answers, dict.fromkeys(self.answers, base))


class Subject(Generic[T]):
    """T is what is so: all that the form shows and is judged by, read in one go. Asked on the loop thread; none waits.

    `answers` in the calls are always those of the whole form, as they are shown in that moment.
    """

    chips: Sequence[Say] = ()
    """The words that its marks may have."""

    def takes(self, key: Target) -> bool:
        """Whether the form can be about this, and it is there."""
        raise NotImplementedError

    async def look(self, key: Target) -> T:
        """What is so; raises VmguiError."""
        raise NotImplementedError

    def known(self, key: Target) -> T | None:
        """What is so, where that is known without a look: it is shown at once, and not asked for."""
        return None

    def rows(self, truth: T) -> tuple[Row | Section, ...]:
        """The form is made anew where these are not equal to what they were: no lambdas in them, which never are."""
        raise NotImplementedError

    def offers(self, truth: T) -> Mapping[str, Any]:
        """What there is to answer the fields with: capacities, options, reasons why not."""
        return {}

    def answers(self, truth: T) -> Answers:
        """What is so, as the form has it."""
        raise NotImplementedError

    def why_not(self, truth: T) -> str:
        """Why nothing can be changed; empty: it can."""
        return ""

    def judge(self, truth: T, answers: Answers) -> Iterable[Note]:
        """What is to be said under the fields; what blocks is said beside Apply, too."""
        return ()

    def marks(self, truth: T, answers: Answers) -> Sequence[Mark]:
        """What stands beside the fields."""
        return ()

    def summary(self, truth: T, answers: Answers) -> str:
        """What will happen, in one line: "2 changes: memory now, CPUs at the next start"."""
        raise NotImplementedError

    def overtaken(self, base: T, truth: T, name: str) -> str:
        """What this field was changed to since `base`, be it by whom it may ("memory (now 3 GiB)"); empty: it was not."""
        raise NotImplementedError

    def mended(self, key: Target, truth: T, answers: Answers, name: str) -> Answers | None:
        """The answers that the button of this field's note leads to; None: it did something else, news will follow."""
        return None

    def revert(self, key: Target, truth: T, name: str) -> JobId | None:
        """Take back what is pending of this field."""
        return None

    def hasten(self, key: Target, truth: T, name: str) -> JobId | None:
        """Make so at once what is pending of this field."""
        return None

    def apply(self, key: Target, truth: T, bases: Mapping[str, T], answers: Answers) -> JobId:
        """Do it; `bases`: what was so when the person answered each, or what they decided against since."""
        raise NotImplementedError

    def preview(self, key: Target, truth: T, answers: Answers) -> Awaitable[PreviewText]:
        """What doing it would do; raises VmguiError when awaited."""
        raise NotImplementedError

    def concerns(self, key: Target, news: Any) -> bool:
        """Whether something else may be so after this news."""
        return True

    def explain(self, key: Target, error: BaseException) -> ErrorText:
        """Why it could not be read, previewed or done."""
        return explain(error)
