"""The capacity slider: exact, in steps, never out of its range, worked by mouse, keys and field."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vmgui.commands.fields import Capacity, Quantity
from vmgui.ui.kit.fields.amount import CapacitySlider
from vmgui.ui.look import theme
from vmgui.ui.look.plain import ElidedLabel

MIB = 1024
GIB = 1024 * MIB
CAPACITY = Capacity(64 * MIB, 16 * GIB, 16 * GIB, 8 * GIB, "on host-a", "used by others", 2 * GIB)


@pytest.fixture
def slider(qapp: QApplication) -> Iterator[CapacitySlider]:
    theme.install(qapp, "light")
    made = CapacitySlider(Quantity.MEMORY_KIB, "memory")
    made.set_label("&Memory", "Memory")
    made.set_capacity(CAPACITY)
    made.set_value(4 * GIB)
    made.resize(600, 80)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def track(slider: CapacitySlider) -> QSlider:
    found = slider.findChild(QSlider, "memory-slider")
    assert found is not None
    return found


def field(slider: CapacitySlider) -> QDoubleSpinBox:
    found = slider.findChild(QDoubleSpinBox, "memory-field")
    assert found is not None
    return found


def heard(slider: CapacitySlider) -> list[int]:
    values: list[int] = []
    slider.changed.connect(lambda: values.append(slider.value))
    return values


def test_shows_exact_value_without_needless_decimals(slider: CapacitySlider) -> None:
    assert field(slider).text() == "4"
    slider.set_value(int(1.5 * GIB))
    assert field(slider).text() == "1.5"
    assert slider.value == int(1.5 * GIB)


def test_setting_by_program_is_silent_and_only_the_slider_stays_in_range(slider: CapacitySlider) -> None:
    values = heard(slider)
    slider.set_value(100 * GIB)
    assert (slider.value, track(slider).value(), field(slider).text()) == (100 * GIB, 16 * 1024, "100")
    slider.set_value(0)
    assert (slider.value, track(slider).value(), field(slider).text()) == (0, 64, "0")
    assert values == []


def test_what_is_typed_is_never_made_another_number(slider: CapacitySlider) -> None:
    values = heard(slider)
    field(slider).setFocus()
    field(slider).selectAll()
    QTest.keyClicks(field(slider), "100")
    assert (slider.value, track(slider).value()) == (100 * GIB, 16 * 1024)
    assert values == [1 * GIB, 10 * GIB, 100 * GIB]
    slider.set_capacity(Capacity(64 * MIB, 8 * GIB))
    assert (slider.value, field(slider).text()) == (100 * GIB, "100")
    field(slider).setValue(4_000_000)  # more than the slider's own integers hold
    assert (slider.value, track(slider).value()) == (4_000_000 * GIB, 8 * 1024)
    field(slider).selectAll()
    QTest.keyClicks(field(slider), "0")
    assert slider.value == 0


def test_the_sliders_end_is_a_value_also_after_more_was_typed(slider: CapacitySlider) -> None:
    slider.set_value(100 * GIB)
    rail = track(slider)
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(rail.width() - 2, 10))
    assert (slider.value, field(slider).text()) == (16 * GIB, "16")


def test_field_takes_any_value_exactly(slider: CapacitySlider) -> None:
    values = heard(slider)
    field(slider).setValue(1.125)
    assert slider.value == int(1.125 * GIB)
    assert values == [int(1.125 * GIB)]


def test_keys_go_to_whole_steps(slider: CapacitySlider) -> None:
    slider.set_value(1000 * MIB)
    QTest.keyClick(track(slider), Qt.Key.Key_Right)
    assert slider.value == 1024 * MIB
    slider.set_value(1000 * MIB)
    QTest.keyClick(track(slider), Qt.Key.Key_Left)
    assert slider.value == 768 * MIB
    QTest.keyClick(track(slider), Qt.Key.Key_End)
    assert slider.value == 16 * GIB
    QTest.keyClick(track(slider), Qt.Key.Key_Home)
    assert slider.value == 64 * MIB


def test_tab_reaches_the_slider_then_the_field(qapp: QApplication) -> None:
    window = QWidget()
    before, made = QLineEdit(), CapacitySlider(Quantity.MEMORY_KIB, "memory")
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(made)
    window.show()
    window.activateWindow()
    before.setFocus()
    for expected in (track(made), field(made)):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        assert window.focusWidget() is expected
    window.close()
    window.deleteLater()


def test_mouse_sets_what_is_under_it_beyond_the_others_share(slider: CapacitySlider) -> None:
    rail = track(slider)
    # The axis is 24 GiB long: 8 of others, then up to 16 of this one; its middle is 4 GiB of ours.
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(rail.width() // 2, 10))
    assert abs(slider.value - 4 * GIB) <= 512 * MIB
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    assert slider.value == 64 * MIB
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(rail.width() - 2, 10))
    assert slider.value == 16 * GIB


def test_legend_says_what_stays_free_or_is_too_much(slider: CapacitySlider) -> None:
    words = "\n".join(label.text() for label in slider.findChildren(QLabel))
    assert "4 GiB left of 16 GiB on host-a" in words
    assert "8 GiB used by others" in words
    slider.set_value(10 * GIB)
    words = "\n".join(label.text() for label in slider.findChildren(QLabel))
    assert "2 GiB more than the 16 GiB on host-a" in words
    assert track(slider).accessibleDescription() in words


def test_unit_can_be_changed(slider: CapacitySlider) -> None:
    button = slider.findChild(QToolButton, "memory-unit")
    assert button is not None
    menu = button.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "MiB").trigger()
    assert field(slider).text() == "4096"
    assert slider.value == 4 * GIB
    assert button.accessibleName() == "Memory: unit"


def test_names_for_the_outside(slider: CapacitySlider) -> None:
    assert track(slider).accessibleName() == "Memory"
    assert field(slider).accessibleName() == "Memory"
    label = next(label for label in slider.findChildren(QLabel) if label.text() == "&Memory")
    assert label.buddy() is field(slider)


def test_counts_have_no_unit_and_no_decimals(qapp: QApplication) -> None:
    counter = CapacitySlider(Quantity.COUNT, "cpus")
    counter.set_capacity(Capacity(1, 8))
    counter.show()
    field = counter.findChild(QDoubleSpinBox, "cpus-field")
    unit = counter.findChild(QToolButton, "cpus-unit")
    assert field is not None
    assert unit is not None
    assert not unit.isVisible()
    field.setValue(3)
    assert counter.value == 3
    counter.close()
    counter.deleteLater()


def test_large_disks_do_not_overflow(qapp: QApplication) -> None:
    disk = CapacitySlider(Quantity.DISK_BYTES, "disk")
    disk.set_capacity(Capacity(1 << 30, 64 << 40, 64 << 40, 10 << 40))
    disk.set_value(63 << 40)
    assert disk.value == 63 << 40
    disk.deleteLater()


def test_is_painted_in_every_theme_and_when_overcommitted(slider: CapacitySlider) -> None:
    for name in ("light", "dark"):
        theme.set_theme(name)
        slider.set_value(15 * GIB)
        assert not slider.grab().isNull()
    theme.set_theme("light")


def test_a_legend_without_room_keeps_its_beginning(slider: CapacitySlider) -> None:
    slider.set_capacity(Capacity(64 * MIB, 16 * GIB, 16 * GIB, 8 * GIB, "on " + "a" * 200, "used by others"))
    legend = next(
        label for label in slider.findChildren(ElidedLabel) if label.text().startswith("4 GiB left")
    )
    assert legend.shown_text.startswith("4 GiB left of 16 GiB on aaa")
    assert legend.shown_text.endswith("…")
    assert legend.toolTip() == legend.text()


def test_news_of_the_capacity_leave_what_is_typed(slider: CapacitySlider) -> None:
    slider.window().activateWindow()
    field(slider).setFocus()
    field(slider).selectAll()
    QTest.keyClicks(field(slider), "1.")
    slider.set_capacity(Capacity(64 * MIB, 8 * GIB, 8 * GIB, 2 * GIB))
    assert field(slider).text() == "1."
    QTest.keyClicks(field(slider), "5")
    assert slider.value == GIB * 3 // 2


def test_a_typed_unit_stands_on_the_button(slider: CapacitySlider) -> None:
    button = slider.findChild(QToolButton, "memory-unit")
    assert button is not None
    field(slider).selectAll()
    QTest.keyClicks(field(slider), "512M\r")
    assert (slider.value, field(slider).text(), button.text()) == (512 * MIB, "512", "MiB")


def test_the_slider_takes_the_place_of_what_cannot_be_read(slider: CapacitySlider) -> None:
    values = heard(slider)
    field(slider).selectAll()
    QTest.keyClicks(field(slider), "4 MB")
    assert (slider.value, slider.exact.unread) == (4 * GIB, "4 MB")
    QTest.mouseClick(track(slider), Qt.MouseButton.LeftButton, pos=QPoint(track(slider).width() - 2, 10))
    assert (slider.exact.unread, field(slider).text(), values[-1]) == ("", "16", 16 * GIB)


def test_the_wheel_is_for_what_scrolls_unless_the_slider_has_the_keyboard(slider: CapacitySlider) -> None:
    no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    slider.window().activateWindow()
    field(slider).setFocus()
    for is_focused in (False, True):
        event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), *no)
        QApplication.sendEvent(track(slider), event)
        assert (slider.value != 4 * GIB, event.isAccepted()) == (is_focused, is_focused)
        track(slider).setFocus()
