"""JPEG and PNG inside Tight, opened with Pillow.

Kept behind a callable so the decoder does not know the library. The picture's own idea of its size is
compared with the rectangle's before a pixel is decoded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Literal

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.errors import ProtocolError

ImageKind = Literal["JPEG", "PNG"]
ImageDecoder = Callable[[ImageKind, bytes, int, int], Pixels]


def decode_image(kind: ImageKind, data: bytes, width: int, height: int) -> Pixels:
    """`data` as pixels of exactly width x height; ProtocolError if it is broken or of another size."""
    from PIL import Image  # only lossy or PNG servers need it; costs 30 ms to import

    try:
        with Image.open(BytesIO(data), formats=(kind,)) as image:
            if image.size != (width, height):
                raise ProtocolError(
                    f"A {kind} of {image.size[0]} x {image.size[1]} pixels in a rectangle of {width} x {height}."
                )
            opened = image if image.mode == "RGB" else image.convert("RGB")
            packed = opened.tobytes("raw", "BGRX")
    except (
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        EOFError,
        struct.error,
        zlib.error,
    ) as error:
        raise ProtocolError(f"A {kind} picture is broken: {error}.") from error
    return np.frombuffer(packed, np.dtype("<u4")).reshape(height, width)
