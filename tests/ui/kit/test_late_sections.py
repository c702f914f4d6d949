"""A late section of a form is made when it is first opened; it is answered, offered and judged as if it were there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from vmgui.commands.fields import Choice, Option, Text
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.section import Section
from vmgui.words.mark import Mark
from vmgui.words.note import Note
from vmgui.words.say import say

NOW = say("Edits", "now")
ROWS = (
    Text("first", "First"),
    Section("part", "Part", (Text("a", "A"), Choice("b", "B")), of="vda", late=True),
    Section("other", "Other", (Text("c", "C"),), late=True),
    Section("open", "Open", (Text("d", "D"),), folded=False, late=True),
)


@pytest.fixture
def notes() -> list[Note]:
    return []


@pytest.fixture
def form(qapp: QApplication, notes: list[Note]) -> Iterator[Form]:
    made = Form("f", ROWS, judge=lambda _: notes, roomy=True, chips=(NOW,))
    made.offer({"b": [Option("x", "X"), Option("y", "Y")]})
    made.set_answers({"first": "1", "a": "2", "b": "y", "c": "3", "d": "4"})
    made.show()
    yield made
    made.close()
    made.deleteLater()


def title(form: Form, name: str) -> QPushButton:
    found = form.findChild(QPushButton, f"f-{name}")
    assert found is not None
    return found


def test_what_was_never_opened_is_answered_all_the_same(form: Form) -> None:
    assert set(form.controls) == {"first", "d"}
    assert form.answers() == {"first": "1", "a": "2", "b": "y", "c": "3", "d": "4"}
    form.set_answers({"a": "5"})
    assert form.answers()["a"] == "5"
    assert title(form, "part").isVisible()


def test_opened_it_shows_what_was_answered_and_offered(form: Form) -> None:
    title(form, "part").click()
    assert set(form.controls) == {"first", "d", "a", "b"}
    shown = form.findChild(QLineEdit, "f-a")
    assert shown is not None
    assert shown.isVisible()
    assert (shown.text(), shown.accessibleName()) == ("2", "A of vda")
    assert form.answers()["b"] == "y"
    QTest.keyClicks(shown, "9")
    assert form.answers()["a"] == "29"
    title(form, "part").click()
    assert not shown.isVisible()
    assert form.answers()["a"] == "29"


def test_tab_leads_from_its_title_into_it_and_on(form: Form) -> None:
    title(form, "part").click()
    title(form, "part").setFocus()
    names: list[str] = []
    for _ in range(4):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        names.append(form.focusWidget().objectName())
    assert names == ["f-a", "f-b", "f-other", "f-open"]


def test_what_blocks_in_it_opens_it(form: Form, notes: list[Note]) -> None:
    notes.append(Note("c", "wrong"))
    form.judge()
    assert "other" in form.open_folds
    found = form.findChild(QLineEdit, "f-c")
    assert found is not None
    assert found.isVisible()


def test_a_mark_in_it_stands_beside_its_title(form: Form) -> None:
    form.show_marks([Mark("c", NOW)])
    assert title(form, "other").accessibleDescription() == "now"
    assert title(form, "part").accessibleDescription() == ""


def test_a_form_that_cannot_be_answered_can_be_unfolded(form: Form) -> None:
    form.set_editable(False)
    title(form, "part").click()
    for name in ("first", "a", "b"):
        assert not form.controls[name].widget.isEnabled()
        assert form.controls[name].widget.isVisible()
    form.set_editable(True)
    assert form.controls["a"].widget.isEnabled()


def test_many_are_opened_and_judged_at_once(qapp: QApplication) -> None:
    judged: list[int] = []
    made = Form("f", ROWS, judge=lambda _: judged.append(1) or (), roomy=True)
    judged.clear()
    made.open_as({"part", "other"})
    assert made.open_folds == {"part", "other"}
    assert set(made.controls) == {"first", "a", "b", "c", "d"}
    assert len(judged) == 1
    made.deleteLater()
