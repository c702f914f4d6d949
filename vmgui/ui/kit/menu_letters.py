"""The letters that choose a menu's entries: one of its own for each, found when the menu is shown, in any language.

An action stands in several menus, and is called by its words elsewhere: only while a menu shows it, its text has an "&".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

_DECLARED = re.compile(r"(?<!&)(?:&&)*&([^&])")


def with_letters(texts: Sequence[str]) -> list[str]:
    """The texts with an "&" before a letter that no other has; without where none is left.

    One that has an "&" already keeps it; "&&" is a sign like any other.
    """
    taken: dict[str, int] = {}
    places: dict[int, int] = {}

    def choose(number: int, tried: set[str]) -> bool:
        found = [(text_at, letter) for text_at, letter in _candidates(texts[number]) if letter not in tried]
        # Who is asked to give way to another is, if need be, given one of its later letters.
        for is_free in (True, False):
            for text_at, letter in found:
                if (letter not in taken) is not is_free or letter in tried:
                    continue
                tried.add(letter)
                if is_free or choose(taken[letter], tried):
                    taken[letter], places[number] = number, text_at
                    return True
        return False

    for number in sorted(range(len(texts)), key=lambda number: _DECLARED.search(texts[number]) is None):
        choose(number, set())
    return [
        text if _DECLARED.search(text) or (at := places.get(number)) is None else f"{text[:at]}&{text[at:]}"
        for number, text in enumerate(texts)
    ]


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """Where a letter may be marked: the declared one, else first letters of words before others."""
    declared = _DECLARED.search(text)
    if declared is not None:
        yield declared.start(1), declared[1].casefold()
        return
    letters = [at for at, sign in enumerate(text) if sign.isascii() and sign.isalnum()]
    for at in sorted(letters, key=lambda at: at > 0 and text[at - 1].isalnum()):
        yield at, text[at].casefold()


class MenuLetters(QObject):
    """Gives the entries of a menu their letters while it is open."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        self._plain: dict[str, str] = {}
        menu.aboutToShow.connect(self._on_shown)
        menu.aboutToHide.connect(self._on_hidden)

    def _on_shown(self) -> None:
        actions = [action for action in self._menu.actions() if action.isVisible() and action.text()]
        plain = [action.text() for action in actions]
        shown = with_letters(plain)
        self._plain = dict(zip(shown, plain, strict=True))
        for action, text in zip(actions, shown, strict=True):
            action.setText(text)

    def _on_hidden(self) -> None:
        for action in self._menu.actions():
            action.setText(self._plain.get(action.text(), action.text()))
