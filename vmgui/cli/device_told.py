"""What a change of a machine's hardware does, as JSON and as a table; no passwords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

from vmgui.cli.device_settings import is_secret, key_of
from vmgui.cli.device_subject import Subject
from vmgui.commands.fields import Amount, Answers, Choice, Limit, LimitUnit, Quantity
from vmgui.commands.hardware.form import DeviceForm, Knob, answer_words
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.model.edit import When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareChange,
    HardwarePlan,
    RemoveDevice,
    SetAutostart,
    lateness,
)
from vmgui.policy.device_values import value_at, with_values
from vmgui.words.device import device_words
from vmgui.words.edits import WHEN
from vmgui.words.hardware import is_secret_path, plain_value, why_sentence

STARS = "*****"
_UNITS = {LimitUnit.KB_PER_S: 1000, LimitUnit.KIB: 1024}


def plain(value: Any) -> Any:
    """What a device says, by our names, without what it does not say; nothing that lets anybody in."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.repr}
        return {name: one for name, one in told.items() if one not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [plain(one) for one in cast("tuple[Any, ...]", value)]
    return value


def changes(subject: Subject | None, plan: HardwarePlan, answers: Answers) -> list[dict[str, Any]]:
    """Each key that is another, and what goes with that; `text`: of the values, for people."""
    found: list[dict[str, Any]] = []
    rest = list(plan.changes)
    if subject is not None:
        for knob, to, of_knob in _by_knob(subject, plan, answers):
            rest = [change for change in rest if change not in of_knob]
            found.append(_of_knob(subject, knob, to, of_knob))
    return [*found, *(_of_change(change, subject) for change in rest)]


def _by_knob(
    subject: Subject, plan: HardwarePlan, answers: Answers
) -> Iterator[tuple[Knob, Any, list[HardwareChange]]]:
    """What is answered otherwise, then what that takes along: another connection has no place for a card's MTU."""
    by_path = {change.path: change for change in plan.changes if _is_about(change, subject)}
    left, others = dict(by_path), list[Knob]()
    for knob in subject.form.knobs:
        if knob.name in answers and answers[knob.name] != subject.truth.get(knob.name):
            paths = knob.values(subject.device, answers[knob.name])
            of_knob = [left.pop(path) for path in paths if path in left]
            if of_knob:
                yield knob, answers[knob.name], of_knob
        elif knob.name in subject.truth:
            others.append(knob)
    device = with_values(subject.device, ((path, change.to) for path, change in by_path.items()))
    for knob in others:
        to = knob.answer(device)
        values = knob.values(subject.device, to) if to != subject.truth[knob.name] else {}
        of_knob = [by_path[path] for path in values if path in by_path]
        # A field that is not there any more, and then answers anything, is no change.
        if of_knob and all(value_at(device, path) == value for path, value in values.items()):
            yield knob, to, of_knob


def _is_about(change: HardwareChange, subject: Subject) -> bool:
    if isinstance(change.wish, ChangeDevice):
        return subject.scene.listed is not None and change.wish.id == subject.scene.listed.id
    return isinstance(change.wish, ChangeMachine) and subject.scene.listed is None


def _of_knob(subject: Subject, knob: Knob, to: Any, of_knob: list[HardwareChange]) -> dict[str, Any]:
    before = subject.truth[knob.name]
    return {
        "field": f"{subject.id}:{key_of(knob.name)}",
        "from": json_value(knob, before),
        "to": json_value(knob, to),
        **_when(max(of_knob, key=lateness)),
        "text": f"{_words(knob, before)} → {_words(knob, to)}",
    }


def _of_change(change: HardwareChange, subject: Subject | None) -> dict[str, Any]:
    wish = change.wish
    match wish:
        case AddDevice():
            tag = kind_of(wish.device).tag
            text = device_words(tag, wish.device)
            told: tuple[str, Any, Any, str] = (tag, None, text, text)
            if subject is not None and isinstance(subject.form, DeviceForm) and subject.form.tag == tag:
                told = (subject.id, None, text, text)  # a CD drive is a `<disk>` to libvirt
        case RemoveDevice():
            seen = wish.seen
            text = device_words(seen.kind, seen.saved if seen.saved is not None else seen.live)
            told = (wish.id, text, None, text)
        case SetAutostart():
            told = ("autostart", None, wish.on, plain_value(wish.on))
        case ChangeDevice():
            told = (f"{wish.id}:{change.path}", *_values(change))
        case ChangeMachine():
            told = (change.path, *_values(change))
    field, before, to, text = told
    return {"field": field, "from": before, "to": to, **_when(change), "text": text}


def _values(change: HardwareChange) -> tuple[Any, Any, str]:
    """Of a value that no key is about."""
    before = change.saved if change.saved is not None else change.live
    if is_secret_path(change.path):
        return None, STARS, STARS
    return plain(before), plain(change.to), f"{plain_value(before)} → {plain_value(change.to)}"


def _when(change: HardwareChange) -> dict[str, Any]:
    because = why_sentence(change)
    return {
        "when": change.when.value,
        **({"because": because} if because else {}),
        **({"saves": False} if change.when is When.NOW and not change.saves else {}),
    }


def when_words(change: Mapping[str, Any]) -> str:
    """ "at the next start: It cannot change while the machine runs." """
    when = str(WHEN[When(change["when"])])
    return f"{when}: {change['because']}" if change.get("because") else when


def json_value(knob: Knob, answer: Any) -> Any:
    """Sizes in bytes, rates in bytes a second; else as it is typed."""
    if is_secret(knob):
        return STARS if answer else None
    if answer is None or isinstance(answer, bool):
        return answer
    if isinstance(answer, int):
        return answer * _factor(knob)
    return knob.field.print(answer)


def _factor(knob: Knob) -> int:
    field = knob.field
    if isinstance(field, Amount) and field.quantity is Quantity.MEMORY_KIB:
        return 1024
    return _UNITS.get(field.unit, 1) if isinstance(field, Limit) else 1


def _words(knob: Knob, answer: Any) -> str:
    if is_secret(knob):
        return STARS if answer else plain_value("")
    if isinstance(answer, int) and not isinstance(answer, bool) and not isinstance(knob.field, Choice):
        return knob.field.print(answer)
    return answer_words(knob, answer)
