"""Look at what of a machine can be changed, say what a change would do, and carry it out; in a worker thread."""

from __future__ import annotations

import libvirt

from vmgui.model.edit import Base, Changed, EditedMachine, Preview, Reach, Values


def look(conn: libvirt.virConnect, uuid: str) -> EditedMachine:
    """All that a change of it is judged by."""
    raise NotImplementedError


def preview(conn: libvirt.virConnect, uuid: str, wishes: Values, reach: Reach) -> Preview:
    """What `change` would do; nothing is done."""
    raise NotImplementedError


def change(conn: libvirt.virConnect, uuid: str, wishes: Values, base: Base, reach: Reach) -> Changed:
    """Do it."""
    raise NotImplementedError


def definition_text(conn: libvirt.virConnect, uuid: str, saved: bool) -> str:
    """Its XML to be shown: stars stand for passwords."""
    raise NotImplementedError


def define_text(conn: libvirt.virConnect, uuid: str, xml: str, base_xml: str) -> Changed:
    """Define the XML that a person wrote, unless somebody else has changed `base_xml` since."""
    raise NotImplementedError
