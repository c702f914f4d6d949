"""Hostile XML never gets further than InvalidConfig, and never costs more than a moment."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vmgui.libvirtxml.safe import number_of, parse, size_bytes_of, text_of
from vmgui.model.errors import InvalidConfig

BILLION_LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><domain><name>&j;</name></domain>"
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "no markup",
        "<domain>",
        "<domain></pool>",
        "<domain a='1' a='2'/>",
        "<domain/><domain/>",
        "<d>\x00</d>",
        "<d>\ud800</d>",
        "<!DOCTYPE d><domain/>",
        '<!DOCTYPE d SYSTEM "file:///etc/passwd"><domain/>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd"><domain/>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><domain><name>&x;</name></domain>',
        "<domain><name>&undefined;</name></domain>",
        BILLION_LAUGHS,
        "<a>" * 5000 + "</a>" * 5000,
        b"\xff\xfe<\x00d\x00",
        b"<?xml version='1.0' encoding='no-such'?><d/>",
    ],
)
def test_refused(text: str | bytes) -> None:
    # A text that grows without end on the way would end the test by its memory or its deadline.
    with pytest.raises(InvalidConfig):
        parse(text)


def test_refused_for_its_size() -> None:
    with pytest.raises(InvalidConfig, match="bytes long"):
        parse("<d>" + "x" * 2000 + "</d>", max_bytes=1000)


def test_one_huge_text_node_within_the_limit_is_no_way_around_it() -> None:
    assert len(text_of(parse("<d><t>" + "x" * 5_000_000 + "</t></d>"), "t")) == 5_000_000


@pytest.mark.parametrize(
    "text",
    [
        "<domain/>",
        "  \n<domain/>",
        "<?xml version='1.0' encoding='ISO-8859-1'?><domain>é</domain>",
        b"<?xml version='1.0' encoding='ISO-8859-1'?><domain>\xe9</domain>",
        "<!-- a note --><domain/>",
    ],
)
def test_accepted(text: str | bytes) -> None:
    assert parse(text).tag == "domain"


def test_comments_do_not_split_text() -> None:
    assert text_of(parse("<d><name>a<!-- x -->b</name></d>"), "name") == "ab"


def test_what_is_to_be_written_again_keeps_comments_and_instructions() -> None:
    text = '<?xml-stylesheet href="a.css"?><!-- a --><d><!-- b --><?c d?></d><!-- e -->'
    for declared in (text, f"<?xml version='1.0' encoding='ISO-8859-1'?>{text}"):
        root = parse(declared, keep_comments=True)
        assert etree.tostring(root.getroottree(), encoding="unicode").replace("\n", "") == text
    assert len(parse(text)) == 0


@given(st.one_of(st.text(), st.binary()))
def test_anything_parses_or_is_invalid(data: str | bytes) -> None:
    with contextlib.suppress(InvalidConfig):
        parse(data)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 7 ", 7),
        ("-3", -3),
        ("", 0),
        (None, 0),
        ("1e9", 0),
        ("0x10", 0),
        ("٣", 0),
        ("9" * 5000, 0),
    ],
)
def test_number(text: str | None, value: int) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize(
    ("xml", "size"),
    [
        ("<memory unit='KiB'>4</memory>", 4096),
        ("<memory>4</memory>", 4096),
        ("<memory unit='b'>4096</memory>", 4096),
        ("<memory unit='GB'>1</memory>", 10**9),
        ("<memory unit='G'>1</memory>", 2**30),
        ("<memory unit='GiB'>2</memory>", 2**31),
        ("<memory unit='KiB'>many</memory>", 0),
    ],
)
def test_size(xml: str, size: int) -> None:
    assert size_bytes_of(parse(xml)) == size
