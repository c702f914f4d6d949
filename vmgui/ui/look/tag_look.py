"""How a tag looks: a small coloured chip, whose colour comes from the tag's name and is the same for everybody."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from vmgui.ui.look.theme import tokens
from vmgui.ui.look.tokens import DARK_TAGS, LIGHT_TAGS, TagColours

_PAD_PX = 5
_GAP_PX = 4
_MAX_CHIP_PX = 90
_SWATCH_PX = 12


def tag_colours(tag: str) -> TagColours:
    """The colours of a tag in the theme in use; upper and lower case are the same tag."""
    known = LIGHT_TAGS if tokens().name == "light" else DARK_TAGS
    return known[zlib.crc32(f"#{tag.casefold()}".encode("utf-8", "replace")) % len(known)]


def paint_tags(
    painter: QPainter, font: QFont, tags: Sequence[str], left: int, right: int, middle: int
) -> int:
    """Draw as many chips as fit between `left` and `right`, from the right; where they begin.

    The first tags are drawn; where not all fit "+2" says how many are left out.
    """
    performance = QFontMetrics(font)
    height = performance.height() + 2
    widths = [min(_MAX_CHIP_PX, performance.horizontalAdvance(tag) + 2 * _PAD_PX + 2) for tag in tags]
    fitting = len(tags)
    while fitting and _width(widths, fitting, len(tags), performance) > right - left:
        fitting -= 1
    if not fitting:
        return right
    x = right - _width(widths, fitting, len(tags), performance)
    begin = x
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for tag, width in zip(tags[:fitting], widths, strict=False):
        look = tag_colours(tag)
        chip = QRectF(x, middle - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(look.text))
        text = performance.elidedText(tag, Qt.TextElideMode.ElideRight, width - 2 * _PAD_PX)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)
        x += width + _GAP_PX
    if fitting < len(tags):
        painter.setPen(QColor(tokens().muted))
        rest = QRectF(x, middle - height / 2 + 1, right - x, height)
        painter.drawText(
            rest, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), _rest(len(tags) - fitting)
        )
    return begin


def swatch(tag: str, scale: float) -> QPixmap:
    """A tag's colour as a small square, for lists."""
    look = tag_colours(tag)
    result = QPixmap(round(_SWATCH_PX * scale), round(_SWATCH_PX * scale))
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(look.text))
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(QRectF(0.5, 0.5, _SWATCH_PX - 1, _SWATCH_PX - 1), 3, 3)
    painter.end()
    return result


def _width(widths: Sequence[int], fitting: int, count: int, performance: QFontMetrics) -> int:
    width = sum(widths[:fitting]) + _GAP_PX * (fitting - 1)
    if fitting < count:
        width += _GAP_PX + performance.horizontalAdvance(_rest(count - fitting)) + 2
    return width


def _rest(count: int) -> str:
    return f"+{count}"
