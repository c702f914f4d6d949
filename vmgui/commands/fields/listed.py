"""Several texts."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.field import Field
from vmgui.words.say import Say, say

_PIECE = re.compile(r",,|,|[^,]+")


@dataclass(frozen=True, slots=True)
class Listed(Field):
    """Its answer is a tuple of str, none of them empty; an option that may be given again and again.

    In one word they stand with commas between; ",," is a comma in one of them, which none but the first begins with.
    """

    most_chars: int = 0  # of one of them; 0: what takes it says
    check: Callable[[str], str] | None = None  # what is wrong with one of them, as a sentence; empty: nothing
    hint: Say | str = ""  # on screen, where each is a line: an example, while there is none
    lines: int = 4  # on screen, how many are seen at once

    def parse(self, text: str) -> tuple[str, ...]:
        """What stands between commas."""
        found = between_commas(text)
        if self.most_chars and any(len(item) > self.most_chars for item in found):
            raise ValueError(f"longer than {self.most_chars} characters")
        if bad := self.bad(found):
            raise ValueError(f"{bad[1][:40]!r}: {bad[2]}")
        return found

    def bad(self, items: tuple[str, ...]) -> tuple[int, str, str] | None:
        """The first that is no answer: its place from 1, itself, what is wrong with it."""
        for place, item in enumerate(items, 1):
            if self.most_chars and len(item) > self.most_chars:
                return (
                    place,
                    item,
                    say("Fields", "It is longer than {count} characters.").format(count=self.most_chars),
                )
            if self.check is not None and (why := self.check(item)):
                return place, item, why
        return None

    def print(self, value: tuple[str, ...]) -> str:
        """With commas between them."""
        return with_commas(value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """Repeatable."""
        Field.add_to(self, parser, **{"action": "extend", **more})


def between_commas(text: str) -> tuple[str, ...]:
    """What `with_commas` wrote."""
    items = [""]
    for piece in _PIECE.findall(text):
        if piece == ",":
            items.append("")
        else:
            items[-1] += "," if piece == ",," else piece
    return tuple(item for item in items if item)


def with_commas(items: Iterable[str]) -> str:
    """In one word."""
    return ",".join(item.replace(",", ",,") for item in items)
