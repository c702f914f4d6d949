"""The drawing of a graph over time: now at the right edge, ten minutes or any other span; GUI thread only.

Painted by hand: four graphs of 300 jagged points take pyqtgraph 48 ms of the GUI thread each time they are shown
(all but a stall by our own rule), and 9 ms so (PySide6 6.11, raster, 500 px wide).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.ui.look.theme import colour, scaled, tabular, tokens
from vmgui.words import quantities as fmt

SPAN_S = 600.0
"""All graphs show the same time range, so that they can be read one above the other."""
BREAK_S = 10.0
"""A longer pause in sampling is a hole, not a slope."""
_TICK_S = 120
_HEIGHT_PX = 122
_TALL_PX = 150
_LEFT_PX = 68
_RIGHT_PX = 18


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: times relative to now (seconds, negative) and values; None: not known.

    `lows` and `highs`, where given, are drawn as a soft band behind the line instead of the ground under it.
    """

    token: str
    filled: bool
    times_s: Sequence[float]
    values: Sequence[float | None]
    lows: Sequence[float | None] = ()
    highs: Sequence[float | None] = ()


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """What the width stands for."""

    span_s: float = SPAN_S
    break_s: float = BREAK_S  # a longer pause between two points is a hole
    ticks: tuple[tuple[float, str], ...] = ()  # time before now (negative) and its text; none: every 2 min


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
        self._picture: QPixmap | None = None
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
        self._picture = None
        self.update()

    def set_axis(self, axis: TimeAxis) -> None:
        """Show this span of time."""
        if axis != self._axis:
            self._axis = axis
            self._picture = None
            self.update()

    def mark(self, at_s: float | None, text: str = "") -> None:
        """Draw a line at this time, and what time it is."""
        if (at_s, text) != (self._marked_s, self._marked_text):
            self._marked_s, self._marked_text = at_s, text
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _TALL_PX + 30 if self._tall else _HEIGHT_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        room = self._room()
        if room.contains(event.position()):
            share = (event.position().x() - room.left()) / room.width()
            self.hovered.emit((share - 1.0) * self._axis.span_s)
        else:
            self.hovered.emit(None)

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
        self._picture = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self._room()
        font = tabular(scaled(self.font(), 0.8))
        painter = QPainter(self)
        if self._marked_s is None:
            self._paint_graph(painter, room, font)
        else:
            # The pointer moves, the graph does not: four of them take 25 ms with bands.
            if self._picture is None:
                self._picture = QPixmap(self.size() * self.devicePixelRatioF())
                self._picture.setDevicePixelRatio(self.devicePixelRatioF())
                self._picture.fill(Qt.GlobalColor.transparent)
                on_picture = QPainter(self._picture)
                self._paint_graph(on_picture, room, font)
                on_picture.end()
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_mark(painter, self._marked_s, room, font)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_graph(self, painter: QPainter, room: QRectF, font: QFont) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, room, font)
        painter.setClipRect(room.adjusted(0, -1, 1, 1))
        for curve in self._curves:
            self._paint_band(painter, curve, room)
        for curve in self._curves:
            for run in self._runs(curve, curve.values, room):
                self._paint_run(painter, curve, run, room)
        painter.setClipping(False)

    def _room(self) -> QRectF:
        return QRectF(_LEFT_PX, 8, max(1, self.width() - _LEFT_PX - _RIGHT_PX), max(1, self.height() - 30))

    def _x(self, at_s: float, room: QRectF) -> float:
        return room.right() + at_s / self._axis.span_s * room.width()

    def _y(self, value: float, room: QRectF) -> float:
        return room.bottom() - min(max(value / self._maximum, 0.0), 1.0) * room.height()

    def _paint_axes(self, painter: QPainter, room: QRectF, font: QFont) -> None:
        colours = tokens()
        performance = QFontMetricsF(font)
        painter.setFont(font)
        line, ink = QPen(QColor(colours.border), 1), QPen(QColor(colours.muted))
        for share in (0.0, 0.5, 1.0):
            y = round(self._y(share * self._maximum, room)) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(ink)
            place = QRectF(0, y - performance.height() / 2, _LEFT_PX - 6, performance.height())
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                self._text_of(share * self._maximum),
            )
        free_from = self.width() + 1.0
        # From now backwards: where two would touch, the newer one stays.
        for at_s, text in sorted(self._axis.ticks or self._ticks(room), reverse=True):
            width = performance.horizontalAdvance(text) + 2
            x = self._x(at_s, room)
            place = QRectF(
                min(x - width / 2, self.width() - width), room.bottom() + 4, width, performance.height()
            )
            if self._axis.ticks and room.left() <= x <= room.right():
                painter.setPen(line)
                painter.drawLine(QPointF(round(x) + 0.5, room.top()), QPointF(round(x) + 0.5, room.bottom()))
            if place.left() >= room.left() - 2 and place.right() < free_from:
                free_from = place.left() - 8
                painter.setPen(ink)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _ticks(self, room: QRectF) -> tuple[tuple[float, str], ...]:
        step = _TICK_S if room.width() > 330 else 2 * _TICK_S
        return tuple(
            (-float(at_s), fmt.translate("Graph", "now") if at_s == 0 else f"−{fmt.duration(at_s)}")
            for at_s in range(0, int(SPAN_S) + 1, step)
        )

    def _paint_mark(self, painter: QPainter, at_s: float, room: QRectF, font: QFont) -> None:
        colours = tokens()
        x = self._x(at_s, room)
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        if not self._marked_text:
            return
        performance = QFontMetricsF(font)
        width = performance.horizontalAdvance(self._marked_text) + 12
        left = min(max(x - width / 2, 0.0), self.width() - width)
        place = QRectF(left, room.bottom() + 2, width, performance.height() + 4)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(place, 4, 4)
        painter.setFont(font)
        painter.setPen(QPen(QColor(colours.text)))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._marked_text)

    def _runs(self, curve: Curve, values: Sequence[float | None], room: QRectF) -> list[list[QPointF]]:
        """Unbroken stretches of known values, as points."""
        runs: list[list[QPointF]] = []
        run: list[QPointF] = []
        before_s = 0.0
        oldest_s, break_s = -self._axis.span_s - self._axis.break_s, self._axis.break_s
        right, bottom = room.right(), room.bottom()
        x_of, y_of, highest = room.width() / self._axis.span_s, room.height() / self._maximum, self._maximum
        for at_s, value in zip(curve.times_s, values, strict=False):
            if at_s < oldest_s:
                continue
            if value is None or (run and at_s - before_s > break_s):
                if run:
                    runs.append(run)
                run = []
            if value is not None:
                value = 0.0 if value < 0.0 else highest if value > highest else value
                run.append(QPointF(right + at_s * x_of, bottom - value * y_of))
            before_s = at_s
        if run:
            runs.append(run)
        return runs

    def _paint_band(self, painter: QPainter, curve: Curve, room: QRectF) -> None:
        if not curve.highs:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(getattr(tokens(), curve.token), 0.20))
        # Its edge is soft enough, and takes four times as long to smooth.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        # Not known are all three or none: the runs are the same.
        for lows, highs in zip(
            self._runs(curve, curve.lows, room), self._runs(curve, curve.highs, room), strict=True
        ):
            painter.drawPolygon(QPolygonF([*highs, *reversed(lows)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_run(self, painter: QPainter, curve: Curve, run: list[QPointF], room: QRectF) -> None:
        ink = getattr(tokens(), curve.token)
        if curve.filled and not curve.highs and len(run) > 1:
            floor = room.bottom()
            area = QPolygonF([QPointF(run[0].x(), floor), *run, QPointF(run[-1].x(), floor)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ink, 0.14))
            # Its edge lies under the line: no antialiasing there.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawPolygon(area)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        # Single lines: joining a jagged polyline of 300 points takes 16 ms, these 1.2 ms.
        if len(run) > 1:
            painter.drawLines([QLineF(a, b) for a, b in pairwise(run)])
        else:
            # Alone between two holes: a line of no length would not be seen.
            painter.setPen(QPen(QColor(ink), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoint(run[0])
