"""Icons of one family (Lucide, ISC licence), drawn from SVG in the theme's colours at any scale.

An icon asks for its colour when it is painted, so a theme change needs no new icons; and it is drawn for
the device's real pixels, so it is sharp at 1x, 1.5x and 2x.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from vmgui.store.resources import resource_path
from vmgui.ui.look.theme import tokens

STROKE_WIDTH = 1.75
"""Lighter than Lucide's own 2: nearer to the weight of the text beside it."""


class IconRole(Enum):
    """Which token colours the icon."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    RUNNING = "running"
    PAUSED = "paused"
    OFF = "off"
    CRASHED = "crashed"
    SAVED = "saved"
    BUSY = "busy"
    WARNING = "warning"
    DANGER = "danger"
    SUCCESS = "success"


Tint = IconRole | QColor

_clones: list[QIconEngine] = []


class _Engine(QIconEngine):
    """Paints one SVG in one tint."""

    def __init__(self, name: str, tint: Tint) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def clone(self) -> QIconEngine:
        # The binding forgets to hand the copy over to Qt: without our reference it would be freed at once.
        copy = _Engine(self._name, self._tint)
        _clones.append(copy)
        return copy

    def key(self) -> str:
        return "vmgui"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(rect.topLeft(), _pixmap(self._name, self._colour(mode), rect.size(), scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _pixmap(self._name, self._colour(mode), size, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # In device-independent pixels since Qt 6.8, our oldest.
        return _pixmap(self._name, self._colour(mode), size, scale)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        colours = tokens()
        if mode == QIcon.Mode.Disabled:
            return QColor(colours.disabled)
        if isinstance(self._tint, QColor):
            return self._tint
        return QColor(getattr(colours, self._tint.value))


def icon(name: str, tint: Tint = IconRole.TEXT) -> QIcon:
    """The icon of that Lucide name; an unknown name raises FileNotFoundError."""
    if isinstance(tint, QColor):
        _source(name)
        return QIcon(_Engine(name, tint))
    return _role_icon(name, tint)


@lru_cache(maxsize=512)
def _role_icon(name: str, role: IconRole) -> QIcon:
    _source(name)
    return QIcon(_Engine(name, role))


def pixmap(name: str, tint: Tint, size_px: int, scale: float) -> QPixmap:
    """One icon as pixels, for a label; to be asked for again when the theme changes."""
    colour = tint if isinstance(tint, QColor) else QColor(getattr(tokens(), tint.value))
    return _pixmap(name, colour, QSize(size_px, size_px), scale)


def paint_icon(painter: QPainter, name: str, tint: Tint, rect: QRect) -> None:
    """Draw an icon inside a delegate."""
    device = painter.device()
    scale = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(rect.topLeft(), pixmap(name, tint, rect.width(), scale))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    text = resource_path(f"icons/{name}.svg").read_text("utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE_WIDTH}"')


def _pixmap(name: str, colour: QColor, size: QSize, scale: float) -> QPixmap:
    key = f"vmgui/{name}/{colour.name(QColor.NameFormat.HexArgb)}/{size.width()}x{size.height()}@{scale}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour.name()).encode()))
    result = QPixmap(round(size.width() * scale), round(size.height() * scale))
    result.fill(Qt.GlobalColor.transparent)
    side = min(result.width(), result.height())
    painter = QPainter(result)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF((result.width() - side) / 2, (result.height() - side) / 2, side, side))
    painter.end()
    result.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, result)
    return result
