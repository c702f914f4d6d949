"""Letters that choose a menu's entries, found when the menu is shown (policy/menu_letters.py).

An action stands in several menus, and is called by its words elsewhere: only while a menu shows it, its text has an "&".
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from vmgui.policy.menu_letters import with_letters


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
