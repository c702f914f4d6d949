"""What all kinds of fields have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from typing import Any

from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is its answer's name, its option on the command line ("--folder") and its widget's objectName.

    A kind's `parse` reads what `print` writes; an optional one without an answer is None.
    """

    name: str
    label: Say
    metavar: str = ""
    positional: bool = False  # on the command line: after the machines, without an option's name

    def parse(self, text: str) -> Any:
        """The answer that a word of the command line is; raises ValueError that says what is wrong with it."""
        return text

    def print(self, value: Any) -> str:
        """The word of the command line that is this answer."""
        return str(value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """Have a parser of the command line know it."""
        told = {"type": self._read, "help": str(self.label), "metavar": self.metavar or None, **more}
        how: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        if self.positional:
            parser.add_argument(self.name, **how)
        else:
            parser.add_argument(f"--{self.name.replace('_', '-')}", dest=self.name, **how)

    def _read(self, text: str) -> Any:
        try:
            return self.parse(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None
