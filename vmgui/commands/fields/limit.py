"""STAND-IN until U1's lands."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.field import Field
from vmgui.policy.settings import Unit


@dataclass(frozen=True, slots=True)
class Limit(Field):
    """Its answer is an int or None."""

    unit: Unit = Unit.COUNT
