"""XML of a new storage pool (https://libvirt.org/formatstorage.html)."""

from __future__ import annotations

from lxml import etree

from vmgui.model.errors import InvalidConfig


def build_directory_pool(name: str, path: str, uuid: str) -> str:
    """A pool of files in a directory; raises InvalidConfig for characters XML cannot carry."""
    try:
        root = etree.Element("pool", {"type": "dir"})
        etree.SubElement(root, "name").text = name
        etree.SubElement(root, "uuid").text = uuid
        etree.SubElement(etree.SubElement(root, "target"), "path").text = path
        return etree.tostring(root, encoding="unicode")
    except ValueError as error:
        raise InvalidConfig(str(error), subject=name) from error
