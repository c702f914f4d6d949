"""What the values that change are called: by the labels of the fields that stand for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vmgui.commands.hardware import every
from vmgui.commands.hardware.form import Knob
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeDevice, ChangeMachine, HardwareChange


def label(change: HardwareChange) -> str:
    """ "Link"; empty: no field stands for it."""
    wish = change.wish
    if isinstance(wish, ChangeDevice):
        form, seen = every.form_of(wish.seen), wish.seen
        device = seen.saved if seen.saved is not None else seen.live
        return _label(form.knobs, device, change.path) if form is not None else ""
    if isinstance(wish, ChangeMachine):
        labels = (_label(form.knobs, wish.seen or DomainValues(), change.path) for form in every.MACHINE)
        return next(filter(None, labels), "")
    return ""


def _label(knobs: Iterable[Knob], device: Any, path: str) -> str:
    """Of the knob of that path, else of one that sets it among others."""
    found = [*knobs]
    exact = next((knob for knob in found if knob.path == path), None)
    if exact is not None:
        return exact.field.plain
    # Of several that set it the one that sets the least beside it.
    sets = ((knob, knob.values(device, knob.answer(device))) for knob in found if knob.put is not None)
    fitting = [(len(values), at, knob) for at, (knob, values) in enumerate(sets) if path in values]
    return min(fitting)[2].field.plain if fitting else ""
