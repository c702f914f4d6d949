"""Tight's gradient filter, undone.

Each value was sent as the difference to a guess from its neighbours, left + above - above left, clamped to
a byte. A value thus waits for its left and its upper neighbour, but all values of one diagonal are
independent of each other: the picture is laid out so that a diagonal is one row of memory, and is undone
diagonal by diagonal, whatever is in it.

| row of memory | 0 |    1    |     2     |     3     | ...
|---------------|---|---------|-----------|-----------|
| holds         | 0 | above 0 | above 1, (0,0) | above 2, (0,1), (1,0) | ... one more place each
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided

from vmgui.console.rfb.decoders import Pixels

# What is undone before the pump may look at its commands again: some 20 ms.
_PART_PIXELS = 1 << 20
# More rows than columns are mostly empty places; fewer rows than this are mostly calls.
_FEWEST_ROWS = 16
_RED, _GREEN, _BLUE = range(3)


def undo_gradient(data: bytes | bytearray, area: Pixels) -> Iterator[None]:
    """Write the picture whose filtered bytes (red, green, blue per pixel) are `data` into `area`, in parts."""
    height, width = area.shape
    if not area.size:
        return
    sent = np.frombuffer(data, np.uint8).reshape(height, width, 3)
    above = np.zeros((width, 3), np.int16)
    rows = max(_FEWEST_ROWS, min(width, _PART_PIXELS // width))
    for top in range(0, height, rows):
        if top:
            yield
        part = _undo(sent[top : top + rows], above)
        red, green, blue = (part[..., channel].astype(np.uint32) for channel in (_RED, _GREEN, _BLUE))
        area[top : top + rows] = red << 16 | green << 8 | blue
        above = part[-1].copy()


def _undo(sent: np.ndarray, above: np.ndarray) -> np.ndarray:
    """The values of these rows, (rows, columns, 3); `above` is the row before them."""
    height, width, _ = sent.shape
    # Place 0 of a diagonal is for the row above; what lies left or right of the picture disturbs nobody:
    # left of it all differences are zero, and nothing depends on what is right of it.
    diagonals = np.zeros((width + height + 1, 3 * (height + 1)), np.int16)
    step, place = diagonals.strides
    rows = as_strided(diagonals[2:, 3:], (height, width, 3), (step + 3 * place, step, place))
    rows[:] = sent
    diagonals[1 : width + 1, :3] = above
    for number in range(2, width + height + 1):
        before = diagonals[number - 1]
        guess = before[3:] + before[:-3]
        guess -= diagonals[number - 2, :-3]
        np.maximum(guess, 0, out=guess)
        np.minimum(guess, 255, out=guess)
        values = diagonals[number, 3:]
        values += guess
        values &= 255
    return rows
