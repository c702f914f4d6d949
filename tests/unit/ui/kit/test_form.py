"""Every kind of field shows an answer, reads it, says what is wrong with it, and speaks the language of the moment."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path as File
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QRadioButton, QWidget

from vmgui.commands.fields import (
    Amount,
    Answers,
    Check,
    Choice,
    Field,
    Limit,
    LimitUnit,
    Number,
    Option,
    Path,
    Quantity,
    Text,
    Ways,
)
from vmgui.ui.kit.form import Form
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label
from vmgui.words import language
from vmgui.words.note import Level, Note
from vmgui.words.say import Say

ROOT = File(__file__).resolve().parents[4] / "vmgui"
SHOWN = ("placeholderText", "prefix", "accessibleName")
MORE = ("hint", "before", "browse", "none_words")
BESIDE = {"control", "every", "optional_number", "search"}  # of several kinds, or other controls of a kind
NOT_ON_SCREEN = {
    "field": "what all kinds have",
    "on_off": "a command that is on or off is a tick in a menu",
    "size": "no dialog asks for a size yet",
}


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


# Texts that the catalogue has, since the language is to be heard.
NAME, CANCEL = Say("Lifecycle", "&New name"), Say("AnswerRow", "Cancel")
OPTIONS = (Option(Colour.RED, CANCEL), Option(Colour.BLUE, "blue"))
KINDS: list[tuple[Field, Any]] = [
    (Text("one", NAME, most_chars=9, hint=CANCEL), "a & b"),
    (Text("one", NAME, lines=3, most_chars=9), "a\nb"),
    (Text("one", NAME, secret=True), "hunter2"),
    (Path("one", NAME, browse=CANCEL), "~/.ssh/id"),
    (Check("one", NAME), True),
    (Number("one", NAME, least=-3, most=40, before=CANCEL), 17),
    (Number("one", NAME, most=2**40, scale=1024), 5 * 1024),
    (Choice("one", NAME, options=OPTIONS), Colour.BLUE),
    (Amount("one", NAME, quantity=Quantity.MEMORY_KIB), 2048),
    (Limit("one", NAME, none_words=CANCEL), 10 * 1024**2),
    (Limit("one", NAME, unit=LimitUnit.KB_PER_S), 2048),
]
NAMES = [
    "text",
    "lines",
    "secret",
    "path",
    "check",
    "number",
    "number scaled",
    "choice",
    "amount",
    "limit",
    "limit KiB",
]


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    yield
    language.install(qapp, "en")


def speak_spanish(qapp: QApplication) -> None:
    language.install(qapp, "es")
    qapp.sendPostedEvents()


def widget(form: Form, name: str) -> QWidget:
    found = form.findChild(QWidget, name)
    assert found is not None
    return found


def said(form: Form) -> list[str]:
    return [each.text for each in form.findChildren(Message) if not each.isHidden()]


def captions(form: Form) -> list[str]:
    return [label.text() for label in form.findChildren(Label) if label.buddy()]


@pytest.mark.parametrize(("field", "value"), KINDS, ids=NAMES)
def test_a_field_reads_what_it_shows_and_tells_of_it(qapp: QApplication, field: Field, value: Any) -> None:
    form = Form("test", [field])
    heard: list[Any] = []
    form.changed.connect(lambda: heard.append(form.answers()["one"]))
    assert form.answers()["one"] != value
    form.show_answers({"one": value})
    assert form.answers() == {"one": value}
    assert heard == [value]
    form.deleteLater()


@pytest.mark.parametrize(("field", "value"), KINDS, ids=NAMES)
def test_a_field_says_a_problem_and_is_mended(qapp: QApplication, field: Field, value: Any) -> None:
    def judge(answers: Answers) -> list[Note]:
        return [] if answers["one"] == value else [Note("one", "Not so.")]

    form = Form("test", [field], judge=judge)
    assert said(form) == ["Not so."]
    assert form.obstacle == Note("one", "Not so.")
    form.show_answers({"one": value})
    assert said(form) == []
    assert form.obstacle is None
    form.deleteLater()


@pytest.mark.parametrize(("field", "_value"), KINDS, ids=NAMES)
def test_a_field_has_its_names_in_every_language(
    qapp: QApplication, spanish: None, field: Field, _value: Any
) -> None:
    form = Form("test", [field])
    input_ = widget(form, "test-one")
    assert input_.accessibleName() == "New name"
    speak_spanish(qapp)
    assert input_.accessibleName() == "Nombre nuevo"
    if not isinstance(field, Check):
        assert captions(form) == ["&Nombre nuevo"]
        buddy = next(label for label in form.findChildren(Label) if label.buddy()).buddy()
        assert buddy is input_ or input_.isAncestorOf(buddy)
    shown = {
        getattr(each, name)() for each in form.findChildren(QWidget) for name in SHOWN if hasattr(each, name)
    }
    shown |= {each.itemText(0) for each in form.findChildren(QComboBox)}
    has_more = isinstance(field, Choice) or CANCEL in (getattr(field, name, None) for name in MORE)
    assert ("Cancelar" in shown) is has_more
    form.deleteLater()


def test_words_of_others_have_no_key(qapp: QApplication) -> None:
    form = Form("test", [Text("one", "Q&A")])
    assert captions(form) == ["Q&&A"]
    assert widget(form, "test-one").accessibleName() == "Q&A"
    form.deleteLater()


def test_what_is_missing_is_no_mistake_yet(qapp: QApplication) -> None:
    form = Form("test", [Text("one", NAME)], judge=lambda _: [Note("one", "Enter it.", Level.MISSING)])
    assert said(form) == []
    assert form.obstacle is not None
    form.deleteLater()


def test_a_warning_is_said_and_hinders_nobody(qapp: QApplication) -> None:
    form = Form("test", [Text("one", NAME)], judge=lambda _: [Note("one", "Look.", Level.WARNING)])
    assert said(form) == ["Look."]
    assert form.obstacle is None
    form.deleteLater()


def test_fields_come_and_go_with_the_answers(qapp: QApplication) -> None:
    rows = [
        Check("on", NAME),
        Text("more", CANCEL, shown=lambda answers: answers["on"]),
        Number("limit", CANCEL, enabled=lambda answers: answers["on"]),
    ]
    form = Form("test", rows)
    assert widget(form, "test-more").isHidden()
    assert not widget(form, "test-limit").isEnabled()
    assert all(label.isHidden() == (label.buddy() is widget(form, "test-more")) for label in labels(form))
    form.show_answers({"on": True})
    assert not widget(form, "test-more").isHidden()
    assert widget(form, "test-limit").isEnabled()
    form.deleteLater()


def labels(form: Form) -> list[Label]:
    return [label for label in form.findChildren(Label) if label.buddy()]


@pytest.mark.parametrize(
    ("answers", "is_open"), [({"one": "x"}, False), ({"rare": "x"}, True), ({"rare": ""}, False)]
)
def test_what_is_rarely_needed_unfolds_where_it_says_something(
    qapp: QApplication, answers: dict[str, str], is_open: bool
) -> None:
    form = Form("test", [Text("one", NAME), Text("rare", NAME, folded=True)])
    form.show_answers(answers)
    assert widget(form, "test-rare").isHidden() is not is_open
    more = form.findChild(QPushButton, "test-more")
    assert more is not None
    more.click()
    assert widget(form, "test-rare").isHidden() is is_open
    form.deleteLater()


def test_tab_goes_through_the_fields_in_order(qapp: QApplication) -> None:
    rows = [
        Text("one", NAME),
        (Check("two", NAME), Number("three", NAME)),
        Path("four", NAME, folded=True),
        Choice("five", NAME, options=OPTIONS, folded=True),
    ]
    form = Form("test", rows, beside=True)
    chain: list[str] = []
    each = form.nextInFocusChain()
    while each is not None and each is not form:
        name, policy = each.objectName(), each.focusPolicy()
        if name.startswith("test-") and policy & Qt.FocusPolicy.TabFocus and not name.endswith("-fix"):
            chain.append(each.objectName())
        each = each.nextInFocusChain()
    assert chain == [
        "test-one",
        "test-two",
        "test-three",
        "test-more",
        "test-four",
        "test-browse",
        "test-five",
    ]
    form.deleteLater()


def test_a_choice_says_what_it_means(qapp: QApplication, spanish: None) -> None:
    options = (Option("a", "A", hint=NAME), Option("b", "B", hint=CANCEL))
    form = Form("test", [Choice("one", NAME, options=options)])
    form.show_answers({"one": "b"})
    assert "Cancel" in [label.text() for label in form.findChildren(Label)]
    speak_spanish(qapp)
    assert "Cancelar" in [label.text() for label in form.findChildren(Label)]
    form.deleteLater()


def test_a_secret_is_not_shown_and_a_text_not_longer_than_it_may_be(qapp: QApplication) -> None:
    form = Form("test", [Text("one", NAME, secret=True), Text("two", NAME, most_chars=2)])
    secret, short = widget(form, "test-one"), widget(form, "test-two")
    assert isinstance(secret, QLineEdit)
    assert isinstance(short, QLineEdit)
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    short.insert("abc")
    assert form.answers()["two"] == "ab"
    form.deleteLater()


def test_every_kind_of_field_has_its_widget() -> None:
    declared = {file.stem for file in (ROOT / "commands/fields").glob("[!_]*.py")}
    shown = {file.stem for file in (ROOT / "ui/kit/fields").glob("[!_]*.py")} - BESIDE
    assert declared - shown == NOT_ON_SCREEN.keys()
    assert shown <= declared


def test_tab_leads_to_the_chosen_way_only(qapp: QApplication) -> None:
    form = Form("test", (Ways("one", "", options=OPTIONS),))

    def stops() -> list[str]:
        return [
            radio.objectName()
            for radio in form.findChildren(QRadioButton)
            if radio.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    assert len(stops()) == len(OPTIONS)
    for option in reversed(OPTIONS):
        form.set_answers({"one": option.value})
        assert stops() == [f"test-one-{option.word}"]


def test_a_note_on_the_chosen_way_stands_under_it(qapp: QApplication) -> None:
    form = Form("test", (Ways("one", "", options=OPTIONS),), judge=lambda _: [Note("one", "so", Level.INFO)])
    said = form.findChild(Message, "test-one-message")
    assert said is not None
    assert said.contentsMargins().left() > 0
