"""What stands at the right of a row and under it: when an answer applies, what is so meanwhile, a way back from that, a way there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.ui.kit.chip import Chip
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE_S, set_muted
from vmgui.words.mark import Mark
from vmgui.words.say import say

_ICON_PX = 16
_REVERT = say("Form", "Revert")
_HASTEN = say("Form", "Make it so now")


class MarkView(QWidget):
    """The line under the row; `place` is where the chip stands, as wide in every row of a form."""

    revert_wanted = Signal(str)
    hasten_wanted = Signal(str)

    def __init__(self, control: Control, parent: QWidget) -> None:
        super().__init__(parent)
        self._control = control
        self._mark = Mark(control.field.name)
        self.setObjectName(f"{control.name}-pending")
        self.place = QWidget(parent)
        self._chip = Chip(self.place, f"{control.name}-chip")
        self.place.setLayout(across(1, Cell(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)))
        self._icon = Label(self)
        self._text = Label(self)
        self._text.setObjectName(f"{control.name}-pending-text")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_muted(self._text)
        self._button = Button(f"{control.name}-revert", _REVERT, self, kind="link")
        self._button.clicked.connect(self._on_revert)
        self._hasten = Button(f"{control.name}-hasten", _HASTEN, self, kind="link")
        self._hasten.clicked.connect(self._on_hasten)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setLayout(
            across(
                Cell(self._icon, 0, middle),
                Cell(self._text, 1),
                self._hasten,
                self._button,
                space=SPACE_S + 2,
            )
        )
        self.hide()

    def show_mark(self, mark: Mark | None, *, is_shown: bool) -> None:
        """None: nothing is to be said. `is_shown`: its row is."""
        mark = mark or Mark(self._mark.field)
        self._chip.tell(mark.chip, mark.tone)
        self.place.setVisible(is_shown)
        self.setVisible(is_shown and (bool(mark.pending) or mark.can_revert))
        self._mark = mark
        self._text.setText(mark.pending)
        self._icon.setVisible(bool(mark.pending))
        self._button.setVisible(mark.can_revert)
        self._hasten.setVisible(mark.can_hasten)
        self._hasten.relabel(
            _HASTEN, spoken=self.tr("Make it so now: {label}").format(label=self._control.spoken)
        )
        self._button.relabel(_REVERT, spoken=self.tr("Revert: {label}").format(label=self._control.spoken))
        self._control.input.setAccessibleDescription(mark.spoken)
        self._show_icon()

    def make_room(self, width_px: int) -> None:
        """The chip stands level with the field."""
        field = self._control.input
        field.ensurePolished()
        # Beside several lines it stands level with the first.
        height_px = (
            self._text.fontMetrics().lineSpacing() + 2 * SPACE_S
            if self._control.is_tall
            else field.sizeHint().height()
        )
        self.place.setFixedSize(width_px, height_px)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._show_icon()
        super().changeEvent(event)

    def _show_icon(self) -> None:
        self._icon.setPixmap(pixmap("clock", IconRole.MUTED, _ICON_PX, self.devicePixelRatioF()))

    @Slot()
    def _on_hasten(self) -> None:
        self.hasten_wanted.emit(self._mark.field)

    @Slot()
    def _on_revert(self) -> None:
        self.revert_wanted.emit(self._mark.field)
