"""The commands that put a medium into a drive of a machine, and take it out."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.commands.command import MachineCommand, Target
from vmgui.commands.fields import Choice, Option, Path, Text
from vmgui.model.job import JobKind
from vmgui.model.media import Drive
from vmgui.words.media import drive_words
from vmgui.words.say import say

INSERT = MachineCommand(
    "insert_medium",
    say("Media", "Insert a medium…"),
    Target.MACHINES,
    "disc",
    keys="Ctrl+Alt+M",
    job=JobKind.INSERT_MEDIUM,
    one_only=True,
)
EJECT = MachineCommand(
    "eject_medium",
    say("Media", "Eject the medium"),
    Target.MACHINES,
    keys="Ctrl+Alt+J",
    job=JobKind.EJECT_MEDIUM,
    one_only=True,
)
COMMANDS = (INSERT, EJECT)

_FILE = say("Media", "&File on the host")


def drive_field(drives: Iterable[Drive]) -> Choice:
    """Which of several drives is meant, by its target."""
    options = tuple(Option(drive.target, drive_words(drive)) for drive in drives)
    return Choice("drive", say("Media", "&Drive"), options=options)


def path_field(*, browses: bool) -> Text:
    """What is put in; `browses`: the host has this computer's files."""
    if not browses:
        return Text("path", _FILE)
    return Path(
        "path",
        _FILE,
        title=say("Media", "Choose a medium"),
        browse=say("Media", "Choose a file of this computer"),
    )
