"""Domain XML -> Definition: what a machine is found by, and whether it is protected."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from vmgui.libvirtxml.devices.channel import AGENT_CHANNEL
from vmgui.libvirtxml.domain import os_id_of
from vmgui.libvirtxml.safe import attribute_of, parse, text_of
from vmgui.libvirtxml.tags_element import element_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import Definition

NOTE_MAX_CHARS = 4000
"""As much of a note as is searched."""
_MAX_INTERFACES = 64


def parse_definition(xml: str) -> Definition:
    """What a machine's XML says to find it by; no addresses yet. Raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    macs = (attribute_of(interface, "mac", "address") for interface in root.iterfind("devices/interface"))
    return replace(
        element_of(root),
        title=_plain(text_of(root, "title")),
        note=_plain(text_of(root, "description")),
        os_id=os_id_of(root)[:256],
        macs=tuple(mac.lower() for mac in islice(macs, _MAX_INTERFACES) if mac),
        has_agent=any(
            target.get("name") == AGENT_CHANNEL and target.get("state") == "connected"
            for target in root.iterfind("devices/channel/target")
        ),
    )


def _plain(text: str) -> str:
    return text[:NOTE_MAX_CHARS]
