"""A file's path."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands.fields.text import Text
from vmgui.words.say import Say


@dataclass(frozen=True, slots=True)
class Path(Text):
    """Its answer is a str as it was typed: `~` stands for the home folder."""

    title: Say | str = ""  # of the dialog in which the file can be chosen
    browse: Say | str = ""  # what the button that opens it is called
    folder: str = ""  # where the dialog begins
