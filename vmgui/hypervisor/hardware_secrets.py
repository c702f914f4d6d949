"""Passwords among what a person wants of hardware: stars stand for them in what is shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, fields, is_dataclass, replace
from typing import Any

from vmgui.libvirtxml.secrets_told import STARS
from vmgui.model.hardware import AddDevice, ChangeDevice, Wish
from vmgui.policy.device_values import part_class


def is_secret(device: object, path: str) -> bool:
    """Whether a password stands there: its model keeps it out of what is printed."""
    owner: Any = type(device)
    *way, last = path.split(".")
    for step in way:
        owner = part_class(owner, step)
    return any(one.name == last and _is_hidden(one) for one in fields(owner))


def starred(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """The same wishes, with stars where passwords stood."""
    return tuple(map(_starred_wish, wishes))


def without_secrets(value: Any) -> Any:
    """A device, or a part of one, with stars for its passwords."""
    if isinstance(value, tuple):
        return tuple(map(without_secrets, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for one in fields(value):
        now = getattr(value, one.name)
        shown = (STARS if now else now) if _is_hidden(one) else without_secrets(now)
        if shown is not now and shown != now:
            changed[one.name] = shown
    return replace(value, **changed) if changed else value


def _starred_wish(wish: Wish) -> Wish:
    """The very same where there is no password in it: plans are looked up by it."""
    match wish:
        case AddDevice():
            shown = AddDevice(without_secrets(wish.device), wish.volume)
        case ChangeDevice():
            shown = ChangeDevice(wish.id, tuple(_starred_value(wish, *one) for one in wish.values), wish.seen)
        case _:
            return wish
    return wish if shown == wish else shown


def _starred_value(wish: ChangeDevice, path: str, value: object) -> tuple[str, object]:
    device = wish.seen.saved if wish.seen.saved is not None else wish.seen.live
    if is_secret(device, path):
        return path, STARS if value else value
    return path, without_secrets(value)


def _is_hidden(one: Field[Any]) -> bool:
    return not one.repr
