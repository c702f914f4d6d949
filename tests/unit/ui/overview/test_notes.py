"""The notes of a machine: nothing of a long text is ever cut, and nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from vmgui.model.domain import DomainKey
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.overview.notes import LONGEST, PLACE, NotesCard

WEB, DB = DomainKey("h1", "web"), DomainKey("h1", "db")


@pytest.fixture
def card(qapp: QApplication) -> Iterator[NotesCard]:
    made = NotesCard(Drafts[Any]())
    made.set_allowed(True)
    made.show_machine(WEB)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def saved(card: NotesCard) -> list[str]:
    texts: list[str] = []
    card.save_asked.connect(texts.append)
    return texts


def click(card: NotesCard, name: str) -> None:
    button = card.findChild(QPushButton, name)
    assert button is not None
    assert not button.isHidden()
    button.click()


def has_notice(card: NotesCard) -> bool:
    return not card._notice.isHidden()


def state(card: NotesCard) -> str:
    label = card.findChild(QLabel, "notes-state")
    assert label is not None
    return label.text()


def drafts(card: NotesCard) -> tuple[object, ...]:
    return card._drafts.keys(PLACE)


def test_a_text_too_long_for_the_field_is_shown_in_part_and_left_alone(
    card: NotesCard, saved: list[str]
) -> None:
    card.load("x" * 1_000_000)
    assert len(card.field.toPlainText()) == LONGEST
    assert card.field.isReadOnly()
    card.save()
    # The next machine's notes can be changed again.
    card.show_machine(DB)
    card.load("short")
    assert not card.field.isReadOnly()
    card.field.setPlainText("longer")
    card.save()
    assert saved == ["longer"]


def test_what_was_typed_beyond_the_limit_is_not_saved_cut(card: NotesCard, saved: list[str]) -> None:
    card.load("")
    card.field.setPlainText("y" * (LONGEST + 2))
    card.save()
    assert saved == []
    card.field.setPlainText("y" * LONGEST)
    card.save()
    assert saved == ["y" * LONGEST]


def test_each_machine_has_its_draft(card: NotesCard) -> None:
    card.load("as it was")
    card.field.setPlainText("half a sen")
    card.show_machine(DB)
    assert card.field.toPlainText() == ""
    card.load("the base")
    assert state(card) == ""
    card.show_machine(WEB)
    # Before the host is asked: it may not answer.
    assert card.field.toPlainText() == "half a sen"
    card.load("as it was")
    assert card.field.toPlainText() == "half a sen"
    assert state(card) == "Not saved yet"
    assert not has_notice(card)
    card.field.setPlainText("as it was")
    assert drafts(card) == ()
    card.field.setPlainText("x")
    card.load("x")
    assert drafts(card) == (), "somebody else wrote just that"


def test_a_text_is_a_draft_until_the_host_has_it(card: NotesCard, saved: list[str]) -> None:
    card.load("old")
    card.field.setPlainText("new")
    card.save()
    assert state(card) == ""
    card.save()
    assert saved == ["new"], "once"
    # Read before it was written.
    card.load("old")
    assert card.field.toPlainText() == "new"
    card.end_saving(WEB, "new", is_saved=False)
    assert state(card) == "Not saved yet"
    card.show_machine(DB)
    card.show_machine(WEB)
    card.load("old")
    assert card.field.toPlainText() == "new"
    card.save()
    card.end_saving(WEB, "new", is_saved=True)
    assert drafts(card) == ()
    assert saved == ["new", "new"]


def test_typing_goes_on_while_a_text_is_saved(card: NotesCard, saved: list[str]) -> None:
    card.load("old")
    card.field.setPlainText("new")
    card.save()
    card.field.setPlainText("new and more")
    card.load("new")
    assert not has_notice(card), "it was not others who wrote that"
    card.show_machine(DB)
    card.end_saving(WEB, "new", is_saved=True)
    card.show_machine(WEB)
    card.load("new")
    assert card.field.toPlainText() == "new and more"
    assert not has_notice(card)
    card.save()
    assert saved == ["new", "new and more"]


def test_what_others_wrote_meanwhile_is_told_and_not_written_over(card: NotesCard, saved: list[str]) -> None:
    card.load("old")
    card.field.setPlainText("mine")
    card.load("theirs")
    assert has_notice(card)
    assert "theirs" in card._notice._message.text
    assert card.field.toPlainText() == "mine"
    click(card, "notes-changed-keep")
    assert not has_notice(card)
    assert card.field.toPlainText() == "mine"
    assert saved == []
    card.load("theirs")
    assert not has_notice(card), "it is decided"
    card.load("theirs again")
    assert has_notice(card)
    click(card, "notes-changed-reload")
    assert card.field.toPlainText() == "theirs again"
    assert drafts(card) == ()
    card.field.setPlainText("mine")
    card.load("")
    assert "deleted" in card._notice._message.text
    card.save()
    assert saved == ["mine"], "who asks for it knows"


def test_their_text_too_long_for_the_field_can_be_taken(card: NotesCard) -> None:
    card.load("old")
    card.field.setPlainText("mine")
    card.load("z" * (LONGEST + 1))
    assert not card.field.isReadOnly()
    click(card, "notes-changed-reload")
    assert card.field.toPlainText() == "z" * LONGEST
    assert card.field.isReadOnly()


def test_space_after_the_last_word_is_no_conflict(card: NotesCard, saved: list[str]) -> None:
    """The host says it without: what somebody else wrote meanwhile cannot be told from it otherwise."""
    card.load("old")
    card.field.setPlainText("old, and more ")
    card.save()
    card.field.setPlainText("old, and more \nto ")
    card.end_saving(WEB, saved[-1], is_saved=True)
    card.load("old, and more")
    assert not has_notice(card)
    assert card.field.toPlainText() == "old, and more \nto "
    card.save()
    card.end_saving(WEB, saved[-1], is_saved=True)
    assert drafts(card) == ()
    card.field.moveCursor(QTextCursor.MoveOperation.End)
    card.load("old, and more \nto")
    card.field.insertPlainText("come")
    assert card.field.toPlainText() == "old, and more \nto come", "read back, nothing moves under the fingers"
    assert not has_notice(card)
    card.save()
    assert saved == ["old, and more", "old, and more \nto", "old, and more \nto come"]


def test_space_alone_is_nothing_to_save(card: NotesCard, saved: list[str]) -> None:
    card.load("old")
    card.field.setPlainText("old\n")
    assert state(card) == ""
    card.save()
    assert saved == []
    assert drafts(card) == ()


def test_the_field_stays_where_it_is_at_the_first_key(card: NotesCard) -> None:
    card.load("old")
    card.show()
    rest = card.field.geometry()
    card.field.setPlainText("older")
    layout = card.layout()
    assert layout is not None
    layout.activate()
    assert not card._save.isHidden()
    assert card.field.geometry() == rest
