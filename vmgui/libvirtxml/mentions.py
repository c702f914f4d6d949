"""Everything a domain's XML names, whatever for: on the safe side where somebody asks whether it needs a thing."""

from __future__ import annotations

from vmgui.libvirtxml.domain import QEMU, paths_in_options
from vmgui.libvirtxml.safe import parse


def names_in(xml: str) -> frozenset[str]:
    """All values of attributes and all texts; `pool/volume` for what is named by both. Raises InvalidConfig."""
    found: set[str] = set()
    for node in parse(xml).iter():
        found.update(str(value) for value in node.attrib.values())
        if str(node.tag).startswith(QEMU):
            found.update(path for value in node.attrib.values() for path in paths_in_options(str(value)))
        if isinstance(node.text, str) and node.text.strip():
            found.add(node.text.strip())
        pool, volume = node.get("pool"), node.get("volume")
        if pool and volume:
            found.add(f"{pool}/{volume}")
    return frozenset(found)
