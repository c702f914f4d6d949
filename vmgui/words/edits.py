"""What settings of a machine are called, and what changing them does: in plain text, names of others made visible.

A reason is a clause that stands behind when something applies: "at the next start: the guest is paused",
"impossible: the maximum is 2 GiB". A note is a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject

from vmgui.model.edit import Change, Plan, Remedy, Setting, SettingKey, Value, When, Why
from vmgui.policy.plain_text import visible
from vmgui.policy.settings import RULES, Unit
from vmgui.words import quantities as fmt
from vmgui.words.say import Say, say

translate = QCoreApplication.translate

NAMES: dict[Setting, Say] = {
    Setting.VCPUS: say("Edits", "CPUs"),
    Setting.VCPUS_MAX: say("Edits", "Maximum CPUs"),
    Setting.MEMORY_KIB: say("Edits", "Memory"),
    Setting.MEMORY_MAX_KIB: say("Edits", "Maximum memory"),
    Setting.CPU_WEIGHT: say("Edits", "CPU weight"),
    Setting.CPU_LIMIT_PERCENT: say("Edits", "CPU limit"),
    Setting.DISK_BYTES: say("Edits", "Size"),
    Setting.TOTAL_BYTES_PER_S: say("Edits", "Total limit"),
    Setting.READ_BYTES_PER_S: say("Edits", "Read limit"),
    Setting.WRITE_BYTES_PER_S: say("Edits", "Write limit"),
    Setting.TOTAL_IOPS: say("Edits", "Total operations limit"),
    Setting.READ_IOPS: say("Edits", "Read operations limit"),
    Setting.WRITE_IOPS: say("Edits", "Write operations limit"),
    Setting.TOTAL_BYTES_PER_S_MAX: say("Edits", "Total burst"),
    Setting.READ_BYTES_PER_S_MAX: say("Edits", "Read burst"),
    Setting.WRITE_BYTES_PER_S_MAX: say("Edits", "Write burst"),
    Setting.TOTAL_IOPS_MAX: say("Edits", "Total operations burst"),
    Setting.READ_IOPS_MAX: say("Edits", "Read operations burst"),
    Setting.WRITE_IOPS_MAX: say("Edits", "Write operations burst"),
    Setting.IN_AVERAGE_KB_PER_S: say("Edits", "Incoming limit"),
    Setting.IN_PEAK_KB_PER_S: say("Edits", "Incoming peak"),
    Setting.IN_BURST_KIB: say("Edits", "Incoming burst"),
    Setting.OUT_AVERAGE_KB_PER_S: say("Edits", "Outgoing limit"),
    Setting.OUT_PEAK_KB_PER_S: say("Edits", "Outgoing peak"),
    Setting.OUT_BURST_KIB: say("Edits", "Outgoing burst"),
}

_REASONS: dict[Why, Say] = {
    Why.FIXED_WHILE_RUNNING: say("Edits", "it cannot change while the machine runs"),
    Why.NEEDS_AGENT: say("Edits", "only the guest agent takes CPUs out safely, and it does not answer"),
    Why.NO_BALLOON: say("Edits", "without a memory balloon the machine always has its maximum memory"),
    Why.HOST_CANNOT_NOW: say("Edits", "this host cannot do it while the machine runs"),
    Why.ABOVE_RUNNING_MAX: say("Edits", "it runs with a maximum of {figure}"),
    Why.PAUSED: say("Edits", "the guest is paused and cannot follow"),
    Why.ASKED: say("Edits", "as you asked"),
    Why.ABOVE_VCPUS_MAX: say("Edits", "the maximum is {figure}"),
    Why.ABOVE_MEMORY_MAX: say("Edits", "the maximum is {figure}"),
    Why.BELOW_VCPUS: say("Edits", "it starts with {figure}"),
    Why.BELOW_MEMORY: say("Edits", "it starts with {figure}"),
    Why.TOO_LITTLE: say("Edits", "the least is {figure}"),
    Why.TOO_MUCH: say("Edits", "the most is {figure}"),
    Why.MORE_THAN_HOST: say("Edits", "the host has {figure}"),
    Why.SHRINKS: say("Edits", "it has {figure}, and making it smaller would cut off data"),
    Why.READ_ONLY_DISK: say("Edits", "the disk is read-only"),
    Why.SIZE_UNKNOWN: say("Edits", "its present size cannot be read"),
    Why.NO_VOLUME: say(
        "Edits", "no storage pool can make it larger: that is possible only while the machine runs"
    ),
    Why.DEVICE_SIZE: say(
        "Edits", "it is a device that has {figure}: make that larger on the host first (lvextend)"
    ),
    Why.IN_USE: say("Edits", "another machine is running with it"),
    Why.NO_MEDIUM: say("Edits", "the drive is empty"),
    Why.HAS_SAVED_STATE: say("Edits", "the machine has a saved state, which keeps what it had"),
    Why.HAS_NUMA: say("Edits", "the NUMA nodes of the machine fix it"),
    Why.NOT_ON_HOST: say("Edits", "this host has no means for it"),
    Why.NOT_FOR_CARD: say("Edits", "a network card of this kind cannot be limited"),
    Why.TOTAL_AND_SINGLE: say("Edits", "a total limit excludes limits for reading and writing"),
    Why.BURST_BELOW_LIMIT: say("Edits", "bursts and peaks cannot be below the limit of {figure}"),
    Why.BURST_WITHOUT_LIMIT: say("Edits", "there is no limit that it could exceed: set one first"),
    Why.GONE: say("Edits", "the device is not there any more"),
    Why.ONLY_AT_ONCE: say("Edits", "a disk grows at once, not at the next start"),
    Why.NOT_RUNNING: say("Edits", "the machine is not running"),
    Why.TRANSIENT: say("Edits", "the machine exists only while it runs"),
    Why.MIGRATING: say("Edits", "the machine is being migrated: wait for the migration"),
}

_NOTES: dict[Why, Say] = {
    Why.OVERCOMMITS: say(
        "Edits", "The host has {figure} CPUs. More than that makes the machine slower, not faster."
    ),
    Why.GUEST_MUST_FOLLOW: say("Edits", "Make the partition and file system larger inside the guest."),
    Why.SHARED_GROUP: say("Edits", "All disks that share this limit change with it."),
    Why.TOPOLOGY_FOLLOWS: say("Edits", "The topology follows: sockets will be {figure}."),
    Why.STARVES: say("Edits", "The guest may stop programs for lack of memory."),
    Why.FOLLOWS: say("Edits", "It goes with another change."),
    Why.NOT_ON_HOST: say(
        "Edits", "Whether this host can do it is not known. If not, the machine will not start."
    ),
}

WHEN: dict[When, Say] = {
    When.NOW: say("Edits", "now"),
    When.NEXT_START: say("Edits", "at the next start"),
    When.IMPOSSIBLE: say("Edits", "impossible"),
}

_REMEDIES: dict[Remedy, Say] = {
    Remedy.RAISE_VCPUS_MAX: say("Edits", "Raise the maximum to {value}, at the next start"),
    Remedy.RAISE_MEMORY_MAX: say("Edits", "Raise the maximum to {value}, at the next start"),
    Remedy.LOWER_VCPUS: say("Edits", "Start with {value} instead"),
    Remedy.LOWER_MEMORY: say("Edits", "Start with {value} instead"),
    Remedy.START: say("Edits", "Start the machine"),
    Remedy.DISCARD_SAVED: say("Edits", "Discard the saved state…"),
}


class _Counted(QObject):
    """Plurals; a method's `self.tr` is where lupdate understands `%n`."""

    def changes(self, number: int, when: object, which: str) -> str:
        text = self.tr("%n change(s) {when}: {which}", "", number)
        return text.format(when=when, which=which)

    def kept(self, number: int, which: str) -> str:
        return self.tr("%n change(s) kept: {which}", "", number).format(which=which)


