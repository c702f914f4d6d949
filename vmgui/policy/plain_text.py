"""Words of others as they may be shown, logged and kept: nothing in them acts, hides or has no end.

Names of machines, hosts and files and what guests and servers tell are anybody's words. A line break forges a line
of a log, an escape steers a terminal, a right-to-left mark turns a name round (CVE-2021-42574), a mark without
width makes two names look the same, a pile of accents paints over the lines above and below. What cannot be seen is written as its escape, as Python would.
"""

from __future__ import annotations

import unicodedata

NAME_CHARS = 256
"""More than any name a hypervisor accepts for a machine (255 bytes with its suffix)."""
TEXT_CHARS = 4000
"""What a person reads of others' words at one place."""
STORY_CHARS = 200_000
"""The same where a person scrolls through all there is to know of one thing."""

MOST_MARKS = 5
"""On one letter: as many as Hebrew with all its signs; Vietnamese, Thai and Tibetan put fewer on one."""

_JOINERS = "\u200c\u200d"  # shape letters of Persian and Hindi, and join emoji: harmless behind such
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0"
)  # letters and marks to Unicode, yet nothing is painted
_SEEN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)  # of category Cf, yet painted: Arabic, Syriac and Kaithi number signs
_MARKS = frozenset(("Mn", "Me"))  # painted over the letter before
_ESCAPED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def visible(text: str, most: int = NAME_CHARS) -> str:
    """`text` on one line, at most `most` characters of it, whatever cannot be seen as its escape."""
    return _shown(text, most, keeps_lines=False)


def visible_lines(text: str, most: int = TEXT_CHARS) -> str:
    """The same for a text of several lines: line breaks and tabs stay."""
    return _shown(text, most, keeps_lines=True)


def edges_seen(name: str) -> str:
    """`name` with the spaces it begins and ends with as a sign: "web" and "web " are two machines."""
    bare = name.strip()
    if bare == name:
        return name
    start = len(name) - len(name.lstrip())
    edges = (name[:start], name[start + len(bare) :])
    head, tail = (
        "".join("\u2423" if one.isprintable() or one == "\u00a0" else one for one in edge) for edge in edges
    )
    return f"{head}{bare}{tail}"


def bounded(text: str, most: int) -> str:
    """The first `most` characters; an ellipsis says that there were more."""
    return text if len(text) <= most else text[: most - 1] + "…"


def file_stem(name: str) -> str:
    """`name` as the first part of a file's name; with a suffix and a date it fits every file system."""
    return visible(name, 60).replace("/", "_").lstrip(". ") or "_"


def _shown(text: str, most: int, *, keeps_lines: bool) -> str:
    text = bounded(text, most)
    if text.isprintable() and (text.isascii() or (_UNSEEN.isdisjoint(text) and not _has_marks(text))):
        return text
    before = ""
    marks = 0
    pieces: list[str] = []
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        is_seen = marks <= MOST_MARKS and _is_seen(character, before, keeps_lines=keeps_lines)
        pieces.append(character if is_seen else _escape(character))
        before = character
    return bounded("".join(pieces), most)


def _has_marks(text: str) -> bool:
    return any(unicodedata.category(character) in _MARKS for character in text)


def _is_seen(character: str, before: str, *, keeps_lines: bool) -> bool:
    if character in "\n\t":
        return keeps_lines
    if character in _UNSEEN:
        return False
    if character in _JOINERS:
        return before > "\u02ff" and before not in _JOINERS
    if character in _SEEN_FORMATS:
        return True
    category = unicodedata.category(character)
    return category not in _ESCAPED and not (category == "Cn" and _is_never_seen(ord(character)))


def _is_never_seen(code: int) -> bool:
    """No characters, and what Unicode keeps for marks without a look; others may be newer than this Python."""
    return (
        code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0xFFF0 <= code <= 0xFFF8
        or 0xE0000 <= code <= 0xE0FFF
        or code == 0x2065
    )


def _escape(character: str) -> str:
    """As Python writes it, an undecodable byte of a file's name (PEP 383) as that byte."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
