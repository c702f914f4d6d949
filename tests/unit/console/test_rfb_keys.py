"""Key tables: the numbers QEMU expects, and combinations that can be pressed."""

import pytest

from vmgui.console.rfb.keys import (
    COMBINATIONS,
    EVDEV_TO_SCANCODE,
    keys_of,
    scancode_from_evdev,
)


@pytest.mark.parametrize(
    ("evdev", "scancode"),
    [(1, 0x01), (30, 0x1E), (57, 0x39), (83, 0x53), (86, 0x56), (87, 0x57), (96, 0x9C), (97, 0x9D), (100, 0xB8),
     (103, 0xC8), (108, 0xD0), (111, 0xD3), (119, 0xC6), (125, 0xDB), (99, 0x54)],
)  # fmt: skip
def test_known_codes(evdev, scancode):
    assert scancode_from_evdev(evdev) == scancode


def test_unknown_codes_have_none():
    assert scancode_from_evdev(0) == scancode_from_evdev(767) == 0


def test_no_two_keys_share_a_scancode():
    codes = list(EVDEV_TO_SCANCODE.values())
    assert len(set(codes)) == len(codes)
    assert all(0 < code < 256 for code in codes)


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_every_combination_can_be_pressed(combination):
    keys = keys_of(combination)
    assert len(keys) == combination.count("+") + 1
    assert all(key.scancode and key.keysym for key in keys)


def test_function_keys():
    codes = [(key.scancode, key.keysym) for number in (1, 10, 11, 12) for key in keys_of(f"F{number}")]
    assert codes == [(0x3B, 0xFFBE), (0x44, 0xFFC7), (0x57, 0xFFC8), (0x58, 0xFFC9)]


def test_an_unknown_name():
    with pytest.raises(KeyError):
        keys_of("Ctrl+Hyper")
