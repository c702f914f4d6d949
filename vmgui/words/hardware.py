"""What changing a machine's hardware does, in plain text."""

from __future__ import annotations

from typing import Any

from vmgui.model.hardware import HardwareChange, HardwarePlan, HardwareWhy
from vmgui.policy.plain_text import visible
from vmgui.words.say import Say, say

_REASONS: dict[HardwareWhy, Say] = {
    HardwareWhy.FIXED_WHILE_RUNNING: say("Hardware", "it cannot change while the machine runs"),
}


def why_sentence(change: HardwareChange) -> str:
    """Why it applies later or never, and what is to be known of it; empty: nothing."""
    reason = str(_REASONS[change.why]) if change.why in _REASONS else ""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def plan_words(plan: HardwarePlan) -> str:
    """In one line: "2 changes: link now, model at the next start"."""
    raise NotImplementedError


def plan_lines(plan: HardwarePlan) -> list[str]:
    """A line for each change."""
    raise NotImplementedError


def plain_value(value: Any) -> str:
    """A value of a device as a person reads it."""
    if value is None or value == "":
        return str(say("Hardware", "the default"))
    if isinstance(value, bool):
        return str(say("Hardware", "on") if value else say("Hardware", "off"))
    return visible(str(value))
