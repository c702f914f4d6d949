"""The slider itself: a track that is the host's capacity, painted by hand, worked like any QSlider."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from vmgui.ui.look.theme import colour, tokens

_TRACK_PX = 10
_HANDLE_PX = 18
_TICK_PX = 4


class CapacityTrack(QSlider):
    """A horizontal slider whose axis runs from nothing to what the host has, others' use included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._total = 0
        self._others = 0
        self._mark: int | None = None
        self._ticks: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    def set_capacity(self, total: int, others: int) -> None:
        """Set the capacity in the slider's own steps; a total of 0 shows none."""
        self._total, self._others = total, others
        self.update()

    def set_mark(self, value: int | None) -> None:
        """A recommended value."""
        self._mark = value
        self.update()

    def set_ticks(self, values: tuple[int, ...]) -> None:
        """Small marks below the track."""
        self._ticks = values
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HANDLE_PX + 2 * _TICK_PX + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HANDLE_PX + 2 * _TICK_PX + 4)

    # The axis: `others` stands before this slider's own zero.

    def _axis_end(self) -> int:
        if not self._total:
            return max(1, self.maximum())
        return max(1, self._total, self._others + self.maximum())

    def _x_of(self, on_axis: float) -> float:
        room = self.width() - _HANDLE_PX
        x = _HANDLE_PX / 2 + room * on_axis / self._axis_end()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return self.width() - x
        return x

    def _value_at(self, x: float) -> int:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        room = max(1, self.width() - _HANDLE_PX)
        raw = (x - _HANDLE_PX / 2) / room * self._axis_end() - self._before()
        step = max(1, self.singleStep())
        snapped = round(raw / step) * step
        if raw >= self.maximum() - step / 2:
            snapped = self.maximum()
        return min(max(snapped, self.minimum()), self.maximum())

    def _before(self) -> int:
        return self._others if self._total else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setValue(self._value_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next whole step, so 1000 MiB becomes 1024, not 1256."""
        step = max(1, self.singleStep())
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus):
            self.setValue((self.value() // step + 1) * step)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus):
            self.setValue((-(-self.value() // step) - 1) * step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _HANDLE_PX / 2 + 2
        left, right = self._x_of(0), self._x_of(self._axis_end())
        if left > right:
            left, right = right, left
        rail = QRectF(left, middle - _TRACK_PX / 2, right - left, _TRACK_PX)
        shape = QPainterPath()
        shape.addRoundedRect(rail, _TRACK_PX / 2, _TRACK_PX / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(rail, QColor(colours.border))
        own_start, own_end = self._before(), self._before() + self.value()
        if self._total:
            self._fill(painter, rail, self._total, self._axis_end(), QColor(colours.danger_ground))
            self._fill(painter, rail, 0, self._others, QColor(colours.shade))
        own = QColor(colours.accent if self.isEnabled() else colours.disabled)
        self._fill(painter, rail, own_start, own_end, own)
        if self._total:
            self._hatch(painter, rail, self._total, self._axis_end(), QColor(colours.danger))
        painter.restore()
        painter.setPen(QPen(QColor(colours.field_border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        self._paint_ticks(painter, rail)
        self._paint_handle(painter, middle)
        painter.end()

    def _fill(self, painter: QPainter, rail: QRectF, start: float, end: float, brush: QColor) -> None:
        first, last = sorted((self._x_of(start), self._x_of(end)))
        painter.fillRect(QRectF(first, rail.top(), last - first, rail.height()), brush)

    def _hatch(self, painter: QPainter, rail: QRectF, start: float, end: float, ink: QColor) -> None:
        if end <= start:
            return
        first, last = sorted((self._x_of(start), self._x_of(end)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(QRectF(first, rail.top(), last - first, rail.height()))

    def _paint_ticks(self, painter: QPainter, rail: QRectF) -> None:
        colours = tokens()
        top = rail.bottom() + 4
        painter.setPen(QPen(QColor(colours.field_border), 1))
        for value in self._ticks:
            if self.minimum() <= value <= self.maximum():
                x = self._x_of(self._before() + value)
                painter.drawLine(QPointF(x, top), QPointF(x, top + _TICK_PX))
        if self._mark is not None and self.minimum() <= self._mark <= self.maximum():
            x = self._x_of(self._before() + self._mark)
            triangle = QPainterPath(QPointF(x, top - 1))
            triangle.lineTo(x + 4, top + 6)
            triangle.lineTo(x - 4, top + 6)
            triangle.closeSubpath()
            painter.fillPath(triangle, QColor(colours.success))

    def _paint_handle(self, painter: QPainter, middle: float) -> None:
        colours = tokens()
        centre = QPointF(self._x_of(self._before() + self.value()), middle)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(colours.accent, 0.3))
            painter.drawEllipse(centre, _HANDLE_PX / 2 + 2, _HANDLE_PX / 2 + 2)
        ink = QColor(colours.accent if self.isEnabled() else colours.disabled)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(QColor(colours.base))
        painter.drawEllipse(centre, _HANDLE_PX / 2 - 2, _HANDLE_PX / 2 - 2)
