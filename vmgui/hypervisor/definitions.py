"""What machines' XML says: of a few at a time in short, for the index of all; of one everything, live and saved.

libvirt has no bulk call for XML: a call of ours reads as many as its share of time allows, so that thousands of
machines on a slow line never hold one of the host's few threads for long.
"""

from __future__ import annotations

import logging
import time
from enum import Enum

import libvirt

from vmgui.hypervisor.answers import in_turn
from vmgui.hypervisor.domains import read_xml
from vmgui.hypervisor.errors import is_cut_off, is_gone
from vmgui.libvirtxml.definition import parse_definition, parse_full
from vmgui.model.definition import NO_DEFINITION, Definition, FullDefinition, Hardware
from vmgui.model.errors import InvalidConfig

log = logging.getLogger(__name__)

BUDGET_S = 0.1
_BREATH_EVERY = 5

Entry = tuple[Definition, Hardware]


class NoEntry(Enum):
    """Why nothing was read of a machine."""

    GONE = "gone"
    REFUSED = "refused"  # it is there; its XML was not given, or is not understood


def read_definitions(
    conn: libvirt.virConnect, uuids: tuple[str, ...], budget_s: float = BUDGET_S
) -> dict[str, Entry | NoEntry]:
    """The first of these machines, as many as can be read in `budget_s` and one at least."""
    end_s = time.monotonic() + budget_s
    found: dict[str, Entry | NoEntry] = {}
    for number, uuid in enumerate(uuids):
        if number and time.monotonic() >= end_s:
            break
        if number % _BREATH_EVERY == _BREATH_EVERY - 1:
            # Parsing holds the interpreter: let the window draw.
            time.sleep(0)
        found[uuid] = _read(conn, uuid)
    return found


def read_live_and_saved(
    conn: libvirt.virConnect, uuid: str, is_persistent: bool
) -> tuple[FullDefinition | None, FullDefinition | None]:
    """What it runs with, None while it is off; what it will start with, None where that is kept nowhere."""
    read = parse_full(read_xml(conn, uuid))
    if not read.is_live:
        return None, read
    return read, parse_full(read_xml(conn, uuid, inactive=True)) if is_persistent else None


def _read(conn: libvirt.virConnect, uuid: str) -> Entry | NoEntry:
    try:
        xml = conn.lookupByUUIDString(uuid).XMLDesc()
        with in_turn:
            definition, hardware = parse_definition(xml)
    except libvirt.libvirtError as error:
        if is_gone(error):
            return NoEntry.GONE
        if is_cut_off(error):
            raise
        log.info("%s: its XML cannot be read: %s", uuid, error)
        return NoEntry.REFUSED
    except InvalidConfig as error:
        log.info("%s: its XML is not understood: %s", uuid, error)
        return NoEntry.REFUSED
    return NO_DEFINITION if definition == NO_DEFINITION else definition, hardware
