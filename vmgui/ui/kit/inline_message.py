"""One line under a field that says what is wrong with it and how to mend it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vmgui.ui.kit.plain import Label
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import SPACE_S, set_tone

_ICON_PX = 16


class InlineMessage(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Label(self)
        self._text = Label(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._icon_name = "info"
        self._role = IconRole.MUTED
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S + 2)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty: nothing."""
        return self._text.text()

    def show_error(self, text: str) -> None:
        """Something must be changed before going on."""
        self._show(text, "octagon-x", IconRole.DANGER, "danger")

    def show_warning(self, text: str) -> None:
        """It will work, but look."""
        self._show(text, "triangle-alert", IconRole.WARNING, "warning")

    def show_success(self, text: str) -> None:
        """Checked and good."""
        self._show(text, "circle-check", IconRole.SUCCESS, "success")

    def show_info(self, text: str) -> None:
        """Good to know."""
        self._show(text, "info", IconRole.MUTED, "")

    def clear(self) -> None:
        """Nothing to say any more."""
        self._text.clear()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_mark()
        super().changeEvent(event)

    def _show(self, text: str, icon_name: str, role: IconRole, tone: str) -> None:
        if not text:
            self.clear()
            return
        if text == self._text.text() and icon_name == self._icon_name:
            self.show()
            return
        self._icon_name, self._role = icon_name, role
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.setAccessibleName(text)
        set_tone(self._text, tone)
        self._show_mark()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def _show_mark(self) -> None:
        self._mark.setPixmap(pixmap(self._icon_name, self._role, _ICON_PX, self.devicePixelRatioF()))
