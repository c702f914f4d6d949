"""What is said of a form about the machine itself: when a change applies, what is pending, what others did. Pure."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial

from vmgui.commands.fields import Answers
from vmgui.commands.hardware.device_marks import difference_words, marks_of, spared, with_reasons
from vmgui.commands.hardware.form import Knob, MachineForm, Scene, machine_truth, overtaken_words
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeMachine, HardwareChange, HardwarePlan, Wish, lateness
from vmgui.policy.device_running import features_differ
from vmgui.words.mark import Mark
from vmgui.words.note import Note


def marks(form: MachineForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Mark]:
    """Beside each field when its change applies, and where what is so now differs from what will be."""
    return marks_of(
        form.asked(scene),
        partial(_change, form, scene, plan, answers),
        lambda knob: pending_words(form, knob, scene),
    )


def judge(form: MachineForm, scene: Scene, plan: HardwarePlan, answers: Answers) -> list[Note]:
    """All that is said under the fields."""
    shown = machine_truth(form, scene)
    complete = {**shown, **answers}
    said = spared([*form.judge(scene, complete)], lambda: form.judge(scene, shown), shown, complete)
    return with_reasons(said, form.asked(scene), partial(_change, form, scene, plan, answers))


def pending_words(form: MachineForm, knob: Knob, scene: Scene) -> str:
    """ "Now BIOS, after the next start UEFI"; empty: both are the same, or there is only one."""
    live, saved = scene.machine.live, scene.machine.saved
    if live is None or saved is None or not _is_value(knob, form, scene):
        return ""
    now, then = knob.answer(live), knob.answer(saved)
    # What it runs with is written out: it does not differ from what was asked for.
    if now == then or _is_written_out(knob, live, saved):
        return ""
    return difference_words(knob, now, then)


def reverted(form: MachineForm, scene: Scene, name: str) -> tuple[Wish, ...]:
    """What takes back what is pending of one field: it will be after the next start as it is now."""
    live, saved = scene.machine.live, scene.machine.saved
    if live is None or saved is None:
        return ()
    knob = form.knob(name)
    values = knob.values(saved, knob.answer(live))
    return (ChangeMachine(tuple(values.items()), saved),) if values else ()


def overtaken(form: MachineForm, before: Scene, now: Scene, name: str) -> str:
    """What this field was changed to since: "firmware (now UEFI)"; empty: it was not."""
    knob = form.knob(name)
    was, is_now = _answer(knob, form, before), _answer(knob, form, now)
    return "" if was == is_now else overtaken_words(knob, is_now)


def _answer(knob: Knob, form: MachineForm, scene: Scene) -> object:
    first = form.first(scene)
    return first[knob.name] if knob.name in first else knob.answer(scene.machine.values or DomainValues())


def _is_value(knob: Knob, form: MachineForm, scene: Scene) -> bool:
    return bool(knob.path or knob.get is not None) and knob.name not in form.first(scene)


def _is_written_out(knob: Knob, live: DomainValues, saved: DomainValues) -> bool:
    """A processor like the host's is a model and its features once the machine runs."""
    if live.cpu_mode == saved.cpu_mode and replace(live, cpu_features=saved.cpu_features) != live:
        # Of the features that it has it lists more than were asked for.
        is_about_them = knob.answer(replace(live, cpu_features=saved.cpu_features)) == knob.answer(saved)
        return is_about_them and not features_differ(live.cpu_features, saved.cpu_features)
    if live.cpu_mode == saved.cpu_mode or saved.cpu_mode not in ("", "host-model"):
        return False
    return knob.path.startswith("cpu_") or (
        knob.get is not None and knob.answer(replace(live, **_processor(saved))) == knob.answer(saved)
    )


def _processor(values: DomainValues) -> dict[str, object]:
    names = (field.name for field in fields(DomainValues))
    return {name: getattr(values, name) for name in names if name.startswith("cpu_")}


def _change(
    form: MachineForm, scene: Scene, plan: HardwarePlan, answers: Answers, knob: Knob
) -> HardwareChange | None:
    """What becomes of this answer; of one that stands for no value of the machine, of all that goes with it."""
    if knob.name not in answers or answers[knob.name] == _answer(knob, form, scene):
        return None
    own = {change.path: change for change in plan.changes if isinstance(change.wish, ChangeMachine)}
    if not _is_value(knob, form, scene):
        others = (change for change in plan.changes if not isinstance(change.wish, ChangeMachine))
        return max(others, key=lateness, default=None)
    paths = knob.values(scene.machine.values or DomainValues(), answers[knob.name])
    return max((own[path] for path in paths if path in own), key=lateness, default=None)
