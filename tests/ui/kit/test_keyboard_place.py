"""Half a number, the cursor and what is in view stay where they are when the controls are made anew."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QScrollArea, QVBoxLayout, QWidget

from tests.helpers.waiting import eventually
from vmgui.ui.kit.keyboard_place import KeyboardPlace


def form(*, value: float = 1) -> tuple[QWidget, QDoubleSpinBox]:
    made = QWidget()
    layout = QVBoxLayout(made)
    for number in range(20):
        box = QDoubleSpinBox(made)
        box.setLocale(QLocale.c())
        box.setObjectName(f"box-{number}")
        box.setValue(value)
        layout.addWidget(box)
    box = made.findChild(QDoubleSpinBox, "box-12")
    assert box is not None
    return made, box


async def test_half_a_number_stays_as_it_is_typed(qapp: QApplication) -> None:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.resize(200, 150)
    place = KeyboardPlace(scroll)
    widget, box = form()
    scroll.setWidget(widget)
    scroll.show()
    scroll.activateWindow()
    bar = scroll.verticalScrollBar()
    await eventually(lambda: bar.maximum() > 0)
    box.setFocus()
    box.lineEdit().setText("1.")
    bar.setValue(bar.maximum() // 2)
    at_px = bar.value()
    place.keep()
    widget, new = form()
    scroll.setWidget(widget)
    place.restore()
    assert scroll.focusWidget() is new
    assert (new.text(), new.lineEdit().cursorPosition()) == ("1.", 2)
    await eventually(lambda: bar.value() == at_px)
    # Another number is not written over.
    new.lineEdit().setText("1.")
    place.keep()
    widget, other = form(value=2)
    scroll.setWidget(widget)
    place.restore()
    assert (scroll.focusWidget(), other.value()) == (other, 2)
    scroll.close()
    scroll.deleteLater()
