"""Words of others: nothing in them acts, hides or has no end, and what is harmless stays as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.plain_text import (
    MOST_MARKS,
    NAME_CHARS,
    bounded,
    edges_seen,
    file_stem,
    visible,
    visible_lines,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("web\n2026-01-01 ERROR forged", "web\\n2026-01-01 ERROR forged"),
        ("a\r\tb", "a\\r\\tb"),
        ("\x1b[2J\x1b]0;x\x07", "\\x1b[2J\\x1b]0;x\\x07"),
        ("\x9b31m", "\\x9b31m"),  # the same sequence as one character of eight bits
        ("a\x00b\x7f", "a\\x00b\\x7f"),
        ("evil\u202egpj", "evil\\u202egpj"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("we\u200bb\ufeff", "we\\u200bb\\ufeff"),
        ("we\u200db", "we\\u200db"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("a\u3164", "a\\u3164"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("disk\udcff", "disk\\xff"),
        ("\ud800", "\\ud800"),
        ("z" + "\u0335" * 7 + "a\u0301", "z" + "\u0335" * 5 + "\\u0335\\u0335a\u0301"),
        ("z" + "\u0301\u20dd" * 4, "z" + "\u0301\u20dd" * 2 + "\u0301\\u20dd\\u0301\\u20dd"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "web-01",
        "ñandú & <b>'x'</b> &amp; %s {x}",
        "Müller e\u0301",
        "می\u200cخواهم",  # Persian: the joiner shapes letters
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family is one sign
        "中文 한국어",
        "Việt e\u0302\u0301",
        "\u05e9\u05c1\u05bc\u05b8\u05a3\u05bd",  # Hebrew with all its signs
        "\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66",  # Tibetan
        "\u2764\ufe0f",
        "no\u00a0break",
        "\U0001fae8",  # newer than this Python's tables
        "C:\\new",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


def test_lines_stay_lines_where_there_may_be_several() -> None:
    assert visible_lines("a\n\tb\r\x1bc") == "a\n\tb\\r\\x1bc"


def test_no_text_is_endless() -> None:
    assert visible("x" * 100_000) == "x" * (NAME_CHARS - 1) + "…"
    assert visible_lines("x" * 100_000, 10) == "x" * 9 + "…"
    assert bounded("x" * 256, 256) == "x" * 256


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("web-01", "web-01"),
        ("../../x", "_.._x"),
        (".bashrc", "bashrc"),
        ("a\nb", "a\\nb"),
        ("", "_"),
        ("..", "_"),
    ],
)
def test_a_name_of_somebody_else_leads_to_no_other_place(name: str, stem: str) -> None:
    assert file_stem(name) == stem
    assert len(file_stem("ñ" * 1000).encode()) < 200


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_acts_on_a_terminal_or_turns_a_line(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in shown)
    assert not set(shown) & set("\u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert shown.encode("utf-8").decode() == shown
    assert visible(shown) == shown


@given(st.text(st.sampled_from("ab\u0301\u0335\u20dd \n")))
def test_no_pile_of_marks_paints_over_other_lines(text: str) -> None:
    marks = "".join("m" if unicodedata.category(one) in {"Mn", "Me"} else "-" for one in visible(text))
    assert "m" * (MOST_MARKS + 1) not in marks
    assert "m" * (MOST_MARKS + 1) not in "".join(
        "m" if unicodedata.category(one) in {"Mn", "Me"} else "-" for one in visible_lines(text)
    )


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("web", "web"),
        ("web ", "web\u2423"),
        ("  a b\u00a0", "\u2423\u2423a b\u2423"),
        ("web\t ", "web\t\u2423"),
        (" ", "\u2423"),
        ("", ""),
    ],
)
def test_spaces_at_the_ends_of_a_name_are_seen(name: str, seen: str) -> None:
    assert edges_seen(name) == seen
