"""All that a change of a machine is judged by, read in one go; in a worker thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

import libvirt

from vmgui.hypervisor.errors import from_libvirt, is_cut_off, is_gone
from vmgui.hypervisor.guests import bound_agent
from vmgui.hypervisor.node import domain_capabilities_xml, read_usage
from vmgui.hypervisor.saved_state import has_saved_state
from vmgui.hypervisor.uri import read_uri
from vmgui.libvirtxml.capabilities import parse_domain_capabilities
from vmgui.libvirtxml.edit import read_values
from vmgui.libvirtxml.settings import (
    SettingsRead,
    has_extended_interrupts,
    has_limited_card,
    read_settings,
)
from vmgui.libvirtxml.storage import parse_pool, parse_volume
from vmgui.model.edit import (
    CardFacts,
    DiskFacts,
    EditedMachine,
    HostMeans,
    Setting,
    SettingKey,
    Values,
)
from vmgui.model.errors import InvalidState

NEIGHBOURS_ASKED = 3
# The largest weight in control groups of version 2, and of version 1.
WEIGHT_MOST, WEIGHT_MOST_OF_FIRST = HostMeans().weight_most, 262_144
# Of the others libvirt has no virStorageVolResize.
_RESIZING_POOLS = frozenset({"dir", "fs", "netfs", "gluster", "rbd", "vstorage"})
_X86 = frozenset({"x86_64", "i686"})
_ADDS_IOMMU = 11_003_000  # seen with 11.3 and 12.8; 9.0 refuses
MOST_WITHOUT_EXTENDED_INTERRUPTS = 255
"""libvirt refuses more without an IOMMU that has them (qemuValidateDomainVCpuTopology), whatever QEMU says of its own."""
_SIZED = frozenset({"disk", "lun"})
_JOBS_UNDER_WAY = frozenset({libvirt.VIR_DOMAIN_JOB_BOUNDED, libvirt.VIR_DOMAIN_JOB_UNBOUNDED})
_MIGRATIONS = frozenset(
    {libvirt.VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN, libvirt.VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT}
)
_STILL = frozenset({libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PMSUSPENDED})


@dataclass(frozen=True, slots=True)
class _Share:
    """What the host can do about the processors' time; None: not known."""

    has_means: bool | None = None
    weight_most: int = WEIGHT_MOST


@dataclass(frozen=True, slots=True)
class Look:
    """What was read of a machine, and the XML it was read from; without passwords."""

    machine: EditedMachine
    live_xml: str  # empty: it is off
    saved_xml: str  # empty: kept nowhere


def look_at(conn: libvirt.virConnect, domain: libvirt.virDomain) -> Look:
    """Everything; the agent is asked with a time-out, and only where its channel is connected."""
    is_active = bool(domain.isActive())
    live_xml = domain.XMLDesc() if is_active else ""
    saved_xml = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) if domain.isPersistent() else ""
    live = read_settings(live_xml) if live_xml else None
    saved = read_settings(saved_xml) if saved_xml else None
    now = live or saved
    if now is None:
        raise InvalidState("it is off, and its definition is kept nowhere")
    disks = _with_sizes(conn, domain, _merged_disks(live, saved), is_active)
    is_paused = is_active and cast("list[int]", domain.state())[0] in _STILL
    plugged = guest_vcpus = None
    if live is not None:
        plugged = live.values.get(SettingKey(Setting.VCPUS))
        if live.has_agent and not is_paused:
            guest_vcpus = ask_guest_vcpus(domain)
    machine = EditedMachine(
        uuid=domain.UUIDString(),
        name=domain.name(),
        live=None if live is None else _with_guest(with_sizes(live, disks), guest_vcpus),
        saved=None if saved is None else with_sizes(saved, disks),
        is_paused=is_paused,
        is_migrating=is_active and is_migrating(domain),
        has_saved_state=not is_active and has_saved_state(domain),
        has_agent=guest_vcpus is not None,
        has_balloon=now.has_balloon,
        has_numa=now.has_numa,
        memory_room_kib=min(read.memory_room_kib for read in (live, saved) if read is not None),
        vcpus_plugged=plugged,
        period_us=now.period_us,
        topology=(saved or now).topology,
        disks=disks,
        cards=_merged_cards(live, saved),
        host=_means(conn, domain, live_xml or saved_xml, is_active),
    )
    return Look(machine, live_xml, saved_xml)


def with_sizes(read: SettingsRead, disks: Iterable[DiskFacts]) -> Values:
    """What the XML says, and how large its disks are, which it does not say."""
    values = dict(read.values)
    of = {disk.target for disk in read.disks}
    values.update(
        (SettingKey(Setting.DISK_BYTES, disk.target), disk.size_bytes)
        for disk in disks
        if disk.target in of and disk.device in _SIZED
    )
    return values


