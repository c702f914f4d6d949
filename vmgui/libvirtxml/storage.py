"""Storage pool and volume XML (https://libvirt.org/formatstorage.html), both ways."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vmgui.libvirtxml.safe import Element, attribute_of, parse, size_bytes_of, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.storage import Volume


@dataclass(frozen=True, slots=True)
class PoolXml:
    """What only a pool's XML tells."""

    kind: str
    target_path: str
    source: str = ""
    """What the pool is of, in one spelling, if other hosts can have the same (NFS, Ceph ...); empty else."""


_NETWORK_KINDS = frozenset({"netfs", "gluster", "rbd", "sheepdog", "iscsi", "iscsi-direct", "vstorage"})


def parse_pool(xml: str) -> PoolXml:
    """Kind and place of a pool; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "pool":
        raise InvalidConfig(f"a <pool> is expected, not <{root.tag}>")
    kind = root.get("type", "")
    return PoolXml(kind, text_of(root, "target/path"), _source(kind, root))


def _source(kind: str, root: Element) -> str:
    source = root.find("source")
    if kind not in _NETWORK_KINDS or source is None:
        return ""
    servers = sorted(f"{node.get('name', '').lower()}:{node.get('port', '')}" for node in source.iter("host"))
    devices = sorted(node.get("path", "") for node in source.iter("device"))
    directory = attribute_of(source, "dir", "path")
    parts = (*servers, *devices, directory.rstrip("/"), text_of(source, "name"))
    return " ".join((kind, *filter(None, parts)))


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
        key=text_of(root, "key"),
        modified_unix_s=_seconds(text_of(root, "target/timestamps/mtime")),
        changed_unix_ns=_nanoseconds(text_of(root, "target/timestamps/ctime")),
        backing_changed_unix_ns=_nanoseconds(text_of(root, "backingStore/timestamps/ctime")),
    )


def _seconds(text: str) -> float:
    """`1341933637.273190990`, as volumes tell their times; 0 for anything else."""
    whole, _, fraction = text.partition(".")
    if not (whole.isdecimal() and len(whole) < 12 and (fraction or "0").isdecimal()):
        return 0.0
    return float(f"{whole}.{fraction[:9] or '0'}")


def _nanoseconds(text: str) -> int:
    """The same, to the last digit: what a float cannot hold tells files apart."""
    whole, _, fraction = text.partition(".")
    if not (whole.isdecimal() and len(whole) < 12 and (fraction or "0").isdecimal()):
        return 0
    return int(whole) * 1_000_000_000 + int(fraction[:9].ljust(9, "0"))


def build_look_pool(name: str, path: str) -> str:
    """XML of a pool of what is in a directory; raises InvalidConfig for characters XML cannot carry."""
    try:
        root = etree.Element("pool", type="dir")
        etree.SubElement(root, "name").text = name
        etree.SubElement(etree.SubElement(root, "target"), "path").text = path
        return etree.tostring(root, encoding="unicode")
    except ValueError as error:
        raise InvalidConfig(str(error), subject=path) from error


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
