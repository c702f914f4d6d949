"""A file's path: typed, or chosen in a dialog."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vmgui.commands.fields import Path
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.choose_file import choose_file
from vmgui.ui.kit.fields.text import TextControl
from vmgui.ui.look.theme import SPACE

translate = QCoreApplication.translate


class PathControl(TextControl):
    """A line with a button behind it."""

    def __init__(self, field: Path, name: str, parent: QWidget) -> None:
        super().__init__(field, name, parent)
        self._path = field
        self.widget = QWidget(parent)
        self._browse = QPushButton(self.widget)
        self._browse.setObjectName(f"{name.rpartition('-')[0]}-browse")
        self._browse.clicked.connect(self._on_browse)
        self._scope = PaneScope(name, self.widget)
        self.row = QHBoxLayout(self.widget)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE)
        self.row.addWidget(self.input, 1)
        self.row.addWidget(self._browse)

    def retranslate(self) -> None:
        super().retranslate()
        self._browse.setText(translate("PathControl", "Browse…"))
        self._browse.setAccessibleName(str(self._path.browse))

    def _on_browse(self) -> None:
        self._scope.try_run(self._choose())

    async def _choose(self) -> None:
        chosen = await choose_file(self.widget.window(), str(self._path.title), directory=self._path.folder)
        if chosen:
            self.show(chosen)
