"""One of a few ways, each with questions of its own."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.choice import Choice


@dataclass(frozen=True, slots=True)
class Ways(Choice):
    """Like a choice; on screen all options are seen, and beneath the chosen one what it asks."""
