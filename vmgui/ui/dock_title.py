"""A slim title for docks: what it holds, float and close; the dock is moved by dragging it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role


class DockTitle(QWidget):
    """`content` is what else stands in the line; the mouse still drags the dock by the rest of it."""

    def __init__(self, dock: QDockWidget, content: QWidget | None = None) -> None:
        super().__init__(dock)
        self._dock = dock
        self._label = Label(self)
        set_role(self._label, TextRole.CAPTION)
        set_muted(self._label)
        self._float = QToolButton(self)
        self._float.setIcon(icon("picture-in-picture-2", IconRole.MUTED))
        self._close = QToolButton(self)
        self._close.setIcon(icon("x", IconRole.MUTED))
        for button in (self._float, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoRaise(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 2, 4, 2)
        layout.setSpacing(2)
        if content is None:
            layout.addWidget(self._label)
            layout.addStretch(1)
        else:
            self._label.hide()
            layout.addWidget(content, 1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        self._float.clicked.connect(self._on_float)
        self._close.clicked.connect(dock.close)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set the texts, with the dock's title as it is now."""
        title = self._dock.windowTitle()
        self._label.setText(title)
        for button, text in (
            (self._float, self.tr("Detach {title}").format(title=title)),
            (self._close, self.tr("Close {title}").format(title=title)),
        ):
            button.setToolTip(tip(text))
            button.setAccessibleName(text)

    def _on_float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())
