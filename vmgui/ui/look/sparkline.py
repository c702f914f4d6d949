"""A very small graph of the last values, and a bar of a share, painted inside list rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vmgui.ui.look.theme import colour


def paint_sparkline(
    painter: QPainter, rect: QRectF, values: Sequence[float], ink: str, *, slots: int, maximum: float = 100.0
) -> None:
    """The newest value at the right; `slots` is how many values fill the width."""
    if len(values) < 2:
        return
    shown = values[-slots:]
    step = rect.width() / max(1, slots - 1)
    x = rect.right() - step * (len(shown) - 1)
    scale = rect.height() / maximum if maximum > 0 else 0.0
    points: list[QPointF] = []
    for value in shown:
        points.append(QPointF(x, rect.bottom() - min(max(value, 0.0), maximum) * scale))
        x += step
    area = QPolygonF([QPointF(points[0].x(), rect.bottom()), *points, QPointF(points[-1].x(), rect.bottom())])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink, 0.16))
    painter.drawPolygon(area)
    painter.setPen(QPen(QColor(ink), 1.25))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def paint_bar(painter: QPainter, rect: QRectF, share: float, ink: str, ground: str) -> None:
    """A rounded bar filled from the left; `share` 0.0 to 1.0."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, radius, radius)
    width = rect.width() * min(max(share, 0.0), 1.0)
    if width >= 1:
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(
            QRectF(rect.left(), rect.top(), max(width, rect.height()), rect.height()), radius, radius
        )
