"""One of two: on or off."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.field import Field

_WORDS = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class OnOff(Field):
    """Its answer is a bool; `on` and `off` on the command line."""

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As `on|off`."""
        Field.add_to(self, parser, type=_read, **{"metavar": "on|off", **more})


def _read(text: str) -> bool:
    if text not in _WORDS:
        raise ArgumentTypeError(f"{text!r} is neither on nor off")
    return _WORDS[text]
