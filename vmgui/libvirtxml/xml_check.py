"""Whether a text that a person writes is XML, and the definition of a certain machine, as far as is known here."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256

from lxml import etree

from vmgui.libvirtxml.safe import MAX_BYTES, Element, parse
from vmgui.model.errors import InvalidConfig
from vmgui.model.xml import MOST_BYTES, MOST_LINE_CHARS, FaultKind, XmlFault, XmlPlace
from vmgui.policy.xml_error import parser_fault

assert MOST_BYTES <= MAX_BYTES

_STAMP = "vmgui-saved"
_STAMPED = re.compile(rf"""<\?{_STAMP} sha256="(?P<digest>[0-9a-f]{{64}})"\?>\s*\Z""")
_WHERE = re.compile(r", line \d+, column \d+$")


def size_fault(text: str) -> XmlFault | None:
    """Whether it is more than a window or a host should be burdened with."""
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        return XmlFault(FaultKind.TOO_LARGE)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_LINE_CHARS:
            return XmlFault(FaultKind.LONG_LINE, XmlPlace(number, number))
    return None


def check(text: str, name: str = "", uuid: str = "") -> XmlFault | None:
    """The first thing that is wrong with it; None: nothing that can be known without its host.

    `name`, `uuid`: those of the machine it is about; empty: any.
    """
    fault = size_fault(text)
    if fault is not None:
        return fault
    if not text.strip():
        return XmlFault(FaultKind.EMPTY, XmlPlace(1, 1))
    try:
        # Comments around the root would be left out of the count of its lines.
        root = parse(text, MOST_BYTES, keep_comments=True)
    except InvalidConfig as error:
        return _parser_fault(text, error)
    if root.tag != "domain":
        return XmlFault(FaultKind.NOT_A_DOMAIN, _place(text, root), element=str(root.tag))
    for tag, wanted, kind in (("name", name, FaultKind.OTHER_NAME), ("uuid", uuid, FaultKind.OTHER_UUID)):
        node = root.find(tag)
        if wanted and node is not None and not _is_same(tag, node.text or "", wanted):
            return XmlFault(kind, _place(text, node), element=tag, value=wanted)
    return None


def live_fault(text: str) -> XmlFault | None:
    """Whether it was read of a running machine, rather than of its definition; raises InvalidConfig."""
    root = parse(text, MOST_BYTES, keep_comments=True)
    return XmlFault(FaultKind.LIVE, _place(text, root)) if root.get("id") is not None else None


def stamped(shown: str) -> str:
    """A definition as it is shown, with what tells later whether it has been changed since: defined, that is gone."""
    return f'{shown.rstrip()}\n<?{_STAMP} sha256="{_digest(shown)}"?>\n'


def is_overtaken(text: str, shown: str) -> bool:
    """Whether a text was made of a stamped definition other than that which is shown now."""
    found = _STAMPED.search(text)
    return found is not None and found["digest"] != _digest(shown)


def _digest(shown: str) -> str:
    return sha256(shown.strip().encode()).hexdigest()


def _is_same(tag: str, written: str, wanted: str) -> bool:
    if tag == "uuid":
        return written.strip().lower().replace("-", "") == wanted.lower().replace("-", "")
    return written == wanted


def _parser_fault(text: str, error: InvalidConfig) -> XmlFault:
    cause = error.__cause__
    if isinstance(cause, etree.XMLSyntaxError):
        line, column = cause.position
        before = _lines_before(text)
        fault = parser_fault(_WHERE.sub("", str(cause.msg)), (line or 1) + before, column or 0)
        return replace(fault, other_line=fault.other_line + before) if fault.other_line else fault
    if "document type" in error.detail:
        at = text.find("<!DOCTYPE")
        line = text.count("\n", 0, max(0, at)) + 1
        return XmlFault(FaultKind.DOCTYPE, XmlPlace(line, line), detail=error.detail)
    return XmlFault(FaultKind.OTHER, detail=error.detail)


def _place(text: str, node: Element) -> XmlPlace:
    line = (node.sourceline or 1) + _lines_before(text)
    return XmlPlace(line, line)


def _lines_before(text: str) -> int:
    """The lines of what `parse` leaves out: white space and an XML declaration at the start."""
    stripped = text.lstrip()
    if not stripped.startswith("<?xml"):
        return 0
    end = text.find("?>")
    return text.count("\n", 0, end) if end >= 0 else 0
