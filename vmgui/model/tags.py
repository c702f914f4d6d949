"""What is to be changed of machines' tags, folders and protection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagsChange:
    """What is to be done to a machine's tags, folder and protection."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    folder: str | None = None  # empty: out of its folder; None: it stays where it is
    is_protected: bool | None = None  # None: as it was

    def __bool__(self) -> bool:
        return bool(self.add or self.remove) or self.folder is not None or self.is_protected is not None
