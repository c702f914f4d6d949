"""The addresses of one host's machines: leases of its networks, and what running machines are asked for by and by.

A guest's agent is asked where it is connected; of a machine without one, that no network has lent an address to,
the host's table of neighbours. No machine is asked often, few are at a time, and one whose agent did not answer
is left in peace for long: its agent may hang. What is decided here is pure; tags.py makes the calls.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from vmgui.model.domain import AddressSource, GuestAddress
from vmgui.model.tags import Definition

AT_ONCE = 20
"""So many machines are asked with one call of ours."""
TURN_S = 10.0
"""A host is asked no oftener than this."""
TURNS_APART_S = 2.0
"""And of all hosts together one at a time: a hundred of them would be asked without end."""
ASK_EVERY_S = 300.0
SILENT_FOR_S = 1800.0
"""An agent that did not answer is not asked for so long, unless it connects anew; nor is a table of neighbours."""
MAX_KEPT = 16


class Addresses:
    """Loop thread only; `now_s` is time.monotonic()."""

    def __init__(self) -> None:
        self.leases: Mapping[str, tuple[str, ...]] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self._due_s: dict[str, float] = {}
        self._silent_until_s: dict[str, float] = {}
        self._no_neighbours_until_s = 0.0

    def of(self, uuid: str, definition: Definition) -> tuple[str, ...]:
        """What is known: what the guest itself tells comes first."""
        leased = (address for mac in definition.macs for address in self.leases.get(mac, ()))
        return tuple(dict.fromkeys((*self._told.get(uuid, ()), *leased)))

    def due(self, running: Iterable[tuple[str, Definition]], now_s: float) -> dict[str, AddressSource]:
        """Whom to ask now, and how: those never asked first, then the longest waiting; few of them."""
        waiting: list[tuple[float, str, AddressSource]] = []
        for uuid, definition in running:
            due_s = self._due_s.get(uuid, 0.0)
            source = self._source(uuid, definition, now_s) if due_s <= now_s else None
            if source is not None:
                waiting.append((due_s, uuid, source))
        waiting.sort(key=lambda one: one[0])
        return {uuid: source for _, uuid, source in itertools.islice(waiting, AT_ONCE)}

    def take(
        self,
        sources: Mapping[str, AddressSource],
        answers: Mapping[str, tuple[GuestAddress, ...] | None],
        now_s: float,
    ) -> set[str]:
        """Note the answers; those with other addresses than before. Who did not get a turn has the next one."""
        changed: set[str] = set()
        for uuid, answer in answers.items():
            self._due_s[uuid] = now_s + ASK_EVERY_S
            if answer is None:
                if sources[uuid] is AddressSource.ARP:
                    self._no_neighbours_until_s = now_s + SILENT_FOR_S
                else:
                    self._silent_until_s[uuid] = now_s + SILENT_FOR_S
                continue
            told = tuple(dict.fromkeys(found.address for found in answer if not found.is_local))[:MAX_KEPT]
            if told != self._told.get(uuid, ()):
                self._told[uuid] = told
                changed.add(uuid)
        return changed

    def listen_to(self, uuid: str) -> None:
        """Its agent has come or gone: it may be asked anew."""
        self._silent_until_s.pop(uuid, None)
        self._due_s.pop(uuid, None)

    def forget(self, uuid: str) -> bool:
        """It is off or gone; whether something was known that only it had told."""
        self.listen_to(uuid)
        return bool(self._told.pop(uuid, ()))

    def _source(self, uuid: str, definition: Definition, now_s: float) -> AddressSource | None:
        if definition.has_agent and self._silent_until_s.get(uuid, 0.0) <= now_s:
            return AddressSource.AGENT
        if (
            self._no_neighbours_until_s <= now_s
            and definition.macs
            and not any(mac in self.leases for mac in definition.macs)
        ):
            return AddressSource.ARP
        return None
