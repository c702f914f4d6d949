"""A line of text."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.field import Field


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Its answer is a str."""

    most_chars: int = 0  # 0: what takes it says

    def parse(self, text: str) -> str:
        """Not too long."""
        if self.most_chars and len(text) > self.most_chars:
            raise ValueError(f"longer than {self.most_chars} characters")
        return text
