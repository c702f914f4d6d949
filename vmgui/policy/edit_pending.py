"""What of a machine will be otherwise after its next start: the way back from that, and the way there at once. Pure."""

from __future__ import annotations

from vmgui.model.edit import EditedMachine, Reach, Setting, SettingKey, Values
from vmgui.policy.edit import COUNTS, MAXIMUMS, plan
from vmgui.policy.edit_calls import is_so
from vmgui.policy.settings import RULES


def pending(machine: EditedMachine) -> tuple[SettingKey, ...]:
    """The settings that will be others after the next start; none of disks and cards that come or go with it."""
    live, saved = machine.live, machine.saved
    if live is None or saved is None:
        return ()
    return tuple(key for key in live if key in saved and not is_so(machine, key, live[key], saved[key]))


def reverted(machine: EditedMachine, key: SettingKey) -> Values:
    """The wishes, for the next start, that make the saved value what it is now; with what must go back with it."""
    return _brought(machine, key, machine.live, Reach.NEXT_START)


def hastened(machine: EditedMachine, key: SettingKey) -> Values:
    """The wishes, for now, that make what is so now the saved value; with what must come with it. Empty: it must wait."""
    if key not in pending(machine):
        return {}
    wishes = _brought(machine, key, machine.saved, Reach.NOW)
    return wishes if plan(machine, wishes, Reach.NOW).is_possible else {}


def _brought(machine: EditedMachine, key: SettingKey, to: Values | None, reach: Reach) -> Values:
    """A pending setting as it is there; and, where that is impossible alone, all pending ones that hang together with it."""
    if to is None or key not in to:
        return {}
    wishes = {key: to[key]}
    if not plan(machine, wishes, reach).is_possible:
        others = pending(machine)
        waiting = [key.setting]
        while waiting:
            for setting in _linked(waiting.pop()):
                other = SettingKey(setting, key.of)
                if other in others and other not in wishes:
                    wishes[other] = to[other]
                    waiting.append(setting)
    return wishes


def _linked(setting: Setting) -> set[Setting]:
    """What is judged together with it."""
    rules = RULES[setting]
    found = {other for other, of_other in RULES.items() if of_other.base is setting}
    found |= {*rules.excludes, *({rules.base} if rules.base else ())}
    return found | {other for pairs in (MAXIMUMS, COUNTS) if (other := pairs.get(setting)) is not None}
