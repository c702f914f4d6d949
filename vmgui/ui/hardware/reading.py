"""What was read of the machine that the Hardware tab shows: once for all of its items."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable
from vmgui.model.hardware import HardwareMachine, HardwareOffer
from vmgui.model.job import JobKind
from vmgui.policy.lifecycle import Refusal, refusal
from vmgui.services.hardware import HardwareService
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier


@dataclass(frozen=True, slots=True)
class Read:
    """`why_not`: why it cannot be changed; None: it can."""

    key: DomainKey
    machine: HardwareMachine
    offer: HardwareOffer
    why_not: Refusal | None = None


class HardwareReading:
    """Of one machine after the other. Loop thread only."""

    def __init__(self, service: HardwareService, inventory: Inventory) -> None:
        self.arrived: Notifier[Read] = Notifier()
        self._service, self._inventory = service, inventory
        self._kept: Read | None = None  # also for when its host cannot be asked
        self._is_current = False
        self._read_at: tuple[object, ...] = ()  # what was so in the inventory when it was last read

    def kept(self, key: DomainKey) -> Read | None:
        """What was read of it last, true or not any more."""
        return self._kept if self._kept is not None and self._kept.key == key else None

    def current(self, key: DomainKey) -> Read | None:
        """Likewise, unless something else may be so by now."""
        return self.kept(key) if self._is_current else None

    def outdate(self) -> None:
        """Something else may be so: the next `look` asks."""
        self._is_current = False

    async def look(self, key: DomainKey, *, anew: bool = False) -> Read:
        """What is so; `anew`: also where nothing told that it changed. Raises VmguiError."""
        kept = self.kept(key)
        if kept is not None and self._is_current and not anew:
            return kept
        self._read_at, why_not = self._place(key), self._why_not(key)
        if why_not is Refusal.HOST_OFFLINE:
            if kept is None:
                raise HostUnreachable("not connected")
            return self._take(Read(key, kept.machine, kept.offer, why_not))
        machine = await self._service.look(key)
        return self._take(Read(key, machine, self._service.offer(key), self._why_not(key)))

    def offer_anew(self, key: DomainKey) -> Read | None:
        """More is known of what its host has for it: nothing is asked. None: it was not read yet."""
        kept = self.kept(key)
        if kept is None or kept.why_not is Refusal.HOST_OFFLINE:
            return None
        self._kept = replace(kept, offer=self._service.offer(key))
        self.arrived.emit(self._kept)
        return self._kept

    def concerns(self, key: DomainKey, news: object) -> bool:
        """Whether something else may be so: of what the inventory tells only what is of it counts."""
        if isinstance(news, DomainKey):
            return news == key
        return not isinstance(news, ChangeSet) or self._place(key) != self._read_at

    def is_known(self, key: DomainKey) -> bool:
        """Whether there is such a machine."""
        return key in self._inventory.domains

    def names(self, key: DomainKey) -> tuple[str, str]:
        """Of the machine and of its host."""
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        return domain.name if domain is not None else "", host.name if host is not None else ""

    def _take(self, read: Read) -> Read:
        self._kept, self._is_current = read, True
        self.arrived.emit(read)
        return read

    def _place(self, key: DomainKey) -> tuple[object, ...]:
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        return key, domain, host is not None and host.state, self._why_not(key)

    def _why_not(self, key: DomainKey) -> Refusal | None:
        host, domain = self._inventory.hosts.get(key.host_id), self._inventory.domains.get(key)
        if host is None or domain is None:
            return Refusal.HOST_OFFLINE
        return refusal(domain, JobKind.EDIT, host)
