"""What changing a machine's hardware does, in plain text; names of others made visible, passwords never in it.

A reason is a clause that stands behind when something applies: "at the next start: it cannot change while the machine
runs". A note is a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from vmgui.model.edit import When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareChange,
    HardwarePlan,
    HardwareWhy,
    RemoveDevice,
    lateness,
)
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.words import quantities as fmt
from vmgui.words.device import device_title, kind_words
from vmgui.words.edits import WHEN
from vmgui.words.say import Say, say

translate = QCoreApplication.translate

Names = Callable[[HardwareChange], str]
"""What the value that changes is called in its form: "Link"; empty: no form has it."""

_REASONS: dict[HardwareWhy, Say] = {
    HardwareWhy.FIXED_WHILE_RUNNING: say("Hardware", "it cannot change while the machine runs"),
    HardwareWhy.NOT_PLUGGABLE: say("Hardware", "it cannot be added while the machine runs"),
    HardwareWhy.NOT_UNPLUGGABLE: say("Hardware", "it cannot be taken out while the machine runs"),
    HardwareWhy.PAUSED: say("Hardware", "the machine is paused and cannot let go of it: resume it first"),
    HardwareWhy.NO_FREE_PORT: say("Hardware", "the running machine has no free PCI port"),
    HardwareWhy.NO_CONTROLLER: say("Hardware", "the running machine has no {detail} controller"),
    HardwareWhy.NO_SHARED_MEMORY: say("Hardware", "the machine has no shared memory"),
    HardwareWhy.NEEDS_NEXT_START: say("Hardware", "it goes with a change that applies only then"),
    HardwareWhy.HOST_CANNOT_NOW: say("Hardware", "this host cannot do it while the machine runs"),
    HardwareWhy.ASKED: say("Hardware", "as you asked"),
    HardwareWhy.HAS_SAVED_STATE: say("Hardware", "the machine has a saved state, which keeps what it had"),
    HardwareWhy.HOST_CANNOT: say("Hardware", "this host does not have {detail}"),
    HardwareWhy.ONLY_ONE: say("Hardware", "the machine can have only one"),
    HardwareWhy.TARGET_TAKEN: say("Hardware", "another device is called {detail}"),
    HardwareWhy.BUILT_IN: say("Hardware", "every machine of this type has it"),
    HardwareWhy.IN_USE_BY: say("Hardware", "it is used by {detail}"),
    HardwareWhy.GONE: say("Hardware", "the device is not there any more"),
    HardwareWhy.NOT_RUNNING: say("Hardware", "the machine is not running"),
    HardwareWhy.TRANSIENT: say("Hardware", "the machine exists only while it runs"),
    HardwareWhy.MIGRATING: say("Hardware", "the machine is being migrated: wait for the migration"),
}
_OF_DEVICE: dict[HardwareWhy, Say] = {
    HardwareWhy.NOT_RUNNING: say("Hardware", "the running machine does not have it"),
    HardwareWhy.TRANSIENT: say("Hardware", "the machine has it only until it stops"),
}
_NEEDS_SPICE = say("Hardware", "it needs a SPICE display")
_HOST_CANNOT = say("Hardware", "this host cannot do it")

_NOTES: dict[HardwareWhy, Say] = {
    HardwareWhy.GUEST_LETS_GO: say("Hardware", "It stays until the guest lets go of it."),
    HardwareWhy.FILE_STAYS: say("Hardware", "{detail} stays on the host."),
    HardwareWhy.NO_MORE_BOOT: say("Hardware", "Then there is nothing left to start from."),
    HardwareWhy.NO_MORE_DISPLAY: say("Hardware", "Then the machine has no display."),
}
_CONTROLLERS = {"usb": "USB", "scsi": "SCSI", "virtio-serial": "VirtIO serial"}
_NUMBERED = re.compile(r"([a-z]+)-\d+")
_SECRET = re.compile(r"(^|[._])(password|passphrase|secret)$")
_MORE = 4


# Why and what else.


def reason_words(change: HardwareChange) -> str:
    """Why it applies later or never: a clause; empty: there is no reason to be told."""
    why, detail = change.why, change.detail
    if why is None:
        return ""
    if detail == "device" and why in _OF_DEVICE:
        return str(_OF_DEVICE[why])
    if why is HardwareWhy.NO_CONTROLLER and detail == "spice":
        return str(_NEEDS_SPICE)
    if why is HardwareWhy.HOST_CANNOT and not detail:
        return str(_HOST_CANNOT)
    if why is HardwareWhy.NO_CONTROLLER:
        detail = _CONTROLLERS.get(detail, detail)
    if why is HardwareWhy.IN_USE_BY:
        return _REASONS[why].format(detail=fmt.joined([_id_words(id_) for id_ in detail.split(", ")], _MORE))
    return _REASONS[why].format(detail=visible(detail)) if why in _REASONS else ""


def note_words(change: HardwareChange) -> list[str]:
    """What is to be known of it, a sentence each."""
    return [_NOTES[why].format(detail=visible(detail)) for why, detail in change.notes if why in _NOTES]


def why_sentence(change: HardwareChange) -> str:
    """Why it applies later or never, and what is to be known of it, in sentences; empty: nothing."""
    reason = reason_words(change)
    first = f"{reason[:1].upper()}{reason[1:]}." if reason else ""
    return " ".join(filter(None, (first, *note_words(change))))


def verdict_words(change: HardwareChange) -> str:
    """ "now", "at the next start: it cannot change while the machine runs", "impossible: the machine can have only one"."""
    if change.when is When.NOW and not change.saves:
        return translate("Hardware", "now, until the machine stops")
    reason = reason_words(change)
    if not reason:
        return str(WHEN[change.when])
    return translate("Hardware", "{when}: {reason}").format(when=WHEN[change.when], reason=reason)


# Plans.


def plan_words(plan: HardwarePlan, names: Names | None = None) -> str:
    """In one line: "2 changes: link now, model at the next start"; of one that is impossible, what of it is; empty: no
    change."""
    found = _merged(plan.changes, names)
    impossible = [name for name, changes in found if max(changes, key=lateness).when is When.IMPOSSIBLE]
    if impossible:
        text = translate("Hardware", "Not possible: {which}")
        return text.format(which=fmt.joined([in_sentence(name) for name in impossible], _MORE))
    if not found:
        return ""
    parts: list[str] = []
    for when in (When.NOW, When.NEXT_START):
        named = [in_sentence(name) for name, changes in found if max(changes, key=lateness).when is when]
        if named:
            parts.append(f"{fmt.joined(named, _MORE)} {WHEN[when]}")
    one, more = translate("Hardware", "1 change: {which}"), translate("Hardware", "{count} changes: {which}")
    return (one if len(found) == 1 else more).format(count=fmt.count(len(found)), which=", ".join(parts))


def plan_lines(plan: HardwarePlan, names: Names | None = None) -> list[str]:
    """A line for each change with what is to be known of it: "Link: the default → down, now."."""
    return [_line(name, changes) for name, changes in _merged(plan.changes, names)]


def change_name(change: HardwareChange, names: Names | None = None) -> str:
    """What changes: "Link", "Disk vdb", "Start with the host"."""
    match change.wish:
        case AddDevice(device):
            return device_title(_tag(device), device)
        case RemoveDevice():
            seen = change.wish.seen
            return device_title(seen.kind, seen.saved if seen.saved is not None else seen.live)
        case ChangeDevice() | ChangeMachine():
            return (names(change) if names is not None else "") or path_words(change.path)
        case _:
            return translate("Hardware", "Start with the host")


def path_words(path: str) -> str:
    """Of a value that no form names: "source.network" is "Network"."""
    last = path.rpartition(".")[2].replace("_", " ")
    return visible(f"{last[:1].upper()}{last[1:]}")


def _line(name: str, changes: list[HardwareChange]) -> str:
    change = max(changes, key=lateness)
    verdict = verdict_words(change)
    match change.wish:
        case AddDevice():
            text = translate("Hardware", "Add {device}, {verdict}.").format(device=name, verdict=verdict)
        case RemoveDevice():
            text = translate("Hardware", "Remove {device}, {verdict}.").format(device=name, verdict=verdict)
        case _ if len(changes) > 1:
            text = translate("Hardware", "{name}: changed, {verdict}.").format(name=name, verdict=verdict)
        case _:
            text = translate("Hardware", "{name}: {difference}, {verdict}.").format(
                name=name, difference=difference_words(change), verdict=verdict
            )
    notes = dict.fromkeys(note for one in changes for note in note_words(one))
    return " ".join((text, *notes))


def difference_words(change: HardwareChange) -> str:
    """ "virtio → e1000e"; of a password that it is changed."""
    if is_secret_path(change.path):
        return translate("Hardware", "changed")
    is_now = change.when is When.NOW or change.saved is None
    before = change.live if is_now and change.live is not None else change.saved
    first, then = plain_value(before), plain_value(change.to)
    return translate("Hardware", "changed") if first == then else f"{first} → {then}"


def is_secret_path(path: str) -> bool:
    """Whether what stands there is nobody's to read."""
    return _SECRET.search(path) is not None


