"""Which system a machine says that it runs: libosinfo's element in its metadata."""

from __future__ import annotations

from vmgui.libvirtxml.fields import first
from vmgui.libvirtxml.safe import Element

_NAMESPACES = (
    "http://libosinfo.org/xmlns/libvirt/domain/1.0",
    "https://libosinfo.org/xmlns/libvirt/domain/1.0",
)
OS_INFO = tuple(f"{{{namespace}}}libosinfo" for namespace in _NAMESPACES)
"""The element's names in a `<metadata>`."""


def os_id_of(root: Element) -> str:
    """The libosinfo id in the metadata of a `<domain>`; empty: none."""
    for name in OS_INFO:
        node = root.find(f"metadata/{name}")
        if node is not None and (found := os_id_in(node)):
            return found
    return ""


def os_id_in(node: Element) -> str:
    """The id in libosinfo's own element; empty: none."""
    found = first(node, f"{node.tag.removesuffix('libosinfo')}os")
    return found.get("id", "") if found is not None else ""
