"""A wizard of two forms, as a feature would declare it: walked through, left, gone on with, finished."""

from collections.abc import Hashable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QWidget

from tests.helpers.waiting import eventually
from vmgui.commands.fields import Answers, Check, Text
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.form_wizard import FormStep, FormWizard
from vmgui.ui.kit.wizard_steps import WizardWords
from vmgui.ui.look.message import Message
from vmgui.ui.look.step_list import StepModel, StepState
from vmgui.words import language
from vmgui.words.note import Level, Note
from vmgui.words.say import Say

WORDS = WizardWords(Say("", "New pool"), Say("", "&Make"), Say("", "&Make it so"), Say("", "Make the pool"))
STEPS = (
    FormStep(
        "name", Say("", "Name"), Say("", "What is it called?"), [Text("name", "Name")], lambda a: a["name"]
    ),
    FormStep(
        "place",
        Say("", "Place"),
        Say("", "Where is it?"),
        [Text("folder", "Folder"), Check("start", "Start it")],
    ),
)
START = {"name": "", "folder": "/srv", "start": True}


def judge(answers: Answers) -> Iterable[Note]:
    if not answers["name"]:
        yield Note("name", "Name it.", Level.MISSING)
    if not answers["folder"].startswith("/"):
        yield Note("folder", "Not a whole path.")
    if answers["folder"] == "/":
        yield Note("folder", "All of it?", Level.WARNING)


class Bench:
    def __init__(self) -> None:
        self.drafts: Drafts[Answers] = Drafts()
        self.made: list[FormWizard] = []

    async def open(self, key: Hashable = None) -> FormWizard:
        wizard = FormWizard("make", WORDS, STEPS, judge, self.drafts, key, start=START)
        self.made.append(wizard)
        wizard.open_soon()
        await eventually(wizard.isVisible)
        return wizard


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    bench = Bench()
    yield bench
    for wizard in bench.made:
        wizard.stay_closed()
        wizard.deleteLater()
    language.install(qapp, "en")


def find(wizard: QWidget, name: str) -> QWidget:
    found = wizard.findChild(QWidget, name)
    assert found is not None, name
    return found


def button(wizard: QWidget, name: str) -> QPushButton:
    found = find(wizard, f"make-{name}")
    assert isinstance(found, QPushButton)
    return found


def type_(wizard: QWidget, name: str, text: str) -> None:
    field = find(wizard, f"make-{name}")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)


def said(wizard: QWidget, name: str) -> str:
    found = find(wizard, f"make-{name}")
    assert isinstance(found, Message)
    return found.text


def states(wizard: QWidget) -> list[StepState]:
    steps = find(wizard, "make-steps")
    assert isinstance(steps, QListView)
    model = steps.model()
    return [model.index(row, 0).data(StepModel.LineRole).state for row in range(model.rowCount())]


async def test_it_goes_on_once_what_is_missing_is_answered(bench: Bench) -> None:
    wizard = await bench.open()
    assert wizard.windowTitle() == "New pool"
    assert not button(wizard, "next").isEnabled()
    assert not button(wizard, "make").isEnabled()
    assert said(wizard, "reason") == "Name it."

    type_(wizard, "name", "fast")

    assert button(wizard, "next").isEnabled()
    assert button(wizard, "make").isEnabled()
    assert said(wizard, "reason") == ""
    assert wizard.answers == {"name": "fast", "folder": "/srv", "start": True}


async def test_it_may_be_finished_from_any_step(bench: Bench) -> None:
    wizard = await bench.open()
    wanted: list[Answers] = []
    wizard.finish_wanted.connect(lambda: wanted.append(wizard.answers))
    type_(wizard, "name", "fast")
    assert button(wizard, "make").text() == "&Make it so"
    button(wizard, "make").click()
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.current_step == "place", "Enter goes on"
    assert button(wizard, "make").text() == "&Make"
    assert button(wizard, "make").accessibleName() == "Make"
    assert not button(wizard, "next").isVisible()
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert wanted == [wizard.answers] * 2


async def test_what_is_wrong_is_said_at_its_field_and_from_afar(bench: Bench) -> None:
    wizard = await bench.open()
    type_(wizard, "name", "fast")
    wizard.go_to("place")
    type_(wizard, "folder", "srv")
    page = find(wizard, "make-page-place")
    assert [each.text for each in page.findChildren(Message) if each.text] == ["Not a whole path."]
    assert said(wizard, "reason") == "Mend what is marked to go on."
    button(wizard, "back").click()
    assert wizard.current_step == "name"
    assert said(wizard, "reason") == "Place: Not a whole path."
    assert button(wizard, "next").isEnabled(), "it leads to where that is mended"
    assert not button(wizard, "make").isEnabled()


async def test_steps_say_their_state(bench: Bench) -> None:
    wizard = await bench.open()
    assert states(wizard) == [StepState.OPEN, StepState.OPEN]
    type_(wizard, "name", "fast")
    wizard.go_to("place")
    assert states(wizard) == [StepState.FINE, StepState.OPEN]
    type_(wizard, "folder", "srv")
    assert states(wizard) == [StepState.FINE, StepState.ERROR]
    type_(wizard, "folder", "/")
    assert states(wizard) == [StepState.FINE, StepState.OPEN], "the last is never done"


async def test_left_it_is_gone_on_with_even_in_another_window(bench: Bench) -> None:
    wizard = await bench.open("host-a")
    assert said(wizard, "banner") == ""
    type_(wizard, "name", "fast")
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()

    other = await bench.open("host-b")
    assert other.answers["name"] == ""
    again = await bench.open("host-a")
    assert find(again, "make-name").property("text") == "fast"
    assert "left off" in said(again, "banner")
    assert button(again, "start-over").isVisible()

    button(again, "start-over").click()

    assert find(again, "make-name").property("text") == ""
    assert said(again, "banner") == ""
    assert not button(again, "start-over").isVisible()
    assert bench.drafts.keys("make") == ()


async def test_answers_taken_back_are_no_draft(bench: Bench) -> None:
    wizard = await bench.open()
    type_(wizard, "name", "x")
    assert bench.drafts.keys("make") == (None,)
    QTest.keyClick(find(wizard, "make-name"), Qt.Key.Key_Backspace)
    assert bench.drafts.keys("make") == ()


async def test_made_true_the_answers_are_forgotten(bench: Bench) -> None:
    wizard = await bench.open()
    type_(wizard, "name", "fast")
    wizard.forget()
    wizard.accept()
    assert bench.drafts.keys("make") == ()
    wizard.open_soon()
    assert find(wizard, "make-name").property("text") == ""
    assert said(wizard, "banner") == ""


async def test_it_speaks_the_language_of_the_moment(bench: Bench, qapp: QApplication) -> None:
    wizard = await bench.open()
    language.install(qapp, "es")
    qapp.sendPostedEvents()
    assert button(wizard, "next").text() == "&Siguiente"
    assert find(wizard, "make-steps").accessibleName() == "Pasos"
