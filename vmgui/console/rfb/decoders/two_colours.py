"""Rows of one bit a pixel, turned into two colours: the bulk of every text console.

For a pair of colours there is a table with the eight pixels of each possible byte; a console uses few
pairs, so the tables are kept. One look-up per byte is half the time of unpacking and choosing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# All ones where the second colour goes.
_MASKS = np.where(np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1), 0xFFFFFFFF, 0).astype(
    np.uint32
)
_MOST_TABLES = 128  # 8 KiB each

Table = NDArray[np.uint32]


class TwoColours:
    """The tables of one connection."""

    __slots__ = ("_tables",)

    def __init__(self) -> None:
        self._tables: dict[bytes, Table] = {}

    def table(self, colours: bytes, first: int, second: int) -> Table:
        """256 x 8 pixels: `first` for zero bits, `second` for ones; `colours` names the pair."""
        table = self._tables.get(colours)
        if table is None:
            if len(self._tables) >= _MOST_TABLES:
                self._tables.clear()
            table = _MASKS & np.uint32(first ^ second)
            table ^= np.uint32(first)
            self._tables[colours] = table
        return table
