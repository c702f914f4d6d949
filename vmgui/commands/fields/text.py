"""A line of text."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.field import Field


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Its answer is a str."""
