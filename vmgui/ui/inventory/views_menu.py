"""The menu of how the inventory is looked at: grouped by, sorted by, and the views a person saved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from vmgui.commands.inventory import GROUP_BY, SAVE_VIEW, SORT_BY
from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.store.views import ViewStore
from vmgui.ui.inventory.save_view_dialog import ask_view_name
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import no_key


class MemoryViews:
    """Views of a window without a place to keep them."""

    def __init__(self) -> None:
        self._views: dict[str, SavedView] = {}
        self.last = LastView()

    @property
    def views(self) -> tuple[SavedView, ...]:
        """All saved views."""
        return tuple(self._views.values())

    def save(self, view: SavedView) -> None:
        """Add, or replace the one of that name."""
        self._views[view.name] = view

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._views.pop(name, None)

    def set_last(self, last: LastView) -> None:
        """Remember how the inventory is looked at now."""
        self.last = last


Views = ViewStore | MemoryViews


class ViewsMenu(QObject):
    """Its actions; `menu` is for the button and the View menu."""

    grouping_chosen = Signal(object)  # Grouping
    sort_chosen = Signal(object)  # Sort
    view_chosen = Signal(object)  # SavedView
    save_asked = Signal()

    def __init__(self, views: Views, actions: CommandActions, window: QWidget) -> None:
        super().__init__(window)
        self._views = views
        self._actions = actions
        self.menu = QMenu(window)
        self.menu.setObjectName("views-menu")
        self.menu.aboutToShow.connect(self.list_views)
        self.menu.addActions([actions[command] for command in GROUP_BY])
        self.menu.addSeparator()
        self.menu.addActions([actions[command] for command in SORT_BY])
        self._before_views = self.menu.addSeparator()
        self._after_views = self.menu.addSeparator()
        self.menu.addAction(actions[SAVE_VIEW])
        actions.group("grouping").triggered.connect(self._on_grouping)
        actions.group("sort").triggered.connect(self._on_sort)
        actions[SAVE_VIEW].triggered.connect(self.save_asked)
        self.deletions = self.menu.addMenu("")
        self.deletions.setObjectName("delete-view-menu")
        self.deletions.setIcon(icon("trash-2"))
        for menu in (self.menu, self.deletions):
            MenuLetters(menu)
        self._by_view = QActionGroup(self)
        self._by_view.setExclusive(False)
        self._by_view.triggered.connect(self._on_view)
        self._by_deletion = QActionGroup(self)
        self._by_deletion.setExclusive(False)
        self._by_deletion.triggered.connect(self._on_delete)
        self.retranslate()
        self.list_views()

    def show_view(self, grouping: Grouping, sort: Sort) -> None:
        """Mark what is so now."""
        self._actions.choose("grouping", grouping.value)
        self._actions.choose("sort", sort.value)

    def retranslate(self) -> None:
        """Set all texts that are no command's."""
        self.deletions.setTitle(self.tr("Delete a saved view"))
        name = self.tr("Grouping, order and saved views")
        self.menu.setTitle(name)
        self.menu.setAccessibleName(name)

    def list_views(self) -> None:
        """Show the views there are."""
        for menu, group in ((self.menu, self._by_view), (self.deletions, self._by_deletion)):
            for action in group.actions():
                group.removeAction(action)
                menu.removeAction(action)
                action.deleteLater()
        for view in self._views.views:
            text = no_key(view.name)
            for menu, group, before in (
                (self.menu, self._by_view, self._after_views),
                (self.deletions, self._by_deletion, None),
            ):
                action = QAction(text, group)
                action.setData(view.name)
                if before is not None:
                    menu.insertAction(before, action)
                else:
                    menu.addAction(action)
        known = bool(self._views.views)
        self._after_views.setVisible(known)
        self.deletions.menuAction().setVisible(known)

    def _on_grouping(self, action: QAction) -> None:
        self.grouping_chosen.emit(Grouping(action.data()))

    def _on_sort(self, action: QAction) -> None:
        self.sort_chosen.emit(Sort(action.data()))

    def _on_view(self, action: QAction) -> None:
        name = str(action.data())
        view = next((view for view in self._views.views if view.name == name), None)
        if view is not None:
            self.view_chosen.emit(view)

    async def ask_and_save(self, view: SavedView, parent: QWidget) -> None:
        """Ask what `view` is to be called and remember it."""
        chosen = [self._actions[command] for command in (*GROUP_BY, *SORT_BY)]
        texts = [action.text() for action in chosen if action.isChecked()]
        parts = [self.tr("Filter: {text}").format(text=view.filter)] if view.filter else []
        taken = [known.name for known in self._views.views]
        name = await ask_view_name(parent, "\n".join([*parts, *texts]), taken)
        if name:
            self._views.save(replace(view, name=name))
            self.list_views()

    def _on_delete(self, action: QAction) -> None:
        self._views.remove(str(action.data()))
        self.list_views()