_counted = _Counted()


def key_words(key: SettingKey) -> str:
    """ "Memory", "Size of vda"."""
    name = str(NAMES[key.setting])
    if not key.of:
        return name
    return translate("Edits", "{setting} of {device}").format(setting=name, device=visible(key.of))


def value_words(setting: Setting, value: Value, *, exact: bool = False) -> str:
    """ "4 GiB", "50 %", "no limit"; `exact`: in its own unit, so that no two values read the same."""
    if value is None:
        return str(say("Edits", "default") if setting is Setting.CPU_WEIGHT else say("Edits", "no limit"))
    match RULES[setting].unit:
        case Unit.COUNT:
            return fmt.count(value)
        case Unit.PERCENT:
            return fmt.percent(value)
        case Unit.PER_S:
            return translate("Edits", "{number} IOPS").format(number=fmt.count(value))
        case Unit.KIB:
            return f"{fmt.count(value)} KiB" if exact else fmt.size_kib(value)
        case Unit.BYTES:
            return f"{fmt.count(value)} B" if exact else fmt.size_bytes(value)
        case Unit.BYTES_PER_S:
            return f"{fmt.count(value)} B/s" if exact else fmt.rate(value)
        case Unit.KB_PER_S:
            return f"{fmt.count(value)} kB/s" if exact else fmt.rate(value * 1000)


