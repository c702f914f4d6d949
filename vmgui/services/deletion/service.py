"""Plan and delete: the plans of many machines with one look per host, one job for all of them."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from vmgui.hypervisor.lane import OnWait
from vmgui.model.deletion import DeletionPlan, DeletionPlans, LeftOut
from vmgui.model.domain import DomainKey
from vmgui.model.errors import NotFound, TimedOut, VmguiError
from vmgui.model.host import HostId
from vmgui.model.job import JobId, JobKind, Phase, Progress
from vmgui.policy.lifecycle import Refusal, refused
from vmgui.services.batch import Batch, Step, name_of
from vmgui.services.deletion.act import Deletion
from vmgui.services.deletion.evidence import find_plans
from vmgui.services.deletion.other_hosts import OtherHosts
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService

PATIENCE_S = 30.0
"""How long the question about many waits for a host that does not answer; then it is asked without it."""
LOOK_AGE_S = 10.0
LOOK_AHEAD = 100
"""Right before the act one look at a host serves this many of its machines, as long as it is not older."""


class DeletionService:
    """Says what would go and deletes it; loop thread only."""

    def __init__(self, hosts: HostService, inventory: Inventory, jobs: JobService) -> None:
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._others = OtherHosts(hosts, inventory)

    async def plan(self, key: DomainKey) -> DeletionPlan:
        """What deleting the machine would take with it and what must stay.

        Raises NotFound if it is gone, ActionRefused if it is protected.
        """
        found = await self._find(key.host_id, (key,), frozenset((key,)))
        if key not in found:
            raise NotFound("it is not there any more", subject=name_of(self._inventory, key))
        if found[key].is_protected:
            raise refused(Refusal.PROTECTED, subject=found[key].name)
        return found[key]

    async def plans(self, keys: Iterable[DomainKey], *, patience_s: float = PATIENCE_S) -> DeletionPlans:
        """The plans of all that exist, to go together, in the order of `keys`.

        Hosts that could not be asked are left out, and protected machines.
        """
        keys = tuple(dict.fromkeys(keys))
        going = frozenset(keys)
        by_host: dict[HostId, list[DomainKey]] = defaultdict(list)
        for key in keys:
            by_host[key.host_id].append(key)
        found: dict[DomainKey, DeletionPlan] = {}
        left_out: list[LeftOut] = []

        async def look(host_id: HostId, keys: list[DomainKey]) -> None:
            try:
                async with asyncio.timeout(patience_s):
                    found.update(await self._find(host_id, keys, going))
            except TimeoutError:
                error = TimedOut(f"no answer within {patience_s:.0f} s")
                left_out.append(LeftOut(host_id, tuple(keys), error))
            except VmguiError as error:
                left_out.append(LeftOut(host_id, tuple(keys), error))

        async with asyncio.TaskGroup() as group:
            for host_id, on_host in by_host.items():
                group.create_task(look(host_id, on_host))
        plans = [found[key] for key in keys if key in found]
        protected = dict.fromkeys(plan.key for plan in plans if plan.is_protected)
        if protected:
            # They stay: what they need does not go with the others.
            rest = await self.plans([key for key in keys if key not in protected], patience_s=patience_s)
            return replace(rest, protected=(*protected, *rest.protected))
        return DeletionPlans(tuple(plans), tuple(left_out))

    def delete(self, plan: DeletionPlan, paths: frozenset[str]) -> JobId:
        """Delete the machine, and those of the plan's offered files that are in `paths`."""
        return self.delete_many(((plan, paths),))

    def delete_many(self, chosen: Iterable[tuple[DeletionPlan, frozenset[str]]]) -> JobId:
        """Delete the machines, each with those of its plan's offered files that are named: one job.

        A machine that changed since its plan was made is left as it is (PlanChanged). Of a half-done one
        (PartlyDone) a retry does what is left; what failed for one does not stop the others.
        """
        chosen = tuple(chosen)
        names = {plan.key: plan.name for plan, _ in chosen}
        going = set(names)
        deletions = {
            plan.key: Deletion(self._hosts, self._others, plan, paths, going) for plan, paths in chosen
        }
        looks = _Looks(self._find, names, going)

        async def act(key: DomainKey, context: JobContext) -> None:
            if len(deletions) == 1:
                context.report(Progress(Phase.CLEANING_UP))
            going.add(key)
            try:
                await deletions[key].work(context, looks.plan)
            except VmguiError:
                # It may stay: what it may need counts again.
                going.discard(key)
                raise

        step = Step(JobKind.DELETE, act, checks_state=False)
        return Batch(self._hosts, self._inventory, self._jobs, step, tuple(names), names).submit()

    async def _find(
        self,
        host_id: HostId,
        keys: Collection[DomainKey],
        going: Collection[DomainKey],
        on_wait: OnWait | None = None,
    ) -> Mapping[DomainKey, DeletionPlan]:
        """`going`: machines of any host that go with them."""
        plans, found = await find_plans(self._hosts.connection(host_id), host_id, keys, going, on_wait)
        return await self._others.judge(host_id, plans, found, going)


_Find = Callable[
    [HostId, Collection[DomainKey], Collection[DomainKey], OnWait],
    Awaitable[Mapping[DomainKey, DeletionPlan]],
]


@dataclass(frozen=True, slots=True)
class _Look:
    at_s: float
    asked: set[DomainKey]  # those whose turn is to come
    plans: Mapping[DomainKey, DeletionPlan]


class _Looks:
    """The plans made anew right before the act, those of a host's next machines with one look at it."""

    def __init__(self, find: _Find, names: Mapping[DomainKey, str], going: Collection[DomainKey]) -> None:
        self._find = find
        self._names = names
        self._going = going
        self._keys: dict[HostId, list[DomainKey]] = defaultdict(list)
        for key in names:
            self._keys[key.host_id].append(key)
        self._last: dict[HostId, _Look] = {}
        self._locks: dict[HostId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def plan(self, key: DomainKey, on_wait: OnWait) -> DeletionPlan:
        """The machine's plan as it is now; raises NotFound if it is gone."""
        async with self._locks[key.host_id]:
            look = self._last.get(key.host_id)
            if look is None or key not in look.asked or time.monotonic() - look.at_s > LOOK_AGE_S:
                look = self._last[key.host_id] = await self._look(key, on_wait)
        # A retry looks anew, however soon it comes.
        look.asked.discard(key)
        if key not in look.plans:
            raise NotFound("it is not there any more", subject=self._names[key])
        return look.plans[key]

    async def _look(self, key: DomainKey, on_wait: OnWait) -> _Look:
        host_id = key.host_id
        keys = self._keys[host_id]
        turn = keys.index(key)
        asked = set(keys[turn : turn + LOOK_AHEAD])
        at_s = time.monotonic()
        return _Look(at_s, asked, await self._find(host_id, asked, frozenset(self._going), on_wait))
