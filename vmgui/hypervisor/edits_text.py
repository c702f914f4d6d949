"""A machine's definition as a text that a person reads and writes; in a worker thread."""

from __future__ import annotations

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.edits import told, unless_migrating
from vmgui.hypervisor.errors import from_libvirt
from vmgui.libvirtxml.passwords import identity, with_passwords, with_stars
from vmgui.model.edit import Changed
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig, InvalidState, PermissionDenied

_INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
_SECURE = libvirt.VIR_DOMAIN_XML_SECURE


def definition_text(conn: libvirt.virConnect, uuid: str, saved: bool) -> str:
    """Its XML as it is after the next start (`saved`), else as it is now; stars stand for passwords."""
    return _shown(conn.lookupByUUIDString(uuid), _INACTIVE if saved else 0)


def define_text(
    conn: libvirt.virConnect, uuid: str, xml: str, base_xml: str, departure: Departure | None = None
) -> Changed:
    """Define what a person wrote from `base_xml`, which is `definition_text` or a dump without passwords.

    Passwords that it does not show stay. Raises ChangedMeanwhile if somebody has changed the definition since;
    InvalidConfig in libvirt's words, or of this module where it is no XML at all, with the line of `xml`.
    `departure`: where nobody waits for it any more, it is not defined.
    """
    domain = conn.lookupByUUIDString(uuid)
    if not domain.isPersistent():
        raise InvalidState("its definition is kept nowhere", subject=domain.name())
    if identity(xml) != (domain.UUIDString(), domain.name()):
        raise InvalidConfig("another name or UUID would be another machine", subject=domain.name())
    before = domain.XMLDesc(_INACTIVE)
    if base_xml.strip() not in (before.strip(), _shown(domain, _INACTIVE).strip()):
        raise ChangedMeanwhile("the definition", subject=domain.name())
    whole = with_passwords(xml, base_xml, domain.XMLDesc(_INACTIVE | _SECURE))
    unless_migrating(domain)
    if not domain.isPersistent():
        # Its running one would be kept again, which somebody has just ended.
        raise ChangedMeanwhile("its definition was removed", subject=domain.name())
    (departure or Departure()).leave()
    define(conn, whole)
    # What the person wrote has no passwords but those they typed: where it cannot be read, none is told.
    return told(domain, None, before, before)


def _shown(domain: libvirt.virDomain, flags: int) -> str:
    shown = domain.XMLDesc(flags)
    try:
        secure = domain.XMLDesc(flags | _SECURE)
    except libvirt.libvirtError as error:
        # Who may only look is not told whether there is one.
        if not isinstance(from_libvirt(error), PermissionDenied):
            raise
        return shown
    return with_stars(shown, secure)
