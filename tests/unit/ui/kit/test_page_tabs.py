"""Tabs as data: made when first looked at, told of what they are about, absent where they have nothing, marked."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.page_tabs import PageTabs, Tab, Target
from vmgui.words.say import say

WEB, DB = DomainKey("h1", "web"), DomainKey("h1", "db")

Story = list[tuple[str, Target | None]]


class Content(QWidget):
    """Writes down what it is told."""

    def __init__(self, name: str, story: Story, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.story = story
        self.is_closed = False
        for field in ("a", "b"):
            QLineEdit(self).setObjectName(f"{name}-{field}")

    def show_target(self, target: Target | None) -> None:
        self.story.append((self.name, target))

    async def shutdown(self) -> None:
        self.is_closed = True
        if self.name == "first":
            raise RuntimeError("a fault of ours")


def make(name: str, **how: Any) -> Tab[Story]:
    return Tab(name, say("Tests", name), lambda story, parent: Content(name, story, parent), **how)


TABS = (
    make("first", stays=True),
    make("second", stays=True),
    make("third"),
    make("of web", shown_when=lambda _story, target: target == WEB),
)


@pytest.fixture
def story() -> Story:
    return []


@pytest.fixture
def drafts() -> Drafts[str]:
    return Drafts()


@pytest.fixture
def tabs(qapp: QApplication, story: Story, drafts: Drafts[str]) -> Iterator[PageTabs[Story]]:
    made = PageTabs(TABS, story, drafts)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def told(story: Story) -> Story:
    news = list(story)
    story.clear()
    return news


def shown(tabs: PageTabs[Story]) -> list[str]:
    return [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]


def names(tabs: PageTabs[Story]) -> list[str]:
    found = QAccessible.queryAccessibleInterface(tabs.tabBar())
    return [found.child(number).text(QAccessible.Text.Name) for number in range(tabs.count())]


def test_a_tab_is_made_when_it_is_first_looked_at(tabs: PageTabs[Story], story: Story) -> None:
    tabs.show_tab("third")
    assert tabs.content("third") is None, "there is nothing to show"
    tabs.show_target(WEB)
    assert told(story) == [("third", WEB)]
    tabs.show_tab("first")
    assert told(story) == [("first", WEB), ("third", None)]
    assert tabs.content("first").isVisible()
    assert tabs.content("second") is None
    tabs.show_target(WEB)
    assert told(story) == []
    tabs.show_target(None)
    assert ("first", None) in told(story)


def test_one_that_stays_goes_on_behind_another(tabs: PageTabs[Story], story: Story) -> None:
    tabs.show_target(WEB)
    tabs.show_tab("third")
    assert told(story)[-2:] == [("first", WEB), ("third", WEB)]
    tabs.show_target(DB)
    assert told(story) == [("first", DB), ("third", DB)]
    assert tabs.current == "third"


def test_a_tab_with_nothing_to_show_is_absent(tabs: PageTabs[Story], story: Story) -> None:
    tabs.show_target(WEB)
    assert shown(tabs) == ["first", "second", "third", "of web"]
    tabs.show_tab("of web")
    told(story)
    tabs.show_target(DB)
    assert shown(tabs) == ["first", "second", "third"]
    assert tabs.current != "of web"
    assert ("of web", None) in told(story)
    # What was chosen comes back with what has it.
    tabs.show_target(WEB)
    assert tabs.current == "of web"
    assert ("of web", WEB) in told(story)


def test_what_is_not_saved_marks_its_tab(tabs: PageTabs[Story], drafts: Drafts[str]) -> None:
    tabs.show_target(WEB)
    drafts.keep("second", WEB, "half a sen")
    drafts.keep("third", DB, "of another")
    assert shown(tabs) == ["first", "second •", "third", "of web"]
    assert names(tabs)[1] == "second: Changed, not saved"
    tabs.show_target(DB)
    assert shown(tabs) == ["first", "second", "third •"]
    drafts.forget("third", DB)
    assert shown(tabs) == ["first", "second", "third"]
    assert names(tabs)[:3] == ["first", "second", "third"]
    tabs.show_target(WEB)
    assert shown(tabs)[1] == "second •"


def test_the_tab_key_leads_from_the_tabs_into_the_one_in_front(tabs: PageTabs[Story]) -> None:
    window = QWidget()
    after = QLineEdit(window)
    after.setObjectName("after")
    layout = QVBoxLayout(window)
    layout.addWidget(tabs)
    layout.addWidget(after)
    window.resize(900, 300)  # no arrows beside the tabs
    window.show()
    tabs.show_target(WEB)
    for name in ("first", "third", "first"):
        tabs.show_tab(name)
        tabs.tabBar().setFocus()
        forwards, backwards = [], []
        for move, passed in ((window.focusNextChild, forwards), (window.focusPreviousChild, backwards)):
            for _ in range(3):
                move()
                focused = window.focusWidget()
                assert focused is not None
                passed.append(focused.objectName())
        assert forwards == [f"{name}-a", f"{name}-b", "after"]
        assert backwards == [f"{name}-b", f"{name}-a", tabs.tabBar().objectName()]
    tabs.setParent(None)
    window.close()
    window.deleteLater()


def test_all_are_ended_whatever_one_does(tabs: PageTabs[Story], caplog: pytest.LogCaptureFixture) -> None:
    tabs.show_target(WEB)
    tabs.show_tab("third")
    asyncio.run(tabs.shutdown())
    assert tabs.content("third").is_closed
    assert "closing first failed" in caplog.text
    caplog.clear()
