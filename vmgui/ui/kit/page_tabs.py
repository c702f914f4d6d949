"""Tabs as data: each is declared once, made when it is first looked at, and idle while it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.services.closing import close_each
from vmgui.ui.kit.draft import DraftPlace, Drafts, MachinePart
from vmgui.ui.look.boxes import down
from vmgui.ui.look.plain import tip
from vmgui.words.say import Say

Target = DomainKey | HostId | MachinePart

ALL_HOSTS: HostId = ""
"""The target of the fleet's page: every host. No host has an empty id."""

_MARK = " •"

M = TypeVar("M")


class PageContent(Protocol):
    """What a tab's widget and a page's head offer besides being one.

    Qt tells them when they are shown and hidden; what is new of the target they hear from the services.
    """

    def show_target(self, target: Target | None, /) -> None:
        """Show this machine or host from now on; None: nobody looks, cost nothing."""
        ...

    async def shutdown(self) -> None:
        """The program ends: hear nothing more, and end what is under way."""
        ...


@dataclass(frozen=True, slots=True)
class Tab(Generic[M]):
    """One tab of a page; what it has as a draft is kept under its id (`draft.py`)."""

    id: str
    title: Say
    make: Callable[[M, QWidget], QWidget]  # a QWidget that is a PageContent
    shown_when: Callable[[M, Target], bool] = lambda _means, _target: True
    stays: bool = False
    """It goes on with the page's target while another tab is in front: a console stays connected."""


class PageTabs(QTabWidget, Generic[M]):
    """`means` is what tabs are made with."""

    def __init__(
        self, tabs: tuple[Tab[M], ...], means: M, drafts: Drafts[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._tabs = tabs
        self._means = means
        self._drafts = drafts
        self._target: Target | None = None
        self._contents: dict[str, PageContent] = {}
        self._chosen = tabs[0].id  # kept while a target has no such tab
        self._is_arranging = False
        self._rooms: list[QWidget] = []
        for tab in tabs:
            room = QWidget(self)
            self._rooms.append(room)
            room.setObjectName(f"tab-{tab.id}")
            room.setLayout(down())
            self.addTab(room, "")
        self._subscription = drafts.changes.subscribe(self._on_draft)
        self.destroyed.connect(self._subscription.cancel)
        self.currentChanged.connect(self._on_current)
        self._show_titles()

    @property
    def current(self) -> str:
        """The id of the tab in front."""
        return self._tabs[self.currentIndex()].id

    def content(self, tab_id: str) -> Any:
        """The widget of this tab; None: it was not made yet."""
        return self._contents.get(tab_id)

    def show_target(self, target: Target | None) -> None:
        """What the page is about now; None: nobody looks at the page."""
        if target != self._target:
            self._target = target
            self._arrange()
            self._show_titles()
            self._tell()

    def show_tab(self, tab_id: str, *, focus: bool = False) -> None:
        """Bring that tab to the front; `focus`: the keyboard goes where its content wants it, if anywhere."""
        self.setCurrentIndex(self._index(tab_id))
        content = self.content(tab_id)
        if focus and content is not None and content.focusProxy() is not None:
            content.setFocus()

    def make_front(self) -> None:
        """Make what the tab in front shows before it is first looked at, which then takes half as long."""
        self._make(self.currentIndex())

    async def shutdown(self) -> None:
        """End what the tabs do."""
        self._subscription.cancel()
        await close_each(*((tab_id, content.shutdown) for tab_id, content in self._contents.items()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_titles()
        super().changeEvent(event)

    def _index(self, tab_id: str) -> int:
        return next(number for number, tab in enumerate(self._tabs) if tab.id == tab_id)

    def _on_current(self, _index: int) -> None:
        if not self._is_arranging:
            self._chosen = self.current
            self._tell()

    def _on_draft(self, place: DraftPlace) -> None:
        if place.owner == self._target:
            self._show_titles()

    def _arrange(self) -> None:
        """Only the tabs that have something for the target; the one that was chosen in front, where it is one."""
        target = self._target
        if target is None:
            return
        self._is_arranging = True
        for number, tab in enumerate(self._tabs):
            is_shown = tab.shown_when(self._means, target)
            if self.isTabVisible(number) != is_shown:
                self.setTabVisible(number, is_shown)
        if self.isTabVisible(self._index(self._chosen)):
            self.setCurrentIndex(self._index(self._chosen))
        self._is_arranging = False

    def _show_titles(self) -> None:
        unsaved = self.tr("Changed, not saved")
        for number, tab in enumerate(self._tabs):
            title = str(tab.title)
            is_changed = self._target is not None and self._drafts.has(tab.id, self._target)
            text = title + _MARK if is_changed else title
            if not is_changed and self.tabText(number) == text:
                # At every selection; of one that is changed the tool tip may be in another language.
                continue
            self.setTabText(number, text)
            self.setTabToolTip(number, tip(unsaved if is_changed else ""))
            # Empty: the text itself.
            self.tabBar().setAccessibleTabName(number, f"{title}: {unsaved}" if is_changed else "")

    def _tell(self) -> None:
        target = self._target
        made = self._make(self.currentIndex()) if target is not None else None
        for tab in self._tabs:
            content = self._contents.get(tab.id)
            if content is not None:
                content.show_target(target if tab.stays or tab.id == self.current else None)
        if made is not None:
            # A layout would show it only in the next turn.
            made.show()

    def _make(self, number: int) -> QWidget | None:
        """The widget of that tab, where it is new."""
        tab, room = self._tabs[number], self._rooms[number]
        if tab.id in self._contents:
            return None
        widget = tab.make(self._means, room)
        layout = room.layout()
        assert layout is not None
        layout.addWidget(widget)
        follow_in_tab_order(widget, self.tabBar())
        # Two types in one: Qt's classes know no protocols.
        self._contents[tab.id] = cast("PageContent", widget)
        return widget


def follow_in_tab_order(made: QWidget, previous: QWidget) -> None:
    """Tab goes from `previous` into `made`: what is made late Qt puts behind everything else in the window."""
    window = made.window()
    one, chain = window.nextInFocusChain(), list[QWidget]()
    while one is not None and one is not window:
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and (one is made or made.isAncestorOf(one)):
            chain.append(one)
        one = one.nextInFocusChain()
    for one in chain:
        QWidget.setTabOrder(previous, one)
        previous = one
