"""Promised against existing, as a bar: what runs, what is defined besides, and hatched what is beyond what exists."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from vmgui.policy.commitment import Commitment, CommitmentLevel
from vmgui.ui.look.theme import colour, tokens

_TONES = {
    CommitmentLevel.UNKNOWN: "",
    CommitmentLevel.NONE: "success",
    CommitmentLevel.OK: "",
    CommitmentLevel.TIGHT: "warning",
    CommitmentLevel.OVER: "danger",
}


def level_tone(level: CommitmentLevel) -> str:
    """The tone of the words beside the bar; empty: as any text."""
    return _TONES[level]


def _ink(level: CommitmentLevel) -> str:
    colours = tokens()
    return {
        CommitmentLevel.TIGHT: colours.warning,
        CommitmentLevel.OVER: colours.danger,
    }.get(level, colours.accent)


def paint_commitment(painter: QPainter, rect: QRectF, commitment: Commitment) -> None:
    """The axis ends at what exists, or at what is promised where that is more; a line marks what exists."""
    colours = tokens()
    end = max(commitment.exists, commitment.running, commitment.defined, 1)
    radius = min(5.0, rect.height() / 2)
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.fillRect(rect, QColor(colours.border))
    level = commitment.running_level
    ink = QColor(_ink(level))
    _fill(painter, rect, 0, commitment.defined / end, colour(_ink(commitment.defined_level), 0.32))
    _fill(painter, rect, 0, commitment.running / end, ink)
    if commitment.exists and end > commitment.exists:
        beyond = _part(rect, commitment.exists / end, max(commitment.running, commitment.defined) / end)
        painter.fillRect(beyond, QColor(colours.raised))
        weak = colour(_ink(commitment.defined_level), 0.75)
        painter.fillRect(beyond, QBrush(weak, Qt.BrushStyle.BDiagPattern))
        if commitment.running > commitment.exists:
            over = _part(rect, commitment.exists / end, commitment.running / end)
            painter.fillRect(over, colour(_ink(level), 0.45))
            painter.fillRect(over, QBrush(ink, Qt.BrushStyle.BDiagPattern))
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.field_border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    if commitment.exists and end > commitment.exists:
        x = rect.left() + rect.width() * commitment.exists / end
        painter.setPen(QPen(QColor(colours.text), 2))
        painter.drawLine(QPointF(x, rect.top() - 3), QPointF(x, rect.bottom() + 3))
    painter.restore()


def _part(rect: QRectF, start: float, end: float) -> QRectF:
    return QRectF(rect.left() + rect.width() * start, rect.top(), rect.width() * (end - start), rect.height())


def _fill(painter: QPainter, rect: QRectF, start: float, end: float, ink: QColor) -> None:
    if end > start:
        painter.fillRect(_part(rect, start, end), ink)
