"""Turns Qt key events into what a guest understands: an XT scancode and an X11 keysym.

The scancode follows the key's place, so the guest's own layout decides what it means; servers that
take keysyms only (no QEMU extended key event) get what the key means here. Every key pressed is
released with the very codes it was pressed with, also when the modifiers changed meanwhile. A window manager
that takes a combination for itself (Alt+F4, Alt+Tab) keeps the release of the modifier, too: such a modifier is
released when the computer's own keyboard no longer holds it.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from vmgui.console.rfb.keys import XKB_OFFSET, scancode_from_evdev

UNICODE_KEYSYM = 0x01000000


class GuestKey(NamedTuple):
    """What goes to the guest; 0: unknown."""

    scancode: int
    keysym: int


# Linux input-event-codes.h, for events made without a real keyboard (tests, input methods).
_EVDEV_OF_LETTER = dict(
    zip(
        "1234567890-=qwertyuiop[]asdfghjkl;'`\\zxcvbnm,./ ",
        [*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57],
        strict=True,
    )
)
_KEYS: dict[Qt.Key, tuple[int, int]] = {  # Qt key: (evdev code, keysym)
    Qt.Key.Key_Escape: (1, 0xFF1B),
    Qt.Key.Key_Backspace: (14, 0xFF08),
    Qt.Key.Key_Tab: (15, 0xFF09),
    Qt.Key.Key_Backtab: (15, 0xFF09),
    Qt.Key.Key_Return: (28, 0xFF0D),
    Qt.Key.Key_Enter: (96, 0xFF8D),
    Qt.Key.Key_Control: (29, 0xFFE3),
    Qt.Key.Key_Shift: (42, 0xFFE1),
    Qt.Key.Key_Alt: (56, 0xFFE9),
    Qt.Key.Key_AltGr: (100, 0xFE03),
    Qt.Key.Key_Meta: (125, 0xFFEB),
    Qt.Key.Key_Super_L: (125, 0xFFEB),
    Qt.Key.Key_Super_R: (126, 0xFFEC),
    Qt.Key.Key_Menu: (127, 0xFF67),
    Qt.Key.Key_CapsLock: (58, 0xFFE5),
    Qt.Key.Key_NumLock: (69, 0xFF7F),
    Qt.Key.Key_ScrollLock: (70, 0xFF14),
    Qt.Key.Key_Print: (99, 0xFF61),
    Qt.Key.Key_Pause: (119, 0xFF13),
    Qt.Key.Key_Insert: (110, 0xFF63),
    Qt.Key.Key_Delete: (111, 0xFFFF),
    Qt.Key.Key_Home: (102, 0xFF50),
    Qt.Key.Key_End: (107, 0xFF57),
    Qt.Key.Key_PageUp: (104, 0xFF55),
    Qt.Key.Key_PageDown: (109, 0xFF56),
    Qt.Key.Key_Left: (105, 0xFF51),
    Qt.Key.Key_Up: (103, 0xFF52),
    Qt.Key.Key_Right: (106, 0xFF53),
    Qt.Key.Key_Down: (108, 0xFF54),
    Qt.Key.Key_F11: (87, 0xFFC8),
    Qt.Key.Key_F12: (88, 0xFFC9),
    **{Qt.Key(Qt.Key.Key_F1.value + i): (59 + i, 0xFFBE + i) for i in range(10)},
}
# What the computer's own keyboard says while one of them is down. Not AltGr, which X11 does not always tell; Shift
# makes Alt a Meta key.
_MODIFIERS = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Meta: Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_L: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_R: Qt.KeyboardModifier.MetaModifier,
}


class Keyboard:
    """Which keys the guest holds down because of us."""

    def __init__(self) -> None:
        self._down: dict[int, GuestKey] = {}
        self._modifiers: dict[int, Qt.KeyboardModifier] = {}  # of those of _down that are one

    def pressed(self, event: QKeyEvent) -> GuestKey | None:
        """What to press; None: nothing the guest could understand."""
        key = guest_key(event)
        if key.scancode or key.keysym:
            self._down[_identity(event)] = key
            if modifier := _MODIFIERS.get(Qt.Key(event.key())):
                self._modifiers[_identity(event)] = modifier
            return key
        return None

    def released(self, event: QKeyEvent) -> GuestKey | None:
        """What to release; None: it was not pressed through us, or only repeats."""
        if event.isAutoRepeat():
            return None
        self._modifiers.pop(_identity(event), None)
        return self._down.pop(_identity(event), None)

    @property
    def holds_modifier(self) -> bool:
        """Whether the guest holds a modifier down because of us."""
        return bool(self._modifiers)

    def release_lifted(self, held: Qt.KeyboardModifier) -> tuple[GuestKey, ...]:
        """The modifiers still down there though the computer's own keyboard holds only `held`, newest first."""
        lifted = [identity for identity, modifier in self._modifiers.items() if not modifier & held]
        for identity in lifted:
            del self._modifiers[identity]
        return tuple(self._down.pop(identity) for identity in reversed(lifted))

    def holds(self, key: GuestKey) -> bool:
        """Whether the guest holds this key down because of us."""
        return any(key.scancode == down.scancode for down in self._down.values())

    def release_all(self) -> tuple[GuestKey, ...]:
        """All keys still down, newest first: the window lost the keyboard."""
        keys = tuple(reversed(self._down.values()))
        self._down.clear()
        self._modifiers.clear()
        return keys


def guest_key(event: QKeyEvent) -> GuestKey:
    """The codes of one key event."""
    key = Qt.Key(event.key()) if event.key() else Qt.Key.Key_unknown
    evdev, keysym = _KEYS.get(key, (0, 0))
    if native := event.nativeScanCode():
        evdev = native - XKB_OFFSET if _is_xkb() else evdev
    elif not evdev:
        letter = chr(event.key()).lower() if 0x20 <= event.key() < 0x7F else event.text().lower()
        evdev = _EVDEV_OF_LETTER.get(letter, 0)
    keysym = event.nativeVirtualKey() or keysym or _keysym_of_text(event.text())
    return GuestKey(scancode_from_evdev(evdev) if evdev > 0 else 0, keysym)


def _identity(event: QKeyEvent) -> int:
    return event.nativeScanCode() or -event.key()


def _is_xkb() -> bool:
    return QGuiApplication.platformName() in ("xcb", "wayland", "wayland-egl")


def _keysym_of_text(text: str) -> int:
    if len(text) != 1:
        return 0
    code = ord(text)
    if 0x20 <= code < 0x7F or 0xA0 <= code <= 0xFF:
        return code
    if 0 < code < 0x20:
        return code + 0x60  # Ctrl+letter arrives as a control character
    return UNICODE_KEYSYM | code
