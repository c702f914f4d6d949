"""What libvirt tells of a machine only with VIR_DOMAIN_XML_SECURE, and where in another text of it that belongs.

Found by comparing both dumps, not by a list: passwords of displays (virDomainGraphicsAuthDefFormatAttr), cookies of
disks (virDomainDiskSourceFormatNetworkCookies), whatever else there will be. It belongs where it came from: to the disk
of the same target and the same source, to the display at the same port, socket or address. Where that is gone, or may be
one of several, nobody guesses: a password at another display lets in whom it should keep out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from vmgui.libvirtxml.safe import Element
from vmgui.model.errors import InvalidConfig

STARS = "*****"
_GRAPHICS, _DISK = "graphics", "disk"
_AUTO = frozenset({"", "0", "-1"})
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """Of one element. `attributes`, `elements`: what only the secure dump has; `behind`: what stands before those."""

    device: Element  # that it is in, in the dump without it
    path: _Path  # of tags, from the device to the element
    attributes: dict[str, str]
    elements: tuple[Element, ...]
    behind: frozenset[str]
    is_shown: bool  # by stars: a text without them gives it up


@dataclass(frozen=True, slots=True)
class Belonging:
    """A secret's element in another text."""

    holder: Element
    secret: Secret


@dataclass(frozen=True, slots=True)
class Matched:
    """`lost`: devices of the text whose secret nobody knows any more, though they may need one."""

    belong: tuple[Belonging, ...] = ()
    lost: tuple[Element, ...] = field(default=())


def children(node: Element) -> list[Element]:
    """Its elements."""
    return list(node.iterchildren(tag=etree.Element))


def secrets_of(plain: Element, secure: Element) -> list[Secret]:
    """All that only `secure` tells; raises InvalidConfig if both are not of the same definition."""
    found: list[Secret] = []
    _compare(plain, secure, None, (), found)
    return found


def match(text: Element, plain: Element, secrets: Iterable[Secret]) -> Matched:
    """Where the secrets of `plain` belong in a text that was made of it."""
    belong: list[Belonging] = []
    lost: dict[Element, None] = {}
    served: set[Element] = set()
    for secret in secrets:
        twins = pairs(plain, text, secret.device, secret.path)
        mine = next((other for other, device in twins.items() if device is secret.device), None)
        holder = _at(mine, secret.path) if mine is not None else None
        if mine is not None and holder is not None:
            belong.append(Belonging(holder, secret))
            served.add(mine)
            continue
        for device in _relatives(text, secret.device, secret.path):
            at = _at(device, secret.path)
            if device not in twins and at is not None and not secret.is_shown and not _has_own(at, secret):
                lost[device] = None
    for device in _devices(text):
        if device not in served and is_starred(device):
            lost[device] = None
    return Matched(tuple(belong), tuple(lost))


def pairs(plain: Element, text: Element, device: Element, path: _Path = ()) -> dict[Element, Element]:
    """The devices of a text, of the kind of `device`, by which of `plain` each is; those that are surely one."""
    here, there = _relatives(plain, device, path), _relatives(text, device, path)
    if str(device.tag) == _GRAPHICS and len(here) == len(there) == 1:
        return {there[0]: here[0]}
    found: dict[Element, Element] = {}
    of_here, of_there = ([_key(one, path) for one in ones] for ones in (here, there))
    for one, key in zip(there, of_there, strict=True):
        if of_there.count(key) == 1 and of_here.count(key) == 1:
            found[one] = here[of_here.index(key)]
    return found


def is_starred(device: Element) -> bool:
    """Whether it has stars for a secret."""
    if device.tag == _GRAPHICS:
        return device.get("passwd") == STARS
    return any(_is(node, STARS) for node in device.iter("cookie"))


def own_secrets(root: Element) -> Iterator[Element]:
    """Those of a machine's devices that may be secret in any text: displays, and cookies."""
    yield from root.iterfind(f"devices/{_GRAPHICS}")
    for disk in root.iterfind(f"devices/{_DISK}"):
        yield from disk.iter("cookie")


