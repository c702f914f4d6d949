"""Keys reach the guest by their place, and every key pressed is released."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from vmgui.ui.console import keyboard as keyboard_module
from vmgui.ui.console.keyboard import GuestKey, Keyboard, guest_key

NONE = Qt.KeyboardModifier.NoModifier


def event(
    key: Qt.Key, text: str = "", *, native: tuple[int, int] = (0, 0), repeat: bool = False
) -> QKeyEvent:
    """A press; `native` is (X key code, keysym)."""
    if native != (0, 0):
        return QKeyEvent(QEvent.Type.KeyPress, key, NONE, native[0], native[1], 0, text, repeat)
    return QKeyEvent(QEvent.Type.KeyPress, key, NONE, text, repeat)


@pytest.mark.parametrize(
    ("pressed", "wanted"),
    [
        (event(Qt.Key.Key_A, "a"), GuestKey(30, 0x61)),
        (event(Qt.Key.Key_1, "1"), GuestKey(2, 0x31)),
        (event(Qt.Key.Key_Slash, "/"), GuestKey(53, 0x2F)),
        (event(Qt.Key.Key_Space, " "), GuestKey(57, 0x20)),
        (event(Qt.Key.Key_Down), GuestKey(0xD0, 0xFF54)),
        (event(Qt.Key.Key_Enter), GuestKey(0x9C, 0xFF8D)),
        (event(Qt.Key.Key_F12), GuestKey(0x58, 0xFFC9)),
        (event(Qt.Key.Key_Backtab), GuestKey(15, 0xFF09)),
        (event(Qt.Key.Key_C, "\x03"), GuestKey(46, 0x63)),  # Ctrl+C
        (event(Qt.Key.Key_unknown, "€"), GuestKey(0, 0x010020AC)),
    ],
)
def test_without_a_real_keyboard_the_us_place_is_used(pressed, wanted):
    assert guest_key(pressed) == wanted


def test_a_real_key_goes_by_its_place_and_says_what_it_means_here(monkeypatch):
    monkeypatch.setattr(keyboard_module, "_is_xkb", lambda: True)
    # The key right of L on a Spanish keyboard: X code 47 (evdev 39), keysym ntilde.
    assert guest_key(event(Qt.Key.Key_Ntilde, "ñ", native=(47, 0xF1))) == GuestKey(39, 0xF1)
    # Right Ctrl and left Ctrl are the same Qt key, but two keys of the guest.
    assert guest_key(event(Qt.Key.Key_Control, native=(105, 0xFFE4))) == GuestKey(0x9D, 0xFFE4)


def test_a_key_is_released_as_it_was_pressed_though_its_meaning_changed(monkeypatch):
    monkeypatch.setattr(keyboard_module, "_is_xkb", lambda: True)
    keys = Keyboard()
    down = keys.pressed(event(Qt.Key.Key_1, "1", native=(10, 0x31)))
    # Shift went down in between: the same key is "!" now.
    assert keys.released(event(Qt.Key.Key_Exclam, "!", native=(10, 0x21))) == down


def test_repeats_release_nothing_and_strangers_neither():
    keys = Keyboard()
    keys.pressed(event(Qt.Key.Key_A, "a"))
    assert keys.released(event(Qt.Key.Key_A, "a", repeat=True)) is None
    assert keys.released(event(Qt.Key.Key_B, "b")) is None
    assert keys.released(event(Qt.Key.Key_A, "a")) == GuestKey(30, 0x61)


def test_all_keys_come_up_newest_first():
    keys = Keyboard()
    keys.pressed(event(Qt.Key.Key_Control))
    keys.pressed(event(Qt.Key.Key_Alt))
    assert [key.scancode for key in keys.release_all()] == [0x38, 0x1D]
    assert keys.release_all() == ()


def test_a_modifier_that_nobody_holds_any_more_is_released_by_itself():
    keyboard = Keyboard()
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for key in (Qt.Key.Key_Control, Qt.Key.Key_A, Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
        assert keyboard.pressed(event(key))
    assert keyboard.release_lifted(ctrl | alt) == ()
    assert keyboard.release_lifted(ctrl) == (guest_key(event(Qt.Key.Key_Alt)),)
    assert keyboard.holds_modifier
    assert keyboard.release_lifted(NONE) == (guest_key(event(Qt.Key.Key_Control)),)
    assert not keyboard.holds_modifier
    # What is no modifier, or one nobody can be asked about, waits for its own release.
    assert keyboard.release_all() == (guest_key(event(Qt.Key.Key_AltGr)), guest_key(event(Qt.Key.Key_A)))


def test_alt_pressed_after_shift_is_held_as_alt():
    keyboard = Keyboard()
    assert keyboard.pressed(event(Qt.Key.Key_Meta))
    assert keyboard.release_lifted(Qt.KeyboardModifier.AltModifier) == ()
    assert keyboard.release_lifted(Qt.KeyboardModifier.ShiftModifier) == (guest_key(event(Qt.Key.Key_Meta)),)
