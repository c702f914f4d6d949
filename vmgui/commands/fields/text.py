"""A text."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.field import Field
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Its answer is a str."""

    most_chars: int = 0  # 0: what takes it says
    lines: int = 1  # more: it may have line breaks
    secret: bool = False  # not shown while it is typed
    hint: Say | str = ""  # stands in it while it is empty

    def parse(self, text: str) -> str:
        """Not too long."""
        if self.most_chars and len(text) > self.most_chars:
            raise ValueError(f"longer than {self.most_chars} characters")
        return text
