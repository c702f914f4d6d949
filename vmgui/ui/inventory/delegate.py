"""Paints the inventory's rows: state icon, name, lock, tags, job badge, CPU sparkline, memory bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vmgui.ui.inventory.groups import GroupRow
from vmgui.ui.inventory.places import Index
from vmgui.ui.inventory.rows import DomainRow, Role
from vmgui.ui.look.host_colour import host_colour
from vmgui.ui.look.icons import IconRole, paint_icon
from vmgui.ui.look.sparkline import paint_bar, paint_sparkline
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.tag_look import paint_tags
from vmgui.ui.look.theme import SPACE, scaled, tabular, tokens

_ICON_PX = 16
_LOCK_PX = 12
_SPARK_PX = 48
_BAR_PX = 36
_BAR_HEIGHT_PX = 4
_PAD_PX = 6
_NAME_PX = 60
"""A name has at least so much room before tags and the host take any."""
SPARK_SLOTS = 30
"""One minute at a sample every 2 s."""


class InventoryDelegate(QStyledItemDelegate):
    """One column holds all of a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, QFontMetrics(option.font).height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Any = index.data(Role.ROW)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        colours = tokens()
        rect: QRect = option.rect
        ground = rect.adjusted(0, 1, -4, -1)
        if selected or hovered:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            name = (
                (colours.selection if active else colours.selection_inactive) if selected else colours.hover
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(name))
            painter.drawRoundedRect(ground, 5, 5)
        if option.state & QStyle.StateFlag.State_HasFocus and not selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), 5, 5)
        inner = rect.adjusted(_PAD_PX, 0, -_PAD_PX - 4, 0)
        if isinstance(row, DomainRow):
            self._paint_domain(painter, inner, option.font, row)
        elif isinstance(row, GroupRow):
            if row.host is not None:
                self._paint_colour(painter, rect, row.host.config.colour)
            self._paint_group(painter, inner, option.font, row)
        painter.restore()

    def _paint_colour(self, painter: QPainter, rect: QRect, name: str) -> None:
        """The mark a person gave to a host: a bar at its left edge."""
        colour = host_colour(name)
        if colour is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 4, 3, rect.height() - 8), 1.5, 1.5)

    def _paint_domain(self, painter: QPainter, inner: QRect, font: QFont, row: DomainRow) -> None:
        colours = tokens()
        left = self._paint_mark(painter, inner, row.icon_name, row.icon_role)
        right = inner.right()
        middle = inner.center().y()
        wide = inner.width() > 210
        if row.is_active and not row.is_stale and wide:
            if row.usage.memory_share is not None:
                bar = QRectF(right - _BAR_PX, middle - _BAR_HEIGHT_PX / 2 + 1, _BAR_PX, _BAR_HEIGHT_PX)
                paint_bar(painter, bar, row.usage.memory_share, colours.graph_memory, colours.border)
            right -= _BAR_PX + SPACE
            spark = QRectF(right - _SPARK_PX, inner.top() + 6, _SPARK_PX, inner.height() - 12)
            paint_sparkline(painter, spark, row.usage.cpu_percents, colours.graph_cpu, slots=SPARK_SLOTS)
            right -= _SPARK_PX + SPACE
        if row.badge:
            place = QRect(right - _ICON_PX, middle - _ICON_PX // 2 + 1, _ICON_PX, _ICON_PX)
            paint_icon(painter, "loader-circle", IconRole.BUSY, place)
            right -= _ICON_PX + SPACE
        muted = QColor(colours.muted)
        name_px = QFontMetrics(font).horizontalAdvance(row.name)
        lock_px = _LOCK_PX + SPACE if row.definition.is_protected else 0
        if lock_px:
            # Beside the name, which gives way to it where there is little room.
            name_px = min(name_px, right - left - lock_px)
            begin = left + name_px + SPACE
            paint_icon(
                painter, "lock", IconRole.MUTED, QRect(begin, middle - _LOCK_PX // 2 + 1, _LOCK_PX, _LOCK_PX)
            )
        if row.definition.tags or row.group.host is None:
            small = scaled(font, CAPTION)
            # The name first; what it leaves is for tags, then for the host where no group says which it is.
            free = left + min(max(name_px + lock_px, _NAME_PX), right - left) + SPACE
            if row.definition.tags:
                begin = paint_tags(painter, small, row.definition.tags, free, right, middle)
                right = begin - SPACE if begin < right else right
            if row.group.host is None:
                width = QFontMetrics(small).horizontalAdvance(row.host_name) + 2
                if free + width <= right:
                    painter.setFont(small)
                    painter.setPen(muted)
                    place = QRect(right - width, inner.top(), width, inner.height())
                    self._paint_text(painter, place, row.host_name)
                    right -= width + SPACE
        painter.setFont(font)
        painter.setPen(QColor(colours.text) if row.is_active and not row.is_stale else muted)
        room = min(right - left, name_px) if lock_px else right - left
        self._paint_text(painter, QRect(left, inner.top(), room, inner.height()), row.name)

    def _paint_group(self, painter: QPainter, inner: QRect, font: QFont, row: GroupRow) -> None:
        colours = tokens()
        left = self._paint_mark(painter, inner, row.icon_name, row.icon_role)
        right = inner.right()
        heavy = QFont(font)
        heavy.setWeight(QFont.Weight.DemiBold)
        small = tabular(scaled(font, CAPTION))
        performance = QFontMetrics(small)
        muted = QColor(colours.muted)
        name_width = QFontMetrics(heavy).horizontalAdvance(row.name) + 2
        if row.note:
            width = performance.horizontalAdvance(row.note) + 2
            room = right - left - min(name_width, (right - left) // 2) - SPACE
            if room > 40:
                width = min(width, room)
                painter.setFont(small)
                painter.setPen(muted if row.icon_role is not IconRole.CRASHED else QColor(colours.danger))
                place = QRect(right - width, inner.top(), width, inner.height())
                self._paint_text(painter, place, row.note, Qt.AlignmentFlag.AlignRight)
                right -= width + SPACE
        count_width = performance.horizontalAdvance(row.count) + 2
        if left + name_width + SPACE + count_width <= right:
            painter.setFont(small)
            painter.setPen(muted)
            place = QRect(left + name_width + SPACE, inner.top() + 1, count_width, inner.height())
            self._paint_text(painter, place, row.count)
        painter.setFont(heavy)
        painter.setPen(QColor(colours.text))
        self._paint_text(painter, QRect(left, inner.top(), right - left, inner.height()), row.name)

    def _paint_mark(self, painter: QPainter, inner: QRect, icon_name: str, role: IconRole) -> int:
        place = QRect(inner.left(), inner.center().y() - _ICON_PX // 2 + 1, _ICON_PX, _ICON_PX)
        paint_icon(painter, icon_name, role, place)
        return inner.left() + _ICON_PX + SPACE

    def _paint_text(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(align | Qt.AlignmentFlag.AlignVCenter), elided)
