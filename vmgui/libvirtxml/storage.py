"""Storage pool and volume XML (https://libvirt.org/formatstorage.html), both ways."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vmgui.libvirtxml.safe import attribute_of, parse, size_bytes_of, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.storage import Volume


@dataclass(frozen=True, slots=True)
class PoolXml:
    """What only a pool's XML tells."""

    kind: str
    target_path: str


def parse_pool(xml: str) -> PoolXml:
    """Kind and place of a pool; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "pool":
        raise InvalidConfig(f"a <pool> is expected, not <{root.tag}>")
    return PoolXml(kind=root.get("type", ""), target_path=text_of(root, "target/path"))


def parse_volume(xml: str, pool: str) -> Volume:
    """A volume of `pool`; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "volume":
        raise InvalidConfig(f"a <volume> is expected, not <{root.tag}>")
    return Volume(
        pool=pool,
        name=text_of(root, "name"),
        path=text_of(root, "target/path"),
        format=attribute_of(root, "target/format", "type"),
        capacity_bytes=size_bytes_of(root.find("capacity"), "bytes"),
        allocation_bytes=size_bytes_of(root.find("allocation"), "bytes"),
        backing_path=text_of(root, "backingStore/path"),
    )


def build_volume(
    name: str,
    capacity_bytes: int,
    volume_format: str,
    *,
    allocation_bytes: int = 0,
    backing_path: str = "",
    backing_format: str = "",
) -> str:
    """XML of a new volume; raises InvalidConfig for characters XML cannot carry."""
    try:
        root = etree.Element("volume")
        etree.SubElement(root, "name").text = name
        etree.SubElement(root, "capacity", unit="bytes").text = str(capacity_bytes)
        etree.SubElement(root, "allocation", unit="bytes").text = str(allocation_bytes)
        target = etree.SubElement(root, "target")
        etree.SubElement(target, "format", type=volume_format)
        if backing_path:
            backing = etree.SubElement(root, "backingStore")
            etree.SubElement(backing, "path").text = backing_path
            if backing_format:
                etree.SubElement(backing, "format", type=backing_format)
        return etree.tostring(root, encoding="unicode")
    except ValueError as error:
        raise InvalidConfig(str(error), subject=name) from error
