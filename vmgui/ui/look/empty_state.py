"""What a pane shows when there is nothing yet: an icon, one sentence, one button (and another way, if there is one)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, make_primary, set_muted, set_role

_ICON_PX = 48


class EmptyState(QWidget):
    """Says what is missing and what to do next; `activated` when the button is pressed."""

    activated = Signal()
    other_activated = Signal()

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = Label(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Label(self)
        self._title.setObjectName("empty-title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        set_role(self._title, TextRole.TITLE)
        self._text = Label(self)
        self._text.setObjectName("empty-text")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(220)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        set_muted(self._text)
        self._button = QPushButton(self)
        self._button.setObjectName("empty-button")
        make_primary(self._button)
        self._button.clicked.connect(self._on_clicked)
        self._other = QPushButton(self)
        self._other.setObjectName("empty-other-button")
        self._other.setVisible(False)
        self._other.clicked.connect(self._on_other_clicked)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        layout.setSpacing(SPACE)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addSpacing(SPACE)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(SPACE_L)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._other, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def set_texts(
        self, title: str, text: str = "", button_text: str = "", other_text: str = "", *, icon_name: str = ""
    ) -> None:
        """Already translated; no button text, no button."""
        if icon_name:
            self._icon_name = icon_name
            self._show_picture()
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button_text)
        self._button.setAccessibleName(button_text.replace("&", ""))
        self._button.setVisible(bool(button_text))
        self._other.setText(other_text)
        self._other.setAccessibleName(other_text.removesuffix("…"))
        self._other.setVisible(bool(other_text))
        self.setAccessibleName(title)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_picture()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_picture()
        super().changeEvent(event)

    def _show_picture(self) -> None:
        self._picture.setPixmap(pixmap(self._icon_name, IconRole.MUTED, _ICON_PX, self.devicePixelRatioF()))

    def _on_clicked(self) -> None:
        self.activated.emit()

    def _on_other_clicked(self) -> None:
        self.other_activated.emit()
