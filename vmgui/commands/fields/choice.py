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
    """`value` is the answer that it is: a str or an enum's member with one."""

    value: str | Enum
    label: Say | str
    hint: Say | str = ""  # what choosing it means

    @property
    def word(self) -> str:
        """As the command line has it."""
        return str(self.value.value if isinstance(self.value, Enum) else self.value)


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """Its answer is an option's value."""

    options: tuple[Option, ...] = ()

    def parse(self, text: str) -> str | Enum:
        """An option's word."""
        for option in self.options:
            if option.word == text:
                return option.value
        raise ValueError(f"{text[:40]!r} is none of {', '.join(option.word for option in self.options)}")

    def print(self, value: str | Enum) -> str:
        """Its option's word."""
        return next(option.word for option in self.options if option.value == value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As `one|another`."""
        Field.add_to(self, parser, **{"metavar": "|".join(option.word for option in self.options), **more})
