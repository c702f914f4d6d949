"""Rows with some air, for lists a person reads and clicks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

AIR_PX = 8


class RoomyDelegate(QStyledItemDelegate):
    """Like the style's own rows, only higher."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, AIR_PX)
