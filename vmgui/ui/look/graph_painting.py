"""How a graph over time is painted: its scale, its lines and the mark of a moment; now is at the right edge.

Painted by hand: four graphs of 300 jagged points take pyqtgraph 48 ms of the GUI thread each time they are shown
(all but a stall by our own rule), and 9 ms so (PySide6 6.11, raster, 500 px wide).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from vmgui.ui.look.theme import colour, tokens
from vmgui.words import quantities as fmt

SPAN_S = 600.0
"""All graphs show the same time range, so that they can be read one above the other."""
BREAK_S = 10.0
"""A longer pause in sampling is a hole, not a slope."""
_TICK_S = 120
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


@dataclass(frozen=True, slots=True)
class GraphPicture:
    """What is painted: curves on a scale from 0 to `maximum`, whose values `text_of` words."""

    size: QSize
    axis: TimeAxis
    curves: tuple[Curve, ...]
    maximum: float
    text_of: Callable[[float], str]

    @property
    def room(self) -> QRectF:
        """The place of the curves, without what is written beside and beneath them."""
        width, height = self.size.width(), self.size.height()
        return QRectF(_LEFT_PX, 8, max(1, width - _LEFT_PX - _RIGHT_PX), max(1, height - 30))

    def time_at(self, place: QPointF) -> float | None:
        """Which time (seconds, negative) stands there; None: it is beside the curves."""
        room = self.room
        if not room.contains(place):
            return None
        return ((place.x() - room.left()) / room.width() - 1.0) * self.axis.span_s

    def paint(self, painter: QPainter, font: QFont) -> None:
        """Scale and curves."""
        room = self.room
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, room, font)
        painter.setClipRect(room.adjusted(0, -1, 1, 1))
        for curve in self.curves:
            self._paint_band(painter, curve, room)
        for curve in self.curves:
            for run in self._runs(curve, curve.values, room):
                self._paint_run(painter, curve, run, room)
        painter.setClipping(False)

    def paint_mark(self, painter: QPainter, font: QFont, at_s: float, text: str) -> None:
        """A line at this time, and what time it is."""
        room = self.room
        colours = tokens()
        x = self._x(at_s, room)
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        if not text:
            return
        performance = QFontMetricsF(font)
        width = performance.horizontalAdvance(text) + 12
        left = min(max(x - width / 2, 0.0), self.size.width() - width)
        place = QRectF(left, room.bottom() + 2, width, performance.height() + 4)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(place, 4, 4)
        painter.setFont(font)
        painter.setPen(QPen(QColor(colours.text)))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _x(self, at_s: float, room: QRectF) -> float:
        return room.right() + at_s / self.axis.span_s * room.width()

    def _y(self, value: float, room: QRectF) -> float:
        return room.bottom() - min(max(value / self.maximum, 0.0), 1.0) * room.height()

    def _paint_axes(self, painter: QPainter, room: QRectF, font: QFont) -> None:
        colours = tokens()
        performance = QFontMetricsF(font)
        painter.setFont(font)
        line, ink = QPen(QColor(colours.border), 1), QPen(QColor(colours.muted))
        for share in (0.0, 0.5, 1.0):
            y = round(self._y(share * self.maximum, room)) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(ink)
            place = QRectF(0, y - performance.height() / 2, _LEFT_PX - 6, performance.height())
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                self.text_of(share * self.maximum),
            )
        free_from = self.size.width() + 1.0
        # From now backwards: where two would touch, the newer one stays.
        for at_s, text in sorted(self.axis.ticks or self._ticks(room), reverse=True):
            width = performance.horizontalAdvance(text) + 2
            x = self._x(at_s, room)
            place = QRectF(
                min(x - width / 2, self.size.width() - width), room.bottom() + 4, width, performance.height()
            )
            if self.axis.ticks and room.left() <= x <= room.right():
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

    def _runs(self, curve: Curve, values: Sequence[float | None], room: QRectF) -> list[list[QPointF]]:
        """Unbroken stretches of known values, as points."""
        runs: list[list[QPointF]] = []
        run: list[QPointF] = []
        before_s = 0.0
        oldest_s, break_s = -self.axis.span_s - self.axis.break_s, self.axis.break_s
        right, bottom = room.right(), room.bottom()
        x_of, y_of, highest = room.width() / self.axis.span_s, room.height() / self.maximum, self.maximum
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
