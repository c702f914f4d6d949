"""Read a machine's hardware, say what a change of it would do, and carry it out; in a worker thread.

A change is judged by what is there in that moment. Volumes are made first; then the running machine is told, device by
device; if anything fails, all before it is taken back and nothing is saved. Last the definition is read, as late as
that, and defined with nothing else changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import libvirt

from vmgui.hypervisor.definition import define
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.edits import told, unless_migrating
from vmgui.hypervisor.errors import door, is_cut_off
from vmgui.hypervisor.hardware_gone import together
from vmgui.hypervisor.hardware_live import HardwareSteps
from vmgui.hypervisor.hardware_look import HardwareLook, look_at, read_machine, with_capabilities
from vmgui.hypervisor.hardware_secrets import starred
from vmgui.hypervisor.hardware_tasks import Task, carried_out, tasks_of
from vmgui.hypervisor.hardware_virsh import prepared
from vmgui.libvirtxml.settings import diff
from vmgui.libvirtxml.storage import parse_pool
from vmgui.model.creation import NewVolume
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.edit import Changed, Reach, When
from vmgui.model.errors import (
    AlreadyExists,
    ChangedMeanwhile,
    InvalidConfig,
    InvalidState,
    NoFreePort,
    Unsupported,
    VmguiError,
)
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    HardwareChange,
    HardwareMachine,
    HardwarePlan,
    HardwarePreview,
    HardwareWhy,
    RemoveDevice,
    SetAutostart,
    Values,
    Wish,
)
from vmgui.model.host import DomainCapabilities
from vmgui.policy.creation import BLOCK_POOLS
from vmgui.policy.hardware import plan
from vmgui.policy.hardware_overtaken import overtaken
from vmgui.policy.virsh_hardware import commands

_INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
_SECURE = libvirt.VIR_DOMAIN_XML_SECURE
# Why it is impossible in the state that the machine is in, rather than at all.
_BY_STATE = frozenset({
    HardwareWhy.GONE,
    HardwareWhy.NOT_RUNNING,
    HardwareWhy.TRANSIENT,
    HardwareWhy.MIGRATING,
    HardwareWhy.HAS_SAVED_STATE,
    HardwareWhy.IN_USE_BY,
    HardwareWhy.PAUSED,
})  # fmt: skip


def look(
    conn: libvirt.virConnect, uuid: str, capabilities: DomainCapabilities | None = None
) -> HardwareMachine:
    """All that a change is judged by. `capabilities`: of its machine type, where they are known already."""
    return with_capabilities(conn, read_machine(conn, uuid, capabilities))


def preview(
    conn: libvirt.virConnect,
    uuid: str,
    wishes: Sequence[Wish],
    reach: Reach,
    capabilities: DomainCapabilities | None = None,
) -> HardwarePreview:
    """What `change` would do; nothing is done, and no password is in it."""
    _unless_outside(wishes)
    found = look_at(conn, conn.lookupByUUIDString(uuid), capabilities)
    machine = with_capabilities(conn, found.machine)
    shown = starred(wishes)
    wanted = plan(machine, shown, reach)
    # Nothing of what is impossible in part is done.
    tasks = _with_thought_of(conn, tasks_of(wanted, shown)) if wanted.is_possible else ()
    return HardwarePreview(
        machine,
        wanted,
        live_diff=_diff(found, tasks, live=True),
        saved_diff=_diff(found, tasks, live=False),
        virsh=commands(machine, wanted, prepared(found, tasks)) if wanted.is_possible else (),
    )


def change(
    conn: libvirt.virConnect,
    uuid: str,
    wishes: Sequence[Wish],
    reach: Reach,
    departure: Departure | None = None,
    capabilities: DomainCapabilities | None = None,
) -> Changed:
    """Do it, unless somebody has changed the same since it was seen: ChangedMeanwhile, nothing was done.

    Raises InvalidConfig, InvalidState or Unsupported if any of it is impossible: nothing was done. A step that fails:
    what was done is taken back and its error raised; PartlyDone says what could not be. NotLetGo: a guest keeps what is
    to be removed; nothing is saved.

    `departure`: where nobody waits for it any more, what was done is taken back and nothing is saved.
    """
    _unless_outside(wishes)
    departure = departure or Departure()
    domain = conn.lookupByUUIDString(uuid)
    found = look_at(conn, domain, capabilities)
    machine = with_capabilities(conn, found.machine)
    _unless_overtaken(machine, wishes)
    wishes = tuple(map(_with_mac, wishes))
    wanted = plan(machine, wishes, reach)
    if not wanted.is_possible:
        raise _impossible(wanted, machine)
    _unless_twice(machine, wishes)
    steps = HardwareSteps(conn, domain, found)
    try:
        tasks = _with_volumes(steps, conn, tasks_of(wanted, wishes), departure)
        for made_together in together(tasks):
            departure.check()
            steps.make(*made_together)
        with door():
            steps.unless_another_runs()
            saving = _saving(domain, found, tasks)
            if saving is not None:
                unless_migrating(domain)
                departure.leave()
                _define(conn, saving, steps)
    except VmguiError as error:
        raise steps.taken_back(error.about(subject=machine.name)) from None
    finally:
        steps.forget()
    # It is saved: whatever fails from here on takes nothing back.
    return Changed(None) if saving is None else told(domain, None, saving.before, saving.after)


# What is made first.


def _with_mac(wish: Wish) -> Wish:
    """A card that nobody chose an address for has one and the same, running and saved."""
    if not isinstance(wish, AddDevice) or not isinstance(wish.device, InterfaceDevice) or wish.device.mac:
        return wish
    return replace(wish, device=replace(wish.device, mac=_new_mac()))


def _new_mac() -> str:
    """Of the range that QEMU's cards have."""
    return ":".join(("52:54:00", *(f"{byte:02x}" for byte in secrets.token_bytes(3))))


