"""Theme and language: what the View menu offers, put into effect at once and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from vmgui.store.settings import SettingsStore
from vmgui.ui.common import theme, translation
from vmgui.ui.window_actions import WindowActions


class Appearance(QObject):
    """Follows the window's actions."""

    def __init__(self, settings: SettingsStore, actions: WindowActions, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        chosen = settings.settings
        actions.themes.get(chosen.theme, actions.themes["system"]).setChecked(True)
        actions.languages.get(chosen.language, actions.languages["system"]).setChecked(True)
        actions.theme_group.triggered.connect(self._on_theme)
        actions.language_group.triggered.connect(self._on_language)

    def _on_theme(self, action: QAction) -> None:
        self._settings.change(theme=str(action.data()))
        theme.set_theme(str(action.data()))

    def _on_language(self, action: QAction) -> None:
        self._settings.change(language=str(action.data()))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            translation.install(application, str(action.data()))
