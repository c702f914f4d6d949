"""Tight's gradient filter, undone.

Each value was sent as the difference to a guess from its neighbours, left + above - above left, clamped to
a byte. Without the clamp a row is one running sum; so the sum is made for the whole row, and only where
the clamp would have acted (rare in pictures) the rest of the row is shifted and looked at again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vmgui.console.rfb.decoders import Pixels

# A row with more clamped places than this is noise: value by value is cheaper then.
_PATIENCE = 24


def undo_gradient(data: bytes | bytearray, area: Pixels) -> None:
    """Write the picture whose filtered bytes (red, green, blue per pixel) are `data` into `area`."""
    height, width = area.shape
    sent = np.frombuffer(data, np.uint8).reshape(height, width, 3).transpose(0, 2, 1).astype(np.int32)
    above = np.zeros((3, width), np.int32)
    step = np.empty((3, width), np.int32)
    for row in range(height):
        # What the guess adds to the left neighbour.
        step[:, 0] = above[:, 0]
        np.subtract(above[:, 1:], above[:, :-1], out=step[:, 1:])
        above = _undo_row(sent[row], step)
        area[row] = above[0] << 16 | above[1] << 8 | above[2]


def _undo_row(sent: NDArray[np.int32], step: NDArray[np.int32]) -> NDArray[np.int32]:
    total = np.cumsum(sent + step, axis=1, dtype=np.int32)
    for channel in range(3):
        _mend(total[channel], sent[channel], step[channel])
    return total & 255


def _mend(total: NDArray[np.int32], sent: NDArray[np.int32], step: NDArray[np.int32]) -> None:
    """Shift `total` (one channel of a row) wherever the guess before it had been clamped."""
    start = 0
    for _ in range(_PATIENCE):
        guess = (total[start:] - sent[start:] - step[start:]) & 255
        guess += step[start:]
        if start == 0:
            guess[0] = step[0]
        outside = np.flatnonzero((guess < 0) | (guess > 255))
        if not outside.size:
            return
        first = int(outside[0])
        missing = (0 if guess[first] < 0 else 255) - int(guess[first])
        total[start + first :] += missing
        start += first + 1
        if start >= total.size:
            return
    left = int(total[start - 1]) & 255
    values: list[int] = []
    for difference, slope in zip(sent[start:].tolist(), step[start:].tolist(), strict=True):
        guess_here = left + slope
        left = (difference + (0 if guess_here < 0 else 255 if guess_here > 255 else guess_here)) & 255
        values.append(left)
    total[start:] = values
