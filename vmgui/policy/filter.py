"""The inventory's filter language: from what a person types to which machines match.

    web running          every word must be found: in the name, state, host, tags, folder, system, address or note
    state:running host:a tag:web   a field: its value begins with this (name, folder, os and note: contains it)
    is:protected         those that are protected, whatever their state
    host:a*  ip:10.0.*.5 a pattern for the whole value; `tag:*` is any tag, `-tag:*` none
    -web  -tag:test      not
    tag:web|db  web|db   one or the other
    "two words"          a phrase; after a field the whole value: tag:"web" is not tag:webmail

Nothing a person types is an error: what is not understood is searched for as plain text and `Query.hints` says so.
All comparing is done on casefolded text. State words are the caller's: English ones and those of the language shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from vmgui.model.domain import DomainState

MAX_TERMS = 32
MAX_CHARS = 500


class Facts(NamedTuple):
    """What is searched of one machine, all casefolded; several values of a field stand on lines of their own."""

    name: str = ""
    state: str = ""
    host: str = ""
    tag: str = ""
    folder: str = ""
    os: str = ""
    ip: str = ""
    mac: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """All of it, for plain words."""
        return "\n".join(part for part in self if part)


class HintKind(Enum):
    """What was not understood."""

    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_STATE = "unknown_state"
    UNFINISHED = "unfinished"  # a field without a value
    OPEN_QUOTE = "open_quote"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that was not understood, and the word it is about."""

    kind: HintKind
    word: str = ""


# What a person may call a field; the first of each is the one that is told of.
FIELDS: dict[str, str] = {
    "name": "name",
    "state": "state",
    "host": "host",
    "tag": "tag",
    "folder": "folder",
    "os": "os",
    "ip": "ip",
    "mac": "mac",
    "note": "note",
    "status": "state",
    "is": "state",
    "tags": "tag",
    "label": "tag",
    "address": "ip",
    "notes": "note",
}

STATE_WORDS: dict[DomainState, tuple[str, ...]] = {
    DomainState.UNKNOWN: ("unknown",),
    DomainState.RUNNING: ("running",),
    DomainState.BLOCKED: ("running",),
    DomainState.PAUSED: ("paused",),
    DomainState.SHUTTING_DOWN: ("shutting down",),
    DomainState.OFF: ("off", "shut off", "stopped"),
    DomainState.CRASHED: ("crashed",),
    DomainState.SUSPENDED: ("asleep", "suspended"),
    DomainState.SAVED: ("saved",),
}
"""What the states are called in English, whatever the language: a saved view works for every colleague."""

PROTECTED_WORD = "protected"
"""Likewise; it stands with the state."""

_CONTAINED = frozenset({"name", "folder", "os", "note"})
_POSITIONS = {name: position for position, name in enumerate(Facts._fields)}


@dataclass(frozen=True, slots=True)
class _Value:
    """One alternative of a term."""

    text: str
    quoted: bool = False

    @property
    def is_pattern(self) -> bool:
        return not self.quoted and ("*" in self.text or "?" in self.text)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query; `field` empty: searched everywhere."""

    field: str
    values: tuple[_Value, ...]
    negated: bool = False

    @property
    def is_plain_word(self) -> bool:
        """Whether it is nothing but a piece of text that must be found somewhere."""
        first, *others = self.values
        return not (self.field or self.negated or others or first.is_pattern)

    def test(self) -> Callable[[Facts], bool]:
        """Whether a machine matches."""
        tests = tuple(_test_of(self.field, value) for value in self.values)
        one = tests[0] if len(tests) == 1 else _any_of(tests)
        return _not(one) if self.negated else one

    def implies(self, other: Term) -> bool:
        """Whether all that match this match `other`; False where that is not plain to see."""
        if self == other:
            return True
        mine, *others = self.values
        if self.negated or other.negated or others:
            return False
        for value in other.values:
            if mine.is_pattern or value.is_pattern:
                continue
            if not other.field and not self.field and value.text in mine.text:
                return True
            if other.field != self.field or value.quoted or not self.field:
                continue
            if mine.text.startswith(value.text) or (self.field in _CONTAINED and value.text in mine.text):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed filter. Apply `words` (each must be in `Facts.text`) and then `tests`."""

    terms: tuple[Term, ...] = ()
    hints: tuple[Hint, ...] = ()
    words: tuple[str, ...] = ()
    tests: tuple[Callable[[Facts], bool], ...] = ()

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.terms)

    def matches(self, facts: Facts) -> bool:
        """Whether a machine is shown."""
        text = facts.text
        return all(word in text for word in self.words) and all(test(facts) for test in self.tests)

    def narrows(self, other: Query) -> bool:
        """Whether all that match this match `other`: then only those `other` shows need a look."""
        return all(any(mine.implies(term) for mine in self.terms) for term in other.terms)


NO_QUERY = Query()


