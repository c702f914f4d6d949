"""What is said of an answer while a person gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How a note is meant; the first two keep a person from going on."""

    ERROR = "error"
    MISSING = "missing"  # not answered yet: no mistake, so nothing is shown
    WARNING = "warning"
    GOOD = "good"
    INFO = "info"
    BUSY = "busy"  # being found out

    @property
    def blocks(self) -> bool:
        """Whether it must be mended before going on."""
        return self in (Level.ERROR, Level.MISSING)


@dataclass(frozen=True, slots=True)
class Note:
    """`field`: the name of the field that it stands under; `fix`: the label of the button that mends it."""

    field: str
    text: str
    level: Level = Level.ERROR
    fix: str = ""
