"""Several texts, one on each line; a bad line is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from vmgui.commands.fields import Listed
from vmgui.ui.kit.form import Form
from vmgui.words.say import Say


def _why_not(text: str) -> str:
    return "" if text.isdecimal() else "It is no number."


TAGS = Listed("tags", "VLAN tags", check=_why_not, hint=Say("", "42"))


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (TAGS,), roomy=True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def lines(form: Form) -> QPlainTextEdit:
    found = form.findChild(QPlainTextEdit, "f-tags")
    assert found is not None
    return found


def test_each_line_is_one(form: Form) -> None:
    assert (form.answers()["tags"], lines(form).placeholderText()) == ((), "42")
    form.set_answers({"tags": ("1", "2")})
    assert (lines(form).toPlainText(), form.answers()["tags"]) == ("1\n2", ("1", "2"))
    lines(form).setPlainText(" 5 \n\n7\n")
    assert form.answers()["tags"] == ("5", "7")


def test_a_bad_line_is_named_and_is_no_answer(form: Form) -> None:
    form.set_answers({"tags": ("1",)})
    lines(form).setPlainText("1\n\nx")
    assert form.obstacle is not None
    assert form.obstacle.text == "Line 3, “x”: It is no number."
    assert form.answers()["tags"] == ("1",)
    lines(form).setPlainText("1\n\n3")
    assert (form.obstacle, form.answers()["tags"]) == (None, ("1", "3"))


def test_news_keep_the_typing(form: Form) -> None:
    form.activateWindow()
    lines(form).setFocus()
    QTest.keyClicks(lines(form), "x")
    form.set_answers({"tags": ("9",)}, keep_typing=True)
    assert (lines(form).toPlainText(), form.answers()["tags"]) == ("x", ("9",))
