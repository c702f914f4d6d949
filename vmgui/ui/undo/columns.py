"""What the table tells of a change."""

from __future__ import annotations

from vmgui.model.undo import Entry
from vmgui.ui.kit.column import Column
from vmgui.words import undo as words

COLUMNS: tuple[Column[Entry], ...] = (
    Column(*words.WHEN, width_px=150),
    Column(*words.WHO, width_px=130),
    Column(*words.WHAT, width_px=0),
)
"""Not sorted: the order in which they were made is the only one that says what undoing one takes along."""
