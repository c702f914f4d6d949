"""A choice of very many: typing finds one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from vmgui.commands.fields import Choice, Option
from vmgui.ui.kit.fields.search import SearchBox
from vmgui.ui.kit.form import Form

MODELS = tuple(Option(name, name) for name in ("qemu64", "Skylake-Client", "Skylake-Server"))
CPU = Choice(
    "cpu", "Model", options=(*MODELS, Option("Broken", "Broken", why_not="It is broken.")), is_long=True
)


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    made = Form("f", (CPU,), roomy=True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def box(form: Form) -> SearchBox:
    found = form.findChild(QComboBox, "f-cpu")
    assert isinstance(found, SearchBox)
    return found


def line(form: Form) -> QLineEdit:
    found = box(form).lineEdit()
    assert found is not None
    return found


def type_in(form: Form, keys: str) -> None:
    line(form).selectAll()
    QTest.keyClicks(line(form), keys)


def test_a_part_of_a_name_finds_those_with_it(form: Form) -> None:
    form.set_answers({"cpu": "qemu64"})
    assert form.obstacle is None
    type_in(form, "lake")
    finder = box(form).finder
    found = finder.completionModel()
    assert [found.index(row, 0).data() for row in range(found.rowCount())] == [
        "Skylake-Client",
        "Skylake-Server",
    ]
    assert form.answers()["cpu"] == "qemu64"
    assert form.obstacle is not None
    assert "“lake” is none of the list" in form.obstacle.text
    QTest.keyClick(finder.popup(), Qt.Key.Key_Down)
    QTest.keyClick(finder.popup(), Qt.Key.Key_Down)
    QTest.keyClick(finder.popup(), Qt.Key.Key_Return)
    assert (form.answers()["cpu"], line(form).text(), form.obstacle) == (
        "Skylake-Server",
        "Skylake-Server",
        None,
    )


def test_a_whole_name_is_taken_in_any_case(form: Form) -> None:
    heard: list[object] = []
    form.changed.connect(lambda: heard.append(form.answers()["cpu"]))
    type_in(form, "skylake-client")
    assert (form.answers()["cpu"], form.obstacle) == ("Skylake-Client", None)
    assert heard[-1] == "Skylake-Client"


def test_what_cannot_be_chosen_says_why(form: Form) -> None:
    form.set_answers({"cpu": "qemu64"})
    type_in(form, "Broken")
    assert form.answers()["cpu"] == "qemu64"
    assert form.obstacle is not None
    assert form.obstacle.text == "It is broken."


def test_another_answer_takes_the_place_of_what_is_no_name(form: Form) -> None:
    type_in(form, "zzz")
    form.set_answers({"cpu": "qemu64"})
    assert (line(form).text(), form.obstacle) == ("qemu64", None)
    assert line(form).accessibleName() == "Model"
