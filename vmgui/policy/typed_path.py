"""What a person means by a path that was typed, pasted or dropped."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_FILE_URL = re.compile(r"file://(?:localhost)?(/[^?#]*)", re.IGNORECASE)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_path(text: str, home: str = "") -> str:
    """The path itself: of a file:// address what it names, and ~ as `home`, where that is known.

    Bytes that are no UTF-8 are kept as Python keeps them (surrogates), so that such a file is found and named.
    """
    text = text.strip()
    url = _FILE_URL.fullmatch(text)
    if url is not None:
        return unquote_to_bytes(url[1]).decode("utf-8", "surrogateescape")
    if home and (text == "~" or text.startswith("~/")):
        return home.rstrip("/") + text[1:]
    return text


def is_absolute(path: str) -> bool:
    """Whether it says from where."""
    return path.startswith("/")


def can_be_named(path: str) -> bool:
    """Whether a machine's definition can name the file: UTF-8, and nothing that XML cannot carry."""
    return _NOT_IN_XML.search(path) is None
