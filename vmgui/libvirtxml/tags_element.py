"""The element our tags, folder and protection live in, inside a machine's own metadata.

So colleagues see them, and they move with the machine (https://libvirt.org/formatdomain.html#general-metadata):

    <metadata>
      <vmgui:traits xmlns:vmgui="https://vmgui.org/xmlns/libvirt/traits/1.0">
        <vmgui:folder>Production/Shop</vmgui:folder>
        <vmgui:tag>web</vmgui:tag>
        <vmgui:protected>yes</vmgui:protected>
      </vmgui:traits>
    </metadata>

Others may write there what they like: what is read is bounded and cleaned as if a person had typed it, and what is not
ours stays.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from vmgui.libvirtxml.safe import Element, parse
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.policy.tags import MAX_TAGS, folder_of, tags_of

NAMESPACE = "https://vmgui.org/xmlns/libvirt/traits/1.0"
PREFIX = "vmgui"
_MAX_BYTES = 256 * 1024
_OURS = f"{{{NAMESPACE}}}"
TRAITS = f"{_OURS}traits"
_KNOWN = frozenset({"folder", "tag", "protected"})


def element_of(domain: Element) -> Definition:
    """What our element in a <domain> says of tags, folder and protection."""
    node = domain.find(f"metadata/{TRAITS}")
    return NO_DEFINITION if node is None else read_element(node)


def parse_element(xml: str) -> Definition:
    """What our own element says; empty text: nothing. Raises InvalidConfig."""
    return read_element(parse(xml, _MAX_BYTES)) if xml.strip() else NO_DEFINITION


def write_element(definition: Definition, before: str = "") -> str:
    """Our element with these tags, this folder and protection, as virDomainSetMetadata takes it; empty: none is needed.

    What else stood in it `before` stays. Raises InvalidConfig if that cannot be read.
    """
    root = parse(before, _MAX_BYTES) if before.strip() else etree.Element("traits")
    for child in [child for child in root if _name(child) in _KNOWN]:
        root.remove(child)
    for node in list(root.iter(f"{_OURS}*")):
        # Without a namespace of its own: libvirt binds the prefix and the namespace it is given.
        node.tag = _local(node)
    etree.cleanup_namespaces(root)
    texts = [("folder", definition.folder)] if definition.folder else []
    texts += [("tag", tag) for tag in definition.tags]
    texts += [("protected", "yes")] if definition.is_protected else []
    for place, (name, text) in enumerate(texts):
        node = etree.Element(name)
        node.text = text
        root.insert(place, node)
    return etree.tostring(root, encoding="unicode", with_tail=False) if len(root) or root.attrib else ""


def read_element(node: Element) -> Definition:
    """What our own element, parsed, says of tags, folder and protection."""
    texts = [(_name(child), child.text or "") for child in node]
    return Definition(
        tags=tags_of(islice((text for name, text in texts if name == "tag"), 4 * MAX_TAGS)),
        folder=next((folder_of(text) for name, text in texts if name == "folder"), ""),
        # Whatever somebody meant by another word: rather protected than lost.
        is_protected=any(name == "protected" and text.strip() != "no" for name, text in texts),
    )


def _name(node: Element) -> str:
    """Of one of ours; empty: it is another's.

    libvirt gives them with our namespace in the whole XML, without it where our element is asked for alone.
    """
    tag = str(node.tag)
    return _local(node) if tag.startswith(_OURS) or "}" not in tag else ""


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]
