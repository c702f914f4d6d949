"""What machines' XML says: all of one machine's, live and saved."""

from __future__ import annotations

import libvirt

from vmgui.hypervisor.domains import read_xml
from vmgui.libvirtxml.definition import parse_full
from vmgui.model.definition import FullDefinition


def read_live_and_saved(
    conn: libvirt.virConnect, uuid: str, is_persistent: bool
) -> tuple[FullDefinition | None, FullDefinition | None]:
    """What it runs with, None while it is off; what it will start with, None where that is kept nowhere.

    Two calls where one would do for a machine that is off cost nothing: the first tells what the second would.
    """
    read = parse_full(read_xml(conn, uuid))
    if not read.is_live:
        return None, read
    return read, parse_full(read_xml(conn, uuid, inactive=True)) if is_persistent else None
