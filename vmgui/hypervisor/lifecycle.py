"""Start, stop, pause, save a virtual machine."""

from __future__ import annotations

import contextlib
import errno

import libvirt

from vmgui.hypervisor.error_numbers import numbers_of
from vmgui.hypervisor.error_subjects import quoted
from vmgui.hypervisor.errors import from_libvirt
from vmgui.hypervisor.saved_state import has_saved_state, why_not_restored
from vmgui.libvirtxml.domain import parse_domain
from vmgui.model.errors import InvalidConfig, InvalidState, NetworkInactive, PoolInactive, Unsupported

_RESET_NVRAM = 1 << 5  # VIR_DOMAIN_START_RESET_NVRAM, which older bindings do not name
_BOOTED = libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_BOOTED


def start(conn: libvirt.virConnect, uuid: str) -> bool:
    """Start, or restore if there is a saved state (virDomainCreateWithFlags). May take long: slow lane.

    Whether it runs as was to be expected: False if it booted because what was saved was of no use. Raises
    SavedStateDamaged and SavedStateUnfit where the host does not give up what was saved by itself.
    """
    domain = _find(conn, uuid)
    is_saved = has_saved_state(domain)
    try:
        domain.createWithFlags(0)
    except libvirt.libvirtError as error:
        if (inactive := _what_is_not_started(domain, error)) is not None:
            raise inactive from None
        if is_saved:
            raise why_not_restored(error) from None
        raise
    # What has become of it since is told by events.
    return not is_saved or _state(domain) != _BOOTED


def start_afresh(conn: libvirt.virConnect, uuid: str) -> None:
    """Discard what was saved, if anything was, and boot."""
    _find(conn, uuid).createWithFlags(libvirt.VIR_DOMAIN_START_FORCE_BOOT)


def start_new_firmware(conn: libvirt.virConnect, uuid: str) -> None:
    """Boot with new variables of its UEFI, made of their template; a machine with a BIOS just boots.

    Raises Unsupported on a host older than libvirt 8.1, which does not know the flag, InvalidState where it has a saved
    state: that would go on with the variables that it was saved with.
    """
    domain = _find(conn, uuid)
    if has_saved_state(domain):
        raise InvalidState("it has a saved state", subject=domain.name())
    try:
        domain.createWithFlags(getattr(libvirt, "VIR_DOMAIN_START_RESET_NVRAM", _RESET_NVRAM))
    except libvirt.libvirtError as error:
        if error.get_error_code() != libvirt.VIR_ERR_INVALID_ARG:
            raise
        raise Unsupported(error.get_error_message() or "", subject=domain.name()) from None


def _what_is_not_started(
    domain: libvirt.virDomain, error: libvirt.libvirtError
) -> NetworkInactive | PoolInactive | None:
    """The network or pool that the machine needs and that has to be started first, in any language."""
    told = from_libvirt(error)
    if isinstance(told, NetworkInactive | PoolInactive):
        return told
    names = quoted(told.detail)
    if numbers_of(error) != (libvirt.VIR_ERR_CONFIG_UNSUPPORTED, libvirt.VIR_FROM_DOMAIN) or len(names) != 2:
        return None
    # What is wrong with a definition is said when it is made. When it starts, a pool and its volume are named
    # together only where the pool is not started (domain_conf.c, virDomainDiskTranslateSourcePool).
    with contextlib.suppress(libvirt.libvirtError, InvalidConfig):
        disks = parse_domain(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)).disks
        if any(disk.source == "/".join(names) for disk in disks):
            return PoolInactive(told.detail, subject=names[0], code=told.code)
    return None


def _state(domain: libvirt.virDomain) -> tuple[object, object]:
    """Its state and the reason of it; of one that cannot be asked, none."""
    try:
        state, reason = domain.state()
    except libvirt.libvirtError:
        return libvirt.VIR_DOMAIN_NOSTATE, 0
    return state, reason


def shutdown(conn: libvirt.virConnect, uuid: str) -> None:
    """Ask the guest to shut down; it may take its time or refuse."""
    domain = _find(conn, uuid)
    was_active = domain.isActive()
    try:
        domain.shutdown()
    except libvirt.libvirtError:
        # A guest can go off although its agent says that it could not: libvirt (9.0 to 12.8) then presses the power
        # button of a machine that goes off already, and says that it is not running.
        if not was_active or not _goes_off(domain):
            raise


def _goes_off(domain: libvirt.virDomain) -> bool:
    """Whether its guest has shut down, or does; not of one that crashed, was forced off or moved."""
    state, reason = _state(domain)
    is_off = (state, reason) == (libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN)
    return is_off or state == libvirt.VIR_DOMAIN_SHUTDOWN


def reboot(conn: libvirt.virConnect, uuid: str) -> None:
    """Ask the guest to reboot."""
    _find(conn, uuid).reboot()


def reset(conn: libvirt.virConnect, uuid: str) -> None:
    """The reset button: the guest is not asked."""
    _find(conn, uuid).reset()


def destroy(conn: libvirt.virConnect, uuid: str, *, graceful: bool = False) -> None:
    """Force off. `graceful`: fail (Busy) rather than kill a process that does not end by itself."""
    _find(conn, uuid).destroyFlags(libvirt.VIR_DOMAIN_DESTROY_GRACEFUL if graceful else 0)


def suspend(conn: libvirt.virConnect, uuid: str) -> None:
    """Pause the virtual CPUs."""
    _find(conn, uuid).suspend()


def resume(conn: libvirt.virConnect, uuid: str) -> None:
    """Let a paused machine run on."""
    _find(conn, uuid).resume()


def managed_save(conn: libvirt.virConnect, uuid: str) -> None:
    """Write memory to disk and stop; the next start restores it. Long lane; domain_jobs.abort ends it."""
    _find(conn, uuid).managedSave()


def managed_save_remove(conn: libvirt.virConnect, uuid: str) -> None:
    """Discard the saved state; that somebody has removed its file already is as well."""
    try:
        _find(conn, uuid).managedSaveRemove()
    except libvirt.libvirtError as error:
        if (error.get_error_code(), error.get_int1()) != (libvirt.VIR_ERR_SYSTEM_ERROR, errno.ENOENT):
            raise


def _find(conn: libvirt.virConnect, uuid: str) -> libvirt.virDomain:
    return conn.lookupByUUIDString(uuid)
