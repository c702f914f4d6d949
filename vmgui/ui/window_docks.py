"""The window's docks: the inventory, and the jobs that are one line until somebody opens them; remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from vmgui.store import paths
from vmgui.ui.dock_title import DockTitle
from vmgui.ui.inventory.pane import InventoryPane
from vmgui.ui.jobs.pane import JobsPane

LAYOUT_VERSION = 1
_INVENTORY_PX = 300
_INVENTORY_MINIMUM_PX = 200
_JOBS_PX = 220
_UNBOUNDED = 16777215


class WindowDocks(QObject):
    """Both docks and their place."""

    jobs_expanded = Signal(bool)

    def __init__(self, inventory: InventoryPane, jobs: JobsPane, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._jobs_pane = jobs
        self._is_expanded = True
        self.inventory = self._dock("inventory-dock", inventory, Qt.DockWidgetArea.LeftDockWidgetArea)
        # On a small screen the details would take all: names must stay readable.
        inventory.setMinimumWidth(_INVENTORY_MINIMUM_PX)
        # The dock keeps something of no height while the list is closed: without it, it would shrink.
        room = QWidget(window)
        room_layout = QVBoxLayout(room)
        room_layout.setContentsMargins(0, 0, 0, 0)
        room_layout.addWidget(jobs)
        self.jobs = self._dock("jobs-dock", room, Qt.DockWidgetArea.BottomDockWidgetArea)
        self._inventory_title = DockTitle(self.inventory)
        self._jobs_title = DockTitle(self.jobs, jobs.line)
        self.inventory.setTitleBarWidget(self._inventory_title)
        self.jobs.setTitleBarWidget(self._jobs_title)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.resizeDocks([self.inventory], [_INVENTORY_PX], Qt.Orientation.Horizontal)
        jobs.line.expand_asked.connect(self._on_expand_asked)
        self.jobs.topLevelChanged.connect(self._on_jobs_floating)

    def retranslate(self) -> None:
        """Titles in the language of now."""
        self.inventory.setWindowTitle(self.tr("Inventory"))
        self.jobs.setWindowTitle(self.tr("Jobs"))
        for title in (self._inventory_title, self._jobs_title):
            title.retranslate()

    def expand_jobs(self, expanded: bool) -> None:
        """The whole list, or one line."""
        changed = expanded != self._is_expanded
        self._is_expanded = expanded
        self._jobs_pane.line.set_expanded(expanded)
        self._jobs_pane.setVisible(expanded)
        floating = self.jobs.isFloating()
        title_px = self._jobs_title.sizeHint().height()
        self.jobs.setMaximumHeight(_UNBOUNDED if expanded or floating else title_px)
        self.jobs.setMinimumHeight(title_px)
        if expanded and changed:
            self.jobs.show()
            self._window.resizeDocks([self.jobs], [_JOBS_PX], Qt.Orientation.Vertical)
        self.jobs_expanded.emit(expanded)

    def restore(self) -> None:
        """As the window was left."""
        file = self._file()
        geometry, state = file.value("geometry"), file.value("layout")
        if geometry is not None:
            self._window.restoreGeometry(geometry)
        if state is not None:
            self._window.restoreState(state, LAYOUT_VERSION)
        # The INI format gives strings back.
        self.expand_jobs(str(file.value("jobs_expanded", "false")).lower() == "true")

    def save(self) -> None:
        """Keep it for the next start."""
        file = self._file()
        file.setValue("geometry", self._window.saveGeometry())
        file.setValue("layout", self._window.saveState(LAYOUT_VERSION))
        file.setValue("jobs_expanded", self._is_expanded)

    def _file(self) -> QSettings:
        return QSettings(str(paths.state_dir() / "window.ini"), QSettings.Format.IniFormat)

    def _dock(self, name: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(self._window)
        dock.setObjectName(name)
        dock.setWidget(content)
        dock.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self._window.addDockWidget(area, dock)
        return dock

    def _on_expand_asked(self) -> None:
        self.expand_jobs(not self._is_expanded)

    def _on_jobs_floating(self, floating: bool) -> None:
        self.expand_jobs(floating or self._is_expanded)
