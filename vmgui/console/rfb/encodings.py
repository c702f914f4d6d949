"""Numbers of the encodings and which to ask a server for, in which order."""

from __future__ import annotations

from enum import IntEnum


class Encoding(IntEnum):
    """<https://github.com/rfbproto/rfbproto/blob/master/rfbproto.rst#encodings>"""

    RAW = 0
    COPYRECT = 1
    RRE = 2
    HEXTILE = 5
    ZLIB = 6
    TIGHT = 7
    ZRLE = 16
    DESKTOP_SIZE = -223
    LAST_RECT = -224
    CURSOR = -239
    X_CURSOR = -240
    POINTER_TYPE_CHANGE = -257
    EXTENDED_KEY_EVENT = -258
    TIGHT_PNG = -260
    LED_STATE = -261
    DESKTOP_NAME = -307
    EXTENDED_DESKTOP_SIZE = -308
    CURSOR_WITH_ALPHA = -314


# Level 0 of each; add the level (0-9).
_QUALITY_LEVEL_0 = -32
_COMPRESS_LEVEL_0 = -256

# Extensions we understand; order does not matter to servers.
PSEUDO = (
    Encoding.DESKTOP_SIZE,
    Encoding.EXTENDED_DESKTOP_SIZE,
    Encoding.LAST_RECT,
    Encoding.CURSOR_WITH_ALPHA,
    Encoding.CURSOR,
    Encoding.X_CURSOR,
    Encoding.POINTER_TYPE_CHANGE,
    Encoding.EXTENDED_KEY_EVENT,
    Encoding.LED_STATE,
    Encoding.DESKTOP_NAME,
)

# Measured in Python + numpy (design: VNC.md): on this machine copying beats any decoding; over a network
# Tight costs what the C++ clients pay, zlib follows, ZRLE and hextile are bound by the interpreter.
_LOCAL = (
    Encoding.RAW,
    Encoding.COPYRECT,
    Encoding.TIGHT,
    Encoding.ZLIB,
    Encoding.ZRLE,
    Encoding.HEXTILE,
    Encoding.RRE,
)
_REMOTE = (
    Encoding.COPYRECT,
    Encoding.TIGHT,
    Encoding.ZLIB,
    Encoding.ZRLE,
    Encoding.HEXTILE,
    Encoding.RRE,
    Encoding.RAW,
)


def preferred_encodings(*, local: bool, compress_level: int = 2, quality: int | None = None) -> list[int]:
    """What to send in SetEncodings, best first; `quality` (0-9) allows lossy pictures (JPEG)."""
    wanted: list[int] = list(_LOCAL if local else _REMOTE)
    wanted.extend(PSEUDO)
    if not local:
        wanted.append(_COMPRESS_LEVEL_0 + max(0, min(9, compress_level)))
    if quality is not None:
        wanted.append(_QUALITY_LEVEL_0 + max(0, min(9, quality)))
    return wanted
