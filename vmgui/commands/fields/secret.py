"""A password that is there already, or not."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.text import Text

STARS = "****"
"""What is written in place of one."""


@dataclass(frozen=True, slots=True)
class Secret(Text):
    """Its answer is None: it stays as it is, whatever that is; an empty str: none any more; or a new one.

    Nobody reads it anywhere: `print` gives stars, which `parse` takes for a password like any other.
    """

    secret: bool = True

    def print(self, value: str | None) -> str:
        """Stars; empty: there is none any more, or nothing was said."""
        return STARS if value else ""
