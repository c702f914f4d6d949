"""The only place that parses XML: hosts, guests and people are not to be trusted with a parser.

No entities, no document type, no network, no huge trees, a size limit; whatever is wrong is InvalidConfig.
"""

from __future__ import annotations

import re

from lxml import etree

from vmgui.model.errors import InvalidConfig

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml has no public name for it

MAX_BYTES = 8 * 1024 * 1024


def parse(text: str | bytes, max_bytes: int = MAX_BYTES, *, keep_comments: bool = False) -> Element:
    """The root element; raises InvalidConfig for anything but small, plain, well-formed XML.

    `keep_comments`: for what is to be written again; comments and processing instructions stay, also around the root.
    """
    try:
        data = text.encode() if isinstance(text, str) else bytes(text)
    except UnicodeEncodeError as error:
        raise InvalidConfig("the text holds characters that cannot be written") from error
    if len(data) > max_bytes:
        raise InvalidConfig(f"the XML is {len(data)} bytes long, more than {max_bytes}")
    if isinstance(text, str):
        data = _without_declaration(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not keep_comments,
        remove_pis=not keep_comments,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InvalidConfig(str(error)) from error
    # An internal subset is enough for entities: no libvirt document has one.
    if root.getroottree().docinfo.internalDTD is not None:
        raise InvalidConfig("a document type declaration is not allowed")
    return root


def text_of(node: Element, path: str, default: str = "") -> str:
    """The trimmed text of the first element at `path`, or the default."""
    found = node.find(path)
    return (found.text or "").strip() if found is not None else default


def attribute_of(node: Element, path: str, name: str, default: str = "") -> str:
    """An attribute of the first element at `path`, or the default; empty path: of `node` itself."""
    found = node.find(path) if path else node
    return found.get(name, default) if found is not None else default


def number_of(text: str | None, default: int = 0) -> int:
    """A whole number, or the default for anything else (or longer than 20 digits)."""
    stripped = (text or "").strip()
    digits = stripped.removeprefix("-")
    if len(digits) > 20 or not digits.isascii() or not digits.isdigit():
        return default
    return int(stripped)


UNIT_BYTES = {
    "": 1024,
    "b": 1,
    "bytes": 1,
    "kb": 10**3,
    "k": 2**10,
    "kib": 2**10,
    "mb": 10**6,
    "m": 2**20,
    "mib": 2**20,
    "gb": 10**9,
    "g": 2**30,
    "gib": 2**30,
    "tb": 10**12,
    "t": 2**40,
    "tib": 2**40,
    "pb": 10**15,
    "p": 2**50,
    "pib": 2**50,
    "eb": 10**18,
    "e": 2**60,
    "eib": 2**60,
}


def size_bytes_of(node: Element | None, default_unit: str = "KiB") -> int:
    """A scaled size (libvirt's formatdomain, "memory"): text with an optional unit attribute."""
    if node is None:
        return 0
    unit = (node.get("unit") or default_unit).strip().lower()
    return number_of(node.text) * UNIT_BYTES.get(unit, 1024)


def _without_declaration(data: bytes) -> bytes:
    """A str is encoded by us: an encoding it declares for itself is no longer true."""
    stripped = data.lstrip()
    if not re.match(rb"<\?xml\s", stripped):  # not <?xml-stylesheet
        return data
    end = stripped.find(b"?>")
    return stripped[end + 2 :] if end >= 0 else data
