"""What the marks of hosts look like in the theme of the moment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from vmgui.ui.look import theme

_TOKENS = {
    "blue": "graph_cpu",
    "purple": "graph_memory",
    "green": "running",
    "amber": "warning",
    "red": "danger",
}
_DOT_PX = 12


def host_colour(name: str) -> QColor | None:
    """The colour of a mark (`HostConfig.colour`); None for none."""
    token = _TOKENS.get(name)
    return QColor(getattr(theme.tokens(), token)) if token is not None else None


def host_colour_icon(name: str, scale: float = 1.0) -> QIcon:
    """A dot; empty for none."""
    size = round(_DOT_PX * scale)
    picture = QPixmap(size, size)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    colour = host_colour(name)
    if colour is not None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(1, 1, _DOT_PX - 2, _DOT_PX - 2)
        painter.end()
    return QIcon(picture)
