"""A machine's resources as a form: what is asked, what an answer wishes for, what is said of it. Pure.

A field shows what the machine will have after its next start; where nothing is kept of it, what it has now. Where the
two differ the mark under the field says so. Only what a person answers otherwise is a wish: what others change
meanwhile shows in the fields that nobody touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vmgui.commands.fields import Amount, Answers, Capacity, Field, Limit, LimitUnit, Quantity, Sentence
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.edit import (
    CardFacts,
    Change,
    DiskFacts,
    EditedMachine,
    Plan,
    Remedy,
    Setting,
    SettingKey,
    Value,
    Values,
    When,
    Why,
)  # fmt: skip
from vmgui.model.units import GIB, KIB_PER_GIB, KIB_PER_MIB
from vmgui.policy import edit, edit_pending
from vmgui.policy.plain_text import visible
from vmgui.policy.settings import CARDS_WITH_BANDWIDTH, RULES, Owner, Unit
from vmgui.words import edits as words
from vmgui.words import quantities as fmt
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

PLACE = "resources"
AMOUNTS = (Setting.VCPUS, Setting.VCPUS_MAX, Setting.MEMORY_KIB, Setting.MEMORY_MAX_KIB)
SHARES = (Setting.CPU_WEIGHT, Setting.CPU_LIMIT_PERCENT)
DISK_LIMITS = (
    Setting.READ_BYTES_PER_S,
    Setting.READ_BYTES_PER_S_MAX,
    Setting.WRITE_BYTES_PER_S,
    Setting.WRITE_BYTES_PER_S_MAX,
    Setting.TOTAL_BYTES_PER_S,
    Setting.TOTAL_BYTES_PER_S_MAX,
    Setting.READ_IOPS,
    Setting.READ_IOPS_MAX,
    Setting.WRITE_IOPS,
    Setting.WRITE_IOPS_MAX,
    Setting.TOTAL_IOPS,
    Setting.TOTAL_IOPS_MAX,
)
"""A burst stands under the limit that it is a burst of."""
CARD_LIMITS = tuple(setting for setting, rules in RULES.items() if rules.owner is Owner.CARD)

_QUANTITIES = {
    Unit.COUNT: Quantity.COUNT,
    Unit.KIB: Quantity.MEMORY_KIB,
    Unit.BYTES: Quantity.DISK_BYTES,
}
CHIPS = tuple(words.WHEN.values())
_TONES = {When.NOW: Level.GOOD, When.NEXT_START: Level.INFO, When.IMPOSSIBLE: Level.ERROR}
_UNKNOWN_HOST_KIB = 64 * KIB_PER_GIB
_GROWS_BYTES = 64 * GIB
"""A disk's slider goes so far, or to four times its size: what its place has left is not known."""


_WARNED = frozenset({Why.OVERCOMMITS, Why.SHARED_GROUP, Why.GUEST_MUST_FOLLOW, Why.STARVES})
_DISKS_SEEN = 6
_LEAST_KIB = 64 * KIB_PER_MIB
_MOST_VCPUS = 64


@dataclass(frozen=True, slots=True)
class HostUse:
    """What the other machines of a host that run have of it."""

    vcpus: int = 0
    memory_kib: int = 0


def host_use(domains: Iterable[Domain], key: DomainKey) -> HostUse:
    """`domains`: all of that host."""
    others = [domain for domain in domains if domain.state.is_active and domain.key != key]
    return HostUse(sum(one.vcpus for one in others), sum(one.memory_kib for one in others))


# Fields and answers.


def name_of(key: SettingKey) -> str:
    """The field's name: as the log and the command line call the setting."""
    return str(key)


def key_of(name: str) -> SettingKey:
    """Whose field has this name."""
    of, _, setting = name.rpartition(":")
    return SettingKey(Setting(setting), of)


def shown(machine: EditedMachine, key: SettingKey) -> Value:
    """What its field shows while nobody answered it."""
    if key.setting is Setting.DISK_BYTES:
        return next((disk.size_bytes for disk in machine.disks if disk.target == key.of), None)
    if machine.saved is not None and key in machine.saved:
        return machine.saved[key]
    return machine.value(key)


def amounts(machine: EditedMachine) -> list[SettingKey]:
    """What is chosen on sliders: of the machine, and the sizes of the disks that can grow."""
    found = [SettingKey(setting) for setting in AMOUNTS]
    found += [
        SettingKey(Setting.DISK_BYTES, disk.target) for disk in _disks(machine) if not disk.is_read_only
    ]
    return [key for key in found if shown(machine, key) is not None]


def _has_many(machine: EditedMachine) -> bool:
    return sum(bool(key.of) for key in amounts(machine)) > _DISKS_SEEN


def keys(machine: EditedMachine) -> list[SettingKey]:
    """All that the form asks for, in its order."""
    found = amounts(machine) + [SettingKey(setting) for setting in SHARES]
    found += [SettingKey(setting, disk.target) for disk in _disks(machine) for setting in DISK_LIMITS]
    return found + [SettingKey(setting, card.mac) for card in _cards(machine) for setting in CARD_LIMITS]


