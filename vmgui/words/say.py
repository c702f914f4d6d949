"""Texts of declarations: written where the declaration stands, resolved when they are shown.

A declaration loads before the language is known and outlives a change of it, so it holds the text and not its
translation. lupdate finds `say("Context", "text")` as it finds translate (packaging/translations.py).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """One text; `str()` gives it in the language of the moment."""

    context: str
    text: str
    comment: str = ""

    def __str__(self) -> str:
        # Where the toolkit has not been loaded nobody has chosen a language: scripts read JSON.
        core = sys.modules.get("PySide6.QtCore")
        if core is None or not self.text:
            return self.text
        return core.QCoreApplication.translate(self.context, self.text, self.comment or None)

    def format(self, **values: object) -> str:
        """With its {names} filled in."""
        return str(self).format(**values)

    @property
    def plain(self) -> str:
        """Without the "…" and the "&" of a menu: as a name."""
        return str(self).replace("&", "").rstrip("…")


def say(context: str, text: str, comment: str = "") -> Say:
    """A text to be shown later; both words literal, so that lupdate finds them."""
    return Say(context, text, comment)
