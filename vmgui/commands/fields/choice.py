"""One of several."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from enum import Enum
from typing import Any

from vmgui.commands.fields.field import Field
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is the answer that it is: a str, an enum's member with one, or what says by `str` what it is."""

    value: Any
    label: Say | str
    hint: Say | str = ""  # what choosing it means
    why_not: Say | str = ""  # why it cannot be chosen; empty: it can

    @property
    def word(self) -> str:
        """As the command line has it."""
        return str(self.value.value if isinstance(self.value, Enum) else self.value)


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """Its answer is an option's value."""

    options: tuple[Option, ...] = ()  # none: only what is asked about knows them
    is_long: bool = False  # so many that one types to find one

    def parse(self, text: str) -> Any:
        """An option's word; any, where the options are not known yet."""
        if not self.options:
            return text
        for option in self.options:
            if option.word == text:
                return option.value
        raise ValueError(f"{text[:40]!r} is none of {', '.join(option.word for option in self.options)}")

    def print(self, value: Any) -> str:
        """Its option's word."""
        return Option(value, "").word

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As `one|another`."""
        words = "|".join(option.word for option in self.options) or self.metavar
        Field.add_to(self, parser, **{"metavar": words, **more})
