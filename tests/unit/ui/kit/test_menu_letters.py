"""Letters of menu entries: one for each, another for each, and nowhere else than in an open menu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from vmgui.commands import inventory, menus
from vmgui.commands.command import Command
from vmgui.commands.menus import Menu
from vmgui.policy.menu_letters import with_letters
from vmgui.ui.kit.command_actions import CommandActions, Item
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.words import language


def letter(text: str) -> str:
    return text.replace("&&", "")[text.replace("&&", "").index("&") + 1].casefold()


def every_menu() -> Iterator[tuple[Item, ...]]:
    def inside(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
        yield items
        for item in items:
            if isinstance(item, Menu):
                yield from inside(item.items)

    yield from inside(menus.MENU_BAR)
    yield from (
        menus.MACHINE_MENU,
        menus.HOST_CONTEXT_MENU,
        menus.EMPTY_CONTEXT_MENU,
        menus.OFF_MENU.items,
    )
    yield (*inventory.GROUP_BY, *inventory.SORT_BY, inventory.SAVE_VIEW)


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_every_entry_of_every_menu_has_a_letter_of_its_own(qapp: QApplication, tongue: str) -> None:
    language.install(qapp, tongue)
    try:
        for items in every_menu():
            titles = [str(item.title) for item in items if isinstance(item, Command | Menu)]
            letters = [letter(text) for text in with_letters(titles)]
            assert len(set(letters)) == len(titles), titles
    finally:
        language.install(qapp, "en")


def test_only_an_open_menu_has_them(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = CommandActions(menus.ALL, window)
    menu = QMenu(window)
    actions.fill(menu, menus.MACHINE_MENU)
    plain = [action.text() for action in menu.actions()]
    menu.popup(window.pos())
    shown = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert len({letter(text) for text in shown}) == len(shown)
    # A screen reader, and who drives the program through it, hears the words alone.
    spoken = QAccessible.queryAccessibleInterface(menu)
    names = [spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())]
    assert [name for name in names if name] == [text for text in plain if text]
    # Called so again, with or without another reason, it keeps its letter.
    first = next(item for item in menus.MACHINE_MENU if item is not None)
    actions.name(first, str(first.title), "not now")
    assert actions[first].text() == shown[0]
    menu.close()
    assert [action.text() for action in menu.actions()] == plain


def test_what_goes_while_it_is_open_is_forgotten(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    MenuLetters(menu)
    menu.addAction("one")
    going = QAction("two", menu)
    menu.addAction(going)
    menu.popup(menu.pos())
    menu.removeAction(going)
    menu.close()
    assert [action.text() for action in menu.actions()] == ["one"]
