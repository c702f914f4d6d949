"""What a machine's XML says that helps to find it: its tags and folder, its system, its note, its addresses; and
whether it is protected.

Not part of `Domain`: a row of the list comes from bulk calls, these need the machine's XML and come later.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """Of one machine; all empty until they have been read."""

    title: str = ""
    note: str = ""  # its description
    os_id: str = ""  # libosinfo id, e.g. "http://debian.org/debian/12"
    tags: tuple[str, ...] = ()  # in the order they were given: the first is the one it is grouped under
    folder: str = ""
    is_protected: bool = False  # from deletion, force off and what else would lose something
    macs: tuple[str, ...] = ()
    has_agent: bool = False  # its guest agent is connected
    addresses: tuple[str, ...] = ()  # told by its guest, lent to these MACs by the host's networks


NO_DEFINITION = Definition()


@dataclass(frozen=True, slots=True)
class TagsChange:
    """What is to be done to a machine's tags, folder and protection."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    folder: str | None = None  # empty: out of its folder; None: it stays where it is
    is_protected: bool | None = None  # None: as it was

    def __bool__(self) -> bool:
        return bool(self.add or self.remove) or self.folder is not None or self.is_protected is not None