def difference_words(setting: Setting, before: Value, to: Value) -> str:
    """ "2 GiB → 4 GiB"."""
    exact = before != to and value_words(setting, before) == value_words(setting, to)
    return f"{value_words(setting, before, exact=exact)} → {value_words(setting, to, exact=exact)}"


def reason_words(change: Change) -> str:
    """Why it applies later or never: a clause; empty: there is no reason to be told."""
    return _with_figure(_REASONS[change.why], change, change.figure) if change.why is not None else ""


def verdict_words(change: Change) -> str:
    """ "now", "at the next start: the guest is paused and cannot follow", "impossible: the maximum is 2 GiB"."""
    if change.when is When.NOW and not change.saves:
        return translate("Edits", "now, until the machine stops")
    reason = reason_words(change)
    if not reason:
        return str(WHEN[change.when])
    return translate("Edits", "{when}: {reason}").format(when=WHEN[change.when], reason=reason)


def change_words(change: Change) -> str:
    """ "Memory: 2 GiB → 4 GiB, now"."""
    return translate("Edits", "{setting}: {difference}, {verdict}").format(
        setting=key_words(change.key),
        difference=difference_words(change.key.setting, change.before, change.to),
        verdict=verdict_words(change),
    )


def note_words(change: Change) -> list[str]:
    """What is to be known of it, a sentence each."""
    return [_with_figure(_NOTES[why], change, figure) for why, figure in change.notes]


def remedy_words(change: Change) -> str:
    """What would make it possible, as a button says it; empty: nothing would."""
    if change.remedy is None:
        return ""
    return _REMEDIES[change.remedy].format(value=value_words(change.key.setting, change.to))


def plan_lines(plan: Plan) -> list[str]:
    """Every change with what is to be known of it, a line each."""
    return [
        " ".join((f"{change_words(change)}.", *note_words(change))) for change in plan.changes
    ]  # fmt: skip


def plan_words(plan: Plan) -> str:
    """ "1 change now: memory; 2 at the next start: CPUs and maximum CPUs": what is done at once is never at the end that
    is cut off. Of one that is impossible, what of it is; empty: no change."""
    impossible = [change.key for change in plan.changes if change.when is When.IMPOSSIBLE]
    if impossible:
        return translate("Edits", "Not possible: {settings}").format(settings=keys_words(impossible))
    parts: list[str] = []
    for when in (When.NOW, When.NEXT_START):
        keys = [change.key for change in plan.changes if change.when is when]
        if keys and not parts:
            parts.append(_counted.changes(len(keys), WHEN[when], keys_words(keys)))
        elif keys:
            text = translate("Edits", "{count} {when}: {settings}")
            parts.append(text.format(count=len(keys), when=WHEN[when], settings=keys_words(keys)))
    return "; ".join(parts)


def kept_words(plan: Plan) -> str:
    """ "2 changes kept: memory and CPUs": nothing can be done with them at present; empty: no change."""
    keys = [change.key for change in plan.changes]
    return _counted.kept(len(keys), keys_words(keys)) if keys else ""


def keys_words(keys: Iterable[SettingKey]) -> str:
    """ "memory, CPUs and size of vda"."""
    return fmt.joined([_in_sentence(key_words(key)) for key in keys], 4)


def _with_figure(words: Say, change: Change, figure: int | None) -> str:
    return words.format(figure=value_words(change.key.setting, figure) if figure is not None else fmt.NONE)


def _in_sentence(name: str) -> str:
    """Without the capital that a label begins with; an abbreviation keeps its own."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
