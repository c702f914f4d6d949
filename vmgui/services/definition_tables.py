"""Who has what, looked up instead of searched: machines by the files, volumes, networks and cards they name.

A table is made when something is first looked up in it, and kept true with every change from then on: what nobody asks
costs nothing, for ten thousand machines and more. A name costs no more than its entry where one machine has it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from vmgui.model.definition import NO_HARDWARE, Hardware
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.policy.file_names import same_place

K = TypeVar("K", bound=Hashable)


class DefinitionTables:
    """What machines are made of, and four ways to look it up; loop thread only."""

    def __init__(self) -> None:
        self._hardware: dict[DomainKey, Hardware] = {}
        self._files = _Table(self._hardware, _files)
        self._volumes = _Table(self._hardware, _volumes)
        self._places = _Table(self._hardware, _places)
        self._macs = _Table(self._hardware, _macs)

    def hardware(self, key: DomainKey) -> Hardware:
        """What a machine is made of; nothing before that is known."""
        return self._hardware.get(key, NO_HARDWARE)

    def change(self, key: DomainKey, hardware: Hardware = NO_HARDWARE) -> None:
        """A machine is made of this now; NO_HARDWARE: it is gone, or nothing is known of it."""
        before = self.hardware(key)
        if before == hardware:
            return
        if hardware == NO_HARDWARE:
            del self._hardware[key]
        else:
            self._hardware[key] = hardware
        for table in (self._files, self._volumes, self._places, self._macs):
            table.change(key, before, hardware)

    def used_by(self, path: str) -> frozenset[DomainKey]:
        """Machines of any host whose XML names this file for a disk, however the path is spelt."""
        return self._files.of(same_place(path))

    def used_by_volume(self, host_id: HostId, pool: str, volume: str) -> frozenset[DomainKey]:
        """Machines of a host whose XML names this volume of a pool by these two names."""
        return frozenset(key for key in self._volumes.of(f"{pool}/{volume}") if key.host_id == host_id)

    def by_network(self, host_id: HostId, network: str, kind: str = "network") -> frozenset[DomainKey]:
        """Machines of a host with a card on this network; `kind` "bridge", "direct": on this bridge, device."""
        return self._places.of((host_id, kind, network))

    def by_mac(self, mac: str) -> frozenset[DomainKey]:
        """Machines of any host with a card of this address."""
        return self._macs.of(mac.lower())


class _Table(Generic[K]):
    """From a name to those that have it; nearly all names have one."""

    def __init__(
        self, hardware: dict[DomainKey, Hardware], names: Callable[[HostId, Hardware], Iterator[K]]
    ) -> None:
        """`hardware`: of all machines, kept by others; `names`: what is looked up."""
        self._hardware = hardware
        self._names = names
        self._keys: dict[K, DomainKey | set[DomainKey]] | None = None  # None: nothing was looked up yet

    def of(self, name: K) -> frozenset[DomainKey]:
        if self._keys is None:
            self._keys = {}
            for key, hardware in self._hardware.items():
                self._add(self._keys, key, self._names(key.host_id, hardware))
        found = self._keys.get(name)
        if found is None:
            return frozenset()
        return frozenset(found) if isinstance(found, set) else frozenset((found,))

    def change(self, key: DomainKey, before: Hardware, after: Hardware) -> None:
        if self._keys is None:
            return
        old, new = set(self._names(key.host_id, before)), set(self._names(key.host_id, after))
        for name in old - new:
            found = self._keys[name]
            if not isinstance(found, set):
                del self._keys[name]
                continue
            found.discard(key)
            if len(found) == 1:
                self._keys[name] = found.pop()
        self._add(self._keys, key, new - old)

    @staticmethod
    def _add(keys: dict[K, DomainKey | set[DomainKey]], key: DomainKey, names: Iterable[K]) -> None:
        for name in names:
            found = keys.setdefault(name, key)
            if isinstance(found, set):
                found.add(key)
            elif found is not key and found != key:
                keys[name] = {found, key}


def _files(_host_id: HostId, hardware: Hardware) -> Iterator[str]:
    return (same_place(name) for disk in hardware.disks for name in disk.files)


def _volumes(_host_id: HostId, hardware: Hardware) -> Iterator[str]:
    return (name for disk in hardware.disks for name in disk.volumes)


def _places(host_id: HostId, hardware: Hardware) -> Iterator[tuple[HostId, str, str]]:
    return ((host_id, place.kind, place.source) for place in hardware.interfaces if place.source)


def _macs(_host_id: HostId, hardware: Hardware) -> Iterator[str]:
    return iter(hardware.macs)
