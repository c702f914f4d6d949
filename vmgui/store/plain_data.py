"""Frozen dataclasses as plain data (what JSON knows) and back, by their own annotations.

Values that equal their default are left out, unknown ones are ignored, missing ones get their default: a file of
an older or newer program is read as far as it goes. What a field's type says is checked; nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_MISSING = object()


class NotPlain(ValueError):
    """The data does not fit the class."""


class _Unknown(TypeError):
    """A type this file does not know: the field is left to its default."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    default: object
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def to_plain(thing: Any) -> dict[str, Any]:
    """The fields of a dataclass as a dict for JSON."""
    plain: dict[str, Any] = {}
    for known in _fields(type(thing)):
        value = getattr(thing, known.name)
        if value != known.default:
            plain[known.name] = known.write(value)
    return plain


def from_plain(kind: type[T], plain: object) -> T:
    """A `kind` with those fields; raises NotPlain where they do not fit."""
    if not isinstance(plain, dict):
        raise NotPlain(f"{kind.__name__}: not an object")
    values: dict[str, Any] = {}
    for known in _fields(kind):
        value = plain.get(known.name, _MISSING)
        if value is not _MISSING:
            values[known.name] = known.read(value)
    try:
        return kind(**values)
    except TypeError as error:
        raise NotPlain(str(error)) from None


@lru_cache(maxsize=64)
def _fields(kind: type) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    known: list[_Field] = []
    for field in dataclasses.fields(kind):
        try:
            write, read = _codec(hints[field.name])
        except _Unknown:
            continue
        default: object = field.default
        if default is dataclasses.MISSING:
            factory = field.default_factory
            default = factory() if factory is not dataclasses.MISSING else _MISSING
        known.append(_Field(field.name, default, write, read))
    return tuple(known)


Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
"""How a value is written and read."""


def _codec(hint: Any) -> Codec:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) != 1 or len(inner) == len(arguments):
            raise _Unknown(hint)
        return _optional(_codec(inner[0]))
    if origin in (tuple, frozenset):
        if (len(arguments) == 2 and arguments[1] is Ellipsis) or origin is frozenset:
            return _many(origin, _codec(arguments[0]))
        return _few(tuple(_codec(argument) for argument in arguments))
    if not isinstance(hint, type):
        raise _Unknown(hint)
    if issubclass(hint, Enum):
        return (lambda value: value.value), _enum_reader(hint)
    if dataclasses.is_dataclass(hint):
        return to_plain, lambda plain: from_plain(hint, plain)
    if hint in (str, int, bool, float):
        return _same, _checked(hint)
    raise _Unknown(hint)


def _same(value: Any) -> Any:
    return value


def _checked(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        # True is an int to Python, and JSON writes 1.0 as 1.
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            raise NotPlain(f"not a {kind.__name__}: {str(value)[:40]!r}")
        return value

    return read


def _enum_reader(kind: type[Enum]) -> Callable[[Any], Any]:
    values = {member.value: member for member in kind}

    def read(value: Any) -> Any:
        try:
            return values[value]
        except (KeyError, TypeError):
            raise NotPlain(f"no {kind.__name__}: {str(value)[:40]!r}") from None

    return read


def _optional(inner: Codec) -> Codec:
    write, read = inner
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotPlain("not a list")
    return value


def _many(kind: Callable[[Any], Any], inner: Codec) -> Codec:
    write, read = inner
    return (
        lambda values: [write(value) for value in values],
        lambda plain: kind(read(value) for value in _listed(plain)),
    )


def _few(inner: tuple[Codec, ...]) -> Codec:
    def read(plain: Any) -> Any:
        if len(_listed(plain)) != len(inner):
            raise NotPlain("not as many as there must be")
        return tuple(codec[1](value) for codec, value in zip(inner, plain, strict=True))

    return lambda values: [codec[0](value) for codec, value in zip(inner, values, strict=True)], read
