"""What is typed or pasted as a path."""

from __future__ import annotations

import os

import pytest

from vmgui.policy.typed_path import can_be_named, is_absolute, read_path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/a b.iso", "/a b.iso"),
        ("  /a.iso ", "/a.iso"),
        ("~/a.iso", "/home/me/a.iso"),
        ("~", "/home/me"),
        ("~you/a.iso", "~you/a.iso"),
        ("file:///a%20b%C3%B1.iso", "/a bñ.iso"),
        ("file://localhost/a.iso", "/a.iso"),
        ("FILE:///a.iso", "/a.iso"),
        ("file://elsewhere/a.iso", "file://elsewhere/a.iso"),
        ("file:///a%FF.iso", os.fsdecode(b"/a\xff.iso")),
        ("a.iso", "a.iso"),
    ],
)
def test_what_is_meant(text: str, path: str) -> None:
    assert read_path(text, "/home/me") == path


def test_the_home_of_another_host_is_not_known() -> None:
    assert read_path("~/a.iso") == "~/a.iso"
    assert not is_absolute(read_path("~/a.iso"))


def test_what_a_definition_can_carry() -> None:
    assert can_be_named("/ä ñ 日 <&>.iso")
    assert not can_be_named(os.fsdecode(b"/a\xff.iso"))
    assert not can_be_named("/a\x01")
