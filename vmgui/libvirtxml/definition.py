"""Domain XML -> Definition and Hardware for the index of all machines, and FullDefinition for the one that is shown.

The first is read of every machine of every host, so in one walk over the nodes and without the declarations of
`devices/`, which cost twice as much; a test holds that it finds in each disk and card what those find.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TypeVar

from vmgui.libvirtxml.domain import domain_of
from vmgui.libvirtxml.domain_devices import read_disk, read_host_device
from vmgui.libvirtxml.domain_os import OS_INFO, os_id_in
from vmgui.libvirtxml.fields import first
from vmgui.libvirtxml.resources import resources_of
from vmgui.libvirtxml.safe import Element, number_of, parse, size_bytes_of
from vmgui.libvirtxml.tags_element import TRAITS, read_element
from vmgui.model.definition import (
    NO_DEFINITION,
    NO_SHARES,
    Definition,
    DiskNames,
    FullDefinition,
    Hardware,
    InterfacePlace,
    Shares,
)
from vmgui.model.device import AGENT_CHANNEL, HostDevice
from vmgui.model.errors import InvalidConfig

NOTE_MAX_CHARS = 4000
"""As much of a note as is searched."""
_MAX_INTERFACES = 64
_MAX_DISKS = 1024
_MAX_HOST_DEVICES = 256
_MAX_NAMES_OF_DISK = 512
_MAX_NAMES = 4096
"""Of all disks of one machine; the loop's thread takes them into its tables."""
_MAX_WORD_CHARS = 256
_MAX_NAME_CHARS = 4096
"""Of a path, as Linux has it."""
_PLAIN_DISKS = frozenset({None, "", "file", "block", "volume"})
_PARTS = ("title", "description", "metadata", "os", "cputune", "memtune", "devices")
_DEVICES = ("disk", "interface", "channel", "hostdev")
_IN_DISK = ("source", "backingStore", "mirror", "target", "readonly", "shareable")
_SHARES = {
    "shares": "cpu_weight",
    "quota": "cpu_quota_us",
    "period": "cpu_period_us",
    "hard_limit": "memory_hard_limit_kib",
    "soft_limit": "memory_soft_limit_kib",
    "min_guarantee": "memory_guarantee_kib",
}

T = TypeVar("T")


def parse_full(xml: str) -> FullDefinition:
    """Everything a machine's XML says; raises InvalidConfig."""
    root = parse(xml)
    # libvirt writes the number of what runs, and no other.
    return FullDefinition(domain_of(root, xml), resources_of(root), is_live=root.get("id") is not None)


def parse_definition(xml: str) -> tuple[Definition, Hardware]:
    """What a machine is found by, no addresses yet, and what it is made of. Raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    # The first of each name counts, as everywhere.
    of: dict[str, Element] = {}
    for node in root.iterchildren(*_PARTS):
        of.setdefault(node.tag, node)
    devices = _Devices(of.get("devices"))
    os_id, ours = _metadata(of.get("metadata"))
    kind = first(of["os"], "type") if "os" in of else None
    macs = tuple(devices.macs)
    return (
        Definition(
            title=_text(of.get("title")),
            note=_text(of.get("description")),
            os_id=os_id,
            tags=_shared(ours.tags),
            folder=intern(ours.folder),
            is_protected=ours.is_protected,
            macs=macs,
            has_agent=devices.has_agent,
        ),
        Hardware(
            arch=_word(kind, "arch"),
            machine=_word(kind, "machine"),
            disks=tuple(devices.disks),
            interfaces=_shared(tuple(devices.interfaces)),
            macs=macs,
            host_devices=tuple(map(_host_device, devices.host_devices)),
            shares=_shares(of.get("cputune"), of.get("memtune")),
        ),
    )


class _Devices:
    """What the index keeps of a machine's devices, found in one walk."""

    def __init__(self, devices: Element | None) -> None:
        self.disks: list[DiskNames] = []
        self.macs: list[str] = []
        self.interfaces: list[InterfacePlace] = []
        self.host_devices: list[Element] = []
        self.has_agent = False
        names = 0
        for node in devices.iterchildren(*_DEVICES) if devices is not None else ():
            tag = node.tag
            if tag == "disk":
                if len(self.disks) < _MAX_DISKS and names < _MAX_NAMES:
                    disk = _disk(node)
                    names += len(disk.files) + len(disk.volumes)
                    self.disks.append(disk)
            elif tag == "interface":
                if len(self.interfaces) < _MAX_INTERFACES:
                    self._add_interface(node)
            elif tag == "channel":
                target = first(node, "target")
                if target is not None and target.get("name") == AGENT_CHANNEL:
                    self.has_agent = self.has_agent or target.get("state") == "connected"
            elif tag == "hostdev" and len(self.host_devices) < _MAX_HOST_DEVICES:
                self.host_devices.append(node)

    def _add_interface(self, node: Element) -> None:
        mac, source = first(node, "mac"), first(node, "source")
        address = mac.get("address") if mac is not None else None
        if address:
            self.macs.append(address.lower()[:_MAX_WORD_CHARS])
        to = "" if source is None else next(filter(None, map(source.get, _CONNECTIONS)), "")
        kind = node.get("type", "")[:_MAX_WORD_CHARS]
        self.interfaces.append(_shared(InterfacePlace(kind, to[:_MAX_NAME_CHARS])))


