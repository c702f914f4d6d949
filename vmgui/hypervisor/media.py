"""Put a medium into a drive and take it out: the running machine and its definition, one drive and nothing else.

Each is changed from its own XML, read with passwords in that very moment. First what runs: if that fails, the former
medium is in as before and the definition as it was.
"""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.error_subjects import quoted
from vmgui.hypervisor.errors import from_libvirt, is_unsupported
from vmgui.libvirtxml.media import FoundDrive, drive_xml, find_drives, with_medium
from vmgui.model.device_disk import DiskDevice
from vmgui.model.edit import Changed, Reach
from vmgui.model.errors import (
    ChangedMeanwhile,
    MediumMissing,
    MediumUnreadable,
    NoDrive,
    PermissionDenied,
    StorageFailure,
    TrayLocked,
    VmguiError,
)
from vmgui.model.media import Drive, NewMedium
from vmgui.policy.lifecycle import ActionRefused, Refusal

log = logging.getLogger(__name__)

_LIVE, _SAVED = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
_FORCE = libvirt.VIR_DOMAIN_DEVICE_MODIFY_FORCE


@dataclass(frozen=True, slots=True)
class MediumChange:
    """What is asked for. `medium` None: take out what is in."""

    target: str
    medium: NewMedium | None = None
    force: bool = False  # also where the guest has locked the tray
    reach: Reach = Reach.BOTH
    seen: str | None = None  # what was in when the person chose; None: whatever it was


def read_drives(conn: libvirt.virConnect, uuid: str) -> tuple[Drive, ...]:
    """Those of the running machine and of its definition, in the order of the XML."""
    domain = conn.lookupByUUIDString(uuid)
    live = find_drives(domain.XMLDesc(0)) if domain.isActive() else ()
    saved = find_drives(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)) if domain.isPersistent() else ()
    return _merged(live, saved)


def change_medium(conn: libvirt.virConnect, uuid: str, change: MediumChange) -> Changed:
    """Put it in or take it out; where it is so already, nothing is done.

    Raises TrayLocked, MediumMissing and MediumUnreadable (the former medium is still in), ChangedMeanwhile, NoDrive,
    ActionRefused.
    """
    domain = conn.lookupByUUIDString(uuid)
    places = _places(domain, change.reach)
    drives = {place: _find(domain, place, change.target) for place in places}
    if not any(drives.values()):
        raise NoDrive("there is no such drive", subject=change.target)
    now = next(drive for drive in drives.values() if drive is not None)
    if change.seen is not None and now.medium != change.seen:
        raise ChangedMeanwhile(f"the medium in {change.target} is another", subject=domain.name())
    wanted = [place for place in places if (drive := drives[place]) is not None and not _has(drive, change)]
    before = _xml(domain, _LIVE) if _LIVE in wanted else ""
    if _LIVE in wanted:
        _change_live(domain, change)
    saved = _shown(domain) if _SAVED in wanted else ""
    if _SAVED in wanted:
        try:
            _change_saved(conn, domain, change)
        except (libvirt.libvirtError, VmguiError):
            # Both or none: else it would be another medium after the next start, and nobody had said so.
            if _LIVE in wanted:
                _restore(domain, change.target, before)
            raise
    return Changed(None, saved, _shown(domain) if saved else "")


def _merged(live: tuple[FoundDrive, ...], saved: tuple[FoundDrive, ...]) -> tuple[Drive, ...]:
    lives, saves = ({drive.target: drive for drive in drives} for drives in (live, saved))
    found: list[Drive] = []
    for target in dict.fromkeys((*lives, *saves)):
        now, then = lives.get(target), saves.get(target)
        any_ = now or then
        assert any_ is not None
        found.append(
            Drive(
                target,
                any_.device,
                any_.bus,
                now.medium if now is not None else None,
                then.medium if then is not None else None,
                now is not None and now.is_open,
            )
        )
    return tuple(found)


def _places(domain: libvirt.virDomain, reach: Reach) -> list[int]:
    is_active, is_persistent = bool(domain.isActive()), bool(domain.isPersistent())
    if reach is Reach.NOW and not is_active:
        raise ActionRefused(Refusal.NOT_RUNNING, subject=domain.name())
    if reach is Reach.NEXT_START and not is_persistent:
        raise ActionRefused(Refusal.TRANSIENT, subject=domain.name())
    places = [_LIVE] if is_active and reach is not Reach.NEXT_START else []
    if is_persistent and reach is not Reach.NOW:
        places.append(_SAVED)
    return places


