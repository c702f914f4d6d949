"""Commands of alerts."""

from __future__ import annotations

from functools import partial

from vmgui.commands.command import Command
from vmgui.commands.fields import Check, Field, Number
from vmgui.model.alerts import AlertKind
from vmgui.policy.alerts import HIGHEST_LIMIT, LOWEST_LIMIT
from vmgui.words import alerts as alert_words
from vmgui.words.say import say

_WITH_TIME = frozenset({AlertKind.HOST_CPU, AlertKind.HOST_MEMORY})
_LEAST, _MOST = int(LOWEST_LIMIT), int(HIGHEST_LIMIT) - 1
_OVER, _PERCENT = say("Alerts", "over "), say("Alerts", " %")
_FOR, _MINUTES = say("Alerts", "for "), say("Alerts", " min")
_AT_ONCE = say("Alerts", "at once")
ON_DESKTOP = Check("alerts-on-desktop", say("Alerts", "Also as notifications of the desktop"))


def rule_fields(kind: AlertKind) -> dict[str, Field]:
    """What is asked of a rule, by the rule's attributes; how long it must last in minutes."""
    name, rule = f"alert-{kind.value}", alert_words.name(kind)
    # Numbers of a rule that is off say nothing.
    number = partial(Number, enabled=lambda answers: answers[name])
    fields: dict[str, Field] = {"enabled": Check(name, rule)}
    if kind.has_limit:
        label = say("Alerts", "{rule}: limit in per cent").format(rule=rule)
        limit = number(f"{name}-limit", label, before=_OVER, unit=_PERCENT, least=_LEAST, most=_MOST)
        fields["limit_percent"] = limit
    if kind in _WITH_TIME:
        label = say("Alerts", "{rule}: for how many minutes").format(rule=rule)
        time = number(
            f"{name}-minutes", label, before=_FOR, unit=_MINUTES, most=24 * 60, least_words=_AT_ONCE
        )
        fields["hold_s"] = time
    return fields


ALERTS = Command("alerts", say("Alerts", "Active alerts"), icon="bell", keys="Ctrl+Shift+L")
ALERT_SETTINGS = Command("alert-settings", say("Alerts", "Alerts…"), icon="settings", keys="Ctrl+Alt+L")

COMMANDS = (ALERTS, ALERT_SETTINGS)
