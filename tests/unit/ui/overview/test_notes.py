"""The notes of a machine: nothing of a long text is ever cut."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from vmgui.ui.overview.notes import LONGEST, NotesCard


@pytest.fixture
def card(qapp: QApplication) -> Iterator[NotesCard]:
    made = NotesCard()
    yield made
    made.close()
    made.deleteLater()


def test_a_text_too_long_for_the_field_is_shown_in_part_and_left_alone(card: NotesCard) -> None:
    saved: list[str] = []
    card.save_asked.connect(saved.append)
    card.load("x" * 1_000_000)
    assert len(card.field.toPlainText()) == LONGEST
    assert card.field.isReadOnly()
    card.save()
    # The next machine's notes can be changed again.
    card.reset()
    card.load("short")
    assert not card.field.isReadOnly()
    card.field.setPlainText("longer")
    card.save()
    assert saved == ["longer"]


def test_what_was_typed_beyond_the_limit_is_not_saved_cut(card: NotesCard) -> None:
    saved: list[str] = []
    card.save_asked.connect(saved.append)
    card.load("")
    card.field.setPlainText("y" * (LONGEST + 2))
    card.save()
    assert saved == []
    card.field.setPlainText("y" * LONGEST)
    card.save()
    assert saved == ["y" * LONGEST]