def parse(text: str, state_words: Collection[str] = ()) -> Query:
    """What a person typed; `state_words`, casefolded, are what `state:` may begin."""
    hints: list[Hint] = []
    terms: list[Term] = []
    if len(text) > MAX_CHARS:
        hints.append(Hint(HintKind.TOO_LONG))
    for word in _words(text[:MAX_CHARS].casefold(), hints):
        if len(terms) >= MAX_TERMS:
            hints.append(Hint(HintKind.TOO_LONG))
            break
        term = _term(word, state_words, hints)
        if term is not None and term not in terms:
            terms.append(term)
    return Query(
        terms=tuple(terms),
        hints=tuple(dict.fromkeys(hints)),
        words=tuple(term.values[0].text for term in terms if term.is_plain_word),
        tests=tuple(term.test() for term in terms if not term.is_plain_word),
    )


_Piece = tuple[str, bool]
"""Some characters and whether they were quoted."""


def _words(text: str, hints: list[Hint]) -> list[list[_Piece]]:
    """Split at spaces outside of quotes."""
    words: list[list[_Piece]] = []
    word: list[_Piece] = []
    for number, part in enumerate(text.split('"')):
        if number % 2:
            word.append((part, True))
            continue
        for at, piece in enumerate(re.split(r"\s+", part)):
            if at and word:
                words.append(word)
                word = []
            if piece:
                word.append((piece, False))
    if word:
        words.append(word)
    if text.count('"') % 2:
        hints.append(Hint(HintKind.OPEN_QUOTE))
    return words


def _term(word: list[_Piece], state_words: Collection[str], hints: list[Hint]) -> Term | None:
    pieces = list(word)
    first, quoted = pieces[0]
    negated = not quoted and first.startswith("-")
    if negated:
        first = first[1:]
    field = ""
    if not quoted and ":" in first:
        name, _, rest = first.partition(":")
        if name in FIELDS:
            field, first = FIELDS[name], rest
        elif name.isalpha():
            hints.append(Hint(HintKind.UNKNOWN_FIELD, name))
    pieces[0] = (first, quoted)
    values = _values(pieces)
    if not values:
        if field:
            hints.append(Hint(HintKind.UNFINISHED, field))
        return None
    if field == "state" and state_words:
        unknown = [value.text for value in values if not _is_state(value, state_words)]
        if unknown:
            hints.append(Hint(HintKind.UNKNOWN_STATE, unknown[0]))
            if len(unknown) == len(values):
                plain = "".join(piece for piece, _ in word).removeprefix("-")
                return Term("", (_Value(plain, quoted=True),), negated)
    return Term(field, values, negated)


def _values(pieces: list[_Piece]) -> tuple[_Value, ...]:
    """The alternatives: split at "|" outside of quotes; empty ones are not there yet."""
    values: list[list[_Piece]] = [[]]
    for text, quoted in pieces:
        if quoted:
            values[-1].append((text, True))
            continue
        for at, part in enumerate(text.split("|")):
            if at:
                values.append([])
            if part:
                values[-1].append((part, False))
    found: dict[_Value, None] = {}
    for value in values:
        joined = "".join(part for part, _ in value)
        if joined:
            found[_Value(joined, all(quoted for _, quoted in value))] = None
    return tuple(found)


def _is_state(value: _Value, state_words: Collection[str]) -> bool:
    test = _one_of_lines("state", value)
    return any(test(word) for word in state_words)


# Tests. Each gets the text of one field, whose values stand on lines of their own.


def _test_of(field: str, value: _Value) -> Callable[[Facts], bool]:
    if not field:
        if value.is_pattern:
            found = re.compile(_pattern(f"*{value.text}*"), re.MULTILINE).search
            return lambda facts: found(facts.text) is not None
        text = value.text
        return lambda facts: text in facts.text
    position = _POSITIONS[field]
    test = _one_of_lines(field, value)
    return lambda facts: test(facts[position])


def _one_of_lines(field: str, value: _Value) -> Callable[[str], bool]:
    text = value.text
    if value.is_pattern:
        match = re.compile(_pattern(text), re.MULTILINE).search
        return lambda found: bool(found) and match(found) is not None
    if field == "note" or (field in _CONTAINED and not value.quoted):
        return lambda found: text in found
    if value.quoted:
        return lambda found: text == found or ("\n" in found and text in found.split("\n"))
    later = f"\n{text}"
    return lambda found: found.startswith(text) or later in found


def _pattern(text: str) -> str:
    """A glob as an expression for a whole line of a text, in time that only grows with the line's length.

    Each piece between two stars is taken where it is first found and never tried elsewhere (an atomic group):
    the earliest place leaves most room for the rest.
    """
    first, *rest = (_piece(part) for part in re.split(r"\*+", text))
    if not rest:
        return f"^{first}$"
    middle = "".join(rf"(?>[^\n]*?{part})" for part in rest[:-1] if part)
    return rf"^{first}{middle}[^\n]*{rest[-1]}$"


def _piece(text: str) -> str:
    return "".join(r"[^\n]" if character == "?" else re.escape(character) for character in text)


def _any_of(tests: tuple[Callable[[Facts], bool], ...]) -> Callable[[Facts], bool]:
    return lambda facts: any(test(facts) for test in tests)


def _not(test: Callable[[Facts], bool]) -> Callable[[Facts], bool]:
    return lambda facts: not test(facts)
