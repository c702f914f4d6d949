"""A password that stays as it is, is taken away, or is a new one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from vmgui.commands.fields import Secret
from vmgui.ui.kit.draft_subject import Draft
from vmgui.ui.kit.form import Form

PASSWORD = Secret("password", "Password", most_chars=8)


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (PASSWORD,), roomy=True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def line(form: Form) -> QLineEdit:
    found = form.findChild(QLineEdit, "f-password-field")
    assert found is not None
    return found


def button(form: Form) -> QPushButton:
    found = form.findChild(QPushButton, "f-password-none")
    assert found is not None
    return found


def test_nothing_typed_leaves_it_unchanged(form: Form) -> None:
    assert (form.answers()["password"], line(form).placeholderText()) == (None, "Unchanged")
    assert line(form).echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(line(form), "hunter2")
    assert list(form.answers().values()) == ["hunter2"]
    line(form).clear()
    assert form.answers()["password"] is None


def test_the_button_takes_it_away_and_gives_it_back(form: Form) -> None:
    heard: list[object] = []
    form.changed.connect(lambda: heard.append(form.answers()["password"]))
    assert button(form).accessibleName() == "No password: Password"
    button(form).click()
    assert (form.answers()["password"], line(form).placeholderText()) == ("", "No password")
    assert button(form).text() == "Leave it unchanged"
    button(form).click()
    assert form.answers()["password"] is None
    button(form).click()
    QTest.keyClicks(line(form), "new")
    assert list(form.answers().values()) == ["new"]
    assert button(form).text() == "No password"
    assert heard[0] == ""


def test_an_answer_is_shown(form: Form) -> None:
    for value in ("", "x", None):
        form.set_answers({"password": value})
        assert form.answers()["password"] == value


def test_a_draft_does_not_show_it() -> None:
    assert "hunter2" not in repr(Draft({"password": "hunter2"}, {"password": 1}))