def _with_volumes(
    steps: HardwareSteps, conn: libvirt.virConnect, tasks: Iterable[Task], departure: Departure
) -> tuple[Task, ...]:
    """The same tasks, with the volumes that were made for them in their disks."""

    def make(new: NewVolume) -> DiskDevice:
        departure.check()
        made = steps.make_volume(new)
        with door():
            volume = conn.storagePoolLookupByName(new.pool).storageVolLookupByName(new.name)
            kind = cast("list[int]", volume.info())[0]
        return _source(new, kind, made.path, made.format)

    return tuple(_with_volume(task, make) for task in tasks)


def _with_thought_of(conn: libvirt.virConnect, tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Likewise, with volumes as they will be made, for what is shown."""

    def think(new: NewVolume) -> DiskDevice:
        with door():
            pool = parse_pool(conn.storagePoolLookupByName(new.pool).XMLDesc())
        kind = libvirt.VIR_STORAGE_VOL_BLOCK if pool.kind in BLOCK_POOLS else libvirt.VIR_STORAGE_VOL_FILE
        path = f"{pool.target_path}/{new.name}" if pool.target_path else ""
        return _source(new, kind if path else libvirt.VIR_STORAGE_VOL_NETWORK, path, new.format)

    return tuple(_with_volume(task, think) for task in tasks)


def _with_volume(task: Task, source_of: Callable[[NewVolume], DiskDevice]) -> Task:
    wish = task.wish
    if not isinstance(wish, AddDevice) or wish.volume is None or not isinstance(wish.device, DiskDevice):
        return task
    held = source_of(wish.volume)
    device = replace(wish.device, source_kind=held.source_kind, source=held.source, format=held.format)
    return replace(task, wish=replace(wish, device=device))


def _source(new: NewVolume, kind: int, path: str, image_format: str) -> DiskDevice:
    """What holds a volume: a disk as far as that goes."""
    image_format = new.format or image_format or "raw"
    if kind == libvirt.VIR_STORAGE_VOL_FILE:
        return DiskDevice(source_kind="file", source=DiskSource(file=path), format=image_format)
    if kind == libvirt.VIR_STORAGE_VOL_BLOCK:
        return DiskDevice(source_kind="block", source=DiskSource(device=path), format="raw")
    source = DiskSource(pool=new.pool, volume=new.name)
    return DiskDevice(source_kind="volume", source=source, format="raw")


# The definition.


@dataclass(frozen=True, slots=True)
class _Saving:
    """A definition that is to be defined."""

    secure: str
    before: str  # these two without passwords
    after: str


def _saving(domain: libvirt.virDomain, found: HardwareLook, tasks: Sequence[Task]) -> _Saving | None:
    """What is to be saved, from what it is now: the steps before may have lasted. None: nothing."""
    saved = [task for task in tasks if task.is_saved and not isinstance(task.wish, SetAutostart)]
    if not saved:
        return None
    if not domain.isPersistent():
        # Its running one would be kept again, which somebody has just ended.
        raise ChangedMeanwhile("its definition was removed", subject=found.machine.name)
    secure, before = domain.XMLDesc(_INACTIVE | _SECURE), domain.XMLDesc(_INACTIVE)
    _unless_overtaken(found.as_saved(before, secure), [task.wish for task in saved])
    after = carried_out(secure, saved, found.saved_places(secure), live=False)
    if after == secure:
        return None
    shown = [replace(task, wish=starred((task.wish,))[0], then=_starred_values(task)) for task in saved]
    return _Saving(after, before, carried_out(before, shown, found.saved_places(before), live=False))


def _starred_values(task: Task) -> Values:
    wish = starred((task.wish,))[0]
    return (
        tuple((path, dict(wish.values).get(path)) for path, _ in task.then)
        if isinstance(wish, ChangeDevice)
        else task.then
    )


def _define(conn: libvirt.virConnect, saving: _Saving, steps: HardwareSteps) -> None:
    try:
        define(conn, saving.secure)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            # Nobody knows whether it is saved: what runs is left as it would be then.
            steps.forget()
        raise


# Why not.


def _unless_overtaken(machine: HardwareMachine, wishes: Sequence[Wish]) -> None:
    if names := overtaken(machine, wishes):
        raise ChangedMeanwhile(", ".join(names), subject=machine.name)


def _unless_outside(wishes: Sequence[Wish]) -> None:
    """Raises Unsupported for a disk that is to be made in no pool: the embedded hypervisor has none, and there the form
    offers files that exist."""
    for wish in wishes:
        if isinstance(wish, AddDevice) and wish.volume is not None and wish.volume.directory:
            raise Unsupported("a disk is made in a storage pool only", subject=wish.volume.directory)


def _unless_twice(machine: HardwareMachine, wishes: Sequence[Wish]) -> None:
    """Raises AlreadyExists for a card of an address that the machine has: libvirt lets it be plugged in."""
    gone = {wish.id for wish in wishes if isinstance(wish, RemoveDevice)}
    macs = {one.id for one in machine.devices if one.kind == "interface" and one.id not in gone}
    for wish in wishes:
        if isinstance(wish, AddDevice) and isinstance(wish.device, InterfaceDevice):
            mac = wish.device.mac.lower()
            if mac in macs:
                raise AlreadyExists("the machine has a card of this address", subject=mac)
            macs.add(mac)


def _impossible(wanted: HardwarePlan, machine: HardwareMachine) -> VmguiError:
    refused = [change for change in wanted.changes if change.when is When.IMPOSSIBLE]
    words = ", ".join(map(_log_words, refused))
    if all(change.why in _BY_STATE for change in refused):
        return InvalidState(words, subject=machine.name)
    if any(change.why is HardwareWhy.NO_FREE_PORT for change in refused):
        return NoFreePort(words, subject=machine.name)
    kind = Unsupported if any(change.why is HardwareWhy.HOST_CANNOT for change in refused) else InvalidConfig
    return kind(words, subject=machine.name)


def _log_words(change: HardwareChange) -> str:
    wish = change.wish
    of = getattr(wish, "id", "") or (type(wish.device).__name__ if isinstance(wish, AddDevice) else "")
    name = ": ".join(filter(None, (of, change.path)))
    why = change.why.value if change.why is not None else ""
    return f"{name}: {why} ({change.detail})" if change.detail else f"{name}: {why}"


# What is shown.


def _diff(found: HardwareLook, tasks: Sequence[Task], *, live: bool) -> str:
    xml = found.live_xml if live else found.saved_xml
    if not xml or not any(task.is_now if live else task.is_saved for task in tasks):
        return ""
    places = found.live_places() if live else found.saved_places(xml)
    return diff(xml, carried_out(xml, tasks, places, live=live), "live.xml" if live else "saved.xml")
