"""Where a graph over time is painted: what the pointer and the keys do there; GUI thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.ui.look.graph_painting import Curve, GraphPicture, TimeAxis
from vmgui.ui.look.theme import scaled, tabular, tokens

_HEIGHT_PX = 122
_TALL_PX = 150


class GraphPlot(QWidget):
    """`hovered` carries the time under the pointer (seconds, negative), or None; `stepped` -1 or 1 for a key."""

    hovered = Signal(object)
    stepped = Signal(int)

    def __init__(
        self, text_of: Callable[[float], str], parent: QWidget | None = None, *, tall: bool = False
    ) -> None:
        super().__init__(parent)
        self._text_of = text_of
        self._tall = tall
        self._axis = TimeAxis()
        self._curves: tuple[Curve, ...] = ()
        self._maximum = 1.0
        self._marked_s: float | None = None
        self._marked_text = ""
        self._pixmap: QPixmap | None = None
        self.setMouseTracking(True)
        self.setMinimumWidth(160)
        if tall:
            # A graph one came for: it takes the room there is, and the keyboard's cursor.
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.setMinimumHeight(_TALL_PX)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curves(self, curves: tuple[Curve, ...], maximum: float) -> None:
        """Draw these on a scale from 0 to `maximum`."""
        self._curves, self._maximum = curves, max(maximum, 1e-9)
        self._pixmap = None
        self.update()

    def set_axis(self, axis: TimeAxis) -> None:
        """Show this span of time."""
        if axis != self._axis:
            self._axis = axis
            self._pixmap = None
            self.update()

    def mark(self, at_s: float | None, text: str = "") -> None:
        """Draw a line at this time, and what time it is."""
        if (at_s, text) != (self._marked_s, self._marked_text):
            self._marked_s, self._marked_text = at_s, text
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _TALL_PX + 30 if self._tall else _HEIGHT_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self._picture().time_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._marked_s is not None:
            self.hovered.emit(None)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        self._pixmap = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixmap = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._picture()
        font = tabular(scaled(self.font(), 0.8))
        painter = QPainter(self)
        if self._marked_s is None:
            picture.paint(painter, font)
        else:
            # The pointer moves, the graph does not: four of them take 25 ms with bands.
            if self._pixmap is None:
                self._pixmap = QPixmap(self.size() * self.devicePixelRatioF())
                self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
                self._pixmap.fill(Qt.GlobalColor.transparent)
                on_pixmap = QPainter(self._pixmap)
                picture.paint(on_pixmap, font)
                on_pixmap.end()
            painter.drawPixmap(0, 0, self._pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            picture.paint_mark(painter, font, self._marked_s, self._marked_text)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _picture(self) -> GraphPicture:
        return GraphPicture(self.size(), self._axis, self._curves, self._maximum, self._text_of)
