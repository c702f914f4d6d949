"""Labels, tool tips, keys and titles show somebody else's words letter by letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtTexts
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.ui.look.plain import Label, is_typed, no_key, tip, window_title

HOSTILE = (
    'web <img src="file:&#47;&#47;&#47;dev&#47;zero">',
    "<b>bold</b>",
    "&lt;i&gt;",
    "<!doctype html>x",
    '<?xml version="1.0"?><p>x',
    "<a href='file:///etc/passwd'>x</a>",
)

NAMES = (
    "two\nlines",
    "a\ttab",
    "web\u202e01\u2066",
    "z\u0335\u0301\u0335\u0301\u0335\u0301\u0335\u0301 end",
    "\u0301" * 200,
    "x" * 300,
    " spaces around ",
    "back\\nslash",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_the_letters(qapp: QApplication, text: str) -> None:
    for label in (Label(text), Label(text, None)):
        assert (label.text(), label.textFormat()) == (text, Qt.TextFormat.PlainText)
    late = Label()
    late.setText(text)
    assert (late.text(), late.textFormat()) == (text, Qt.TextFormat.PlainText)


def test_a_label_has_its_parent_either_way(qapp: QApplication) -> None:
    parent = QWidget()
    assert Label(parent).parent() is parent
    assert Label("x", parent).parent() is parent


@pytest.mark.parametrize("text", [*HOSTILE, "a & b", "a\n<b>b</b>", "web-01"])
def test_a_tool_tip_is_read_back_as_it_was_written(qapp: QApplication, text: str) -> None:
    shown = tip(text)
    if QtTexts.mightBeRichText(shown):
        document = QTextDocument()
        document.setHtml(shown)
        shown = document.toPlainText()
    assert shown == text
    assert "<img" not in tip(text)


def test_a_tool_tip_hides_nothing_and_has_an_end(qapp: QApplication) -> None:
    assert tip("a\u202eb\x00") == "a\\u202eb\\x00"
    assert len(tip("x" * 100_000)) == 1000


def test_an_ampersand_in_a_name_is_no_key(qapp: QApplication) -> None:
    assert QPushButton(no_key("&File")).shortcut().isEmpty()
    assert no_key("R&D") == "R&&D"
    assert no_key("a\tCtrl+Q") == "a\\tCtrl+Q"  # behind a tab a menu shows a shortcut


def test_a_title_keeps_its_star(qapp: QApplication) -> None:
    assert window_title("a[*]b\n") == "a[*][*]b\\n"


def test_what_is_shown_may_be_typed() -> None:
    assert is_typed(" web ", "web")
    assert is_typed("a\\u202eb", "a\u202eb")
    assert is_typed("a\u202eb", "a\u202eb")
    assert not is_typed("ab", "a\u202eb")
    for name in NAMES:
        assert is_typed(name, name)
        assert is_typed(visible(name), name)
        assert is_typed(visible(name, TEXT_CHARS), name)
        assert not is_typed(f"{visible(name)}x", name)
        assert not is_typed(name[:-3].strip() or "y", name)
