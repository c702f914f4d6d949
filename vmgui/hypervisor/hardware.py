"""Read a machine's hardware, say what a change of it would do, and carry it out; in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence

import libvirt

from vmgui.hypervisor.departure import Departure
from vmgui.model.edit import Changed, Reach
from vmgui.model.hardware import HardwareMachine, HardwarePreview, Wish
from vmgui.model.host import DomainCapabilities


def look(
    conn: libvirt.virConnect, uuid: str, capabilities: DomainCapabilities | None = None
) -> HardwareMachine:
    """All that a change is judged by. `capabilities`: of its machine type, where they are known already."""
    raise NotImplementedError


def preview(conn: libvirt.virConnect, uuid: str, wishes: Sequence[Wish], reach: Reach) -> HardwarePreview:
    """What `change` would do; nothing is done, and no password is in it."""
    raise NotImplementedError


def change(
    conn: libvirt.virConnect,
    uuid: str,
    wishes: Sequence[Wish],
    reach: Reach,
    departure: Departure | None = None,
) -> Changed:
    """Do it, unless somebody has changed the same since it was seen: ChangedMeanwhile, nothing was done."""
    raise NotImplementedError
