"""One device of a machine as a text that a person reads; in a worker thread."""

from __future__ import annotations

import re

import libvirt

from vmgui.hypervisor.edits_text import definition_text
from vmgui.libvirtxml.edit import device_xml, read_devices
from vmgui.model.device import FoundDevice
from vmgui.policy.device import paired


def device_text(conn: libvirt.virConnect, uuid: str, id_: str) -> tuple[str, str]:
    """Its XML now and after the next start, by the id that the list of devices has for it; empty where it is not. Stars
    stand for passwords."""
    domain = conn.lookupByUUIDString(uuid)
    now = definition_text(conn, uuid, saved=False) if domain.isActive() else ""
    then = definition_text(conn, uuid, saved=True) if domain.isPersistent() else ""
    pairs = paired(read_devices(now) if now else (), read_devices(then) if then else ())
    found = next((pair for pair in pairs if pair.id == id_), None)
    if found is None:
        return "", ""
    return _text(now, found.live), _text(then, found.saved)


def _text(xml: str, one: FoundDevice | None) -> str:
    return _from_the_left(device_xml(xml, one.place)) if one is not None else ""


def _from_the_left(xml: str) -> str:
    """Its first line begins at the left already, the others as far in as in the machine's XML."""
    first, _, others = xml.partition("\n")
    in_by = re.search(r"^ *(?=\S.*\Z)", others, re.MULTILINE)
    if in_by is None:
        return xml
    return "\n".join([first, *(line.removeprefix(in_by.group()) for line in others.split("\n"))])