def _xml(domain: libvirt.virDomain, place: int) -> str:
    """As it is to be given back: with passwords."""
    flags = libvirt.VIR_DOMAIN_XML_SECURE
    return domain.XMLDesc(flags | (libvirt.VIR_DOMAIN_XML_INACTIVE if place == _SAVED else 0))


def _shown(domain: libvirt.virDomain) -> str:
    """The definition without passwords."""
    return domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)


def _find(domain: libvirt.virDomain, place: int, target: str) -> FoundDrive | None:
    return _drive_in(_xml(domain, place), target)


def _drive_in(xml: str, target: str) -> FoundDrive | None:
    return next((drive for drive in find_drives(xml) if drive.target == target), None)


def _has(drive: FoundDrive, change: MediumChange) -> bool:
    """Whether it is so already."""
    if change.medium is None:
        return not drive.medium
    return drive.medium == change.medium.path and drive.format in ("", change.medium.format)


def _change_live(domain: libvirt.virDomain, change: MediumChange) -> None:
    xml = _xml(domain, _LIVE)
    _, device = with_medium(xml, change.target, change.medium)
    try:
        domain.updateDeviceFlags(device, _LIVE | (_FORCE if change.force else 0))
    except libvirt.libvirtError as error:
        told = _explained(error, change)
        if not isinstance(told, TrayLocked):
            put_back(domain, change.target, xml)
        raise told from None


def put_back(domain: libvirt.virDomain, target: str, xml: str) -> None:
    """Give the drive what it had in `xml`.

    QEMU takes the former medium out before it opens the new one, and where it cannot, libvirt goes on telling that the
    former one is in while the guest has an open tray (9.0 to 12.8). What is said to be in is not put in again: out first.
    """
    before, now = _drive_in(xml, target), _find(domain, _LIVE, target)
    if before is None or now is None or not before.medium:
        return
    if now.medium == before.medium and now.is_open == before.is_open:
        return
    try:
        if now.medium:
            _, empty = with_medium(_xml(domain, _LIVE), target, None)
            domain.updateDeviceFlags(empty, _LIVE | _FORCE)
        domain.updateDeviceFlags(drive_xml(xml, target), _LIVE | _FORCE)
    except (libvirt.libvirtError, VmguiError) as error:
        log.warning("%s: the former medium is not back in %s: %s", domain.name(), target, error)


def has_another_medium(before: object, after: object) -> bool:
    """Whether a drive is to have another one in it."""
    if not (isinstance(before, DiskDevice) and isinstance(after, DiskDevice)):
        return False
    return after.device in ("cdrom", "floppy") and before.source != after.source


def _restore(domain: libvirt.virDomain, target: str, xml: str) -> None:
    """What was changed in the running machine is changed back."""
    try:
        domain.updateDeviceFlags(drive_xml(xml, target), _LIVE)
    except (libvirt.libvirtError, VmguiError) as error:
        log.warning("%s: the former medium is not back in %s: %s", domain.name(), target, error)


def _change_saved(conn: libvirt.virConnect, domain: libvirt.virDomain, change: MediumChange) -> None:
    whole, device = with_medium(_xml(domain, _SAVED), change.target, change.medium)
    try:
        domain.updateDeviceFlags(device, _SAVED)
    except libvirt.libvirtError as error:
        if not is_unsupported(error):
            raise
    else:
        return
    # Drivers that change no device alone take the whole definition, where it does not run.
    define(conn, whole)


def _explained(error: libvirt.libvirtError, change: MediumChange) -> VmguiError:
    """What kept the medium from being changed: the guest, or the file, which is named."""
    told = from_libvirt(error)
    is_refused = error.get_error_code() == libvirt.VIR_ERR_OPERATION_FAILED
    # "timed out waiting to open tray of 'sda'", in any language; QEMU's own words are English.
    if (is_refused and quoted(told.detail) == (change.target,)) or "is locked" in told.detail:
        return TrayLocked(told.detail, subject=change.target, code=told.code)
    is_of_file = isinstance(told, StorageFailure | PermissionDenied) or "blockdev-add" in told.detail
    if change.medium is None or not is_of_file:
        return told
    is_missing = error.get_int1() == errno.ENOENT or "No such file" in told.detail
    kind = MediumMissing if is_missing else MediumUnreadable
    return kind(told.detail, subject=change.medium.path, code=told.code)
