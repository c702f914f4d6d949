"""Some of several, in an order."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.choice import Option
from vmgui.commands.fields.field import Field
from vmgui.commands.fields.listed import between_commas, with_commas
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Ordered(Field):
    """Its answer is a tuple of options' values, the first one first; those that are left out are not chosen.

    On the command line their words with commas between, "" for none.
    """

    options: tuple[Option, ...] = ()  # none: only what is asked about knows them
    hint: Say | str = ""  # what the order means; stands under it

    def parse(self, text: str) -> tuple[Any, ...]:
        """Each at most once; any words, where the options are not known yet."""
        words = between_commas(text)
        if len(set(words)) < len(words):
            raise ValueError(f"{text[:40]!r} has one of them twice")
        if not self.options:
            return words
        known = {option.word: option.value for option in self.options}
        for word in words:
            if word not in known:
                raise ValueError(f"{word[:40]!r} is none of {', '.join(known)}")
        return tuple(known[word] for word in words)

    def print(self, value: tuple[Any, ...]) -> str:
        """With commas between them."""
        return with_commas(Option(one, "").word for one in value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As `one,another`."""
        Field.add_to(self, parser, **{"metavar": self.metavar or "A,B", **more})
