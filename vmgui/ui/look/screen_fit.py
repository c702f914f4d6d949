"""A window's size: at first what it would like, never more than the screen has; later what its texts need."""

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


def fit_height(dialog: QWidget) -> None:
    """Make a dialog as high as its texts need at its width; after lines came or went."""
    layout = dialog.layout()
    if layout is None or not dialog.isVisible():
        return
    layout.activate()
    wanted = (
        layout.totalHeightForWidth(dialog.width())
        if layout.hasHeightForWidth()
        else layout.totalSizeHint().height()
    )
    dialog.resize(dialog.width(), max(wanted, dialog.minimumHeight()))
