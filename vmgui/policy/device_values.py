"""Values of a device, or of a machine, by their paths in its model: "link", "source.network", "boot.order"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")


def value_at(device: object, path: str) -> Any:
    """What stands there; where a part on the way is missing, what its class says of one that is empty."""
    part: Any = device
    for step in path.split("."):
        if part is None:
            return _absent(device, path)
        part = getattr(part, step)
    return part


def with_values(device: T, values: Iterable[tuple[str, object]]) -> T:
    """The same with these; a part that is missing on the way is made, one in which nothing is left is taken away."""
    for path, value in values:
        device = _with(device, path.split("."), value)
    return device


def _with(part: Any, steps: list[str], value: object) -> Any:
    step, rest = steps[0], steps[1:]
    if not rest:
        return replace(part, **{step: value})
    inner = getattr(part, step)
    kind = part_class(type(part), step)
    changed = _with(kind() if inner is None else inner, rest, value)
    may_be_none = inner is None or _is_optional(type(part), step)
    return replace(part, **{step: None if may_be_none and changed == kind() else changed})


def _absent(device: object, path: str) -> Any:
    kind: Any = type(device)
    *way, last = path.split(".")
    for step in way:
        kind = part_class(kind, step)
    return getattr(kind(), last)


@cache
def part_class(owner: type, name: str) -> Any:
    """The class of a part of a model: of `Boot | None` it is Boot."""
    hint = _hints(owner)[name]
    return (
        next(one for one in get_args(hint) if one is not type(None)) if isinstance(hint, UnionType) else hint
    )


@cache
def _is_optional(owner: type, name: str) -> bool:
    return type(None) in get_args(_hints(owner)[name])


@cache
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner)
