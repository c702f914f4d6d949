"""What the limits of disks and cards hang together with: bursts with limits, totals with parts, disks in groups. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from vmgui.model.edit import EditedMachine, SettingKey, Value, Values, Why
from vmgui.policy.edit_calls import DISK_PARAMETERS, group_of
from vmgui.policy.settings import CARDS_WITH_BANDWIDTH, RULES, Owner


def shared_with(machine: EditedMachine, target: str) -> tuple[str, ...]:
    """The disks of a disk's group, the present one's and that of the next start's."""
    both = (*group_of(machine, target, saved=False), *group_of(machine, target, saved=True))
    return tuple(dict.fromkeys(both))


def judged(
    machine: EditedMachine, asked: Values, live: Values | None, saved: Values | None
) -> tuple[Values | None, Values | None]:
    """What the wishes are for, now and after the next start: a disk follows others only where it is in their group."""

    def follow(is_saved: bool) -> set[SettingKey]:
        disks = [key for key in asked if key.setting in DISK_PARAMETERS]
        others = {
            SettingKey(key.setting, target)
            for key in disks
            for target in group_of(machine, key.of, saved=is_saved)
        }
        return others - asked.keys()

    now, then = follow(False), follow(True)
    return _without(live, then - now, asked), _without(saved, now - then, asked)


def _without(values: Values | None, keys: set[SettingKey], asked: Values) -> Values | None:
    if values is None or not keys:
        return values
    bursts = {
        SettingKey(setting, key.of)
        for key in keys
        for setting, rules in RULES.items()
        if rules.base is key.setting
    }
    out = keys | (bursts - asked.keys())
    return {key: value for key, value in values.items() if key not in out}


def with_followers(
    machine: EditedMachine, asked: Values, scopes: Sequence[Values]
) -> dict[SettingKey, Value]:
    """What is asked, and what must follow it: the other disks of a group, the bursts of limits that go.

    `scopes`: the values, live and saved, that the wishes are for.
    """
    wishes = dict(asked)

    def follow(key: SettingKey, to: Value) -> None:
        if key not in wishes and any(key in values for values in scopes):
            wishes[key] = to

    for key, to in asked.items():
        if key.setting in DISK_PARAMETERS:
            # QEMU refuses a group whose disks have other limits each.
            for target in shared_with(machine, key.of):
                follow(SettingKey(key.setting, target), to)
    for key in [key for key, to in wishes.items() if to is None]:
        for setting, rules in RULES.items():
            burst = SettingKey(setting, key.of)
            if rules.base is key.setting and any(values.get(burst) for values in scopes):
                follow(burst, None)
    return wishes


def can_be_limited(machine: EditedMachine, mac: str) -> bool:
    """Whether a card is of a kind that can."""
    return any(card.mac == mac and card.kind in CARDS_WITH_BANDWIDTH for card in machine.cards)


def why_not_together(
    machine: EditedMachine, asked: Values, wishes: Values, scopes: Sequence[Values], key: SettingKey
) -> tuple[Why | None, int | None]:
    """Why a limit cannot be beside what else will be there, now or after the next start: both are judged."""
    if key.setting in DISK_PARAMETERS:
        others = (SettingKey(key.setting, target) for target in shared_with(machine, key.of))
        if len({asked.get(other, wishes[key]) for other in others}) > 1:
            return Why.SHARED_GROUP, None
    for values in scopes:
        if key in values:
            why, figure = _why_not_beside({**values, **wishes}, key)
            if why is not None:
                return why, figure
    return None, None


def keeps_burst(wishes: Values, scopes: Sequence[Values], key: SettingKey) -> bool:
    """Whether a limit that goes leaves a burst or peak behind: no machine starts with one alone."""
    bursts = [SettingKey(setting, key.of) for setting, rules in RULES.items() if rules.base is key.setting]
    return any({**values, **wishes}.get(burst) for values in scopes if key in values for burst in bursts)


def at_odds(values: Values) -> frozenset[SettingKey]:
    """The limits that cannot be beside the others of a definition."""
    return frozenset(
        key
        for key, value in values.items()
        if value and RULES[key.setting].owner is not Owner.MACHINE and _why_not_beside(values, key)[0]
    )


def _why_not_beside(after: Values, key: SettingKey) -> tuple[Why | None, int | None]:
    rules, to = RULES[key.setting], after[key] or 0
    if any(after.get(SettingKey(other, key.of)) for other in rules.excludes):
        return Why.TOTAL_AND_SINGLE, None
    if rules.base is not None:
        limit = after.get(SettingKey(rules.base, key.of))
        if not limit:
            return Why.BURST_WITHOUT_LIMIT, None
        # What a card may send in one go is no rate.
        if RULES[rules.base].unit is rules.unit and to < limit:
            return Why.BURST_BELOW_LIMIT, limit
    for other, of_other in RULES.items():
        if of_other.base is key.setting and of_other.unit is rules.unit:
            burst = after.get(SettingKey(other, key.of))
            if burst and burst < to:
                return Why.BURST_BELOW_LIMIT, to
    return None, None
