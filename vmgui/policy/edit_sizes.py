"""Why a disk cannot be made larger. Pure."""

from __future__ import annotations

from vmgui.model.edit import EditedMachine, Reach, Remedy, Setting, Value, Why
from vmgui.policy.edit_calls import disk_of
from vmgui.policy.settings import RULES

Reason = tuple[Why, int | None, Remedy | None]
"""A reason, its figure, and what would help."""


def why_not_grown(machine: EditedMachine, target: str, to: Value, reach: Reach) -> Reason | None:
    """None: it can be. Less than it has is never possible."""
    disk, rules = disk_of(machine, target), RULES[Setting.DISK_BYTES]
    if disk is None:
        return Why.GONE, None, None
    size, is_active = disk.size_bytes, machine.is_active
    if to is None or to < rules.least:
        return Why.TOO_LITTLE, rules.least, None
    if disk.is_read_only or disk.device in ("cdrom", "floppy"):
        return Why.READ_ONLY_DISK, None, None
    if size is None:
        return Why.SIZE_UNKNOWN, None, None
    if to < size:
        return Why.SHRINKS, size, None
    if to > rules.most:
        return Why.TOO_MUCH, rules.most, None
    if is_active and reach is Reach.NEXT_START:
        return Why.ONLY_AT_ONCE, None, None
    if machine.has_saved_state and not is_active:
        return Why.HAS_SAVED_STATE, None, Remedy.DISCARD_SAVED
    # A guest that runs is told what the device has by now, no more.
    if disk.is_device and not (is_active and to == disk.device_bytes):
        return Why.DEVICE_SIZE, disk.device_bytes or size, None
    if disk.is_in_use and not is_active:
        return Why.IN_USE, None, None
    if not is_active and not disk.is_volume:
        return Why.NO_VOLUME, None, Remedy.START
    return None
