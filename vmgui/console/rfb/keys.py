"""Keyboard data: evdev and X11 key codes to XT scancodes, and the combinations a window cannot catch.

QEMU's Extended Key Event takes a "qnum": the XT (set 1) scancode, with 0x80 added where the keyboard would
send an 0xE0 before it. Codes of <linux/input-event-codes.h>; the numbers are those of QEMU's
keycodemapdb. A key without one goes by its keysym only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# X11 and Wayland (xkb) key codes are evdev's plus this.
XKB_OFFSET: Final = 8

# Linux numbered its first 88 keys after the XT ones; the others, in evdev order:
_OTHERS: Final = {
    85: 0x76,  # zenkaku/hankaku
    86: 0x56,  # the key beside the left Shift on 105-key keyboards
    87: 0x57,  # F11
    88: 0x58,  # F12
    89: 0x73,  # ro
    90: 0x78,  # katakana
    91: 0x77,  # hiragana
    92: 0x79,  # henkan
    93: 0x70,  # katakana/hiragana
    94: 0x7B,  # muhenkan
    95: 0x5C,  # keypad comma (Japanese)
    96: 0x9C,  # keypad Enter
    97: 0x9D,  # right Ctrl
    98: 0xB5,  # keypad /
    99: 0x54,  # Print / SysRq
    100: 0xB8,  # right Alt
    101: 0x5B,  # line feed
    102: 0xC7,  # Home
    103: 0xC8,  # Up
    104: 0xC9,  # Page Up
    105: 0xCB,  # Left
    106: 0xCD,  # Right
    107: 0xCF,  # End
    108: 0xD0,  # Down
    109: 0xD1,  # Page Down
    110: 0xD2,  # Insert
    111: 0xD3,  # Delete
    113: 0xA0,  # mute
    114: 0xAE,  # volume down
    115: 0xB0,  # volume up
    116: 0xDE,  # power
    117: 0x59,  # keypad =
    119: 0xC6,  # Pause
    121: 0x7E,  # keypad comma
    122: 0x72,  # hangeul
    123: 0x71,  # hanja
    124: 0x7D,  # yen
    125: 0xDB,  # left Super
    126: 0xDC,  # right Super
    127: 0xDD,  # menu (compose)
    128: 0xE8,  # stop
    138: 0xF5,  # help
    139: 0x9E,  # menu
    140: 0xA1,  # calculator
    142: 0xDF,  # sleep
    143: 0xE3,  # wake up
    155: 0xEC,  # mail
    156: 0xE6,  # bookmarks
    157: 0xEB,  # computer
    158: 0xEA,  # back
    159: 0xE9,  # forward
    163: 0x99,  # next song
    164: 0xA2,  # play/pause
    165: 0x90,  # previous song
    166: 0xA4,  # stop playing
    172: 0xB2,  # home page
    173: 0xE7,  # refresh
    183: 0x5D,  # F13
    184: 0x5E,  # F14
    185: 0x5F,  # F15
    186: 0x55,  # F16
}

EVDEV_TO_SCANCODE: Final[dict[int, int]] = {code: code for code in range(1, 84)} | _OTHERS


def scancode_from_evdev(code: int) -> int:
    """The XT scancode of a Linux key code; 0 if it has none."""
    return EVDEV_TO_SCANCODE.get(code, 0)


@dataclass(slots=True, frozen=True)
class Key:
    """A physical key: XT scancode and the X keysym it has without modifiers."""

    scancode: int
    keysym: int


def _function_key(number: int) -> Key:
    return Key(58 + number if number <= 10 else 76 + number, 0xFFBD + number)


NAMED_KEYS: Final[dict[str, Key]] = {
    "Ctrl": Key(0x1D, 0xFFE3),
    "Alt": Key(0x38, 0xFFE9),
    "Shift": Key(0x2A, 0xFFE1),
    "Super": Key(0xDB, 0xFFEB),
    "AltGr": Key(0xB8, 0xFE03),
    "Del": Key(0xD3, 0xFFFF),
    "Backspace": Key(0x0E, 0xFF08),
    "Esc": Key(0x01, 0xFF1B),
    "Tab": Key(0x0F, 0xFF09),
    "Enter": Key(0x1C, 0xFF0D),
    "Space": Key(0x39, 0x20),
    "Print": Key(0x54, 0xFF61),
    "Pause": Key(0xC6, 0xFF13),
    "Menu": Key(0xDD, 0xFF67),
    "Up": Key(0xC8, 0xFF52),
    "Down": Key(0xD0, 0xFF54),
    "Left": Key(0xCB, 0xFF51),
    "Right": Key(0xCD, 0xFF53),
} | {f"F{number}": _function_key(number) for number in range(1, 13)}

# What a menu offers, in its order; the names are what is printed on the keys.
COMBINATIONS: Final[tuple[str, ...]] = (
    "Ctrl+Alt+Del",
    "Ctrl+Alt+Backspace",
    *(f"Ctrl+Alt+F{number}" for number in range(1, 13)),
    "Alt+Tab",
    "Alt+F4",
    "Ctrl+Esc",
    "Super",
    "Print",
    "Alt+Print",
    "Pause",
    "Menu",
)


def keys_of(combination: str) -> tuple[Key, ...]:
    """The keys of "Ctrl+Alt+Del", in the order to press them; KeyError for a name that is not known."""
    return tuple(NAMED_KEYS[name] for name in combination.split("+"))
