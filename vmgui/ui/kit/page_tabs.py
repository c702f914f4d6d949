"""The tabs of a page about one thing: each is made when it is first looked at, and idle while it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId

Target = DomainKey | HostId

ALL_HOSTS: HostId = ""
"""The target of the fleet's page: every host. No host has an empty id."""


class TabContent(Protocol):
    """What a tab's widget offers besides being one."""

    def show_target(self, target: Target | None, /) -> None:
        """Show this machine or host from now on; None: nobody looks, cost nothing."""
        ...

    def close_pane(self) -> None:
        """The program ends: hear nothing more."""
        ...


@dataclass(frozen=True, slots=True)
class PageTab:
    """One tab that a page is given; `title` is asked again when the language changes."""

    name: str
    title: Callable[[], str]
    make: Callable[[QWidget], QWidget]  # a QWidget that is a TabContent


class PageTabs(QTabWidget):
    """Tabs of its owner first, then those it was given."""

    def __init__(self, given: tuple[PageTab, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._given = given
        self._target: Target | None = None
        self._rooms: list[QWidget] = []
        self._contents: dict[QWidget, TabContent] = {}
        self._shown: TabContent | None = None
        self.currentChanged.connect(self._on_current)

    def add_given(self) -> None:
        """Append the given tabs; after the owner has added its own."""
        for tab in self._given:
            room = QWidget(self)
            room.setObjectName(f"tab-{tab.name}")
            layout = QVBoxLayout(room)
            layout.setContentsMargins(0, 0, 0, 0)
            self._rooms.append(room)
            self.addTab(room, tab.title())

    def set_target(self, target: Target | None) -> None:
        """What the page is about now; None: nobody looks at the page."""
        if target != self._target:
            self._target = target
            self._show()

    def show_tab(self, name: str) -> None:
        """Switch to the given tab of that name; unknown ones are ignored."""
        for tab, room in zip(self._given, self._rooms, strict=True):
            if tab.name == name:
                self.setCurrentWidget(room)

    def close_pane(self) -> None:
        """Hear nothing more."""
        for content in self._contents.values():
            content.close_pane()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for tab, room in zip(self._given, self._rooms, strict=True):
                self.setTabText(self.indexOf(room), tab.title())
        super().changeEvent(event)

    def _on_current(self, _index: int) -> None:
        self._show()

    def _show(self) -> None:
        room = self.currentWidget()
        content = self._content(room) if self._target is not None and room in self._rooms else None
        if self._shown is not None and self._shown is not content:
            self._shown.show_target(None)
        self._shown = content
        if content is not None:
            content.show_target(self._target)

    def _content(self, room: QWidget) -> TabContent:
        content = self._contents.get(room)
        if content is None:
            widget = self._given[self._rooms.index(room)].make(room)
            layout = room.layout()
            assert layout is not None
            layout.addWidget(widget)
            # Two types in one: Qt's classes know no protocols.
            content = self._contents[room] = cast("TabContent", widget)
        return content
