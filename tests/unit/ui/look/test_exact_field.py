"""A number that is typed over."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vmgui.ui.look.exact_field import ExactField


def test_a_double_click_chooses_the_whole_number(qapp: QApplication) -> None:
    field = ExactField()
    field.setLocale(QLocale.c())
    field.setDecimals(3)
    field.setRange(0, 1000)
    field.setValue(0.125)
    field.show()
    line = field.lineEdit()
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    assert line.selectedText() == "0.125"
    QTest.keyClicks(line, "2.5")
    assert field.value() == 2.5
    field.close()
    field.deleteLater()
