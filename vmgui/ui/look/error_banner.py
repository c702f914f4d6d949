"""A banner over a whole pane: what went wrong, what to do next, details folded and copyable."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from vmgui.policy.plain_text import visible_lines
from vmgui.ui.look.icons import IconRole, icon, pixmap
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_S, TextRole, make_danger, make_plain, set_role
from vmgui.words.errors import ErrorText

_ICON_PX = 20
_DETAILS_PX = 110


class ErrorBanner(QFrame):
    """Hidden until `show_error`; non-modal, leaves when the person closes it or the cause is gone."""

    retry_asked = Signal()
    dismissed = Signal()
    other_asked = Signal()

    def __init__(self, parent: QWidget | None = None, name: str = "error") -> None:
        """`name` begins the objectNames of what is in it."""
        super().__init__(parent)
        self.setObjectName(f"{name}-banner")
        self.setProperty("ground", "danger")
        self._mark = Label(self)
        self._title = Label(self)
        self._title.setObjectName(f"{name}-title")
        self._title.setWordWrap(True)
        set_role(self._title, TextRole.STRONG)
        self._text = Label(self)
        self._text.setObjectName(f"{name}-next")
        self._text.setWordWrap(True)
        for label in (self._title, self._text):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._details = QPlainTextEdit(self)
        self._details.setObjectName(f"{name}-details-text")
        self._details.setReadOnly(True)
        self._details.setFixedHeight(_DETAILS_PX)
        self._details.hide()
        self._details_button = QPushButton(self)
        self._details_button.setObjectName(f"{name}-details")
        self._details_button.setCheckable(True)
        self._copy_button = QPushButton(self)
        self._copy_button.setObjectName(f"{name}-copy")
        self._retry_button = QPushButton(self)
        self._retry_button.setObjectName(f"{name}-retry")
        self._other_button = QPushButton(self)
        self._other_button.setObjectName(f"{name}-other")
        make_danger(self._other_button)
        self._close_button = QToolButton(self)
        self._close_button.setObjectName(f"{name}-close")
        self._close_button.setIcon(icon("x"))
        for button in (self._details_button, self._copy_button):
            button.setProperty("kind", "link")

        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, SPACE_S, 0, 0)
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._retry_button)
        buttons.addWidget(self._other_button)
        buttons.addWidget(self._details_button)
        buttons.addWidget(self._copy_button)
        buttons.addStretch(1)
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 8, 10)
        layout.setHorizontalSpacing(10)
        layout.setVerticalSpacing(4)
        layout.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._title, 0, 1)
        layout.addWidget(self._close_button, 0, 2, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1, 1)
        layout.addLayout(buttons, 2, 1)
        layout.addWidget(self._details, 3, 1)
        layout.setColumnStretch(1, 1)
        self._retry_button.clicked.connect(self._on_retry)
        self._other_button.clicked.connect(self._on_other)
        self._details_button.toggled.connect(self._on_details)
        self._copy_button.clicked.connect(self._on_copy)
        self._close_button.clicked.connect(self._on_close)
        self._shown: ErrorText | None = None
        self._retry_text = ""
        self._can_retry = False
        self._retranslate()
        self.hide()

    def show_error(
        self,
        error: ErrorText,
        *,
        can_retry: bool = False,
        retry_text: str = "",
        other_text: str = "",
        other_is_harmless: bool = False,
        can_close: bool = True,
    ) -> None:
        """Show this error; `retry_asked` comes when the person wants another try.

        `other_text` names another way out; `other_asked` comes when the person takes it.
        """
        (make_plain if other_is_harmless else make_danger)(self._other_button)
        self._other_button.setText(other_text)
        self._other_button.setAccessibleName(other_text.rstrip("…"))
        self._other_button.setVisible(bool(other_text))
        self._close_button.setVisible(can_close)
        self._retry_text = retry_text
        self._retry_button.setText(retry_text or self.tr("Try again"))
        self._retry_button.setAccessibleName(self._retry_button.text())
        self._can_retry = can_retry
        self._retry_button.setVisible(can_retry)
        if error != self._shown:
            self._shown = error
            self._details_button.setChecked(False)
            self._title.setText(error.what)
            self._text.setText(error.next_step)
            self._text.setVisible(bool(error.next_step))
            self._details.setPlainText(visible_lines(error.details))
            self._details_button.setVisible(bool(error.details))
            self._copy_button.setVisible(False)
            self.setAccessibleName(error.what)
            self.setAccessibleDescription(error.next_step)
        self._show_mark()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """The cause is gone."""
        self._shown = None
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_mark()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._retry_button.setText(self._retry_text or self.tr("Try again"))
        self._details_button.setText(self.tr("Details"))
        self._copy_button.setText(self.tr("Copy"))
        self._close_button.setToolTip(self.tr("Close this message"))
        self._close_button.setAccessibleName(self.tr("Close this message"))
        self._details.setAccessibleName(self.tr("Details"))
        for button in (self._retry_button, self._details_button, self._copy_button):
            button.setAccessibleName(button.text())

    def _show_mark(self) -> None:
        self._mark.setPixmap(pixmap("octagon-x", IconRole.DANGER, _ICON_PX, self.devicePixelRatioF()))

    def _on_retry(self) -> None:
        self.retry_asked.emit()

    def _on_other(self) -> None:
        self.other_asked.emit()

    def _on_details(self, on: bool) -> None:
        self._details.setVisible(on)
        self._copy_button.setVisible(on)

    def _on_copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.as_text())

    def _on_close(self) -> None:
        self.clear()
        self.dismissed.emit()
