"""The XML of one device, to be read: as it is now, and as it will be after the next start."""

from __future__ import annotations

from collections.abc import Awaitable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.services.hardware import HardwareService
from vmgui.ui.bridge.latest_answer import LatestAnswer
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, SPACE_XL
from vmgui.ui.look.xml_text import XmlText
from vmgui.words.errors import explain
from vmgui.words.note import Level

Texts = tuple[str, str]
"""The device's XML now and after the next start; empty: it is not there."""


class DeviceXml(QWidget):
    """Of one device after the other; passwords are stars in it."""

    def __init__(self, service: HardwareService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hardware-xml")
        self._service = service
        self._key: DomainKey | None = None
        self._id = ""
        self._has = (False, False)  # now, after the next start
        self._texts: Texts = ("", "")
        self._is_saved_wanted = False
        self._scope = PaneScope("hardware-xml", self)
        self._group = QButtonGroup(self)
        self._now, self._then = (self._choice(number) for number in range(2))
        self._group.idClicked.connect(self._on_chosen)
        self._why = Message(self, "hardware-xml-why")
        self._message = Message(self, "hardware-xml-message")
        self.text = XmlText(self)
        self.text.setObjectName("hardware-xml-text")
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        head = across(self._now, self._then, 1, space=SPACE_S)
        around = (SPACE_XL, SPACE, SPACE_XL, SPACE_L)
        self.setLayout(down(self._why, head, self._message, Cell(self.text, 1), around=around))
        self._reading = LatestAnswer(self._scope, self._read, self._take, self._show_error)
        self._retranslate()

    def show_device(self, key: DomainKey, id_: str, *, is_now: bool, is_then: bool, why: str = "") -> None:
        """Read and show it; `is_now`, `is_then`: where it is. `why`: it is shown in place of a form."""
        self._why.tell(why)
        if (key, id_) != (self._key, self._id):
            self._texts = ("", "")
            self.text.clear()
            self._reading.drop()
        self._key, self._id, self._has = key, id_, (is_now, is_then)
        self._show()
        self._reading.ask()

    def drop(self) -> None:
        """Nobody looks."""
        self._key, self._id = None, ""
        self._reading.drop()

    async def shutdown(self) -> None:
        """Wait for nothing more."""
        await self._scope.close(timeout_s=1.0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choice(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"hardware-xml-{('now', 'then')[number]}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button, number)
        return button

    def _read(self) -> Awaitable[Texts] | None:
        return self._service.device_text(self._key, self._id) if self._key is not None else None

    def _take(self, texts: Texts) -> None:
        self._texts = texts
        self._message.clear()
        self._show()

    def _show_error(self, error: VmguiError) -> None:
        self._message.tell(explain(error).what, Level.ERROR)

    def _show(self) -> None:
        is_saved = self._has[1] if not self._has[0] or self._is_saved_wanted else False
        (self._then if is_saved else self._now).setChecked(True)
        for button in (self._now, self._then):
            button.setVisible(all(self._has))
        shown = self._texts[int(is_saved)]
        if self.text.text != shown:
            self.text.replace_text(shown)

    def _retranslate(self) -> None:
        self._now.setText(self.tr("Now"))
        self._then.setText(self.tr("After the next start"))
        for button in (self._now, self._then):
            button.setAccessibleName(button.text())
        self.text.setAccessibleName(self.tr("XML of the device"))

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self._is_saved_wanted = number == 1
        self._show()
