"""What changing a machine's hardware does, in plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmgui.model.hardware import HardwareChange, HardwarePlan, HardwareWhy
from vmgui.policy.plain_text import visible
from vmgui.words.edits import WHEN
from vmgui.words.say import Say, say

_REASONS: dict[HardwareWhy, Say] = {
    HardwareWhy.FIXED_WHILE_RUNNING: say("Hardware", "it cannot change while the machine runs"),
}


def why_sentence(change: HardwareChange) -> str:
    """Why it applies later or never, and what is to be known of it; empty: nothing."""
    reason = str(_REASONS[change.why]) if change.why in _REASONS else ""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


Names = Callable[[HardwareChange], str]
"""What the value that changes is called in its form: "Link"; empty: it has no field."""


def plan_words(plan: HardwarePlan, names: Names | None = None) -> str:
    """In one line: "2 changes: link now, model at the next start"."""
    return "; ".join(plan_lines(plan, names))


def plan_lines(plan: HardwarePlan, names: Names | None = None) -> list[str]:
    """A line for each change."""
    return [
        f"{(names(change) if names is not None else '') or change.path or 'device'} {WHEN[change.when]}"
        for change in plan.changes
    ]


def plain_value(value: Any) -> str:
    """A value of a device as a person reads it."""
    if value is None or value == "":
        return str(say("Hardware", "the default"))
    if isinstance(value, bool):
        return str(say("Hardware", "on") if value else say("Hardware", "off"))
    return visible(str(value))
