"""Over the form: what it is about, where that sits, and the switch that shows its XML."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import ElidedLabel, Label
from vmgui.ui.look.theme import FORM_PX, SPACE, SPACE_L, SPACE_XL, TextRole, set_muted, set_role
from vmgui.words.say import say

_ICON_PX = 24
_ALL = 1000  # of the width, as far as the form below has it


class DeviceHead(QWidget):
    """`xml_wanted`: the switch was turned."""

    xml_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hardware-head")
        self._icon_name = ""
        self._icon = Label(self)
        self._title = ElidedLabel(self)
        self._title.setObjectName("hardware-title")
        set_role(self._title, TextRole.TITLE)
        self._place = ElidedLabel(self)
        self._place.setObjectName("hardware-place")
        set_muted(self._place)
        hint = say("HardwareTab", "Show the XML of the device, or its form")
        self.xml = Button("hardware-show-xml", say("HardwareTab", "&XML"), self, hint=hint, kind="switch")
        self.xml.setCheckable(True)
        self.xml.toggled.connect(self.xml_wanted)
        inside = QWidget(self)
        inside.setMaximumWidth(FORM_PX)
        words = down(self._title, self._place, space=0)
        inside.setLayout(across(self._icon, Cell(words, 1), self.xml, space=SPACE_L))
        self.setLayout(across(Cell(inside, _ALL), 1, around=(SPACE_XL, SPACE_L, SPACE_XL, SPACE)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_item(self, icon_name: str, title: str, place: str, *, has_xml: bool, must_be_xml: bool) -> None:
        """`must_be_xml`: there is no form."""
        self._icon_name = icon_name
        self._title.setText(title)
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self.xml.setVisible(has_xml and not must_be_xml)
        self._show_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._show_icon()
        super().changeEvent(event)

    def _show_icon(self) -> None:
        if self._icon_name:
            self._icon.setPixmap(pixmap(self._icon_name, IconRole.MUTED, _ICON_PX, self.devicePixelRatioF()))
