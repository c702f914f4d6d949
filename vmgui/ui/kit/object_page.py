"""A page about one thing, be it a machine, a host or all hosts: its head, and below it its tabs."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from vmgui.services.closing import close_each
from vmgui.ui.kit.page_tabs import PageContent, PageTabs, Target
from vmgui.ui.look.boxes import Cell, down
from vmgui.words.say import Say

translate = QCoreApplication.translate


class ObjectPage(QWidget):
    """`head` is a QWidget that is a PageContent; `label` names the tabs to who cannot see them."""

    def __init__(
        self, name: str, label: Say, head: QWidget, tabs: PageTabs[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}-page")
        self._label = label
        self._head = head
        self._target: Target | None = None
        self.tabs = tabs
        self.tabs.setObjectName(f"{name}-tabs")
        self.tabs.tabBar().setObjectName(f"{name}-tab-bar")
        self._name_tabs()
        self.setLayout(down(head, Cell(tabs, 1), space=0))

    @property
    def target(self) -> Target | None:
        """What is shown."""
        return self._target

    def show_target(self, target: Target | None) -> None:
        """Show this; None: nobody looks, everything of the last one ends."""
        if target != self._target:
            self._target = target
            self.tabs.show_target(target)
            # Two types in one: Qt's classes know no protocols.
            cast("PageContent", self._head).show_target(target)
            layout = self._head.layout()
            if layout is not None:
                # It may have another height now, which layouts inside it would tell only after the page is laid out.
                layout.activate()

    async def shutdown(self) -> None:
        """End all that is under way."""
        await close_each(
            ("the head", cast("PageContent", self._head).shutdown), ("the tabs", self.tabs.shutdown)
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_tabs()
        super().changeEvent(event)

    def _name_tabs(self) -> None:
        self.tabs.setAccessibleName(str(self._label))
        # The bar is what has the keyboard.
        bar = translate("Tabs", "Tabs: {of}").format(of=self._label)
        self.tabs.tabBar().setAccessibleName(bar)
