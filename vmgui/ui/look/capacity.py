"""A track that is all there is of something: what others have, one's own share, what is left, and what is too much."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSlider

from vmgui.ui.look.theme import colour, tokens

HANDLE_PX = 18
_TRACK_PX = 10
MARK_PX = 4


@dataclass(frozen=True, slots=True)
class Track:
    """The axis of a slider: `others` stands before the slider's own zero; a total of 0: nothing but its own range."""

    slider: QSlider
    total: int
    others: int
    mark: int | None  # a recommended value

    @property
    def _before(self) -> int:
        return self.others if self.total else 0

    @property
    def _end(self) -> int:
        return max(1, self.total, self._before + self.slider.maximum())

    @property
    def _is_mirrored(self) -> bool:
        return self.slider.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _x_of(self, on_axis: float) -> float:
        width = self.slider.width()
        x = HANDLE_PX / 2 + (width - HANDLE_PX) * on_axis / self._end
        return width - x if self._is_mirrored else x

    def value_at(self, x: float) -> float:
        """The slider's value at a place of it, not rounded, perhaps out of its range."""
        width = self.slider.width()
        x = width - x if self._is_mirrored else x
        return (x - HANDLE_PX / 2) / max(1, width - HANDLE_PX) * self._end - self._before

    def paint(self) -> None:
        """The whole of it, on the slider."""
        colours = tokens()
        own_end = self._before + self.slider.value()
        ink = QColor(colours.accent if self.slider.isEnabled() else colours.disabled)
        painter = QPainter(self.slider)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = HANDLE_PX / 2 + 2
        rail = self._span(0, self._end, middle)
        shape = QPainterPath()
        shape.addRoundedRect(rail, _TRACK_PX / 2, _TRACK_PX / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(rail, QColor(colours.border))
        too_much = self._span(min(self.total, self._end), self._end, middle)
        if self.total:
            painter.fillRect(too_much, QColor(colours.danger_ground))
            painter.fillRect(self._span(0, self.others, middle), QColor(colours.shade))
        painter.fillRect(self._span(self._before, own_end, middle), ink)
        if self.total and too_much.width():
            painter.fillRect(too_much, QBrush(QColor(colours.danger), Qt.BrushStyle.BDiagPattern))
        painter.restore()
        painter.setPen(QPen(QColor(colours.field_border), 1))
        painter.drawPath(shape)
        if self.mark is not None and self.slider.minimum() <= self.mark <= self.slider.maximum():
            x, top = self._x_of(self._before + self.mark), rail.bottom() + 4
            triangle = QPainterPath(QPointF(x, top - 1))
            triangle.lineTo(x + 4, top + 6)
            triangle.lineTo(x - 4, top + 6)
            painter.fillPath(triangle, QColor(colours.success))
        centre = QPointF(self._x_of(own_end), middle)
        if self.slider.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(colours.accent, 0.3))
            painter.drawEllipse(centre, HANDLE_PX / 2 + 2, HANDLE_PX / 2 + 2)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(QColor(colours.base))
        painter.drawEllipse(centre, HANDLE_PX / 2 - 2, HANDLE_PX / 2 - 2)
        painter.end()

    def _span(self, start: float, end: float, middle: float) -> QRectF:
        first, last = sorted((self._x_of(start), self._x_of(end)))
        return QRectF(first, middle - _TRACK_PX / 2, last - first, _TRACK_PX)
