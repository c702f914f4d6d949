"""A button that is called by what stands on it, in the language of the moment."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from vmgui.ui.look.plain import tip
from vmgui.words.say import Say

_LEAST_PX = 120
_KEY = re.compile("&(&?)")  # two of them are one that is seen


class Button(QPushButton):
    """Its texts: a Say follows the language, a str is the caller's to translate, words of others by `no_key`."""

    def __init__(
        self,
        name: str,
        text: Say | str = "",
        parent: QWidget | None = None,
        *,
        spoken: Say | str = "",
        hint: Say | str = "",
        kind: str = "",
    ) -> None:
        """`spoken`: what a screen reader says in place of the text; `hint`: its tool tip; `kind` as in the style sheet."""
        super().__init__(parent)
        self.setObjectName(name)
        if kind:
            self.setProperty("kind", kind)
        self._text, self._spoken, self._hint = text, spoken, hint
        self._retranslate()

    def relabel(
        self, text: Say | str, hint: Say | str | None = None, *, spoken: Say | str | None = None
    ) -> None:
        """Have this stand on it; `hint` None: the tool tip stays; `spoken` likewise."""
        self._text = text
        if spoken is not None:
            self._spoken = spoken
        if hint is not None:
            self._hint = hint
        self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it also outside dialogs."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if is_return and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setText(str(self._text))
        self.setAccessibleName(_KEY.sub(r"\1", str(self._spoken or self._text)).rstrip("…"))
        self.setToolTip(tip(str(self._hint)))


class ElidedButton(Button):
    """Its text ends in "…" where there is no room for it, and is whole in its tool tip: words of others may be long."""

    def __init__(
        self, name: str, text: Say | str = "", parent: QWidget | None = None, *, kind: str = ""
    ) -> None:
        super().__init__(name, text, parent, kind=kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown_text(self) -> str:
        """As much of the text as is on screen."""
        room_px = self.width() - (self.sizeHint().width() - self._text_px())
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, max(0, room_px), Qt.TextFlag.TextShowMnemonic.value
        )

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(QSize(_LEAST_PX, 1 << 24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setToolTip(tip(str(self._hint) or _KEY.sub(r"\1", self.text())))

    def _text_px(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, self.text()).width()
