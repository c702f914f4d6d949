"""What all kinds of fields have."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is its answer's name, its option on the command line ("--folder") and its widget's objectName."""

    name: str
    label: Say
    metavar: str = ""
    positional: bool = False  # on the command line: after the machines, without an option's name

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """Have a parser of the command line know it."""
        named = {"metavar": self.metavar} if self.metavar else {}
        if self.positional:
            parser.add_argument(self.name, help=str(self.label), **named, **more)
        else:
            option = f"--{self.name.replace('_', '-')}"
            parser.add_argument(option, dest=self.name, help=str(self.label), **named, **more)
