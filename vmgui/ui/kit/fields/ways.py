"""One of a few ways: all are seen, the chosen one with what it asks beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from vmgui.commands.fields import Option, Ways
from vmgui.ui.kit.fields.control import Control, caption
from vmgui.ui.look.boxes import Cell, down
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, set_muted

_INDENT_PX = SPACE_L + SPACE  # of what belongs to a way


class WaysControl(Control):
    """Its answer is an option's value."""

    is_captioned = False
    note_px = _INDENT_PX

    def __init__(self, field: Ways, name: str, parent: QWidget) -> None:
        self._group = QButtonGroup(parent)
        self.chosen = self._group.idClicked
        super().__init__(field, name, QWidget(parent), self.chosen)
        self._options: Sequence[Option] = field.options
        self._rooms: list[QVBoxLayout] = []
        self._hints: list[Label] = []
        self.unfolded: dict[Any, QWidget] = {}  # by the options' values
        column = down()
        for number, option in enumerate(self._options):
            radio = QRadioButton(self.widget)
            radio.setObjectName(f"{name}-{option.word}")
            self._group.addButton(radio, number)
            hint = Label(self.widget)
            hint.setObjectName(f"{name}-{option.word}-caption")
            hint.setWordWrap(True)
            set_muted(hint)
            hint.setVisible(bool(option.hint))
            room = down(hint, space=-1, around=(_INDENT_PX, 0, 0, 0))
            # No wider than its text: all of it answers to a click.
            column.addLayout(down(Cell(radio, align=Qt.AlignmentFlag.AlignLeft), room, space=0))
            self._rooms.append(room)
            self._hints.append(hint)
        self.widget.setLayout(column)
        self._group.idClicked.connect(self._arrange)

    def unfold(self, value: Any, widget: QWidget) -> None:
        """Stand beneath this option while it is the chosen one."""
        widget.setContentsMargins(0, SPACE, 0, SPACE_S)
        self.unfolded[value] = widget
        self._rooms[self._row(value)].addWidget(widget)
        self._arrange()

    def offer(self, means: Sequence[Option]) -> None:
        self._options = means
        self.retranslate()

    def show(self, value: Any) -> None:
        self._group.button(self._row(value)).setChecked(True)
        self._arrange()

    def read(self) -> Any:
        return self._options[self._group.checkedId()].value if self._group.checkedId() >= 0 else None

    def retranslate(self) -> None:
        for option, radio, hint in zip(self._options, self._group.buttons(), self._hints, strict=True):
            radio.setText(caption(option.label))
            radio.setAccessibleName(radio.text().replace("&", ""))
            radio.setAccessibleDescription(str(option.why_not or option.hint))
            radio.setToolTip(tip(str(option.why_not)))
            radio.setEnabled(not option.why_not)
            hint.setText(str(option.hint))

    def _row(self, value: Any) -> int:
        return next(row for row, option in enumerate(self._options) if option.value == value)

    def _arrange(self) -> None:
        chosen = self.read()
        for value, widget in self.unfolded.items():
            widget.setVisible(value == chosen)
        # Tab leads to the chosen one, arrows to the others; Qt does so only once one of them had the keyboard.
        for radio in self._group.buttons():
            is_stop = radio.isChecked() or chosen is None
            radio.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
            if radio.isChecked():
                self.widget.setFocusProxy(radio)
