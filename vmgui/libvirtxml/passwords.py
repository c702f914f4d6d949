"""What is secret in a machine's XML: stars where it is shown, the present ones where it is defined again.

What libvirt shows without VIR_DOMAIN_XML_SECURE lacks them (`secrets_told`): defined again as it is, the machine would
have none. The text is changed in place: the lines that libvirt's errors name stay those of the person's text.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from uuid import UUID
from xml.sax.saxutils import quoteattr

from lxml import etree

from vmgui.libvirtxml.safe import Element, parse, text_of
from vmgui.libvirtxml.secrets_told import STARS, Secret, children, lost_words, match, secrets_of
from vmgui.model.errors import InvalidConfig

# They are shown with the password or not at all, and are none.
_NO_SECRETS = frozenset({"passwdValidTo", "connected"})
_TOKENS = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:"[^"]*"|'[^']*'|[^>"'])*>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=/>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(slots=True)
class _Spot:
    """Where an element stands in a text: its first tag, and where its last begins (an empty one has none)."""

    start: int
    end: int
    close: int | None = None


@dataclass(slots=True)
class _Edits:
    """Of one text, by where they begin: what stands instead of what ends there."""

    text: str
    spots: dict[Element, _Spot]
    made: dict[int, tuple[int, str]] = field(default_factory=dict[int, tuple[int, str]])

    def set_attributes(self, node: Element, attributes: Mapping[str, str]) -> None:
        spot = self.spots[node]
        self._put(spot.start, spot.end, _with_attributes(self.text[spot.start : spot.end], attributes))

    def set_text(self, node: Element, text: str) -> None:
        spot = self.spots[node]
        if spot.close is not None:
            self._put(spot.end, spot.close, _escaped(text))

    def insert(self, holder: Element, secret: Secret, elements: list[Element]) -> None:
        """In one line, so that all others stay where they are."""
        written = "".join(map(_in_one_line, elements))
        spot = self.spots[holder]
        if spot.close is None:
            tag = self.made.pop(spot.start, (spot.end, self.text[spot.start : spot.end]))[1]
            opened = tag.removesuffix("/>").rstrip()
            self._put(spot.start, spot.end, f"{opened}>{written}</{holder.tag}>")
            return
        before = [node for node in children(holder) if node.tag in secret.behind]
        last = self.spots[before[-1]] if before else None
        at = spot.end
        if last is not None:
            at = last.end if last.close is None else self.text.index(">", last.close) + 1
        self._put(at, at, written)

    def done(self) -> str:
        parts: list[str] = []
        end = 0
        for start, (stop, new) in sorted(self.made.items()):
            parts += (self.text[end:start], new)
            end = stop
        return "".join((*parts, self.text[end:]))

    def _put(self, start: int, end: int, new: str) -> None:
        self.made[start] = (end, new)


def with_stars(shown: str, secure: str) -> str:
    """What is shown to a person: the dump without secrets, with stars where the one with them has some."""
    root = parse(shown)
    try:
        secrets = secrets_of(root, parse(secure))
    except InvalidConfig:
        # A running machine that changes just now.
        return shown
    edits = _edits(shown, root)
    for secret in secrets:
        holder = secret.device.find("/".join(secret.path)) if secret.path else secret.device
        if holder is None:
            continue
        if secret.attributes:
            starred = {
                name: value if name in _NO_SECRETS else STARS for name, value in secret.attributes.items()
            }
            edits.set_attributes(holder, starred)
        if starred_elements := [copy for one in secret.elements if (copy := _starred(one)) is not None]:
            edits.insert(holder, secret, starred_elements)
    return edits.done()


def with_passwords(text: str, base: str, secure: str) -> str:
    """A person's text with the present secrets of the machine (`secure`): where it has stars, and where it has none
    because `base`, which it was made from, did not show any.

    Raises InvalidConfig where stars stand for nothing, and where it is not sure what a secret belongs to now.
    """
    root, plain = parse(text), parse(base)
    matched = match(root, plain, secrets_of(plain, parse(secure)))
    if matched.lost:
        raise InvalidConfig("; ".join(dict.fromkeys(map(lost_words, matched.lost))))
    edits = _edits(text, root)
    for belonging in matched.belong:
        holder, secret = belonging.holder, belonging.secret
        if attributes := wanted_attributes(holder, secret):
            edits.set_attributes(holder, attributes)
        missing: list[Element] = []
        for one in secret.elements:
            own = holder.find(str(one.tag))
            if own is not None:
                for node, value in stars_in(own, one):
                    edits.set_text(node, value)
            elif not secret.is_shown:
                missing.append(one)
        if missing:
            edits.insert(holder, secret, missing)
    return edits.done()


def wanted_attributes(holder: Element, secret: Secret) -> dict[str, str]:
    """What it needs of a secret's attributes: all that it does not show, unless a person typed another or took it out."""
    starred = {name: secret.attributes[name] for name in secret.attributes if holder.get(name) == STARS}
    if starred or secret.is_shown:
        return starred
    if any(name in holder.attrib and name not in _NO_SECRETS for name in secret.attributes):
        return {}
    return {name: value for name, value in secret.attributes.items() if name not in holder.attrib}


