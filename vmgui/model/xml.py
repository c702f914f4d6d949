"""What is wrong with the XML of a machine that a person wrote, and where in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MOST_BYTES = 2 * 1024 * 1024
"""libvirt's messages carry 4 MiB; nobody writes a machine of half of that by hand."""
MOST_LINE_CHARS = 100_000
"""A longer line would hold up the window with each key."""


class FaultKind(Enum):
    """What is wrong; `XmlFault` has the words that belong to it."""

    # It is no XML:
    EMPTY = "empty"
    NO_XML = "no_xml"  # something else than a tag stands at its start
    OTHER_END = "other_end"  # <element> of `other_line` is ended by </other>
    UNENDED = "unended"  # <element> of `other_line` has no end
    AFTER_END = "after_end"  # something stands behind the end of the whole
    UNQUOTED = "unquoted"  # an attribute's value stands in no quotes
    NO_VALUE = "no_value"  # an attribute has none
    TWICE = "twice"  # the attribute stands there twice
    AMPERSAND = "ampersand"
    LESS_THAN = "less_than"  # within a value
    BAD_TAG = "bad_tag"
    DOCTYPE = "doctype"
    TOO_LARGE = "too_large"
    LONG_LINE = "long_line"
    # It is no definition of this machine:
    NOT_A_DOMAIN = "not_a_domain"  # but <element>
    OTHER_NAME = "other_name"  # `value` is the machine's
    OTHER_UUID = "other_uuid"
    LIVE = "live"  # of one that runs: saved, it would fix what libvirt chose for that run
    # The host refuses it:
    UNKNOWN_ELEMENT = "unknown_element"  # <element> in <other>
    UNKNOWN_TEXT = "unknown_text"  # text in <element>
    BAD_ATTRIBUTE = "bad_attribute"  # `attribute` of <element>: unknown, or its value is
    BAD_VALUE = "bad_value"  # `value`, of `attribute` and <element> where they are known
    MISSING_ELEMENT = "missing_element"  # <element>
    SOMEWHERE_IN = "somewhere_in"  # <element>, not told more exactly
    OTHER = "other"  # `detail` says it


@dataclass(frozen=True, slots=True)
class XmlPlace:
    """Lines of the text, counted from 1; `column` 0: not known."""

    line: int
    last_line: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class XmlFault:
    """`detail` is what the parser or libvirt said, in its own words."""

    kind: FaultKind
    place: XmlPlace | None = None
    element: str = ""
    attribute: str = ""
    value: str = ""
    other: str = ""
    other_line: int = 0
    is_guess: bool = False  # the place is that of the person's own change in what libvirt named
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two people's changes of one text. `kept`: places in `text` where both changed the same."""

    text: str
    kept: tuple[XmlPlace, ...] = ()