def truth(machine: EditedMachine) -> Answers:
    """What the form shows while nobody answered anything."""
    return {name_of(key): shown(machine, key) for key in keys(machine)}


def wishes(machine: EditedMachine, answers: Answers) -> Values:
    """What these answers wish to be otherwise."""
    asked = ((key, name_of(key)) for key in keys(machine))
    return {
        key: answers[name] for key, name in asked if name in answers and answers[name] != shown(machine, key)
    }


def answers_of(values: Values) -> Answers:
    """The answers that wish for these."""
    return {name_of(key): value for key, value in values.items()}


def _disks(machine: EditedMachine) -> list[DiskFacts]:
    """No drives for media."""
    return [disk for disk in machine.disks if disk.device not in ("cdrom", "floppy")]


def _cards(machine: EditedMachine) -> list[CardFacts]:
    return [card for card in machine.cards if card.kind in CARDS_WITH_BANDWIDTH]


@dataclass(frozen=True, slots=True)
class Part:
    """What is rarely needed, folded away under its title. `of`: the disk or card that its fields are about."""

    name: str
    title: Say | str
    of: str
    fields: tuple[Field, ...]


def sliders(machine: EditedMachine) -> tuple[Amount, ...]:
    """What is seen at once; the sizes of many disks would push everything else away."""
    return tuple(_amount(key) for key in amounts(machine) if not (key.of and _has_many(machine)))


def parts(machine: EditedMachine) -> tuple[Part, ...]:
    """What is folded away."""
    found: list[Part] = []
    if _has_many(machine):
        sizes = tuple(_amount(key) for key in amounts(machine) if key.of)
        found.append(Part("disk-sizes", say("Resources", "Sizes of the disks"), "", sizes))
    found.append(
        _part("cpu-share", say("Resources", "CPU weight and limit"), "", SHARES, _of_shares(machine))
    )
    for disk in _disks(machine):
        title = say("Resources", "Limits of {disk}").format(disk=visible(disk.target))
        found.append(
            _part(f"disk-{disk.target}", _with(title, disk.source), disk.target, DISK_LIMITS, _OF_DISK)
        )
    for card in machine.cards:
        title = _with(say("Resources", "Limits of network card {mac}").format(mac=card.mac), card.source)
        name = f"card-{card.mac}"
        if card.kind in CARDS_WITH_BANDWIDTH:
            found.append(_part(name, title, card.mac, CARD_LIMITS, _OF_CARD))
        else:
            found.append(Part(name, title, card.mac, (Sentence(f"{name}-why", _NO_LIMITS),)))
    return tuple(found)


_NO_LIMIT = say("Resources", "No limit")
_NOT_KEPT = say("Resources", "This machine exists only while it runs: the change is lost when it stops.")
_DEFAULT = say("Resources", "Default")
_NO_LIMITS = say("Resources", "A network card of this kind cannot be limited.")
_OF_DISK = say(
    "Resources",
    "Limit reading and writing apart, or their total: not both. A burst may go beyond its limit for a short time.",
)
_OF_CARD = say(
    "Resources",
    "The limit holds on average. A burst is how much may go through faster, and the peak how fast that may be.",
)


def _of_shares(machine: EditedMachine) -> str:
    """Control groups of version 1 and 2 count weights otherwise."""
    weights = edit.weights_of(machine)
    return say(
        "Resources",
        "The weight counts while processors are scarce: twice as much gets twice the time ({least} to {most}, "
        "by default {default}). The limit is for each CPU: 100 % is all of one processor.",
    ).format(least=fmt.count(weights.least), most=fmt.count(weights.most), default=fmt.count(weights.default))


def _with(title: str, source: str) -> str:
    """A file is known by the end of its path."""
    end = source.rstrip("/").rpartition("/")[2]
    return f"{title} ({visible(end)})" if end else title


def _amount(key: SettingKey) -> Amount:
    label = words.key_words(key) if key.of else words.NAMES[key.setting]
    return Amount(name_of(key), label, quantity=_QUANTITIES[RULES[key.setting].unit])


def _part(name: str, title: Say | str, of: str, settings: Iterable[Setting], about: Say | str) -> Part:
    """`about`: what its fields ask for, said over them."""
    limits = (_limit(SettingKey(setting, of)) for setting in settings)
    return Part(name, title, of, (Sentence(f"{name}-about", about), *limits))


def _limit(key: SettingKey) -> Limit:
    rules = RULES[key.setting]
    base = SettingKey(rules.base, key.of) if rules.base is not None else None
    is_asked = _HasAnswer((name_of(base), name_of(key))) if base is not None else None
    none = _DEFAULT if key.setting is Setting.CPU_WEIGHT else _NO_LIMIT
    unit = LimitUnit(rules.unit.value)
    return Limit(name_of(key), words.NAMES[key.setting], unit=unit, none_words=none, shown=is_asked)


