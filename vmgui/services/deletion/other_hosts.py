"""What other hosts need of the files that one host would delete: storage may be theirs, too.

Asked are all that are connected, at once and briefly. First which of the files they have at all, which for most is
none; then, of those that have some, what their machines use. A machine that is known on two hosts (migrated, its
definition left behind) is the commonest danger: its files are kept if its other host cannot be asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.deletion import FoundMachine
from vmgui.model.deletion import DeletionPlan, DoomedFile, KeepReason
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.host import Host, HostId
from vmgui.policy.deletion import Evidence, Verdicts, same_place
from vmgui.policy.shared_storage import LONG_SLACK_S, SLACK_S, SoughtFile
from vmgui.services.background import in_thread
from vmgui.services.deletion.evidence import Findings, find_evidence
from vmgui.services.deletion.same_files import is_same_computer, same_files
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory

PATIENCE_S = 5.0
"""How long the question waits to hear which files a host that it is not about has, too."""
NEEDS_PATIENCE_S = 10.0
"""How long for what the machines of one that has some need."""

_NEEDED = frozenset({KeepReason.SHARED, KeepReason.BACKING, KeepReason.UNKNOWN})


@dataclass(frozen=True, slots=True)
class _Offer:
    """A file that may go as far as its own host knows."""

    file: DoomedFile
    uuid: str  # the machine's
    sought: SoughtFile | None  # None: no pool has it


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one other host says."""

    host: str
    kept: dict[str, DoomedFile] = field(default_factory=dict[str, DoomedFile])
    was_asked: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all of them say; `silent` are the names of those that could not be asked."""

    kept: dict[str, DoomedFile] = field(default_factory=dict[str, DoomedFile])
    silent: tuple[str, ...] = ()
    on_network: frozenset[str] = frozenset()  # files that any host can have


class OtherHosts:
    """Loop thread only."""

    def __init__(self, hosts: HostService, inventory: Inventory) -> None:
        self._hosts = hosts
        self._inventory = inventory

    async def judge(
        self,
        host_id: HostId,
        plans: Mapping[DomainKey, DeletionPlan],
        found: Findings,
        going: Collection[DomainKey],
    ) -> dict[DomainKey, DeletionPlan]:
        """The plans of a host's machines with what others need taken from the offer; `found` are that host's.

        `going`: machines of any host that go, too: what they may need is no doubt.
        """
        owned = [(plan.key.uuid, file) for plan in plans.values() for file in plan.files]
        asked = await self._ask_all(host_id, owned, found, going)
        return {key: _judged(plan, asked) for key, plan in plans.items()}

    async def judge_files(
        self,
        key: DomainKey,
        files: tuple[DoomedFile, ...],
        found: Findings,
        going: Collection[DomainKey],
    ) -> tuple[DoomedFile, ...]:
        """Files of a machine that is gone already."""
        asked = await self._ask_all(key.host_id, [(key.uuid, file) for file in files], found, going)
        return tuple(asked.kept.get(file.path, file) for file in files)

    async def _ask_all(
        self,
        host_id: HostId,
        owned: list[tuple[str, DoomedFile]],
        found: Findings,
        going: Collection[DomainKey],
    ) -> _Asked:
        others = [host for host in self._inventory.hosts.values() if host.id != host_id]
        if not others or not any(file.can_delete for _, file in owned):
            return _Asked()
        # Of thousands of volumes this takes a while.
        offers = await in_thread(_offers, owned, found)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._ask(host_id, host, offers, going)) for host in others]
        kept = {offer.file.path: offer.file for offer in offers}
        for answer in (task.result() for task in tasks):
            for path, file in answer.kept.items():
                kept[path] = _with_more(kept[path], file)
        return _Asked(
            kept,
            tuple(task.result().host for task in tasks if not task.result().was_asked),
            frozenset(offer.file.path for offer in offers if offer.sought and offer.sought.source),
        )

    async def _ask(
        self, host_id: HostId, host: Host, offers: list[_Offer], going: Collection[DomainKey]
    ) -> _Answer:
        """A host reached in two ways has each machine twice: its own do not stand against themselves."""
        same_computer = self._same_computer(host_id, host)
        known_there = {
            offer.uuid: domain.name
            for offer in offers
            if (domain := self._inventory.domains.get(DomainKey(host.id, offer.uuid))) is not None
        }
        doubles = {} if same_computer else known_there
        in_doubt = {offer.file.path: doubles[offer.uuid] for offer in offers if offer.uuid in doubles}
        try:
            own, connection = self._hosts.connection(host_id), self._hosts.connection(host.id)
            same = await _same_files(own, connection, doubles, offers)
            in_doubt = {**dict.fromkeys(same, ""), **in_doubt}
            kept: dict[str, DoomedFile] = {}
            if in_doubt:
                going_ids = {host.id, host_id} if same_computer else {host.id}
                uuids = frozenset(key.uuid for key in going if key.host_id in going_ids)
                kept = await _needed(connection, same_computer, doubles, offers, same, uuids)
        except (VmguiError, TimeoutError):
            kept = {
                offer.file.path: replace(
                    offer.file, reason=KeepReason.UNKNOWN, used_by=(in_doubt[offer.file.path],), doubts=()
                )
                for offer in offers
                if offer.file.path in in_doubt
            }
            return _Answer(host.name, _at(host.name, kept), was_asked=False)
        return _Answer(host.name, _at(host.name, kept))

    def _same_computer(self, host_id: HostId, other: Host) -> bool:
        host = self._inventory.hosts.get(host_id)
        return host is not None and is_same_computer(host, other)


def _offers(owned: list[tuple[str, DoomedFile]], found: Findings) -> list[_Offer]:
    volumes = {same_place(volume.path): volume for volume in found.storage.volumes}
    offers: list[_Offer] = []
    for uuid, file in owned:
        if file.can_delete:
            volume = volumes.get(file.path)
            sought = volume and SoughtFile(volume, found.storage.sources.get(volume.pool, ""))
            offers.append(_Offer(file, uuid, sought))
    return offers


def _judged(plan: DeletionPlan, asked: _Asked) -> DeletionPlan:
    files = tuple(asked.kept.get(file.path, file) for file in plan.files)
    may_be_used = any(file.can_delete and file.path in asked.on_network for file in files)
    return replace(plan, files=files, hosts_not_asked=asked.silent if may_be_used else ())


async def _same_files(
    own: Connection, other: Connection, doubles: Mapping[str, str], offers: list[_Offer]
) -> dict[str, str]:
    """The paths at the other host of those files it has, too."""
    by_path = {offer.sought.volume.path: offer for offer in offers if offer.sought is not None}
    sought = [offer.sought for offer in by_path.values() if offer.sought is not None]

    def slack_s(path: str) -> float:
        return LONG_SLACK_S if by_path[path].uuid in doubles else SLACK_S

    same = await same_files(own, other, sought, slack_s, PATIENCE_S)
    return {by_path[path].file.path: there for path, there in same.items()}


async def _needed(
    connection: Connection,
    same_computer: bool,
    doubles: Mapping[str, str],
    offers: list[_Offer],
    same: Mapping[str, str],
    going: frozenset[str],
) -> dict[str, DoomedFile]:
    """The offered files that the host's machines need, judged by what it knows."""
    async with asyncio.timeout(NEEDS_PATIENCE_S):
        found, evidence = await find_evidence(connection)
        return await in_thread(_judge, offers, same, doubles, found, evidence, same_computer, going)


