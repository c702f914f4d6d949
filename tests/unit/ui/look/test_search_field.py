"""A line to search with says what it is and how it is emptied, in the language of the moment."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QToolButton

from tests.helpers.waiting import eventually
from vmgui.ui.look.search_field import SearchField
from vmgui.words import language
from vmgui.words.say import say

WHAT = say("VolumeChooser", "Search volumes")
HINT = say("AnswerRow", "Cancel")


async def test_its_words_follow_the_language(qapp: QApplication, event_loop: object) -> None:
    field = SearchField("search", WHAT, HINT)
    clear = field.findChild(QToolButton)
    assert clear is not None

    def words() -> list[str]:
        return [field.accessibleName(), field.placeholderText(), clear.accessibleName()]

    assert words() == ["Search volumes", "Cancel", "Clear the search"]
    language.install(qapp, "es")
    try:
        await eventually(lambda: field.placeholderText() == "Cancelar")
        assert words() == ["Buscar volúmenes", "Cancelar", "Borrar la búsqueda"]
    finally:
        language.install(qapp, "en")