@dataclass(frozen=True, slots=True)
class _HasAnswer:
    """A burst is asked for where there is a limit, or one without. As data: two forms of the same machine are equal."""

    names: tuple[str, ...]

    def __call__(self, answers: Answers) -> bool:
        return any(answers.get(name) is not None for name in self.names)


def offers(machine: EditedMachine, use: HostUse) -> Mapping[str, Capacity]:
    """What the sliders go to, by the fields' names."""
    return {name_of(key): _capacity(machine, key, use) for key in amounts(machine)}


def _capacity(machine: EditedMachine, key: SettingKey, use: HostUse) -> Capacity:
    """Up to more than what is possible now: what stands in the way is said, with what would help."""
    value, host = shown(machine, key) or 0, machine.host
    others = str(say("Resources", "given to others"))
    cpus, memory_kib = host.cpus or 0, host.memory_kib or 0
    match key.setting:
        case Setting.VCPUS:
            most = max(cpus, shown(machine, SettingKey(Setting.VCPUS_MAX)) or 0, value)
            return Capacity(1, most, cpus, min(use.vcpus, cpus), others_words=others)
        case Setting.VCPUS_MAX:
            return Capacity(1, max(min(host.vcpus_most or _MOST_VCPUS, 2 * cpus or _MOST_VCPUS), value))
        case Setting.MEMORY_KIB | Setting.MEMORY_MAX_KIB:
            least, most = min(_LEAST_KIB, value), max(memory_kib or _UNKNOWN_HOST_KIB, value)
            if key.setting is Setting.MEMORY_MAX_KIB:
                return Capacity(least, most)
            return Capacity(least, most, memory_kib, min(use.memory_kib, memory_kib), others_words=others)
        case _:
            return Capacity(value, max(4 * value, value + _GROWS_BYTES))


# What is said of the answers.


def judge(plan: Plan) -> list[Note]:
    """Under each field why it applies later or never, what helps, and what is to be known of it."""
    return [note for change in plan.changes if (note := _note(change)) is not None]


def _note(change: Change) -> Note | None:
    said = [_sentence(words.reason_words(change)), *words.note_words(change)]
    if change.when is When.NOW and not change.saves:
        said.append(str(_NOT_KEPT))
    text = " ".join(filter(None, said))
    if not text:
        return None
    level = Level.WARNING if any(why in _WARNED for why, _ in change.notes) else Level.INFO
    if change.when is When.IMPOSSIBLE:
        level = Level.ERROR
    return Note(name_of(change.key), text, level, words.remedy_words(change))


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}." if clause else ""


def mended(machine: EditedMachine, answers: Answers, name: str) -> Answers | Remedy | None:
    """What the button of this field's note leads to: other answers, or what is to be done with the machine."""
    asked = wishes(machine, answers)
    key = key_of(name)
    change = next((change for change in edit.plan(machine, asked).changes if change.key == key), None)
    if change is None or change.remedy is None:
        return None
    if change.remedy in (Remedy.START, Remedy.DISCARD_SAVED):
        return change.remedy
    return answers_of(edit.remedied(machine, asked, change.remedy, key))


def marks(machine: EditedMachine, plan: Plan) -> list[Mark]:
    """Beside each field when its change applies, and under it where what is so now differs from what will be."""
    changes = {change.key: change for change in plan.changes}
    waiting = edit_pending.pending(machine)
    found: list[Mark] = []
    for key in dict.fromkeys((*waiting, *changes)):
        when = changes[key].when if key in changes else When.NEXT_START
        pending = pending_words(machine, key) if key in waiting else ""
        # What is answered already is not taken back, but answered otherwise.
        can_revert = key in waiting and key not in changes
        can_hasten = can_revert and bool(edit_pending.hastened(machine, key))
        found.append(Mark(name_of(key), words.WHEN[when], _TONES[when], pending, can_revert, can_hasten))
    return found


def pending_words(machine: EditedMachine, key: SettingKey) -> str:
    """ "Now 2 GiB, after the next start 4 GiB"."""
    live, saved = ((values or {}).get(key) for values in (machine.live, machine.saved))
    exact = words.value_words(key.setting, live) == words.value_words(key.setting, saved)
    now, then = (words.value_words(key.setting, value, exact=exact) for value in (live, saved))
    return say("Resources", "Now {now}, after the next start {then}").format(now=now, then=then)


def overtaken(before: EditedMachine, machine: EditedMachine, name: str) -> str:
    """What this field's setting was changed to since: "memory (now 3 GiB)"; empty: nobody changed it."""
    key = key_of(name)
    if not edit.overtaken(edit.base(before, (key,)), machine):
        return ""
    return say("Resources", "{setting} (now {value})").format(
        setting=words.keys_words((key,)),
        value=words.value_words(key.setting, _what_changed(before, machine, key)),
    )


def _what_changed(before: EditedMachine, machine: EditedMachine, key: SettingKey) -> Value:
    """What is kept of it, unless that is as it was."""
    value = shown(machine, key)
    return machine.value(key) if value == shown(before, key) else value
