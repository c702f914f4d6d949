"""One of two: on or off."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.field import Field

_WORDS = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class OnOff(Field):
    """Its answer is a bool; `on` and `off` on the command line."""

    def parse(self, text: str) -> bool:
        """`on` or `off`."""
        if text not in _WORDS:
            raise ValueError(f"{text!r} is neither on nor off")
        return _WORDS[text]

    def print(self, value: bool) -> str:
        """`on` or `off`."""
        return "on" if value else "off"

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As `on|off`."""
        Field.add_to(self, parser, **{"metavar": "on|off", **more})
