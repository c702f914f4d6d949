"""Layouts in one expression."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from vmgui.ui.look.boxes import Cell, across, down


def test_items_stand_in_order_with_their_room(qapp: QApplication) -> None:
    window, wide, edge = QWidget(), QWidget(), QWidget()
    row = across(1, Cell(wide, 2), space=5)
    box = down(row, Cell(edge, align=Qt.AlignmentFlag.AlignTop), around=(1, 2, 3, 4))
    window.setLayout(box)
    assert row.itemAt(0).spacerItem() is not None
    assert row.stretch(0) == 1
    assert row.itemAt(1).widget() is wide
    assert row.stretch(1) == 2
    assert row.spacing() == 5
    assert row.direction() is QBoxLayout.Direction.LeftToRight
    assert box.itemAt(0).layout() is row
    assert box.itemAt(1).alignment() == Qt.AlignmentFlag.AlignTop
    margins = box.contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (1, 2, 3, 4)
    window.deleteLater()