def ask_guest_vcpus(domain: libvirt.virDomain, *, timeout_s: int | None = None) -> int | None:
    """How many CPUs the guest uses; None: its agent does not say."""
    try:
        bounded = bound_agent(domain) if timeout_s is None else bound_agent(domain, timeout_s)
        return domain.vcpusFlags(libvirt.VIR_DOMAIN_VCPU_GUEST) if bounded else None
    except libvirt.libvirtError as error:
        # Whatever it is that keeps it from answering: it cannot be asked to take CPUs out either.
        if is_gone(error) or is_cut_off(error):
            raise
        return None


def is_migrating(domain: libvirt.virDomain) -> bool:
    """Whether it is on its way from here or to here; whoever asks for it."""
    try:
        stats = cast("dict[str, Any]", domain.jobStats())
    except libvirt.libvirtError as error:
        if is_gone(error) or is_cut_off(error):
            raise
        # Off, or a driver that has no jobs.
        return False
    has_job = stats.get("type", libvirt.VIR_DOMAIN_JOB_NONE) in _JOBS_UNDER_WAY
    return has_job and stats.get("operation") in _MIGRATIONS


def disk_size(domain: libvirt.virDomain, target: str) -> int | None:
    """What the guest sees, in bytes; of one that is off: what it will see. None: cannot be read."""
    return _sizes(domain, target)[0]


def find_volume(conn: libvirt.virConnect, source: str) -> libvirt.virStorageVol | None:
    """The volume of a running pool that a disk's source is (a path, or pool/volume)."""
    pool, _, name = source.partition("/")
    try:
        if not pool:
            return conn.storageVolLookupByPath(source) if name else None
        return conn.storagePoolLookupByName(pool).storageVolLookupByName(name) if name else None
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return None


def _with_guest(values: Values, guest_vcpus: int | None) -> Values:
    return values if guest_vcpus is None else {**values, SettingKey(Setting.VCPUS): guest_vcpus}


def _merged_disks(live: SettingsRead | None, saved: SettingsRead | None) -> tuple[DiskFacts, ...]:
    found = {disk.target: disk for disk in live.disks} if live is not None else {}
    for disk in saved.disks if saved is not None else ():
        group, now = disk.group, found.get(disk.target, replace(disk, group=""))
        found[disk.target] = replace(now, saved_group=group)
    return tuple(found.values())


def _merged_cards(*reads: SettingsRead | None) -> tuple[CardFacts, ...]:
    found: dict[str, CardFacts] = {}
    for read in reads:
        for card in read.cards if read is not None else ():
            found.setdefault(card.mac, card)
    return tuple(found.values())


def _with_sizes(
    conn: libvirt.virConnect, domain: libvirt.virDomain, disks: tuple[DiskFacts, ...], is_active: bool
) -> tuple[DiskFacts, ...]:
    found: list[DiskFacts] = []
    in_use = running_files(conn) if not is_active else frozenset[str]()
    for disk in disks:
        if disk.device not in _SIZED or not disk.source:
            found.append(disk)
            continue
        seen, device_bytes = _sizes(domain, disk.target)
        is_named = not disk.source.startswith("/")
        volume = find_volume(conn, disk.source) if is_named or not is_active else None
        path = volume.path() if volume is not None else disk.source
        is_device = disk.is_device or (volume is not None and _is_device(volume, disk))
        # A running machine holds its files: what storage pools say of them does not count.
        size = None if is_active or volume is None else growable_bytes(volume, disk)
        found.append(
            replace(
                disk,
                size_bytes=seen if size is None else size,
                is_volume=size is not None,
                is_device=is_device,
                device_bytes=device_bytes if is_device else None,
                is_in_use=path in in_use,
            )
        )
    return tuple(found)


def growable_bytes(volume: libvirt.virStorageVol, disk: DiskFacts) -> int | None:
    """The size of a volume that its pool can make larger as the machine has it, None: it cannot.

    A pool guesses the format from what is inside, which a guest can write: taken for another one, the bytes of its
    disk would be rewritten.
    """
    try:
        pool = parse_pool(volume.storagePoolLookupByVolume().XMLDesc())
        its = parse_volume(volume.XMLDesc(), "")
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return None
    is_same = (its.format or "raw") == (disk.format or "raw")
    return its.capacity_bytes or None if is_same and pool.kind in _RESIZING_POOLS else None


