"""What the XML parser and libvirt say of a text, understood: which fault it is, and in which line.

Both parse with libxml2, whose words are in no other language than English; libvirt's own, around them, may be.
libvirt has told the line of what is no XML as "(domain_definition):12: ..." (9.0) and "at line 12: ..." (11.3, 12.8).
Of a schema's refusal it tells no line but elements' names, often only that of the largest ("Extra element devices in
interleave"): then the person's own changes in that element are what is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vmgui.model.errors import InvalidConfig, LibvirtFailure, Unsupported, VmguiError
from vmgui.model.xml import FaultKind, XmlFault, XmlPlace
from vmgui.policy.xml_lines import changed_lines

_Patterns = tuple[tuple[FaultKind, re.Pattern[str]], ...]

# Of what is no XML.
_PARSER: _Patterns = (
    (
        FaultKind.OTHER_END,
        re.compile(r"tag mismatch: (?P<element>\S+) line (?P<line>\d+) and (?P<other>\S+)"),
    ),
    (FaultKind.UNENDED, re.compile(r"Premature end of data in tag (?P<element>\S+) line (?P<line>\d+)")),
    (FaultKind.BAD_TAG, re.compile(r"Couldn't find end of Start Tag (?P<element>\S+)")),
    (FaultKind.UNQUOTED, re.compile(r"AttValue: \" or ' expected")),
    (FaultKind.NO_VALUE, re.compile(r"mandates? value for attribute (?P<attribute>\S+)")),
    (FaultKind.TWICE, re.compile(r"Attribute (?P<attribute>\S+) redefined")),
    (FaultKind.AMPERSAND, re.compile(r"EntityRef|Entity '[^']*' not defined|CharRef")),
    (FaultKind.LESS_THAN, re.compile(r"'<' not allowed in attributes")),
    (FaultKind.EMPTY, re.compile(r"Document is empty")),
    (FaultKind.NO_XML, re.compile(r"Start tag expected")),
    (FaultKind.AFTER_END, re.compile(r"Extra content at the end")),
    (
        FaultKind.BAD_TAG,
        re.compile(r"invalid element name|parsing attribute name|attributes construct|expected '>'"),
    ),
)
# Of what is no machine, the most telling first.
_SCHEMA: _Patterns = (
    (FaultKind.NOT_A_DOMAIN, re.compile(r"root element of 'domain', not '(?P<element>[^']*)'")),
    (
        FaultKind.BAD_VALUE,
        re.compile(r"attribute '(?P<attribute>[^']*)' in element '(?P<element>[^']*)': '(?P<value>[^'\n]*)'"),
    ),
    (
        FaultKind.BAD_ATTRIBUTE,
        re.compile(r"Invalid attribute (?P<attribute>\S+) for element (?P<element>\S+)"),
    ),
    (FaultKind.BAD_VALUE, re.compile(r"Type \S+ doesn't allow value '(?P<value>[^'\n]*)'")),
    (
        FaultKind.BAD_VALUE,
        re.compile(r"'(?P<value>[^'\n]*)' for element or attribute '[^']*?(?P<element>\w+)(?:\[\d+\])?'"),
    ),
    (FaultKind.UNKNOWN_TEXT, re.compile(r"Element (?P<element>\S+) has extra content: text\b")),
    (FaultKind.UNKNOWN_ELEMENT, re.compile(r"Element (?P<other>\S+) has extra content: (?P<element>\S+)")),
    (FaultKind.UNKNOWN_TEXT, re.compile(r"Did not expect text in element (?P<element>\S+)")),
    (FaultKind.UNKNOWN_ELEMENT, re.compile(r"Did not expect element (?P<element>\S+) there")),
    (FaultKind.UNKNOWN_ELEMENT, re.compile(r"Expecting element \S+, got (?P<element>\S+)")),
    (FaultKind.MISSING_ELEMENT, re.compile(r"Expecting an element (?P<element>\S+), got nothing")),
    (FaultKind.SOMEWHERE_IN, re.compile(r"Extra element (?P<element>\S+) in interleave")),
    (FaultKind.SOMEWHERE_IN, re.compile(r"Element (?P<element>\S+) failed to validate")),
)
_IN = re.compile(r"(?:Extra element|Element) (\S+) (?:in interleave|failed to validate)")
_LINE = re.compile(r"^\D{0,60}?(\d+): ")
_CARET = re.compile(r"\n-*\^\s*$")
_QUOTED = re.compile(r"'([^'\n]+)'")
_WORD = re.compile(r"[\w./:-]+")
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<end>/?)(?P<name>[\w:.-]++)(?P<rest>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)


class XmlRefused(InvalidConfig):
    """A text that a person wrote is no definition of the machine; `by_host`: in the eyes of its host."""

    def __init__(self, fault: XmlFault, *, by_host: bool, subject: str = "", code: int = 0) -> None:
        super().__init__(fault.detail, subject=subject, code=code)
        self.fault = fault
        self.by_host = by_host


def refused(error: VmguiError, text: str, base: str) -> VmguiError:
    """The error that defining `text`, changed from `base`, has ended in: with its line where the text is at fault."""
    if isinstance(error, XmlRefused) or not isinstance(error, InvalidConfig | Unsupported | LibvirtFailure):
        return error
    fault = refused_fault(error.detail, text, base)
    return XmlRefused(fault, by_host=True, subject=error.subject, code=error.code)


def parser_fault(message: str, line: int, column: int = 0) -> XmlFault:
    """What the parser said of a text, and where."""
    place = XmlPlace(max(1, line), max(1, line), max(0, column))
    for kind, pattern in _PARSER:
        found = pattern.search(message)
        if found is not None:
            named = found.groupdict()
            return XmlFault(
                kind,
                place,
                element=named.get("element") or "",
                attribute=named.get("attribute") or "",
                other=named.get("other") or "",
                other_line=int(named.get("line") or 0),
                detail=message,
            )
    return XmlFault(FaultKind.OTHER, place, detail=message)


def refused_fault(message: str, text: str, base: str = "") -> XmlFault:
    """What libvirt said of `text`. `base`: what it was before the person changed it; empty: not known."""
    line = _LINE.match(message)
    if line is not None and (_CARET.search(message) or "\n" in message):
        said = message[line.end() :].split("\n", 1)[0]
        return replace(parser_fault(said, int(line[1])), detail=message)
    mine = changed_lines(base, text) if base else []
    nodes = _Nodes(text)
    for kind, pattern in _SCHEMA:
        found = pattern.search(message)
        if found is not None:
            named = found.groupdict()
            fault = XmlFault(
                kind,
                element=named.get("element") or "",
                attribute=named.get("attribute") or "",
                value=named.get("value") or "",
                other=named.get("other") or "",
                detail=message,
            )
            return _placed(fault, message, nodes, mine)
    return _by_words(message, nodes, mine)


@dataclass(frozen=True, slots=True)
class _Node:
    """An element: where its start tag begins and ends in the text, and where all of it ends."""

    name: str
    parent: int  # -1: none
    start: int
    start_end: int
    end: int


class _Nodes:
    """The elements of a text that is well-formed; of one that is not, as far as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self.all: list[_Node] = []
        open_: list[int] = []
        for token in _TOKEN.finditer(text):
            name = token["name"]
            if name is None:
                continue
            if token["end"]:
                if open_ and self.all[open_[-1]].name == name:
                    at = open_.pop()
                    self.all[at] = replace(self.all[at], end=token.end())
                continue
            self.all.append(_Node(name, open_[-1] if open_ else -1, token.start(), token.end(), token.end()))
            if not token["rest"].endswith("/"):
                open_.append(len(self.all) - 1)

    def line(self, at: int) -> int:
        """Counted from 1."""
        return bisect_right(self._breaks, at - 1) + 1

    def place(self, node: _Node, *, whole: bool = False) -> XmlPlace:
        """Of its start tag, or all of it."""
        return XmlPlace(self.line(node.start), self.line((node.end if whole else node.start_end) - 1))

    def named(self, name: str, parent: str = "") -> list[_Node]:
        """Those called so, of those in `parent`."""
        return [
            node
            for node in self.all
            if node.name == name
            and (not parent or (node.parent >= 0 and self.all[node.parent].name == parent))
        ]

    def with_value(self, nodes: Iterable[_Node], attribute: str, value: str) -> list[_Node]:
        """Those whose start tag says so; value empty: whatever it says."""
        what = re.escape(value) if value else r"[^\"']*"
        pattern = re.compile(rf"\s{re.escape(attribute)}\s*=\s*([\"']){what}\1")
        return [node for node in nodes if pattern.search(self.text, node.start, node.start_end)]

    def lines_with(self, value: str) -> list[XmlPlace]:
        """Where a value or an element's text is just that."""
        pattern = re.compile(rf"(?:([\"']){re.escape(value)}\1|>\s*{re.escape(value)}\s*<)")
        return [
            XmlPlace(self.line(found.start()), self.line(found.start()))
            for found in pattern.finditer(self.text)
        ]


