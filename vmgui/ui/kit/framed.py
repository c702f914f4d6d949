"""The frame of all dialogs: a title, what it is about, a row of answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import Label, window_title
from vmgui.ui.look.theme import SPACE_L, SPACE_XL, TextRole, set_muted, set_role

_WIDTH_PX = 420
MARK_PX = 28
"""The size of a mark before the title of a question."""


class Framed(QDialog):
    """A subclass fills `body`, and puts its row of answers last."""

    def __init__(
        self,
        name: str,
        title: str,
        parent: QWidget | None,
        *,
        width_px: int = _WIDTH_PX,
        mark: tuple[str, IconRole, int] | None = None,
        indented: bool = False,
    ) -> None:
        """`mark`: an icon before the title, with its size in pixels; `indented`: it stands before the body, too."""
        super().__init__(parent)
        self._mark = mark
        self.setObjectName(name)
        self.setWindowTitle(window_title(title))
        self._mark_label = Label(self)
        self._mark_label.setVisible(mark is not None)
        self.title = Label(title, self)
        self.title.setWordWrap(True)
        set_role(self.title, TextRole.TITLE)
        self.body = down()
        beside = down(self.title)
        mark_top = Cell(self._mark_label, align=Qt.AlignmentFlag.AlignTop)
        self._column = down(space=SPACE_L, around=(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L))
        # Not the dialog's own minimum: that would be in place of what its texts need.
        self._column.addStrut(width_px - 2 * SPACE_XL)
        self._column.addLayout(across(mark_top, Cell(beside, 1), space=SPACE_L))
        (beside if indented else self._column).addLayout(self.body, 1)
        self.setLayout(self._column)
        self._show_mark()

    def add_text(self, text: str, *, muted: bool = False) -> Label:
        """A sentence, in as many lines as it needs."""
        label = Label(text, self)
        label.setWordWrap(True)
        set_muted(label, muted)
        self.body.addWidget(label)
        return label

    def finish(self, answers: QLayout) -> None:
        """Complete the dialog with this row."""
        self._column.addLayout(answers)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_mark()
        super().changeEvent(event)

    def _show_mark(self) -> None:
        if self._mark is not None:
            self._mark_label.setPixmap(pixmap(*self._mark, self.devicePixelRatioF()))
