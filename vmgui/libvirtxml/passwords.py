"""Passwords of displays in a machine's XML: stars where it is shown, the present ones where it is defined again.

What libvirt shows without VIR_DOMAIN_XML_SECURE lacks them (domain_conf.c, virDomainGraphicsAuthDefFormatAttr): defined
again as it is, the machine would have none. The text is changed in place: the lines that libvirt's errors name stay
those of the person's text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from xml.sax.saxutils import quoteattr

from vmgui.libvirtxml.safe import parse, text_of
from vmgui.model.errors import InvalidConfig

STARS = "*****"
_PASSWORD = "passwd"  # noqa: S105 - the attribute's name
# libvirt shows them together or not at all; only the first is a secret.
_HIDDEN = (_PASSWORD, "passwdValidTo", "connected")
_TAGS = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<graphics(?=[\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=/>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")

Display = Mapping[str, str]
"""The attributes of one `<graphics>`."""
_Displays = dict[tuple[str, int], Display]
"""By kind, and the how manieth of its kind it is."""


def with_stars(shown: str, secure: str) -> str:
    """What is shown to a person: the dump without secrets, with stars where the one with them has a password."""
    known = _by_kind(secure)

    def change(which: tuple[str, int], _display: Display) -> dict[str, str]:
        secret = known.get(which, {})
        hidden = {name: secret[name] for name in _HIDDEN if name in secret}
        return {**hidden, _PASSWORD: STARS} if hidden.get(_PASSWORD) else {}

    return _changed(shown, change)


def with_passwords(text: str, base: str, secure: str) -> str:
    """A person's text with the present passwords of the machine (`secure`): where it has stars, and where it has none
    because `base`, which it was made from, did not show any. Raises InvalidConfig where stars stand for nothing."""
    present, shown = _by_kind(secure), _by_kind(base)

    def change(which: tuple[str, int], display: Display) -> dict[str, str]:
        secret = present.get(which, {})
        if display.get(_PASSWORD) == STARS:
            if not secret.get(_PASSWORD):
                raise InvalidConfig(f"the password of the {which[0]} display has to be given again")
            return {_PASSWORD: secret[_PASSWORD]}
        if _PASSWORD in display or _PASSWORD in shown.get(which, {}):
            # One that was typed, or taken out.
            return {}
        return {name: secret[name] for name in _HIDDEN if name in secret and name not in display}

    return _changed(text, change)


def identity(xml: str) -> tuple[str, str]:
    """UUID and name; empty: it says none. Raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    return text_of(root, "uuid").lower(), text_of(root, "name")


def _displays(xml: str) -> list[Display | None]:
    """Of each `<graphics` in the text, in its order; None: it is none of the machine's."""
    found: list[Display | None] = []
    for node in parse(xml).iter("{*}graphics"):
        above = node.getparent()
        if node.prefix:
            continue
        is_ours = str(node.tag) == "graphics" and above is not None and str(above.tag) == "devices"
        found.append({str(name): str(value) for name, value in node.items()} if is_ours else None)
    return found


def _numbered(displays: list[Display | None]) -> list[tuple[tuple[str, int], Display] | None]:
    counts: dict[str, int] = defaultdict(int)
    found: list[tuple[tuple[str, int], Display] | None] = []
    for display in displays:
        if display is None:
            found.append(None)
            continue
        kind = display.get("type", "")
        found.append(((kind, counts[kind]), display))
        counts[kind] += 1
    return found


def _by_kind(xml: str) -> _Displays:
    return dict(entry for entry in _numbered(_displays(xml)) if entry is not None)


def _changed(text: str, change: Callable[[tuple[str, int], Display], Mapping[str, str]]) -> str:
    """The text with other attributes of its displays; nothing else of it is touched."""
    displays = _numbered(_displays(text))
    tags = [match for match in _TAGS.finditer(text) if match[0].startswith("<graphics")]
    if len(tags) != len(displays):
        raise InvalidConfig("its displays cannot be told apart")
    parts: list[str] = []
    end = 0
    for match, display in zip(tags, displays, strict=True):
        changes = change(*display) if display is not None else {}
        parts += (text[end : match.start()], _with_attributes(match[0], changes))
        end = match.end()
    return "".join((*parts, text[end:]))


def _with_attributes(tag: str, changes: Mapping[str, str]) -> str:
    left = dict(changes)

    def replaced(match: re.Match[str]) -> str:
        name = match["name"]
        return f" {name}={quoteattr(left.pop(name))}" if name in left else match[0]

    changed = _ATTRIBUTE.sub(replaced, tag)
    more = "".join(f" {name}={quoteattr(value)}" for name, value in left.items())
    return f"<graphics{more}{changed.removeprefix('<graphics')}"
