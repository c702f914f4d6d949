"""Change exactly one thing in a machine's XML: one device, or values of the machine itself.

Everything else is left as it was, to the byte of its canonical form: comments, order, white space, what other
programs wrote, and what this program does not know of the very device that is changed.

What is changed must be as it was when the change was thought of; else somebody else was faster: InvalidState.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lxml import etree

from vmgui.libvirtxml.devices.every import KINDS, kind_of
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.fields import first
from vmgui.libvirtxml.layout import insert, place_of, remove
from vmgui.libvirtxml.safe import Element, parse
from vmgui.model.device import DevicePlace, FoundDevice, UnknownDevice
from vmgui.model.errors import InvalidConfig, InvalidState, NotFound

if TYPE_CHECKING:
    from vmgui.model.domain_values import DomainValues

_ORDER = ("emulator", *KINDS)


def read_devices(xml: str) -> tuple[FoundDevice, ...]:
    """Every device in full, in the order of the XML; raises InvalidConfig."""
    found: list[FoundDevice] = []
    counts: dict[str, int] = {}
    for node in _device_nodes(_domain(xml)):
        tag = str(node.tag)
        place = DevicePlace(tag, counts.get(tag, 0))
        counts[tag] = place.index + 1
        found.append(FoundDevice(place, _read(node)))
    return tuple(found)


def read_values(xml: str) -> DomainValues:
    """The values of the machine itself; raises InvalidConfig."""
    return DOMAIN.read(_domain(xml))


def change_values(xml: str, before: DomainValues, after: DomainValues) -> str:
    """The XML with other values of the machine itself."""
    root = _domain(xml)
    if DOMAIN.read(root) != before:
        raise InvalidState("the definition was changed by somebody else")
    if before == after:
        return xml
    with _writing():
        DOMAIN.change(root, after)
    return _text(root)


def change_device(xml: str, place: DevicePlace, before: object, after: object) -> str:
    """The XML with one device changed from `before` to `after`, which are of one kind."""
    return change_devices(xml, ((place, before, after),))


def change_devices(xml: str, changes: Iterable[tuple[DevicePlace, object, object]]) -> str:
    """Likewise of several, which is read and written once."""
    root, is_same = _domain(xml), True
    for place, before, after in changes:
        node = _unchanged(root, place, before)
        if before != after:
            is_same = False
            with _writing():
                kind_of(after).change(node, after)
    return xml if is_same else _text(root)


def add_device(xml: str, device: object) -> str:
    """The XML with one device more, behind those of its kind."""
    root, kind = _domain(xml), kind_of(device)
    devices = DOMAIN.ensure(root, ("devices",))
    with _writing():
        insert(devices, place_of(devices, _ORDER, kind.tag), kind.write(device))
    return _text(root)


def remove_device(xml: str, place: DevicePlace, before: object) -> str:
    """The XML without one device."""
    root = _domain(xml)
    remove(_unchanged(root, place, before))
    return _text(root)


def device_xml(xml: str, place: DevicePlace) -> str:
    """The XML of one device alone, as a running machine takes it (virDomainUpdateDeviceFlags)."""
    return _text_of_one(_node(_domain(xml), place))


def write_device(device: object) -> str:
    """The XML of a new device alone (virDomainAttachDeviceFlags)."""
    with _writing():
        node = kind_of(device).write(device)
    return _text_of_one(node)


def written(xml: str) -> str:
    """The same XML as this module writes it, with its own kind of quotes; raises InvalidConfig."""
    return _text(_domain(xml))


def _domain(xml: str) -> Element:
    root = parse(xml, keep_comments=True)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    return root


def _device_nodes(root: Element) -> Iterator[Element]:
    """The children of `<devices>` but for the emulator's path; no comments."""
    devices = first(root, "devices")
    if devices is not None:
        yield from (node for node in devices.iterchildren(tag=etree.Element) if node.tag != "emulator")


def _node(root: Element, place: DevicePlace) -> Element:
    nodes = [node for node in _device_nodes(root) if node.tag == place.tag]
    if place.index >= len(nodes):
        raise NotFound("the device is not in the definition any more", subject=place.tag)
    return nodes[place.index]


def _read(node: Element) -> object:
    kind = KINDS.get(str(node.tag))
    if kind is not None:
        return kind.read(node)
    try:
        return UnknownDevice(etree.tostring(node, method="c14n", with_tail=False).decode())
    except etree.C14NError:  # a namespace that is no whole URI, which libvirt lets pass
        return UnknownDevice(_text_of_one(node))


def _unchanged(root: Element, place: DevicePlace, before: object) -> Element:
    node = _node(root, place)
    if _read(node) != before:
        raise InvalidState("the device was changed by somebody else", subject=place.tag)
    return node


@contextmanager
def _writing() -> Generator[None]:
    try:
        yield
    except ValueError as error:  # a character that XML cannot carry
        raise InvalidConfig(str(error)) from error


def _text(root: Element) -> str:
    return etree.tostring(root.getroottree(), encoding="unicode") + "\n"


def _text_of_one(node: Element) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False)