_CONNECTIONS = ("network", "bridge", "dev", "name", "path", "address")


def _disk(node: Element) -> DiskNames:
    if node.get("type") not in _PLAIN_DISKS:
        return _named_by(node)
    target, read_only, shareable, is_plain = "", False, False, True
    files: list[str] = []
    volumes: list[str] = []
    for child in node.iterchildren(*_IN_DISK):
        tag = child.tag
        if tag == "target":
            target = target or child.get("dev", "")
        elif tag == "readonly":
            read_only = True
        elif tag == "shareable":
            shareable = True
        elif tag == "source":
            is_plain = _name_source(child, files, volumes)
        if len(child):
            for source in child.iterdescendants("source"):
                is_plain = _name_source(source, files, volumes, is_shared=True) and is_plain
    if not is_plain:
        return _named_by(node)
    names = DiskNames(intern(target[:_MAX_WORD_CHARS]), tuple(files), tuple(volumes), read_only, shareable)
    # An empty drive is like every other.
    return names if files or volumes else _shared(names)


def _name_source(source: Element, files: list[str], volumes: list[str], *, is_shared: bool = False) -> bool:
    """Whether it names a file or a volume, as nearly all do; what is too much is passed over.

    `is_shared`: many machines may stand on the same.
    """
    before = len(files) + len(volumes)
    if before >= _MAX_NAMES_OF_DISK:
        return True
    if file := source.get("file"):
        file = file[:_MAX_NAME_CHARS]
        files.append(intern(file) if is_shared else file)
    if device := source.get("dev"):
        files.append(device[:_MAX_NAME_CHARS])
    if (pool := source.get("pool")) and (volume := source.get("volume")):
        volumes.append(f"{pool}/{volume}"[:_MAX_NAME_CHARS])
    return len(files) + len(volumes) > before


def _named_by(node: Element) -> DiskNames:
    """What a disk on a network or of another seldom form names, as its declarations read it."""
    disk = read_disk(node)
    names = (disk.source, *disk.backing_chain, *disk.more_files)[:_MAX_NAMES_OF_DISK]
    is_volume = {f"{one.get('pool')}/{one.get('volume')}" for one in node.iter("source") if one.get("volume")}
    return DiskNames(
        disk.target[:_MAX_WORD_CHARS],
        tuple(name[:_MAX_NAME_CHARS] for name in names if name and name not in is_volume),
        tuple(name[:_MAX_NAME_CHARS] for name in names if name in is_volume),
        disk.read_only,
        disk.shareable,
    )


def _host_device(node: Element) -> HostDevice:
    found = read_host_device(node)
    return HostDevice(found.kind[:_MAX_WORD_CHARS], found.source[:_MAX_NAME_CHARS])


def _metadata(node: Element | None) -> tuple[str, Definition]:
    os_id, ours = "", NO_DEFINITION
    for child in node if node is not None else ():
        tag = child.tag
        if tag in OS_INFO:
            os_id = os_id or os_id_in(child)
        elif tag == TRAITS and ours is NO_DEFINITION:
            ours = read_element(child)
    return intern(os_id[:256]), ours


def _shares(processors: Element | None, memory: Element | None) -> Shares:
    if processors is None and memory is None:
        return NO_SHARES
    said: dict[str, int] = {}
    for node in processors.iterchildren("shares", "quota", "period") if processors is not None else ():
        said.setdefault(_SHARES[node.tag], number_of(node.text))
    for node in (
        memory.iterchildren("hard_limit", "soft_limit", "min_guarantee") if memory is not None else ()
    ):
        said.setdefault(_SHARES[node.tag], size_bytes_of(node) // 1024)
    return _shared(Shares(**said))


def _word(node: Element | None, name: str) -> str:
    return intern(node.get(name, "")[:_MAX_WORD_CHARS]) if node is not None else ""


def _text(node: Element | None) -> str:
    return (node.text or "").strip()[:NOTE_MAX_CHARS] if node is not None else ""


@lru_cache(maxsize=4096)
def _shared(value: T) -> T:
    """The same object for what is equal: thousands of machines are connected to a few networks."""
    return value