def _placed(fault: XmlFault, message: str, nodes: _Nodes, mine: Sequence[XmlPlace]) -> XmlFault:
    match fault.kind:
        case FaultKind.NOT_A_DOMAIN:
            return replace(fault, place=_first(nodes, nodes.all[:1], mine))
        case FaultKind.BAD_ATTRIBUTE:
            having = nodes.with_value(nodes.named(fault.element), fault.attribute, "")
            return replace(fault, place=_first(nodes, having or nodes.named(fault.element), mine))
        case FaultKind.BAD_VALUE if fault.attribute:
            having = nodes.with_value(nodes.named(fault.element), fault.attribute, fault.value)
            return replace(fault, place=_first(nodes, having or nodes.named(fault.element), mine))
        case FaultKind.BAD_VALUE:
            named = fault.element or next(iter(_IN.findall(message)), "")
            lines = nodes.lines_with(fault.value)
            of_element = [
                place
                for place in lines
                if any(_touch(place, nodes.place(node, whole=True)) for node in nodes.named(named))
            ]
            place = _best(of_element or lines, mine) or _first(nodes, nodes.named(named), mine)
            return replace(fault, element=named, place=place)
        case FaultKind.UNKNOWN_ELEMENT:
            found = nodes.named(fault.element, fault.other) or nodes.named(fault.element)
            return replace(fault, place=_first(nodes, found, mine))
        case FaultKind.MISSING_ELEMENT:
            within = next((name for name in _IN.findall(message) if nodes.named(name)), "")
            return replace(fault, other=within, place=_first(nodes, nodes.named(within), mine))
        case _:
            return _somewhere(fault, nodes, mine)


