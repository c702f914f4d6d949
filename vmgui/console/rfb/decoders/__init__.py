"""One decoder per encoding; each is fed from a `Source` and writes into the picture.

`decode` is called with the rectangle (already known to lie inside the picture) and either consumes it
whole or raises NeedMore and is called again with the same rectangle; what it wants to keep of a part
done it commits in the source and remembers itself.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vmgui.console.rfb.source import Source

# 0x??RRGGBB per pixel: the top byte is whatever the fastest way to the other three left there.
Pixels = NDArray[np.uint32]


class Decoder(Protocol):
    """Decodes the rectangles of one encoding; keeps compression state between them."""

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """Consume one rectangle; NeedMore: not all of it is here, call again; ProtocolError: it is broken."""
        ...