def _judge(
    offers: list[_Offer],
    same: Mapping[str, str],
    doubles: Mapping[str, str],
    found: Findings,
    evidence: Evidence,
    same_computer: bool,
    going: frozenset[str],
) -> dict[str, DoomedFile]:
    kept: dict[str, DoomedFile] = {}
    verdicts = Verdicts(evidence)
    machines = {machine.uuid: machine for machine in found.machines}
    known = {same_place(volume.path) for volume in found.storage.volumes}
    for offer in offers:
        file = offer.file
        there = same.get(file.path)
        if there is not None:
            own = offer.uuid if same_computer else None
            verdict = verdicts.left_over(there, file.target, own, going)
            if verdict.reason in _NEEDED:
                kept[file.path] = replace(file, reason=verdict.reason, used_by=verdict.used_by, doubts=())
            elif verdict.doubts and not file.is_written:
                kept[file.path] = replace(file, doubts=verdict.doubts)
        elif offer.uuid in doubles and file.path not in known:
            # The other of the two uses a file of this name, which no pool there shows.
            double = machines.get(offer.uuid)
            if double is not None and file.path in _sources(double):
                kept[file.path] = replace(file, reason=KeepReason.UNKNOWN, used_by=(double.name,), doubts=())
    return kept


def _sources(machine: FoundMachine) -> set[str]:
    return {same_place(disk.source) for config in machine.configs for disk in config.disks if disk.source}


def _at(host: str, kept: Mapping[str, DoomedFile]) -> dict[str, DoomedFile]:
    """Names with the host, as a person reads them."""
    return {
        path: replace(
            file,
            used_by=tuple(f"{name} ({host})" if name else host for name in file.used_by),
            doubts=tuple(replace(doubt, machine=f"{doubt.machine} ({host})") for doubt in file.doubts),
        )
        for path, file in kept.items()
    }


def _with_more(file: DoomedFile, more: DoomedFile) -> DoomedFile:
    """What is known of a file with what another host says of it."""
    return replace(
        file,
        reason=more.reason if file.can_delete else file.reason,
        used_by=(*file.used_by, *more.used_by),
        doubts=tuple(dict.fromkeys((*file.doubts, *more.doubts))),
    )
