"""Who has what, looked up instead of searched: machines by the files, volumes, networks and cards they name.

Kept true with every change of a definition, for ten thousand machines and more: a name costs no more than its entry
where one machine has it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from vmgui.model.definition import NO_HARDWARE, Hardware
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.policy.file_names import same_place

K = TypeVar("K", bound=Hashable)
_Names = tuple[set[str], set[str], set[tuple[HostId, str, str]], set[str]]


class DefinitionTables:
    """Loop thread only."""

    def __init__(self) -> None:
        self._files: _Table[str] = _Table()
        self._volumes: _Table[str] = _Table()
        self._places: _Table[tuple[HostId, str, str]] = _Table()
        self._macs: _Table[str] = _Table()

    def change(self, key: DomainKey, before: Hardware = NO_HARDWARE, after: Hardware = NO_HARDWARE) -> None:
        """A machine that had `before` has `after`."""
        old, new = _names(key.host_id, before), _names(key.host_id, after)
        self._files.change(key, old[0], new[0])
        self._volumes.change(key, old[1], new[1])
        self._places.change(key, old[2], new[2])
        self._macs.change(key, old[3], new[3])

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

    def __init__(self) -> None:
        self._keys: dict[K, DomainKey | set[DomainKey]] = {}

    def of(self, name: K) -> frozenset[DomainKey]:
        found = self._keys.get(name)
        if found is None:
            return frozenset()
        return frozenset(found) if isinstance(found, set) else frozenset((found,))

    def change(self, key: DomainKey, before: set[K], after: set[K]) -> None:
        for name in before - after:
            found = self._keys[name]
            if not isinstance(found, set):
                del self._keys[name]
                continue
            found.discard(key)
            if len(found) == 1:
                self._keys[name] = found.pop()
        for name in after - before:
            found = self._keys.setdefault(name, key)
            if isinstance(found, set):
                found.add(key)
            elif found != key:
                self._keys[name] = {found, key}


def _names(host_id: HostId, hardware: Hardware) -> _Names:
    def of_disks(names: Iterable[Iterable[str]]) -> set[str]:
        return {name for some in names for name in some}

    return (
        set(map(same_place, of_disks(disk.files for disk in hardware.disks))),
        of_disks(disk.volumes for disk in hardware.disks),
        {(host_id, place.kind, place.source) for place in hardware.interfaces if place.source},
        set(hardware.macs),
    )
