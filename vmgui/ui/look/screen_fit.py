"""A window's first size: what it would like, and never more than the screen has."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME_PX = (16, 48)
"""What a window manager puts around a window, roughly."""


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give `window` this size, or what the screen it will open on has room for."""
    parent = window.parentWidget()
    room = (parent or window).screen().availableGeometry().size() - QSize(*_FRAME_PX)
    window.resize(QSize(width, height).boundedTo(room))
