"""Something said between fields."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.field import Field


@dataclass(frozen=True, slots=True)
class Sentence(Field):
    """Asks nothing: its label is what it says, or in its place the answer that it is shown."""
