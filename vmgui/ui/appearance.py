"""Theme and language: what the View menu offers, put into effect at once and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from vmgui.services.stored_files import StoredFiles
from vmgui.store.settings import SettingsStore
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.look import theme
from vmgui.words import language


class Appearance(QObject):
    """Follows the window's actions."""

    def __init__(
        self, settings: SettingsStore, actions: CommandActions, files: StoredFiles, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._files = files.reread.subscribe(self._on_reread)
        self._in_effect = settings.settings
        self._check()
        actions.group("theme").triggered.connect(self._on_theme)
        actions.group("language").triggered.connect(self._on_language)

    def close(self) -> None:
        """Hear nothing more."""
        self._files.cancel()

    def _check(self) -> None:
        self._actions.choose("theme", self._in_effect.theme)
        self._actions.choose("language", self._in_effect.language)

    def _on_theme(self, action: QAction) -> None:
        self._in_effect = self._settings.change(theme=str(action.data()))
        theme.set_theme(self._in_effect.theme)

    def _on_language(self, action: QAction) -> None:
        self._in_effect = self._settings.change(language=str(action.data()))
        self._speak()

    def _on_reread(self, name: str) -> None:
        """Another process may have changed them, or the person's editor."""
        before, chosen = self._in_effect, self._settings.settings
        if name != "settings" or chosen == before:
            return
        self._in_effect = chosen
        self._check()
        if chosen.theme != before.theme:
            theme.set_theme(chosen.theme)
        if chosen.language != before.language:
            self._speak()

    def _speak(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            language.install(application, self._in_effect.language)
