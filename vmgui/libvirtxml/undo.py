"""Definitions to be compared, and an earlier one to be brought back into what a machine has now."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from vmgui.libvirtxml.edit import read_devices, read_values
from vmgui.libvirtxml.safe import Element, number_of, parse
from vmgui.libvirtxml.secrets_told import STARS, match, own_secrets, pairs, secrets_of, target_of
from vmgui.libvirtxml.tags_element import TRAITS, element_of, write_element
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.errors import InvalidConfig
from vmgui.model.undo import Caution, Described, Restored

_PASSWORD = ("passwd", "passwdValidTo", "connected")
"""Attributes of <graphics> that belong together."""
_WITH_PASSWORD = frozenset({"vnc", "spice"})
_GIVEN = frozenset({"address", "alias"})
"""What libvirt gives a device that does not say it."""
_KEPT_SOURCE = frozenset({"disk", "lun"})
"""Disks that are moved on by snapshots and copies; the medium of a drive is what a person chose."""


def describe(xml: str) -> Described:
    """A definition as far as differences are told of it; raises InvalidConfig."""
    return Described(read_values(xml), read_devices(xml), element_of(parse(xml)), _canonical(xml))


def is_normalised(before: str, after: str) -> bool:
    """Whether libvirt may have made the one into the other by itself: nothing is different, but for white space and
    what it gave devices that had none. False where either cannot be read."""
    if before == after:
        return True
    try:
        return _is_same(parse(before), parse(after))
    except InvalidConfig:
        return False


def restored(wanted: str, present: str, shown: str, *, keeps_protection: bool = True) -> Restored:
    """`wanted`, an earlier definition without passwords, as it can be defined in place of `present`, which has them;
    `shown`: that without them.

    Of `present` stay: name and UUID, what disks are kept in, the passwords of displays, protection. Raises InvalidConfig.
    """
    root, now = _domain(wanted), _domain(shown)
    cautions: list[tuple[Caution, str]] = []
    if _text(root, "uuid") != _text(now, "uuid"):
        raise InvalidConfig("this is the definition of another machine")
    if (name := _text(now, "name")) != _text(root, "name"):
        node = root.find("name")
        if node is None:
            node = etree.SubElement(root, "name")
        node.text = name
        cautions.append((Caution.NAME_STAYS, name))
    if keeps_protection and element_of(now).is_protected and not element_of(root).is_protected:
        _protect(root)
        cautions.append((Caution.STAYS_PROTECTED, ""))
    cautions += _keep_disks(root, now)
    cautions += _put_secrets_back(root, now, _domain(present))
    return Restored(etree.tostring(root.getroottree(), encoding="unicode") + "\n", tuple(cautions))


def without_passwords(xml: str) -> str:
    """The definition without what only SECURE dumps have, whoever gave it; raises InvalidConfig."""
    if "passwd" not in xml and "<cookie" not in xml:
        return xml
    root = parse(xml, keep_comments=True)
    changed = False
    for node in own_secrets(root):
        # As libvirt itself says that there is one.
        if node.tag == "graphics" and node.get("passwd", STARS) != STARS:
            node.set("passwd", STARS)
            changed = True
        elif node.tag == "cookie" and node.text != STARS:
            node.text = STARS
            changed = True
    return etree.tostring(root.getroottree(), encoding="unicode") + "\n" if changed else xml


def _domain(xml: str) -> Element:
    root = parse(xml, keep_comments=True)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    return root


def _canonical(xml: str) -> str:
    """Equal for two that say the same. Not C14N, which refuses a namespace that is no absolute address."""
    parts: list[str] = []

    def tell(node: Element, depth: int) -> None:
        said = sorted((str(name), str(value)) for name, value in node.attrib.items())
        parts.append(f"{depth} {node.tag} {said} {(node.text or '').strip()!r}")
        for child in _children(node):
            tell(child, depth + 1)

    tell(parse(xml), 0)
    return "\n".join(parts)


def _children(node: Element) -> list[Element]:
    """In an order that says something: at a start libvirt 9 puts controllers into another one."""
    found = list(node.iterchildren(tag=etree.Element))
    if node.tag != "devices":
        return found
    controllers = [child for child in found if child.tag == "controller"]
    controllers.sort(key=lambda child: (child.get("type", ""), number_of(child.get("index"), -1)))
    return [*controllers, *(child for child in found if child.tag != "controller")]


def _is_same(before: Element, after: Element) -> bool:
    if before.tag != after.tag or dict(before.attrib) != dict(after.attrib):
        return False
    if (before.text or "").strip() != (after.text or "").strip():
        return False
    old = _children(before)
    had = {child.tag for child in old}
    new = [child for child in _children(after) if child.tag not in _GIVEN or child.tag in had]
    return len(old) == len(new) and all(_is_same(one, other) for one, other in zip(old, new, strict=True))


def _protect(root: Element) -> None:
    """Say in our element that it is protected, and leave its tags and folder as they are."""
    metadata = root.find("metadata")
    if metadata is None:
        metadata = etree.Element("metadata")
        # Behind the name and what else says which machine it is.
        places = [number for number, node in enumerate(root) if node.tag in ("name", "uuid", "title")]
        root.insert(max(places, default=-1) + 1, metadata)
    old = metadata.find(TRAITS)
    traits = element_of(root) if old is not None else NO_DEFINITION
    protected = Definition(tags=traits.tags, folder=traits.folder, is_protected=True)
    node = _in_namespace(write_element(protected))
    if old is not None:
        metadata.replace(old, node)
    else:
        metadata.append(node)


def _in_namespace(plain: str) -> Element:
    """Our element as it stands in a whole definition."""
    namespace = TRAITS[1:].partition("}")[0]
    source = parse(plain)
    made = etree.Element(TRAITS, nsmap={"vmgui": namespace})
    for child in source:
        etree.SubElement(made, f"{{{namespace}}}{child.tag}").text = child.text
    return made


def _keep_disks(root: Element, now: Element) -> list[tuple[Caution, str]]:
    cautions: list[tuple[Caution, str]] = []
    present = {target_of(node): node for node in now.iterfind("devices/disk")}
    wanted = {target_of(node): node for node in root.iterfind("devices/disk")}
    for target, node in wanted.items():
        kind = node.get("device", "disk")
        if kind not in _KEPT_SOURCE:
            continue
        other = present.get(target)
        if other is None or other.get("device", "disk") != kind:
            cautions.append((Caution.DISK_RETURNS, target))
        elif _storage(node) != _storage(other):
            _take_storage(node, other)
            cautions.append((Caution.SOURCE_STAYS, target))
    for target, node in present.items():
        if node.get("device", "disk") in _KEPT_SOURCE and target not in wanted:
            cautions.append((Caution.DISK_LEAVES, target))
    return cautions


def _storage(disk: Element) -> tuple[object, ...]:
    """Where its data is, and in which format."""
    driver = disk.find("driver")
    found = [_said(node) for node in disk if node.tag in ("source", "backingStore")]
    return disk.get("type"), driver.get("type") if driver is not None else None, *found


def _said(node: Element) -> tuple[object, ...]:
    children = tuple(_said(child) for child in node.iterchildren(tag=etree.Element))
    return node.tag, tuple(sorted(node.attrib.items())), (node.text or "").strip(), children


def _take_storage(disk: Element, other: Element) -> None:
    """Have a disk keep its data where the `other` does."""
    kind = other.get("type")
    if kind is not None:
        disk.set("type", kind)
    format_ = other.find("driver")
    if format_ is not None and (said := format_.get("type")) is not None:
        driver = disk.find("driver")
        if driver is None:
            driver = etree.Element("driver", name=format_.get("name", "qemu"))
            disk.insert(0, driver)
        driver.set("type", said)
    for node in [node for node in disk if node.tag in ("source", "backingStore")]:
        disk.remove(node)
    place = next((number for number, node in enumerate(disk) if node.tag == "driver"), -1) + 1
    for node in [node for node in other if node.tag in ("source", "backingStore")]:
        disk.insert(place, deepcopy(node))
        place += 1


def _put_secrets_back(root: Element, now: Element, present: Element) -> list[tuple[Caution, str]]:
    """Of displays and disks; `now` is `present` without them.

    What libvirt tells without secrets does not tell either that there is one: a present one always stays.
    """
    cautions: list[tuple[Caution, str]] = []
    starred = [node for node in own_secrets(root) if _take_stars(node)]
    matched = match(root, now, secrets_of(now, present))
    with_one: set[Element] = set()
    for belonging in matched.belong:
        holder, secret = belonging.holder, belonging.secret
        for name, value in secret.attributes.items():
            holder.set(name, value)
        place = max((n for n, node in enumerate(holder) if node.tag in secret.behind), default=-1) + 1
        for number, element in enumerate(secret.elements):
            for own in holder.findall(str(element.tag)):
                holder.remove(own)
            holder.insert(place + number, deepcopy(element))
        with_one.add(holder)
    for node in root.iterfind("devices/graphics"):
        kind = node.get("type", "")
        if node in with_one:
            cautions.append((Caution.PASSWORD_PUT_BACK, kind))
        elif kind in _WITH_PASSWORD and (node in starred or node not in pairs(now, root, node)):
            cautions.append((Caution.PASSWORD_MISSING, kind))
    for disk in root.iterfind("devices/disk"):
        had = any(one in starred for one in disk.iter("cookie"))
        is_served = any(node in with_one for node in disk.iter(etree.Element))
        if (had or disk in matched.lost) and not is_served:
            cautions.append((Caution.COOKIES_MISSING, target_of(disk)))
    _drop_empty_cookies(root)
    return cautions


def _take_stars(node: Element) -> bool:
    """Whether an earlier definition said that there was a secret; no stars are left in it."""
    if node.tag == "cookie":
        had_one, node.text = node.text is not None, None
        return had_one
    had_one = node.get("passwd") is not None
    for name in _PASSWORD:
        if name in node.attrib:
            del node.attrib[name]
    return had_one


def _drop_empty_cookies(root: Element) -> None:
    for cookies in list(root.iterfind("devices/disk//cookies")):
        above = cookies.getparent()
        if above is not None and not any(one.text for one in cookies.iter("cookie")):
            above.remove(cookies)


def _text(root: Element, name: str) -> str:
    node = root.find(name)
    return (node.text or "").strip() if node is not None else ""