def plain_value(value: Any) -> str:
    """A value of a device as a person reads it; of a part of it what it says, without its secrets."""
    if value is None or value in ("", ()):
        return str(say("Hardware", "the default"))
    if isinstance(value, bool):
        return str(say("Hardware", "on") if value else say("Hardware", "off"))
    if isinstance(value, tuple):
        return visible(", ".join(_part(one) for one in value), TEXT_CHARS)  # pyright: ignore[reportUnknownVariableType]
    if is_dataclass(value) and not isinstance(value, type):
        return visible(_part(value), TEXT_CHARS) or str(say("Hardware", "the default"))
    return visible(str(value))


# Parts.


def _part(value: Any) -> str:
    if not is_dataclass(value) or isinstance(value, type):
        return plain_value(value)
    kept = (getattr(value, one.name) for one in fields(value) if one.repr and not is_secret_path(one.name))
    return " ".join(_part(one) for one in kept if one not in (None, "", (), False))


def _merged(changes: Iterable[HardwareChange], names: Names | None) -> list[tuple[str, list[HardwareChange]]]:
    """Values of one wish that one field stands for are one change to a person."""
    found: dict[tuple[int, str], list[HardwareChange]] = {}
    for change in changes:
        found.setdefault((id(change.wish), change_name(change, names)), []).append(change)
    return [(name, of_name) for (_wish, name), of_name in found.items()]


def _id_words(id_: str) -> str:
    """ "rng-0" is nothing that a person knows it by."""
    numbered = _NUMBERED.fullmatch(id_)
    return in_sentence(kind_words(numbered[1])) if numbered is not None else visible(id_)


def _tag(device: object) -> str:
    """As libvirt calls the kind that a class of the model is: RngDevice is an `<rng>`."""
    return type(device).__name__.removesuffix("Device").lower()


def in_sentence(name: str) -> str:
    """Without the capital that a label begins with; an abbreviation keeps its own."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