def lost_words(device: Element) -> str:
    """What has to be given again."""
    if device.tag == _GRAPHICS:
        return f"the password of the {device.get('type', '')} display has to be given again"
    if device.tag == _DISK:
        return f"the cookies of the disk {target_of(device)} have to be given again"
    return f"what is secret of the <{device.tag}> has to be given again"


def target_of(disk: Element) -> str:
    """What the guest calls it."""
    node = disk.find("target")
    return node.get("dev", "") if node is not None else ""


def _compare(
    plain: Element, secure: Element, device: Element | None, path: _Path, found: list[Secret]
) -> None:
    attributes = {
        str(name): str(value)
        for name, value in secure.attrib.items()
        if plain.get(name) is None or (plain.get(name) == STARS and value != STARS)
    }
    is_shown = any(plain.get(name) is not None for name in attributes)
    elements: list[Element] = []
    behind: set[str] = set()
    left = children(plain)
    for child in children(secure):
        if not left or left[0].tag != child.tag:
            elements.append(child)
        elif _is_starred_copy(one := left.pop(0), child):
            elements.append(child)
            is_shown = True
        else:
            is_device = device is None and str(plain.tag) in ("domain", "devices") and child.tag != "devices"
            of, inner = (one, ()) if is_device else (device, (*path, str(child.tag)))
            _compare(one, child, of, inner if of is not None else (), found)
            behind |= {str(child.tag)} if not elements else set()
    if left:
        raise InvalidConfig("the definition was changed while it was read")
    if (attributes or elements) and device is not None:
        found.append(Secret(device, path, attributes, tuple(elements), frozenset(behind), is_shown))


def _is_starred_copy(one: Element, secure: Element) -> bool:
    if (one.text or "").strip() == STARS != (secure.text or "").strip():
        return True
    inner, others = children(one), children(secure)
    return bool(inner) and len(inner) == len(others) and all(map(_is_starred_copy, inner, others))


def _devices(root: Element) -> list[Element]:
    found: list[Element] = []
    for node in children(root):
        found += children(node) if node.tag == "devices" else [node]
    return found


def _relatives(root: Element, device: Element, path: _Path) -> list[Element]:
    """Those that a secret of this kind may be of."""
    kind = _kind(device, path)
    return [one for one in _devices(root) if one.tag == device.tag and _kind(one, path) == kind]


def _kind(device: Element, path: _Path) -> str | None:
    if device.tag == _GRAPHICS:
        return device.get("type", "")
    if device.tag == _DISK and path:
        holder = _at(device, path)
        # With TLS or without: the server is asked the same.
        return (holder.get("protocol") or "").removesuffix("s") if holder is not None else None
    return ""


def _key(device: Element, path: _Path) -> tuple[object, ...]:
    if device.tag == _GRAPHICS:
        ports = tuple("" if (said := device.get(name, "")) in _AUTO else said for name in ("port", "tlsPort"))
        ports = ports if device.get("autoport") != "yes" else ("", "")
        listens = [(one.get("type"), one.get("address"), one.get("network"), one.get("socket"))
                   for one in device.iterfind("listen")]  # fmt: skip
        listen = () if listens else (device.get("listen", ""), device.get("socket", ""))
        return *ports, *listen, *listens
    if device.tag == _DISK:
        holder = _at(device, path)
        return target_of(device), _place(holder) if holder is not None else None
    return (_said(device),)


def _place(source: Element) -> tuple[object, ...]:
    """What data it is."""
    said = {name: value for name, value in source.attrib.items() if name not in ("index", "startupPolicy")}
    return tuple(sorted(said.items())), *(_said(host) for host in source.iterfind("host"))


def _said(node: Element) -> tuple[object, ...]:
    inner = tuple(_said(child) for child in children(node))
    return node.tag, tuple(sorted(node.attrib.items())), (node.text or "").strip(), inner


def _at(device: Element, path: _Path) -> Element | None:
    return device.find("/".join(path)) if path else device


def _has_own(holder: Element, secret: Secret) -> bool:
    return any(name in holder.attrib for name in secret.attributes) or any(
        holder.find(str(one.tag)) is not None for one in secret.elements
    )


def _is(node: Element, text: str) -> bool:
    return (node.text or "").strip() == text