def _somewhere(fault: XmlFault, nodes: _Nodes, mine: Sequence[XmlPlace]) -> XmlFault:
    """Within an element: where the person has changed something in it, else where it begins."""
    found = nodes.named(fault.element)
    for node in found:
        whole = nodes.place(node, whole=True)
        within = next((place for place in mine if _touch(place, whole)), None)
        if within is not None:
            line = max(within.line, whole.line)
            last = max(line, min(within.last_line, whole.last_line))
            return replace(fault, place=XmlPlace(line, last), is_guess=whole.line != whole.last_line)
    return replace(fault, place=_first(nodes, found, ()))


def _by_words(message: str, nodes: _Nodes, mine: Sequence[XmlPlace]) -> XmlFault:
    """Of what is told in any words: where the value stands that they name, or the only change that was made."""
    quoted = _QUOTED.findall(message)
    for value in (*quoted, *reversed(_WORD.findall(message))):
        lines = nodes.lines_with(value)
        place = next((one for one in lines if any(_touch(one, other) for other in mine)), None)
        if place is None and value in quoted and len(lines) == 1:
            place = lines[0]
        if place is not None:
            return XmlFault(FaultKind.OTHER, place, value=value, detail=message)
    if len(mine) == 1:
        return XmlFault(FaultKind.OTHER, mine[0], is_guess=True, detail=message)
    return XmlFault(FaultKind.OTHER, detail=message)


def _touch(one: XmlPlace, other: XmlPlace) -> bool:
    return one.line <= other.last_line and other.line <= one.last_line


def _best(places: Sequence[XmlPlace], mine: Sequence[XmlPlace]) -> XmlPlace | None:
    """The first that the person changed, else the first."""
    touched = (place for place in places if any(_touch(place, other) for other in mine))
    return next(touched, places[0] if places else None)


def _first(nodes: _Nodes, found: Sequence[_Node], mine: Sequence[XmlPlace]) -> XmlPlace | None:
    return _best([nodes.place(node) for node in found], mine)
