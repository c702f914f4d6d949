"""A file's path: typed, or chosen in a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Path
from vmgui.ui.bridge.choose_file import choose_file
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.fields.text import TextControl
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.button import Button
from vmgui.words.say import say


class PathControl(TextControl):
    """A line with a button behind it."""

    def __init__(self, field: Path, name: str, parent: QWidget) -> None:
        super().__init__(field, name, parent)
        self._path = field
        self.widget = QWidget(parent)
        form, browse = name.rpartition("-")[0], say("PathControl", "Browse…")
        self.browse = Button(f"{form}-browse", browse, self.widget, spoken=field.browse)
        self.browse.clicked.connect(self._on_browse)
        self._scope = PaneScope(name, self.widget)
        self.row = across(Cell(self.input, 1), self.browse)
        self.column = down(self.row)
        self.widget.setLayout(self.column)

    def _on_browse(self) -> None:
        self._scope.try_run(self._choose())

    async def _choose(self) -> None:
        chosen = await choose_file(self.widget.window(), str(self._path.title), directory=self._path.folder)
        if chosen:
            self.show(chosen)
