"""Paints a job's progress: a thin bar and the words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vmgui.model.job import Job
from vmgui.ui.kit.table_model import ROW, Index
from vmgui.ui.look.sparkline import paint_bar
from vmgui.ui.look.theme import SPACE, tabular, tokens
from vmgui.words import jobs as job_words

_BAR_PX = 80


class ProgressDelegate(QStyledItemDelegate):
    """Paints the column Progress."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        widget = option.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        job = index.data(ROW)
        if not isinstance(job, Job) or job.state.is_final:
            return
        painter.save()
        colours = tokens()
        inner = option.rect.adjusted(4, 0, -4, 0)
        left = float(inner.left())
        share = job_words.fraction(job)
        if share is not None:
            paint_bar(
                painter,
                QRectF(left, inner.center().y() - 2, _BAR_PX, 5),
                share,
                colours.accent,
                colours.border,
            )
            left += _BAR_PX + SPACE
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if text:
            painter.setFont(tabular(option.font))
            painter.setPen(QColor(colours.text))
            room = QRectF(left, inner.top(), inner.right() - left, inner.height())
            painter.drawText(
                room,
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width())),
            )
        painter.restore()
