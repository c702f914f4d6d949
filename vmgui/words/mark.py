"""What a form says of an answer beside it: when it will apply, and what is so meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.words.note import Level
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Mark:
    """`field`: the name of the field that it stands beside.

    `chip`: a word or two at the right of it ("now", "at the next start"), `tone` is how they are meant. `pending`: a
    sentence under it ("Now 2 GiB, after the next start 4 GiB"). `can_revert`: a button takes that back. `can_hasten`:
    another makes it so at once.
    """

    field: str
    chip: Say | str = ""
    tone: Level = Level.INFO
    pending: str = ""
    can_revert: bool = False
    can_hasten: bool = False

    @property
    def spoken(self) -> str:
        """All of it as one text."""
        return ". ".join(filter(None, (str(self.chip), self.pending)))
