"""What is said of a form about a device: when a change applies, what is pending, what keeps from applying. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vmgui.commands.fields import Answers
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene, answer_words, truth
from vmgui.model.device import ListedDevice
from vmgui.model.edit import When
from vmgui.model.hardware import ChangeDevice, HardwareChange, HardwarePlan
from vmgui.policy.device_running import as_asked
from vmgui.words import edits as edit_words
from vmgui.words import hardware as words
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import say

_TONES = {When.NOW: Level.GOOD, When.NEXT_START: Level.INFO, When.IMPOSSIBLE: Level.ERROR}


def judge(form: DeviceForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Note]:
    """All that is said under the fields."""
    shown = truth(form, scene)
    complete = {**shown, **answers}
    said = [*form.judge(scene, complete)]
    if scene.listed is not None:
        said = spared(said, lambda: form.judge(scene, shown), shown, complete)
    blocked = {note.field for note in said if note.level.blocks}
    return [*said, *(note for note in notes(form, scene, plan, answers) if note.field not in blocked)]


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
    changes = {change.path: change for change in plan.changes if isinstance(change.wish, ChangeDevice)}
    found: list[Mark] = []
    live = as_asked(listed.live, listed.saved)
    seen = {knob.name for knob in _seen(form.knobs, listed.saved)} if listed.saved is not None else set[str]()
    for knob in form.asked(scene):
        change = _worst(changes[path] for path in _paths(knob, scene, answers) if path in changes)
        pending = pending_words(knob, live, listed.saved) if knob.name in seen else ""
        if change is None and not pending:
            continue
        when = change.when if change is not None else When.NEXT_START
        can_revert = bool(pending) and change is None
        found.append(Mark(knob.name, edit_words.WHEN[when], _TONES[when], pending, can_revert))
    return found


def notes(form: DeviceForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Note]:
    """Under each field why its change applies later or never; of a device that is to be added nothing."""
    if scene.listed is None:
        return []
    changes = {change.path: change for change in plan.changes if isinstance(change.wish, ChangeDevice)}
    found: list[Note] = []
    for knob in form.asked(scene):
        change = _worst(changes[path] for path in _paths(knob, scene, answers) if path in changes)
        text = words.why_sentence(change) if change is not None else ""
        if change is not None and text:
            level = Level.ERROR if change.when is When.IMPOSSIBLE else Level.INFO
            found.append(Note(knob.name, text, level))
    return found


def _paths(knob: Knob, scene: Scene, answers: Answers) -> Iterator[str]:
    if knob.name in answers and answers[knob.name] != knob.answer(scene.kept):
        yield from knob.values(scene.kept, answers[knob.name])


_ORDER = (When.NOW, When.NEXT_START, When.IMPOSSIBLE)


def _worst(changes: Iterable[HardwareChange]) -> HardwareChange | None:
    return max(changes, key=lambda change: _ORDER.index(change.when), default=None)


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
    if now == then:
        return ""
    return say("Hardware", "Now {now}, after the next start {then}").format(
        now=answer_words(knob, now), then=answer_words(knob, then)
    )
