"""Promised against existing, as a bar: what runs, what is defined besides, and hatched what is beyond what exists."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from vmgui.policy.overcommit import Overcommit, Promise
from vmgui.ui.common.theme import colour, tokens

translate = QCoreApplication.translate

_TONES = {
    Overcommit.UNKNOWN: "",
    Overcommit.NONE: "success",
    Overcommit.OK: "",
    Overcommit.TIGHT: "warning",
    Overcommit.OVER: "danger",
}


def level_tone(level: Overcommit) -> str:
    """The tone of the words beside the bar; empty: as any text."""
    return _TONES[level]


def level_words(level: Overcommit) -> str:
    """ "Tight": colour alone tells nothing to many."""
    match level:
        case Overcommit.UNKNOWN:
            return translate("Commitment", "Not known")
        case Overcommit.NONE:
            return translate("Commitment", "Enough for all")
        case Overcommit.OK:
            return translate("Commitment", "More than there is, as usual")
        case Overcommit.TIGHT:
            return translate("Commitment", "Tight")
        case Overcommit.OVER:
            return translate("Commitment", "Too much")


def _ink(level: Overcommit) -> str:
    colours = tokens()
    return {
        Overcommit.TIGHT: colours.warning,
        Overcommit.OVER: colours.danger,
    }.get(level, colours.accent)


def paint_commitment(painter: QPainter, rect: QRectF, promise: Promise) -> None:
    """The axis ends at what exists, or at what is promised where that is more; a line marks what exists."""
    colours = tokens()
    end = max(promise.exists, promise.running, promise.defined, 1)
    radius = min(5.0, rect.height() / 2)
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.fillRect(rect, QColor(colours.border))
    level = promise.running_level
    ink = QColor(_ink(level))
    _fill(painter, rect, 0, promise.defined / end, colour(_ink(promise.defined_level), 0.32))
    _fill(painter, rect, 0, promise.running / end, ink)
    if promise.exists and end > promise.exists:
        beyond = _part(rect, promise.exists / end, max(promise.running, promise.defined) / end)
        painter.fillRect(beyond, QColor(colours.raised))
        weak = colour(_ink(promise.defined_level), 0.75)
        painter.fillRect(beyond, QBrush(weak, Qt.BrushStyle.BDiagPattern))
        if promise.running > promise.exists:
            over = _part(rect, promise.exists / end, promise.running / end)
            painter.fillRect(over, colour(_ink(level), 0.45))
            painter.fillRect(over, QBrush(ink, Qt.BrushStyle.BDiagPattern))
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.field_border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    if promise.exists and end > promise.exists:
        x = rect.left() + rect.width() * promise.exists / end
        painter.setPen(QPen(QColor(colours.text), 2))
        painter.drawLine(QPointF(x, rect.top() - 3), QPointF(x, rect.bottom() + 3))
    painter.restore()


def _part(rect: QRectF, start: float, end: float) -> QRectF:
    return QRectF(rect.left() + rect.width() * start, rect.top(), rect.width() * (end - start), rect.height())


def _fill(painter: QPainter, rect: QRectF, start: float, end: float, ink: QColor) -> None:
    if end > start:
        painter.fillRect(_part(rect, start, end), ink)
