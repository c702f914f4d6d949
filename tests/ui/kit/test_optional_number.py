"""A whole number, or an empty field that says what none means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from vmgui.commands.fields import Number
from vmgui.ui.kit.form import Form
from vmgui.words.say import Say

MTU = Number("mtu", "MTU", least=68, most=65535, empty=Say("", "Default"))


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (MTU,), roomy=True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def line(form: Form) -> QLineEdit:
    found = form.findChild(QLineEdit, "f-mtu-field")
    assert found is not None
    return found


def type_in(form: Form, keys: str) -> object:
    line(form).selectAll()
    QTest.keyClicks(line(form), keys)
    return form.answers()["mtu"]


def test_empty_is_an_answer_and_says_which(form: Form) -> None:
    assert (form.answers()["mtu"], line(form).placeholderText()) == (None, "Default")
    assert line(form).accessibleName() == "MTU"
    form.set_answers({"mtu": 1500})
    assert (line(form).text(), form.answers()["mtu"]) == ("1500", 1500)
    assert type_in(form, "\b") is None
    assert form.obstacle is None


def test_what_is_typed_stays_and_is_never_made_another_number(form: Form) -> None:
    assert type_in(form, "9000") == 9000
    for keys in ("70000", "5", "1.5", "x", "1e3"):
        type_in(form, keys)
        assert line(form).text() == keys
        assert form.obstacle is not None
    type_in(form, "70000")
    assert form.obstacle is not None
    assert form.obstacle.text == "A whole number from 68 to 65535 is needed here, or nothing."
    assert type_in(form, "1400") == 1400
    assert form.obstacle is None


def test_what_it_has_already_is_no_mistake(form: Form) -> None:
    form.set_answers({"mtu": 7})
    assert (form.answers()["mtu"], form.obstacle) == (7, None)


def test_news_do_not_write_over_what_is_typed_and_no_answer_yet(form: Form) -> None:
    form.activateWindow()
    line(form).setFocus()
    type_in(form, "70000")
    form.set_answers({"mtu": 1500}, keep_typing=True)
    assert (line(form).text(), form.answers()["mtu"]) == ("70000", 1500)
    form.set_answers({"mtu": 1500})
    assert line(form).text() == "1500"


def test_arrows_count_within_what_may_be(form: Form) -> None:
    QTest.keyClick(line(form), Qt.Key.Key_Up)
    assert form.answers()["mtu"] == 68
    QTest.keyClick(line(form), Qt.Key.Key_Up)
    assert form.answers()["mtu"] == 69
    for _ in range(3):
        QTest.keyClick(line(form), Qt.Key.Key_Down)
    assert form.answers()["mtu"] == 68