def running_files(conn: libvirt.virConnect) -> frozenset[str]:
    """The files and devices that machines run with; empty where the host does not say it."""
    flags = (
        libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE | libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT
    )
    try:
        told = conn.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_BLOCK, flags)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return frozenset()
    said = (item for _, values in told for item in values.items())
    return frozenset(str(value) for name, value in said if name.endswith(".path"))


def _is_device(volume: libvirt.virStorageVol, disk: DiskFacts) -> bool:
    try:
        is_block = cast("list[int]", volume.info())[0] == libvirt.VIR_STORAGE_VOL_BLOCK
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return False
    return is_block and disk.format in ("", "raw")


def _sizes(domain: libvirt.virDomain, target: str) -> tuple[int | None, int | None]:
    """What the guest sees, and what the file or device has."""
    try:
        seen, _, physical = cast("list[int]", domain.blockInfo(target))
    except libvirt.libvirtError as error:
        if is_gone(error) or is_cut_off(error):
            raise
        return None, None
    return seen or None, physical or None


def _means(conn: libvirt.virConnect, domain: libvirt.virDomain, xml: str, is_active: bool) -> HostMeans:
    share = _cpu_share(conn, domain, is_active)
    return HostMeans(
        cpus=int(conn.getInfo()[2]) or None,
        memory_kib=read_usage(conn).memory_total_kib or None,
        vcpus_most=_vcpus_most(conn, xml),
        has_cpu_share=share.has_means,
        weight_most=share.weight_most,
        # No tc for a user's own hypervisor.
        has_bandwidth=not read_uri(conn.getURI()).is_session and _has_bandwidth(conn, xml, is_active),
    )


def _has_bandwidth(conn: libvirt.virConnect, xml: str, is_active: bool) -> bool | None:
    """Whether the host's kernel can limit cards, as far as one that is limited runs there; None: not known."""
    if is_active and has_limited_card(xml):
        return True
    for number in cast("list[int]", conn.listDomainsID())[:NEIGHBOURS_ASKED]:
        try:
            if has_limited_card(conn.lookupByID(number).XMLDesc()):
                return True
        except libvirt.libvirtError as error:
            if is_cut_off(error):
                raise
    return None


def _vcpus_most(conn: libvirt.virConnect, xml: str) -> int | None:
    said = read_values(xml)
    try:
        told = domain_capabilities_xml(conn, said.arch, said.machine, said.domain_type)
        most = parse_domain_capabilities(told).max_vcpus or None
        # None: there is no IOMMU, and libvirt adds one that has them.
        has_them = has_extended_interrupts(xml)
        adds_one = has_them is None and conn.getLibVersion() >= _ADDS_IOMMU
        if most is not None and said.arch in _X86 and not has_them and not adds_one:
            return min(most, MOST_WITHOUT_EXTENDED_INTERRUPTS)
        return most
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return None


def _cpu_share(conn: libvirt.virConnect, domain: libvirt.virDomain, is_active: bool) -> _Share:
    """Whether the host has cgroups for its machines: one with a weight or limit does not start where it has none.

    Of a machine that is off libvirt tells nothing: the host's others do, or that nobody has any.
    """
    own = _share_of(domain)
    if is_active or own.has_means is False:
        return own
    for number in cast("list[int]", conn.listDomainsID())[:NEIGHBOURS_ASKED]:
        its = _neighbours_share(conn, number)
        if its.has_means is not None:
            return its
    return _Share()


def _neighbours_share(conn: libvirt.virConnect, number: int) -> _Share:
    try:
        return _share_of(conn.lookupByID(number))
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return _Share()


def _share_of(domain: libvirt.virDomain) -> _Share:
    """virDomainGetSchedulerType: one parameter alone is the weight, on kernels without limits."""
    try:
        kind, count = cast("tuple[str, int]", tuple(domain.schedulerType()))
        if kind != "posix" or count < 2:
            return _Share(has_means=False)
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        # Gone, or stopped in this moment: says nothing. A user's own hypervisor, no cgroup: says no.
        if is_gone(error) or (isinstance(from_libvirt(error), InvalidState) and not domain.isActive()):
            return _Share()
        return _Share(has_means=False)
    return _Share(
        has_means=True, weight_most=WEIGHT_MOST_OF_FIRST if _has_first_groups(domain) else WEIGHT_MOST
    )


def _has_first_groups(domain: libvirt.virDomain) -> bool:
    """Only control groups of version 1 count what each of the host's CPUs did (virCgroupGetCpuacctPercpuUsage)."""
    try:
        return bool(domain.getCPUStats(False))
    except libvirt.libvirtError as error:
        if is_cut_off(error):
            raise
        return False
