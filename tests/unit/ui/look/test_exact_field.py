"""A number that is typed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vmgui.commands.fields.amount import MEASURES, Quantity
from vmgui.ui.look.exact_field import ExactField


def test_a_double_click_chooses_the_whole_number(qapp: QApplication) -> None:
    field = ExactField(MEASURES[Quantity.MEMORY_KIB])
    field.show_amount(1152 * 1024)
    field.show_unit(MEASURES[Quantity.MEMORY_KIB].units[1])
    field.show()
    line = field.lineEdit()
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    assert line.selectedText() == "1.125"
    QTest.keyClicks(line, "2.5")
    assert field.value() == 2.5
    field.close()
    field.deleteLater()
