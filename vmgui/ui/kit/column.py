"""A table's columns as data: what stands in each, what it is sorted by, how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from vmgui.ui.look.icons import IconRole
from vmgui.words.say import Say

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table of `Row`.

    `sort` gives something comparable, or None where it is not known: that stands last, whichever the direction.
    """

    id: str  # remembered with the layout: never changed
    title: Say
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None  # None: nobody sorts by it
    width_px: int = 110  # 0: what the others leave
    is_number: bool = False
    is_live: bool = False  # changes by itself: made anew while it is on screen
    is_shown: bool = True  # before the person chooses
    from_px: int = 0  # left out where there is less room for the table (Table.fit)
    icon: Callable[[Row], tuple[str, IconRole] | None] | None = None  # before the text
