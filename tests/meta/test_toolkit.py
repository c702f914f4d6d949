"""What the toolkit must not do to us again."""

import sys

import PySide6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter

EMITS = 1000


class _Sender(QObject):
    toggled = Signal(bool)
    bare = Signal()

    def on_toggled(self, _value: bool) -> None:
        pass


def test_emits_and_paints_keep_every_reference(qapp: object) -> None:
    """PySide6 6.12.0 on CPython 3.11 loses one of True at each emit, one of None at each paint call, and aborts."""
    if sys.version_info >= (3, 12):
        # True and None are immortal there: their count says nothing, and nothing can be lost.
        return
    sender = _Sender()
    sender.toggled.connect(sender.on_toggled)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(EMITS):
        sender.toggled.emit(True)
        sender.bare.emit()
        painter.fillRect(0, 0, 4, 4, QColor("red"))
        painter.drawImage(0, 0, image)
    after = sys.getrefcount(True), sys.getrefcount(None)
    painter.end()
    # Other threads may take or drop a few meanwhile; only losing them ends the process.
    lost = [earlier - later for earlier, later in zip(before, after, strict=True)]
    assert max(lost) < EMITS // 10, f"references to True and None lost in {PySide6.__version__}: {lost}"
