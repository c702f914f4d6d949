"""Machines' saved definitions: read to see what was changed, and an earlier one defined again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from enum import Enum

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.domains import read_xml
from vmgui.hypervisor.errors import is_cut_off, is_gone, is_unsupported
from vmgui.libvirtxml.passwords import with_stars
from vmgui.libvirtxml.undo import is_normalised, restored
from vmgui.model.errors import ChangedMeanwhile
from vmgui.policy.undo import mark_of

log = logging.getLogger(__name__)

BUDGET_S = 0.1


class NoText(Enum):
    """Why no definition is given."""

    SAME = "same"  # as it is known
    NONE = "none"  # the machine is gone, or it is kept nowhere


def read_saved(
    conn: libvirt.virConnect,
    known: Mapping[str, bytes | None],
    budget_s: float = BUDGET_S,
) -> dict[str, str | NoText]:
    """The saved definitions, without passwords, of the first of these machines: as many as can be read in `budget_s`,
    and one at least. `known`: by UUID the mark of what is known of each."""
    end_s = time.monotonic() + budget_s
    found: dict[str, str | NoText] = {}
    for number, (uuid, mark) in enumerate(known.items()):
        if number and time.monotonic() >= end_s:
            break
        found[uuid] = _read(conn, uuid, mark)
    return found


def signing(
    conn: libvirt.virConnect, uuid: str, call: Callable[[libvirt.virConnect, str], object]
) -> tuple[str, str]:
    """Make a call that changes a machine's saved definition by itself; that before and after it, without passwords.
    Both empty: it is kept nowhere."""
    domain = conn.lookupByUUIDString(uuid)
    if not domain.isPersistent():
        call(conn, uuid)
        return "", ""
    before = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    call(conn, uuid)
    return before, read_xml(conn, uuid, inactive=True)


def read_present(conn: libvirt.virConnect, uuid: str) -> tuple[str, str, bool, bool]:
    """A machine's saved definition without passwords, the same with stars for each, whether it runs, whether it has a
    saved state."""
    domain = conn.lookupByUUIDString(uuid)
    try:
        has_saved_state = bool(domain.hasManagedSaveImage())
    except libvirt.libvirtError as error:
        if not is_unsupported(error):
            raise
        has_saved_state = False
    text = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    starred = with_stars(text, read_xml(conn, uuid, inactive=True, secure=True))
    return text, starred, bool(domain.isActive()), has_saved_state


def define_earlier(
    conn: libvirt.virConnect, uuid: str, wanted: str, expected: str, keeps_protection: bool
) -> tuple[str, str]:
    """Define an earlier definition again, unless the present one is not as `expected`: ChangedMeanwhile.

    The definition before and after it, without passwords.
    """
    secure = read_xml(conn, uuid, inactive=True, secure=True)
    before = read_xml(conn, uuid, inactive=True)
    if not is_normalised(expected, before):
        raise ChangedMeanwhile("the definition was changed by somebody else")
    xml = restored(wanted, secure, before, keeps_protection=keeps_protection).xml
    try:
        define(conn, xml)
    except libvirt.libvirtError as error:
        # What libvirt's schema does not know, other programs may have put there: it was defined once.
        if error.get_error_code() != libvirt.VIR_ERR_XML_INVALID_SCHEMA:
            raise
        define(conn, xml, validate=False)
    return before, read_xml(conn, uuid, inactive=True)


def _read(conn: libvirt.virConnect, uuid: str, mark: bytes | None) -> str | NoText:
    try:
        domain = conn.lookupByUUIDString(uuid)
        if not domain.isPersistent():
            return NoText.NONE
        text = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        if not is_gone(error):
            log.info("%s: its saved definition cannot be read: %s", uuid, error)
        return NoText.NONE
    return NoText.SAME if mark_of(text) == mark else text
