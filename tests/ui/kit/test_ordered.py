"""Rows with a tick and an order, moved by buttons, keys and dragging."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.helpers.waiting import eventually
from vmgui.commands.fields import Option, Ordered
from vmgui.ui.kit.fields.ordered import OrderedList
from vmgui.ui.kit.form import Form

OPTIONS = tuple(Option(name, name.upper()) for name in ("vda", "sda", "net", "usb"))
ORDER = Ordered("order", "Start from", options=OPTIONS)


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (ORDER,), roomy=True)
    made.resize(500, 300)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def rows(form: Form) -> OrderedList:
    found = form.findChild(OrderedList, "f-order-list")
    assert found is not None
    return found


def button(form: Form, name: str) -> QPushButton:
    found = form.findChild(QPushButton, f"f-order-{name}")
    assert found is not None
    return found


def shown(form: Form) -> list[str]:
    return [rows(form).item(row).text() for row in range(rows(form).count())]


def test_the_chosen_stand_first_in_their_order(form: Form) -> None:
    assert form.answers()["order"] == ()
    form.set_answers({"order": ("net", "vda")})
    assert shown(form) == ["NET", "VDA", "SDA", "USB"]
    assert form.answers()["order"] == ("net", "vda")


def test_a_tick_chooses_and_leaves_out(form: Form) -> None:
    heard: list[object] = []
    form.changed.connect(lambda: heard.append(form.answers()["order"]))
    form.set_answers({"order": ("vda",)})
    rows(form).item(2).setCheckState(Qt.CheckState.Checked)
    assert form.answers()["order"] == ("vda", "net")
    rows(form).setCurrentRow(0)
    QTest.keyClick(rows(form), Qt.Key.Key_Space)
    assert form.answers()["order"] == ("net",)
    assert heard == [("vda",), ("vda", "net"), ("net",)]


def test_keys_and_buttons_move_a_row_and_stay_on_it(form: Form) -> None:
    form.set_answers({"order": ("vda", "sda", "net")})
    rows(form).setCurrentRow(2)
    QTest.keyClick(rows(form), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.answers()["order"] == ("vda", "net", "sda")
    button(form, "up").click()
    assert (form.answers()["order"], rows(form).currentRow()) == (("net", "vda", "sda"), 0)
    assert not button(form, "up").isEnabled()
    QTest.keyClick(rows(form), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.answers()["order"] == ("net", "vda", "sda")
    button(form, "down").click()
    assert form.answers()["order"] == ("vda", "net", "sda")
    QTest.keyClick(rows(form), Qt.Key.Key_Down)  # alone it goes on
    assert (form.answers()["order"], rows(form).currentRow()) == (("vda", "net", "sda"), 2)


def test_a_screen_reader_hears_place_and_tick(form: Form) -> None:
    form.set_answers({"order": ("vda", "sda")})
    said = [rows(form).item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == ["VDA, 1 of 2, chosen", "SDA, 2 of 2, chosen", "NET, not chosen"]
    assert rows(form).accessibleName() == "Start from"
    assert button(form, "up").accessibleName() == "Up: Start from"
    rows(form).setCurrentRow(0)
    button(form, "down").click()
    assert rows(form).item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "SDA, 1 of 2, chosen"


def test_other_options_keep_what_is_chosen_and_where_the_keyboard_is(form: Form) -> None:
    form.set_answers({"order": ("net", "vda")})
    rows(form).setCurrentRow(1)
    form.offer({"order": (*OPTIONS[:1], Option("vdb", "VDB"), *OPTIONS[1:])})
    assert form.answers()["order"] == ("net", "vda")
    assert shown(form) == ["NET", "VDA", "SDA", "USB", "VDB"]
    assert rows(form).currentItem().text() == "VDA"


def test_what_cannot_be_chosen_has_no_tick_but_can_be_left_out(form: Form) -> None:
    form.offer({"order": (Option("vda", "VDA", why_not="No"), Option("sda", "SDA"))})
    assert not rows(form).item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable
    form.set_answers({"order": ("vda",)})
    assert rows(form).item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable


def test_words_of_others_are_plain(form: Form) -> None:
    form.offer({"order": (Option("x", "<b>\u202ex</b>"),)})
    assert shown(form) == ["<b>\\u202ex</b>"]


async def test_several_rows_are_seen_whole_at_once(form: Form) -> None:
    many = tuple(Option(str(number), "A long name of a device " * 9) for number in range(20))
    form.offer({"order": many})
    form.resize(500, 900)
    seen = rows(form)

    def is_high_enough() -> bool:
        return seen.viewport().height() >= 5 * seen.visualItemRect(seen.item(0)).height()

    await eventually(is_high_enough)  # a layout in a layout tells the outer one in the next turn
    row = seen.visualItemRect(seen.item(0))
    assert row.height() >= seen.fontMetrics().height()
    assert row.width() <= seen.viewport().width()
    # What is left of the page is under the form, not in it.
    assert button(form, "down").geometry().bottom() <= seen.geometry().bottom()
    few = OPTIONS[:3]
    form.offer({"order": few})
    await eventually(lambda: not is_high_enough())
