"""Domain XML -> Definition, and the element our tags and folder live in, inside a machine's own metadata.

So colleagues see them, and they move with the machine (https://libvirt.org/formatdomain.html#general-metadata):

    <metadata>
      <vmgui:traits xmlns:vmgui="https://vmgui.org/xmlns/libvirt/traits/1.0">
        <vmgui:folder>Production/Shop</vmgui:folder>
        <vmgui:tag>web</vmgui:tag>
      </vmgui:traits>
    </metadata>

Others may write there what they like: what is read is bounded and cleaned as if a person had typed it.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from vmgui.libvirtxml.devices.channel import AGENT_CHANNEL
from vmgui.libvirtxml.domain import os_id_of
from vmgui.libvirtxml.safe import Element, attribute_of, parse, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.tags import Definition
from vmgui.policy.tags import MAX_TAGS, folder_of, tags_of

NAMESPACE = "https://vmgui.org/xmlns/libvirt/traits/1.0"
PREFIX = "vmgui"
NOTE_MAX_CHARS = 4000
"""As much of a note as is searched."""
_MAX_INTERFACES = 64
_MAX_ELEMENT_BYTES = 256 * 1024


def parse_definition(xml: str) -> Definition:
    """What a machine's XML says to find it by; no addresses yet. Raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    node = root.find(f"metadata/{{{NAMESPACE}}}traits")
    macs = (attribute_of(interface, "mac", "address") for interface in root.iterfind("devices/interface"))
    return Definition(
        title=_plain(text_of(root, "title")),
        note=_plain(text_of(root, "description")),
        os_id=os_id_of(root)[:256],
        tags=_tags(node) if node is not None else (),
        folder=_folder(node) if node is not None else "",
        macs=tuple(mac.lower() for mac in islice(macs, _MAX_INTERFACES) if mac),
        has_agent=any(
            target.get("name") == AGENT_CHANNEL and target.get("state") == "connected"
            for target in root.iterfind("devices/channel/target")
        ),
    )


def parse_element(xml: str) -> Definition:
    """What our own element says of tags and folder; empty text: nothing. Raises InvalidConfig."""
    if not xml.strip():
        return Definition()
    node = parse(xml, _MAX_ELEMENT_BYTES)
    return Definition(tags=_tags(node), folder=_folder(node))


def write_element(definition: Definition) -> str:
    """Our element with these tags and this folder, as virDomainSetMetadata takes it; empty: none is needed."""
    if not definition.tags and not definition.folder:
        return ""
    # Without a namespace of its own: libvirt binds the prefix and the namespace it is given.
    root = etree.Element("traits")
    if definition.folder:
        etree.SubElement(root, "folder").text = definition.folder
    for tag in definition.tags:
        etree.SubElement(root, "tag").text = tag
    return etree.tostring(root, encoding="unicode")


def _tags(node: Element) -> tuple[str, ...]:
    # As libvirt gives it: with our namespace in the whole XML, without it where it is asked for alone.
    texts = (child.text or "" for child in node if _local(child) == "tag")
    return tags_of(islice(texts, 4 * MAX_TAGS))


def _folder(node: Element) -> str:
    return next((folder_of(child.text or "") for child in node if _local(child) == "folder"), "")


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _plain(text: str) -> str:
    return text[:NOTE_MAX_CHARS]
