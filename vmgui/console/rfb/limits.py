"""The bound of everything a server may claim about a size.

A display server is as untrusted as the guest behind it: no length on the wire leads to an allocation,
a wait or a loop beyond these. 16384 is also the largest side Qt paints without trouble.
"""

from __future__ import annotations

from typing import Final

MAX_SIDE: Final = 16384
MAX_PICTURE_BYTES: Final = 256 << 20
MAX_NAME_BYTES: Final = 64 << 10
MAX_REASON_BYTES: Final = 64 << 10
# Of what a server gives as its reason this much is shown.
MAX_REASON_CHARS: Final = 300
MAX_CUT_TEXT_BYTES: Final = 1 << 20
MAX_CURSOR_SIDE: Final = 2048
# Compressed bytes of one rectangle. Servers cut at 2-20 MB; the bytes must all be here before inflating.
MAX_RECT_BYTES: Final = 64 << 20
# What waits to be written to a server that no longer reads.
MAX_OUTGOING_BYTES: Final = 2 << 20
# More dirty rectangles than this are reported as the box around them.
MAX_DIRTY_RECTS: Final = 64
# Pixels written before the pump looks at its commands again: a few bytes can ask to fill a whole picture.
MAX_TURN_PIXELS: Final = 16 << 20
# RRE parts may overlap, but nobody paints a picture so often over.
MAX_RRE_OVERPAINT: Final = 16
