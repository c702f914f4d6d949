"""The letters that choose a menu's entries: one of its own for each, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DECLARED = re.compile(r"(?<!&)(?:&&)*&([^&])")


def with_letters(texts: Sequence[str]) -> list[str]:
    """The texts with an "&" before a letter that no other has; without where none is left.

    One that has an "&" already keeps it; "&&" is a sign like any other.
    """
    taken: dict[str, int] = {}
    places: dict[int, int] = {}

    def choose(number: int, tried: set[str]) -> bool:
        found = [(text_at, letter) for text_at, letter in _candidates(texts[number]) if letter not in tried]
        # Who is asked to give way to another is, if need be, given one of its later letters.
        for is_free in (True, False):
            for text_at, letter in found:
                if (letter not in taken) is not is_free or letter in tried:
                    continue
                tried.add(letter)
                if is_free or choose(taken[letter], tried):
                    taken[letter], places[number] = number, text_at
                    return True
        return False

    for number in sorted(range(len(texts)), key=lambda number: _DECLARED.search(texts[number]) is None):
        choose(number, set())
    return [
        text if _DECLARED.search(text) or (at := places.get(number)) is None else f"{text[:at]}&{text[at:]}"
        for number, text in enumerate(texts)
    ]


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """Where a letter may be marked: the declared one, else first letters of words before others."""
    declared = _DECLARED.search(text)
    if declared is not None:
        yield declared.start(1), declared[1].casefold()
        return
    letters = [at for at, sign in enumerate(text) if sign.isascii() and sign.isalnum()]
    for at in sorted(letters, key=lambda at: at > 0 and text[at - 1].isalnum()):
        yield at, text[at].casefold()
