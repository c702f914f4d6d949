"""A limit: a number with its unit, or an empty field that is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QToolButton

from vmgui.commands.fields import Limit, LimitUnit
from vmgui.ui.kit.form import Form
from vmgui.words.say import Say

MB = 1_000_000
READ = Limit("read", "Read limit", unit=LimitUnit.BYTES_PER_S)
OPS = Limit("ops", "Operations", unit=LimitUnit.PER_S, none_words=Say("", "As many as it likes"))


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (READ, OPS), roomy=True)
    made.resize(600, 200)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def field(form: Form, name: str = "read") -> QDoubleSpinBox:
    found = form.findChild(QDoubleSpinBox, f"f-{name}-field")
    assert found is not None
    return found


def unit(form: Form) -> QToolButton:
    found = form.findChild(QToolButton, "f-read-unit")
    assert found is not None
    return found


def answer(form: Form, keys: str) -> object:
    field(form).selectAll()
    QTest.keyClicks(field(form), keys)
    return form.answers()["read"]


def test_an_empty_field_is_no_limit_and_says_so(form: Form) -> None:
    line = field(form).lineEdit()
    assert (form.answers()["read"], line.text(), line.placeholderText()) == (None, "", "No limit")
    assert field(form, "ops").lineEdit().placeholderText() == "As many as it likes"
    form.set_answers({"read": 5 * MB})
    assert (line.text(), form.answers()["read"]) == ("5", 5 * MB)
    form.set_answers({"read": None})
    assert (line.text(), form.answers()["read"]) == ("", None)


def test_typed_is_taken_exactly_and_taken_away_is_none(form: Form) -> None:
    heard: list[object] = []
    form.changed.connect(lambda: heard.append(form.answers()["read"]))
    assert answer(form, "12.5") == 12_500_000
    field(form).selectAll()
    QTest.keyClicks(field(form), "\b")
    assert (form.answers()["read"], field(form).lineEdit().text()) == (None, "")
    assert answer(form, "0") is None
    assert heard[-2:] == [12_500_000, None]


def test_arrows_begin_at_no_limit(form: Form) -> None:
    field(form).stepUp()
    assert form.answers()["read"] == 10 * MB
    field(form).stepDown()
    assert form.answers()["read"] is None


def test_a_value_is_shown_in_a_unit_that_says_it_whole(form: Form) -> None:
    for value, shown, name in (
        (10 * 1024**2, "10", "MiB/s"),
        (1_234_567, "1234567", "B/s"),
        (1_234_500, "1234.5", "kB/s"),
        (500_000, "500", "kB/s"),
        (7, "7", "B/s"),
    ):
        form.set_answers({"read": value})
        assert (field(form).text(), unit(form).text(), form.answers()["read"]) == (shown, name, value)


def test_another_unit_is_the_same_limit(form: Form) -> None:
    form.set_answers({"read": 10 * MB})
    next(action for action in unit(form).menu().actions() if action.text() == "kB/s").trigger()
    assert (field(form).text(), form.answers()["read"]) == ("10000", 10 * MB)


def test_names_for_the_outside(form: Form) -> None:
    assert (field(form).accessibleName(), unit(form).accessibleName()) == ("Read limit", "Read limit: unit")
    label = next(label for label in form.findChildren(QLabel) if label.text() == "Read limit")
    assert label.buddy() is field(form)
    assert "IOPS" in [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def test_a_rates_unit_is_taken_and_what_is_none_is_refused_with_words(form: Form) -> None:
    assert answer(form, "20 kB/s") == 20_000
    QTest.keyClick(field(form), Qt.Key.Key_Return)
    assert (field(form).text(), unit(form).text()) == ("20", "kB/s")
    assert answer(form, "10MiB/s") == 10 * 1024**2
    for text in ("20 M", "100 Mbit", "1e3", "0.0001 kB"):
        before = form.answers()["read"]
        field(form).clearFocus()
        field(form).setFocus()
        assert answer(form, text) == before
        obstacle = form.obstacle
        assert obstacle is not None
        assert (obstacle.field, field(form).text()) == ("read", text)
        assert "kB/s" in obstacle.text
    # Not only Apply is kept from it: discarded, or of another machine, it is gone.
    form.set_answers(form.answers(), keep_typing=True)
    assert form.obstacle is not None
    form.set_answers(form.answers())
    assert form.obstacle is None
    assert "0.0001" not in field(form).text()


def test_a_count_is_whole(form: Form) -> None:
    for text in ("1.5", "1,5"):
        box = field(form, "ops")
        box.selectAll()
        QTest.keyClicks(box, text)
        assert form.answers()["ops"] is None
        assert form.obstacle is not None
    box.selectAll()
    QTest.keyClicks(box, "100 IOPS")
    assert (form.answers()["ops"], form.obstacle) == (100, None)
