"""Domain XML -> FullDefinition."""

from __future__ import annotations

from vmgui.libvirtxml.domain import domain_of
from vmgui.libvirtxml.resources import resources_of
from vmgui.libvirtxml.safe import parse
from vmgui.model.definition import FullDefinition


def parse_full(xml: str) -> FullDefinition:
    """Everything a machine's XML says; raises InvalidConfig."""
    root = parse(xml)
    # libvirt writes the number of what runs, and no other.
    return FullDefinition(domain_of(root, xml), resources_of(root), is_live=root.get("id") is not None)
