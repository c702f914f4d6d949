"""A password: a new one, none any more, or as it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vmgui.commands.fields import Secret
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.button import Button
from vmgui.words.say import say

_UNCHANGED = say("Form", "Unchanged")
_NONE = say("Form", "No password")
_TAKE_AWAY = say("Form", "No password")
_KEEP = say("Form", "Leave it unchanged")


class _Changes(QObject):
    changed = Signal()


class SecretControl(Control):
    """Its answer is None while nobody touched it, "" after the button that takes the password away, else what is typed.

    What is typed and taken away again leaves it unchanged: only the button means "none".
    """

    field: Secret
    input: QLineEdit

    def __init__(self, field: Secret, name: str, parent: QWidget) -> None:
        room = QWidget(parent)
        self._changes = _Changes(room)
        super().__init__(field, name, room, self._changes.changed)
        self.input = QLineEdit(room)
        self.input.setObjectName(f"{name}-field")
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        if field.most_chars:
            self.input.setMaxLength(field.most_chars)
        self.button = Button(f"{name}-none", _TAKE_AWAY, room)
        self.button.setAutoDefault(False)
        self._is_none = False
        room.setLayout(across(Cell(self.input, 1), self.button))
        self.input.textChanged.connect(self._on_typed)
        self.button.clicked.connect(self._on_button)

    def offer(self, means: str) -> None:
        self.why_not = means

    def show(self, value: str | None) -> None:
        self._is_none = value == ""
        if self.input.text() != (value or ""):
            self.input.setText(value or "")
        self._tell()

    def read(self) -> str | None:
        if self._is_none:
            return ""
        return self.input.text() or None

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self._tell()

    def _on_typed(self) -> None:
        if self.input.text():
            self._is_none = False
        self._tell()

    def _on_button(self) -> None:
        self._is_none = not self._is_none
        if self.input.text():
            self.input.clear()
        else:
            self._tell()

    def _tell(self) -> None:
        self.input.setPlaceholderText(str(_NONE if self._is_none else self.field.hint or _UNCHANGED))
        self.button.relabel(
            _KEEP if self._is_none else _TAKE_AWAY,
            spoken=say("Form", "{button}: {field}").format(
                button=(_KEEP if self._is_none else _TAKE_AWAY).plain, field=self.spoken
            ),
        )
        self._changes.changed.emit()