def stars_in(own: Element, secret: Element) -> list[tuple[Element, str]]:
    """The texts behind stars in an element, from the secret one of the same name; raises InvalidConfig."""
    found: list[tuple[Element, str]] = []
    for node in own.iter(etree.Element):
        if (node.text or "").strip() != STARS:
            continue
        same = [one for one in secret.iter(node.tag) if dict(one.attrib) == dict(node.attrib)]
        if len(same) != 1:
            raise InvalidConfig(f"the {node.tag} {node.get('name', '')} has to be given again")
        found.append((node, same[0].text or ""))
    return found


def identity(xml: str) -> tuple[str, str]:
    """UUID, as libvirt writes it, and name; empty: it says none. Raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    uuid = text_of(root, "uuid")
    # With dashes and without, in either case: libvirt takes it as the same.
    with contextlib.suppress(ValueError):
        uuid = str(UUID(uuid))
    return uuid.lower(), text_of(root, "name")


def _edits(text: str, root: Element) -> _Edits:
    """Every element of a text with where it stands; `root` is what that text was parsed to."""
    nodes = iter(list(root.iter(etree.Element)))
    spots: dict[Element, _Spot] = {}
    open_ones: list[_Spot] = []
    for token in _TOKENS.finditer(text):
        if token[0].startswith(("<!", "<?")):
            continue
        if token[0].startswith("</"):
            if open_ones:
                open_ones.pop().close = token.start()
            continue
        node = next(nodes, None)
        if node is None:
            raise InvalidConfig("its elements cannot be told apart")
        spots[node] = _Spot(token.start(), token.end())
        if not token[0].endswith("/>"):
            open_ones.append(spots[node])
    if next(nodes, None) is not None or open_ones:
        raise InvalidConfig("its elements cannot be told apart")
    return _Edits(text, spots)


def _starred(secret: Element) -> Element | None:
    """With stars for every text in it; None: it has none, so that nothing can stand for it."""
    copy = deepcopy(secret)
    leaves = [node for node in copy.iter(etree.Element) if not children(node)]
    if not all((node.text or "").strip() for node in leaves):
        return None
    for node in leaves:
        node.text = STARS
    return copy


def _in_one_line(node: Element) -> str:
    copy = deepcopy(node)
    for one in copy.iter(etree.Element):
        one.tail = None
        if children(one):
            one.text = None
    return etree.tostring(copy, encoding="unicode", with_tail=False)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_attributes(tag: str, changes: Mapping[str, str]) -> str:
    left = dict(changes)

    def replaced(match: re.Match[str]) -> str:
        name = match["name"]
        return f" {name}={quoteattr(left.pop(name))}" if name in left else match[0]

    changed = _ATTRIBUTE.sub(replaced, tag)
    more = "".join(f" {name}={quoteattr(value)}" for name, value in left.items())
    name = re.match(r"<[^\s/>]+", changed)
    at = name.end() if name is not None else 0
    return f"{changed[:at]}{more}{changed[at:]}"
