"""A form shows what can be answered, why something cannot, and what is said of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from vmgui.commands.fields import Amount, Answers, Check, Choice, Limit, Number, Option, Sentence, Text, Ways
from vmgui.ui.kit.chip import Chip
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.section import Section
from vmgui.ui.look.boxes import down
from vmgui.ui.look.message import Message
from vmgui.ui.look.scroll import Scroll
from vmgui.words.mark import Mark
from vmgui.words.note import Level, Note
from vmgui.words.say import Say

W = TypeVar("W", bound=QWidget)
WAYS = Ways("way", "", options=(Option("new", "New", "Made anew"), Option("old", "Old")))
POOL, TPM = Choice("pool", "Pool"), Check("tpm", "TPM")
ROWS = (WAYS, POOL, TPM, Sentence("said", ""), Number("most", "Most", least=1, folded=True))


@pytest.fixture
def notes() -> list[Note]:
    return []


@pytest.fixture
def form(qapp: QApplication, notes: list[Note]) -> Iterator[Form]:
    made = Form("f", ROWS, judge=lambda _: notes, roomy=True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def named(form: Form, kind: type[W], name: str) -> W:
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def test_what_has_nothing_to_choose_or_say_is_not_shown(form: Form) -> None:
    box, said = named(form, QComboBox, "f-pool"), named(form, QLabel, "f-said")
    assert (box.isVisible(), said.isVisible()) == (False, False)
    form.controls["pool"].offer([Option("a", "A", "The first"), Option("b", "B")])
    form.set_answers({"pool": "b", "said": "Some words"})
    form.judge()
    assert (box.isVisible(), said.isVisible(), said.text()) == (True, True, "Some words")
    assert form.answers()["pool"] == "b"
    # News keep the choice.
    form.controls["pool"].offer([Option("x", "X"), Option("b", "B")])
    assert form.answers()["pool"] == "b"
    # What is gone is not another; what was not answered is the first that can be.
    form.controls["pool"].offer([Option("x", "X"), Option("y", "Y")])
    assert (box.currentIndex(), form.answers()["pool"]) == (-1, None)
    form.set_answers({"pool": "y"})
    form.set_answers({"pool": "gone"})
    assert box.currentIndex() == -1
    form.set_answers({"pool": "y"})
    form.set_answers({"pool": None})
    assert form.answers()["pool"] == "x"


def test_what_is_said_of_the_only_one_to_choose_is_seen(form: Form, notes: list[Note]) -> None:
    assert form.controls["pool"].is_empty
    notes.append(Note("pool", "It is slow.", Level.WARNING))
    form.judge()
    assert "It is slow." in [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def test_what_cannot_be_chosen_says_why(form: Form) -> None:
    box, tick = named(form, QComboBox, "f-pool"), form.controls["tpm"].input
    form.controls["pool"].offer([Option("a", "A", why_not="Too old"), Option("b", "B")])
    form.controls["tpm"].offer("There is none")
    form.judge()
    assert (box.isEnabled(), box.toolTip(), form.answers()["pool"]) == (False, "Too old", "b")
    assert (tick.isEnabled(), tick.toolTip()) == (False, "There is none")
    form.controls["pool"].offer([Option("a", "A", why_not="Too old"), Option("b", "B"), Option("c", "C")])
    form.controls["tpm"].offer("")
    form.judge()
    assert (box.isEnabled(), tick.isEnabled()) == (True, True)
    form.controls["way"].offer([Option("new", "New", why_not="No room"), Option("old", "Old")])
    radio = named(form, QRadioButton, "f-way-new")
    assert (radio.isEnabled(), radio.toolTip(), radio.accessibleDescription()) == (
        False,
        "No room",
        "No room",
    )


def test_a_way_unfolds_what_it_asks(form: Form) -> None:
    ways = form.controls["way"]
    assert isinstance(ways, WaysControl)
    assert ways.read() is None
    asked = QWidget()
    ways.unfold("old", asked)
    assert not asked.isVisible()
    named(form, QRadioButton, "f-way-old").click()
    assert (asked.isVisible(), form.answers()["way"]) == (True, "old")
    form.set_answers({"way": "new"})
    assert not asked.isVisible()


def test_what_blocks_is_unfolded_and_names_its_field_to_be_mended(form: Form, notes: list[Note]) -> None:
    spin, message = named(form, QSpinBox, "f-most"), named(form, Message, "f-most-message")
    assert not spin.isVisible()
    notes.append(Note("most", "Too many", Level.ERROR, "Take 3"))
    wanted: list[str] = []
    form.fix_wanted.connect(wanted.append)
    form.judge()
    assert (spin.isVisible(), message.text, message.level) == (True, "Too many", Level.ERROR)
    named(form, QPushButton, "f-most-message-fix").click()
    assert wanted == ["most"]
    notes.clear()
    form.judge()
    assert not message.isVisible()


def test_the_fold_says_whether_it_is_open(qapp: QApplication) -> None:
    words = (Say("", "Mor&e"), Say("", "L&ess"))
    form = Form("f", (Text("a", "A", folded=True),), more=("rest", *words))
    button = named(form, QPushButton, "f-rest")
    assert (button.text(), button.accessibleName()) == ("Mor&e", "More")
    button.click()
    assert (button.text(), button.accessibleName()) == ("L&ess", "Less")
    form.deleteLater()


DISKS = tuple(
    Section(f"disk-{of}", f"Disk & {of}", (Number(f"{of}-size", "Size"), Check(f"{of}-cut", "Cut")), of=of)
    for of in ("vda", "vdb")
)
LATER, NEVER = Say("", "at the next start"), Say("", "impossible")


@pytest.fixture
def parts(qapp: QApplication, notes: list[Note]) -> Iterator[Form]:
    rows = (
        Number("cpus", "CPUs"),
        *DISKS,
        Section("rest", Say("", "&Rest"), (Text("note", "Note"),), folded=False),
    )
    made = Form("f", rows, judge=lambda _: notes, roomy=True, chips=(LATER, NEVER))
    made.resize(600, 400)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_sections_are_folded_each_for_itself(parts: Form) -> None:
    one, other = named(parts, QSpinBox, "f-vda-size"), named(parts, QSpinBox, "f-vdb-size")
    title = named(parts, QPushButton, "f-disk-vda")
    assert (title.text(), title.accessibleName()) == ("Disk && vda", "Disk & vda")
    assert (one.isVisible(), other.isVisible()) == (False, False)
    assert named(parts, QLineEdit, "f-note").isVisible()
    title.click()
    assert (one.isVisible(), other.isVisible()) == (True, False)
    assert parts.open_folds == {"disk-vda", "rest"}
    title.click()
    assert not one.isVisible()


def test_what_is_asked_of_several_is_told_apart_by_name(parts: Form) -> None:
    names = [control.input.accessibleName() for control in parts.controls.values()]
    assert names == ["CPUs", "Size of vda", "Cut of vda", "Size of vdb", "Cut of vdb", "Note"]


def test_what_blocks_unfolds_its_section_only(parts: Form, notes: list[Note]) -> None:
    notes.append(Note("vdb-size", "Too small"))
    parts.judge()
    assert parts.open_folds == {"disk-vdb", "rest"}
    assert named(parts, Message, "f-vdb-size-message").isVisible()


def test_a_mark_stands_beside_its_row_and_is_said_with_the_field(parts: Form) -> None:
    spin, chip = named(parts, QSpinBox, "f-cpus"), named(parts, QLabel, "f-cpus-chip")
    before = (spin.x(), spin.width())
    parts.show_marks((Mark("cpus", LATER, Level.WARNING, "Now 2, later 4", can_revert=True),))
    assert (chip.isVisible(), chip.text()) == (True, "at the next start")
    assert chip.mapTo(parts, chip.rect().topRight()).x() == parts.rect().right()
    assert (spin.x(), spin.width()) == before
    assert named(parts, QLabel, "f-cpus-pending-text").isVisible()
    assert spin.accessibleDescription() == "at the next start. Now 2, later 4"
    revert, wanted = named(parts, QPushButton, "f-cpus-revert"), list[str]()
    assert revert.accessibleName() == "Revert: CPUs"
    parts.revert_wanted.connect(wanted.append)
    revert.click()
    assert wanted == ["cpus"]
    parts.show_marks(())
    assert (chip.isVisible(), revert.isVisible(), spin.accessibleDescription()) == (False, False, "")


def test_a_mark_in_a_folded_section_is_seen_at_its_title(parts: Form) -> None:
    parts.show_marks((Mark("vda-size", NEVER, Level.ERROR),))
    title, chip = named(parts, QPushButton, "f-disk-vda"), named(parts, QLabel, "f-vda-size-chip")
    shown = [label for label in parts.findChildren(Chip) if label.isVisible()]
    assert [label.text() for label in shown] == ["impossible"]
    assert (chip.isVisible(), title.accessibleDescription()) == (False, "impossible")
    title.click()
    shown = [label for label in parts.findChildren(Chip) if label.isVisible()]
    assert (shown, title.accessibleDescription()) == ([chip], "")


def test_answers_of_another_are_judged_once(qapp: QApplication) -> None:
    judged: list[Answers] = []

    def judge(answers: Answers) -> list[Note]:
        judged.append(answers)
        return []

    form = Form("f", (Text("a", "A"), Text("b", "B")), judge=judge)
    judged.clear()
    form.set_answers({"a": "1", "b": "2"})
    assert judged == [{"a": "1", "b": "2"}]
    form.set_answers({"a": "1", "b": "2"})
    assert len(judged) == 1
    form.deleteLater()


@pytest.mark.parametrize("name", ["f-size-slider", "f-size-field", "f-most", "f-limit-field", "f-one"])
def test_the_wheel_scrolls_over_fields_without_the_keyboard(qapp: QApplication, name: str) -> None:
    choice = Choice("one", "One", options=(Option("a", "A"), Option("b", "B")))
    rows = (Text("a", "A"), Amount("size", "Size"), Number("most", "Most"), Limit("limit", "Limit"), choice)
    form = Form("f", rows, roomy=True)
    inside = QWidget()
    inside.setLayout(down(form, 1))
    inside.setMinimumHeight(2000)
    scroll = Scroll(inside)
    scroll.resize(400, 600)
    scroll.show()
    scroll.activateWindow()
    named(form, QLineEdit, "f-a").setFocus()
    qapp.processEvents()
    before, field = form.answers(), named(form, QWidget, name)
    QTest.wheelEvent(scroll.windowHandle(), field.mapTo(scroll, QPointF(5, 5)), QPoint(0, -120))
    assert form.answers() == before
    assert scroll.verticalScrollBar().value() > 0
    assert form.focusWidget() is named(form, QLineEdit, "f-a")
    scroll.close()
    scroll.deleteLater()
