"""A form shows what can be answered, why something cannot, and what is said of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QRadioButton, QSpinBox, QWidget

from vmgui.commands.fields import Check, Choice, Number, Option, Sentence, Text, Ways
from vmgui.ui.kit.fields.ways import WaysControl
from vmgui.ui.kit.form import Form
from vmgui.ui.look.message import Message
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
