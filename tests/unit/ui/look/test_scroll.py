"""What is unfolded at the lower end is scrolled into view."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from vmgui.ui.look.scroll import Scroll


def test_the_beginning_of_what_was_unfolded_is_seen(qapp: QApplication) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    above, title, below = QWidget(), QPushButton("Limits"), QWidget()
    above.setFixedHeight(350)
    below.setFixedHeight(600)
    for widget in (above, title, below):
        column.addWidget(widget)
    below.hide()
    scroll = Scroll(inside)
    scroll.resize(300, 400)
    scroll.show()
    scroll.activateWindow()
    assert QTest.qWaitForWindowActive(scroll)
    title.setFocus()
    below.show()
    scroll.follow_keyboard()
    qapp.processEvents()
    shown = below.mapTo(scroll.viewport(), below.rect().topLeft()).y()
    assert 150 < shown < 250
    # Others that grow do not move what somebody looks at.
    at = scroll.verticalScrollBar().value()
    below.setFixedHeight(900)
    qapp.processEvents()
    assert scroll.verticalScrollBar().value() == at
    scroll.close()
    scroll.deleteLater()
