"""What is said of a form about a device: when a change applies, what is pending, what keeps from applying. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vmgui.commands.fields import Answers
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene, answer_words, truth
from vmgui.model.device import ListedDevice
from vmgui.model.edit import When
from vmgui.model.hardware import ChangeDevice, HardwareChange, HardwarePlan, lateness
from vmgui.policy.device_running import as_asked
from vmgui.words import edits as edit_words
from vmgui.words import hardware as words
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import say

_TONES = {When.NOW: Level.GOOD, When.NEXT_START: Level.INFO, When.IMPOSSIBLE: Level.ERROR}

ChangeOf = Callable[[Knob], HardwareChange | None]
"""What becomes of a knob's answer; None: it is answered no other way."""


def judge(form: DeviceForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Note]:
    """All that is said under the fields."""
    shown = truth(form, scene)
    complete = {**shown, **answers}
    said = [*form.judge(scene, complete)]
    if scene.listed is None:
        return said  # when it is added is said beside the button
    said = spared(said, lambda: form.judge(scene, shown), shown, complete)
    return with_reasons(said, form.asked(scene), _change_of(scene, plan, answers))


def spared(
    said: list[Note], before: Callable[[], Iterable[Note]], shown: Answers, answers: Answers
) -> list[Note]:
    """What is so already keeps nobody from changing something else: it is a warning, or nothing where something is missing.
    `before`: what is said of what is `shown` while nobody answered anything."""
    if not any(note.level.blocks for note in said):
        return said
    old = {(note.field, note.text) for note in before() if note.level.blocks}
    found: list[Note] = []
    for note in said:
        is_touched = answers.get(note.field) != shown.get(note.field)
        if is_touched or not note.level.blocks or (note.field, note.text) not in old:
            found.append(note)
        elif note.level is Level.ERROR:
            found.append(replace(note, level=Level.WARNING))
    return found


def marks(form: DeviceForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Mark]:
    """Beside each field when its change applies, and where what is so now differs from what will be."""
    listed = scene.listed
    if listed is None:
        return []
    live = as_asked(listed.live, listed.saved)
    seen = {knob.name for knob in _seen(form.knobs, listed.saved)} if listed.saved is not None else set[str]()

    def pending_of(knob: Knob) -> str:
        return pending_words(knob, live, listed.saved) if knob.name in seen else ""

    return marks_of(form.asked(scene), _change_of(scene, plan, answers), pending_of)


def marks_of(knobs: Iterable[Knob], change_of: ChangeOf, pending_of: Callable[[Knob], str]) -> list[Mark]:
    """Those of the knobs that are answered otherwise or of which something is pending."""
    found: list[Mark] = []
    for knob in knobs:
        change, pending = change_of(knob), pending_of(knob)
        if change is None and not pending:
            continue
        when = change.when if change is not None else When.NEXT_START
        can_revert = bool(pending) and change is None
        found.append(Mark(knob.name, edit_words.WHEN[when], _TONES[when], pending, can_revert))
    return found


def with_reasons(said: list[Note], knobs: Iterable[Knob], change_of: ChangeOf) -> list[Note]:
    """With why each change applies later or never, under its field; where something blocks, that is enough."""
    found = list(said)
    blocked = {note.field for note in said if note.level.blocks}
    for knob in knobs:
        change = change_of(knob)
        text = words.why_sentence(change) if change is not None else ""
        if change is not None and text and knob.name not in blocked:
            level = Level.ERROR if change.when is When.IMPOSSIBLE else Level.INFO
            found.append(Note(knob.name, text, level))
    return found


def _change_of(scene: Scene, plan: HardwarePlan, answers: Answers) -> ChangeOf:
    changes = {change.path: change for change in plan.changes if isinstance(change.wish, ChangeDevice)}

    def change_of(knob: Knob) -> HardwareChange | None:
        if knob.name not in answers or answers[knob.name] == knob.answer(scene.kept):
            return None
        paths = knob.values(scene.kept, answers[knob.name])
        return max((changes[path] for path in paths if path in changes), key=lateness, default=None)

    return change_of


def is_pending(form: DeviceForm, listed: ListedDevice) -> bool:
    """Whether anything that its form asks is otherwise now than after the next start."""
    if listed.live is None or listed.saved is None:
        return False
    live = as_asked(listed.live, listed.saved)
    return any(knob.answer(live) != knob.answer(listed.saved) for knob in _seen(form.knobs, listed.saved))


def _seen(knobs: Sequence[Knob], device: Any) -> Iterator[Knob]:
    """Those whose fields there are with such a device: of the others nobody is told."""
    answers = {knob.name: knob.answer(device) for knob in knobs}
    return (knob for knob in knobs if knob.field.shown is None or knob.field.shown(answers))


def pending_words(knob: Knob, live: Any, saved: Any) -> str:
    """ "Now default, after the next start office"; empty: both are the same, or there is only one. `live`: as it was asked
    for."""
    if live is None or saved is None:
        return ""
    now, then = knob.answer(live), knob.answer(saved)
    return "" if now == then else difference_words(knob, now, then)


def difference_words(knob: Knob, now: Any, then: Any) -> str:
    """ "Now default, after the next start office"."""
    return say("Hardware", "Now {now}, after the next start {then}").format(
        now=answer_words(knob, now), then=answer_words(knob, then)
    )
