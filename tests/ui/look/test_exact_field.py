"""A field of numbers with units: what is typed is read as it stands, or refused with words; never made another number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from vmgui.commands.fields.amount import MEASURES, Quantity
from vmgui.ui.look.exact_field import ExactField
from vmgui.words import quantities as fmt

MIB = 1024
GIB = 1024 * MIB


@pytest.fixture(params=["en", "es"])
def field(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[ExactField]:
    before = QLocale(fmt.locale())
    fmt.set_locale(QLocale(request.param))
    window = QWidget()
    column = QVBoxLayout(window)
    made = ExactField(MEASURES[Quantity.MEMORY_KIB], window)
    made.show_amount(4 * GIB)
    column.addWidget(QLineEdit(window))
    column.addWidget(made)
    window.show()
    window.activateWindow()
    made.setFocus()
    yield made
    window.close()
    window.deleteLater()
    fmt.set_locale(before)


def write(field: ExactField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def leave(field: ExactField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()


def seen(field: ExactField) -> tuple[str, str]:
    return field.text().replace(",", "."), field.unit.label


@pytest.mark.parametrize("sign", [".", ","])
def test_both_decimal_signs_are_one_in_both_languages(field: ExactField, sign: str) -> None:
    write(field, f"1{sign}5")
    assert (field.amount, field.text()) == (GIB * 3 // 2, f"1{sign}5")
    leave(field)
    assert (field.amount, field.text()) == (GIB * 3 // 2, f"1{fmt.locale().decimalPoint()}5")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("512M", 512 * MIB),
        ("512 MiB", 512 * MIB),
        ("512mib", 512 * MIB),
        ("1 MiB", MIB),
        ("100 M", 100 * MIB),
    ],
)
def test_a_unit_that_is_typed_is_taken(field: ExactField, text: str, amount: int) -> None:
    write(field, text)
    assert (field.amount, field.text(), field.problem) == (amount, text, "")
    leave(field)
    assert seen(field) == (str(amount // MIB), "MiB")
    assert field.amount == amount
    write(field, "2 G")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (seen(field), field.amount) == (("2", "GiB"), 2 * GIB)


@pytest.mark.parametrize(
    "text", ["512 MB", "1e3", "1.2.3", "1,024.5", "-3", "8 x", "0x10", "99999999999999999999"]
)
def test_what_cannot_be_read_stays_as_it_is_and_is_no_answer(field: ExactField, text: str) -> None:
    heard: list[tuple[int, bool]] = []
    field.amount_changed.connect(lambda: heard.append((field.amount, bool(field.problem))))
    write(field, text)
    assert (field.amount, field.text()) == (4 * GIB, text)
    assert "MiB, GiB" in field.problem
    assert heard[-1] == (4 * GIB, True)
    leave(field)
    assert (field.amount, field.text(), bool(field.problem)) == (4 * GIB, text, True)
    write(field, "8")
    assert (field.amount, field.problem, heard[-1]) == (8 * GIB, "", (8 * GIB, False))


def test_arrows_go_on_from_what_was_there_before_it_could_not_be_read(field: ExactField) -> None:
    write(field, "6 x")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert (field.amount, field.text(), field.problem) == (5 * GIB, "5", "")


def test_an_emptied_field_is_what_it_was(field: ExactField) -> None:
    write(field, "8")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.text(), field.amount, field.problem) == ("", 4 * GIB, "")
    leave(field)
    assert (field.text(), field.amount) == ("4", 4 * GIB)


@pytest.mark.parametrize(
    ("mib", "shown"),
    [
        (192, ("192", "MiB")),
        (1001, ("1001", "MiB")),
        (512, ("512", "MiB")),
        (1024, ("1", "GiB")),
        (1536, ("1.5", "GiB")),
        (65536, ("64", "GiB")),
    ],
)
def test_it_begins_in_the_unit_that_says_it_exactly_and_briefly(
    field: ExactField, mib: int, shown: tuple[str, str]
) -> None:
    field.show_amount(mib * MIB)
    assert (seen(field), field.amount) == (shown, mib * MIB)


def test_memory_that_is_typed_is_whole_mib_and_what_is_shown_stays(field: ExactField) -> None:
    write(field, "0.0625")
    assert (field.text(), field.amount) == ("0.0625", 64 * MIB)
    leave(field)
    assert seen(field) == ("64", "MiB")
    write(field, "0.978 GiB")
    leave(field)
    assert (seen(field), field.amount) == (("1001", "MiB"), 1001 * MIB)
    field.show_amount(1_025_507)  # others may have odd ones
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    leave(field)
    assert field.amount == 1_025_507


def test_news_leave_what_is_being_typed(field: ExactField) -> None:
    write(field, "1.")
    field.show_amount(GIB, keep_typing=True)
    assert field.text() == "1."
    field.show_amount(3 * GIB, keep_typing=True)
    assert (field.text(), field.amount) == ("1.", 3 * GIB)
    QTest.keyClicks(field, "5")
    assert field.amount == GIB * 3 // 2
    field.show_amount(3 * GIB)
    assert field.text() == "3"


def test_news_are_shown_once_the_field_is_left(field: ExactField) -> None:
    write(field, "1.")
    field.show_amount(3 * GIB, keep_typing=True)
    leave(field)
    assert (field.text(), field.amount) == ("3", 3 * GIB)


@pytest.mark.parametrize("is_focused", [True, False])
def test_the_wheel_changes_it_only_with_the_keyboard_in_it(field: ExactField, is_focused: bool) -> None:
    if not is_focused:
        leave(field)
    no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), *no)
    QApplication.sendEvent(field, event)
    assert (field.amount == 4 * GIB, event.isAccepted()) == (not is_focused, is_focused)
    assert not field.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus


def test_counts_are_whole(qapp: QApplication) -> None:
    counter = ExactField(MEASURES[Quantity.COUNT])
    counter.show_amount(2)
    for text in ("1.5", "1,5", "2x"):
        counter.selectAll()
        QTest.keyClicks(counter, text)
        assert (counter.amount, counter.problem) == (2, "A whole number is needed here.")
    counter.deleteLater()
