"""Which system a machine says that it runs: libosinfo's element in its metadata."""

from __future__ import annotations

from vmgui.libvirtxml.safe import Element, attribute_of

_OSINFO_NAMESPACES = (
    "http://libosinfo.org/xmlns/libvirt/domain/1.0",
    "https://libosinfo.org/xmlns/libvirt/domain/1.0",
)


def os_id_of(root: Element) -> str:
    """The libosinfo id in the metadata of a `<domain>`; empty: none."""
    for namespace in _OSINFO_NAMESPACES:
        found = attribute_of(root, f"metadata/{{{namespace}}}libosinfo/{{{namespace}}}os", "id")
        if found:
            return found
    return ""
