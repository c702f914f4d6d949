"""What all kinds of fields have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vmgui.words.say import Say

Answers = Mapping[str, Any]
"""What a person answered, by the names of the fields."""

When = Callable[[Answers], bool]
"""Whether something is so with these answers."""


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is its answer's name, its option on the command line ("--folder") and the end of its widget's objectName.

    A kind's `parse` reads what `print` writes; an optional one without an answer is None.
    """

    name: str
    label: Say | str  # a str: words of others, or of no language; "&" in a Say marks the key
    metavar: str = ""
    positional: bool = False  # on the command line: after the machines, without an option's name
    option: str = ""  # its option on the command line where that is not its name
    help: Say | str = ""  # what the command line says of it where that is not its label
    # In a form:
    folded: bool = False  # rarely needed: seen when the form is unfolded
    shown: When | None = None  # None: always
    enabled: When | None = None  # None: always

    @property
    def plain(self) -> str:
        """Its label as a name."""
        return self.label.plain if isinstance(self.label, Say) else self.label

    @property
    def flag(self) -> str:
        """Its option on the command line, as it is typed."""
        return f"--{self.option or self.name.replace('_', '-')}"

    def parse(self, text: str) -> Any:
        """The answer that a word of the command line is; raises ValueError that says what is wrong with it."""
        return text

    def print(self, value: Any) -> str:
        """The word of the command line that is this answer."""
        return str(value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """Have a parser of the command line know it."""
        told = {
            "type": self._read,
            "help": str(self.help) or self.plain,
            "metavar": self.metavar or None,
            **more,
        }
        how: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        if self.positional:
            parser.add_argument(self.name, **how)
        else:
            parser.add_argument(self.flag, dest=self.name, **how)

    def _read(self, text: str) -> Any:
        try:
            return self.parse(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None
