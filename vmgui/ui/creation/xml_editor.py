"""The new machine's XML as a field of a form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Text
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.xml_text import XmlText


class XmlControl(Control):
    """Its answer is a str."""

    is_captioned = False
    air_px = 0
    input: XmlText

    def __init__(self, field: Text, name: str, parent: QWidget) -> None:
        editor = XmlText(parent)
        super().__init__(field, name, editor, editor.textChanged)

    def show(self, value: str) -> None:
        self.input.setPlainText(value)

    def read(self) -> str:
        return self.input.toPlainText()
