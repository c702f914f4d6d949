"""Notices that a modifier was let go while a window manager had the keyboard.

An X11 window manager that takes a combination (Alt+F4, Alt+Tab) keeps the keyboard until all of its keys are let go.
The release of Alt never reaches this window, whether or not the focus moves. So while the guest holds a modifier, the
X server is asked whether the person still holds it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from vmgui.ui.console.keyboard import GuestKey, Keyboard

ALT = GuestKey(0x38, 0xFFE9)
_RIGHT_ALT_SCANCODE = 0xB8
_LOOK_MS = 200
# A window manager may take this long, after Alt was let go or the focus moved, to ask the window to close.
_CLOSE_MS = 1000


class ModifierWatch(QObject):
    """Looks after one guest's modifiers."""

    lifted = Signal(object)  # GuestKey: to be released in the guest

    def __init__(self, keyboard: Keyboard, parent: QObject) -> None:
        super().__init__(parent)
        self._keyboard = keyboard
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._alt_lost = QTimer(self)
        self._alt_lost.setSingleShot(True)
        self._alt_lost.setInterval(_CLOSE_MS)

    def key_pressed(self) -> None:
        """A key went to the guest."""
        if self._keyboard.holds_modifier:
            self._look.start()

    def window_left(self) -> None:
        """The window lost the keyboard: perhaps to a window manager that keeps Alt+F4. Before all keys are released."""
        # Elsewhere than on X11 nobody keeps it: a close that follows is the person's.
        if self._keyboard.holds(ALT) and held_modifiers() is not None:
            self._alt_lost.start()

    @property
    def is_alt_held(self) -> bool:
        """Whether Alt is held, or was when a window manager took the keyboard a moment ago."""
        held = held_modifiers() or Qt.KeyboardModifier.NoModifier
        is_held = bool(held & Qt.KeyboardModifier.AltModifier)
        return is_held or self._keyboard.holds(ALT) or self._alt_lost.isActive()

    def _on_look(self) -> None:
        held = held_modifiers()
        if held is not None:
            for key in self._keyboard.release_lifted(held):
                if key.scancode in (ALT.scancode, _RIGHT_ALT_SCANCODE):
                    self._alt_lost.start()
                self.lifted.emit(key)
        if held is None or not self._keyboard.holds_modifier:
            self._look.stop()


def held_modifiers() -> Qt.KeyboardModifier | None:
    """What the computer's own keyboard holds now, whoever gets its keys; None: only X11 can be asked, and elsewhere
    nobody takes a combination without the focus."""
    is_x11 = QGuiApplication.platformName() == "xcb"
    return QGuiApplication.queryKeyboardModifiers() if is_x11 else None
