"""A track that is all there is of something: what others have, one's own share, what is left, and what is too much."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from vmgui.ui.look.scroll import is_for_the_place
from vmgui.ui.look.theme import colour, tokens

_HANDLE_PX = 18
_TRACK_PX = 10
_MARK_PX = 4


class CapacityTrack(QSlider):
    """A horizontal slider whose axis runs from nothing to all there is, others' use included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._total = self._others = 0
        self._mark: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_axis(self, total: int, others: int, mark: int | None) -> None:
        """In the slider's own steps; a total of 0: no capacity is shown. `mark`: a recommended value."""
        self._total, self._others, self._mark = total, others, mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HANDLE_PX + 2 * _MARK_PX + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _go_to(self, x: float) -> None:
        raw, step = self._value_at(x), max(1, self.singleStep())
        # The slider keeps it in its range, whose end need not be a whole step.
        self.setValue(self.maximum() if raw >= self.maximum() - step / 2 else round(raw / step) * step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._go_to(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event.position().x())

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not is_for_the_place(self, event):
            super().wheelEvent(event)

    @property
    def _before(self) -> int:
        return self._others if self._total else 0

    @property
    def _end(self) -> int:
        return max(1, self._total, self._before + self.maximum())

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _x_of(self, on_axis: float) -> float:
        width = self.width()
        x = _HANDLE_PX / 2 + (width - _HANDLE_PX) * on_axis / self._end
        return width - x if self._is_mirrored else x

    def _value_at(self, x: float) -> float:
        """The slider's value at a place of it, not rounded, perhaps out of its range."""
        width = self.width()
        x = width - x if self._is_mirrored else x
        return (x - _HANDLE_PX / 2) / max(1, width - _HANDLE_PX) * self._end - self._before

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        own_end = self._before + self.value()
        ink = QColor(colours.accent if self.isEnabled() else colours.disabled)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _HANDLE_PX / 2 + 2
        rail = self._span(0, self._end, middle)
        shape = QPainterPath()
        shape.addRoundedRect(rail, _TRACK_PX / 2, _TRACK_PX / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(rail, QColor(colours.border))
        too_much = self._span(min(self._total, self._end), self._end, middle)
        if self._total:
            painter.fillRect(too_much, QColor(colours.danger_ground))
            painter.fillRect(self._span(0, self._others, middle), QColor(colours.shade))
        painter.fillRect(self._span(self._before, own_end, middle), ink)
        if self._total and too_much.width():
            painter.fillRect(too_much, QBrush(QColor(colours.danger), Qt.BrushStyle.BDiagPattern))
        painter.restore()
        painter.setPen(QPen(QColor(colours.field_border), 1))
        painter.drawPath(shape)
        if self._mark is not None and self.minimum() <= self._mark <= self.maximum():
            x, top = self._x_of(self._before + self._mark), rail.bottom() + 4
            triangle = QPainterPath(QPointF(x, top - 1))
            triangle.lineTo(x + 4, top + 6)
            triangle.lineTo(x - 4, top + 6)
            painter.fillPath(triangle, QColor(colours.success))
        centre = QPointF(self._x_of(own_end), middle)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(colours.accent, 0.3))
            painter.drawEllipse(centre, _HANDLE_PX / 2 + 2, _HANDLE_PX / 2 + 2)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(QColor(colours.base))
        painter.drawEllipse(centre, _HANDLE_PX / 2 - 2, _HANDLE_PX / 2 - 2)
        painter.end()

    def _span(self, start: float, end: float, middle: float) -> QRectF:
        first, last = sorted((self._x_of(start), self._x_of(end)))
        return QRectF(first, middle - _TRACK_PX / 2, last - first, _TRACK_PX)
