"""Several texts."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.field import Field

_PIECE = re.compile(r",,|,|[^,]+")


@dataclass(frozen=True, slots=True)
class Listed(Field):
    """Its answer is a tuple of str, none of them empty; an option that may be given again and again.

    In one word they stand with commas between; ",," is a comma in one of them, which none but the first begins with.
    """

    most_chars: int = 0  # of one of them; 0: what takes it says

    def parse(self, text: str) -> tuple[str, ...]:
        """What stands between commas."""
        items = [""]
        for piece in _PIECE.findall(text):
            if piece == ",":
                items.append("")
            else:
                items[-1] += "," if piece == ",," else piece
        found = tuple(item for item in items if item)
        if self.most_chars and any(len(item) > self.most_chars for item in found):
            raise ValueError(f"longer than {self.most_chars} characters")
        return found

    def print(self, value: tuple[str, ...]) -> str:
        """With commas between them."""
        return ",".join(item.replace(",", ",,") for item in value)

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """Repeatable."""
        Field.add_to(self, parser, **{"action": "extend", **more})
