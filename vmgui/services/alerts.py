"""Watches what a person wants to be told of: pools, hosts and machines; tells when it begins and when it is over.

Fed by what is known anyway (inventory, samples, events); only pools are watched for it on every connected host
(services/pools.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vmgui.model.alerts import Alert, AlertKey, AlertKind, AlertSettings
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.journal import EntryKind, EntryTarget, JournalEntry, Outcome
from vmgui.policy import alerts as policy
from vmgui.services.host_watch import EVERY_S, Thing
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.journal import JournalService
from vmgui.services.notifier import Notifier, Subscription
from vmgui.services.pools import PoolWatch
from vmgui.services.scope import Scope
from vmgui.store.alerts import AlertStore

TICK_S = 5.0

_OF_MACHINES = frozenset({AlertKind.DOMAIN_CRASHED, AlertKind.DOMAIN_IO_ERROR})


@dataclass(frozen=True, slots=True)
class AlertChange:
    """What has begun and what is over or was dismissed."""

    raised: tuple[Alert, ...] = ()
    over: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class _Flag:
    """Something that is either so or not, looked at again while its hold time runs."""

    so: bool
    host: str
    subject: str


class AlertService:
    """Watches until `close`; loop thread only. Without a store it watches nothing."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        journal: JournalService,
        pools: PoolWatch,
        store: AlertStore | None,
        *,
        tick_s: float = TICK_S,
    ) -> None:
        self.changed: Notifier[AlertChange] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._journal = journal
        self._store = store
        self._pools = pools
        self._tick_s = tick_s
        self._settings = store.settings if store is not None else AlertSettings()
        self._active: dict[AlertKey, Alert] = {}
        self._watches: dict[AlertKey, policy.Watch] = {}
        self._flags: dict[AlertKey, _Flag] = {}
        self._crashed: set[DomainKey] = set()
        self._down_s: dict[DomainKey, float] = {}
        self._connected: set[HostId] = set()
        self._lost: set[HostId] = set()
        self._sampled_s: dict[HostId, float] = {}
        self._scope = Scope("alerts")
        self._ticking: asyncio.Task[None] | None = None
        self._subscriptions: list[Subscription] = []
        if store is not None:
            self._subscriptions = [
                inventory.changes.subscribe(self._on_change),
                hosts.events.subscribe(self._on_events),
                pools.changed.subscribe(self._on_pools),
            ]

    @property
    def active(self) -> Mapping[AlertKey, Alert]:
        """What is amiss now, oldest first."""
        return MappingProxyType(self._active)

    @property
    def settings(self) -> AlertSettings:
        """The rules."""
        return self._settings

    def change(self, settings: AlertSettings) -> None:
        """Other rules from now on; what no longer counts is over."""
        if self._store is not None:
            self._store.save(settings)
        self._use(settings)

    def follow_settings(self) -> None:
        """Take over what another process changed."""
        if self._store is not None and self._store.settings != self._settings:
            self._use(self._store.settings)

    def _use(self, settings: AlertSettings) -> None:
        self._settings = settings
        off = {kind.value for kind in AlertKind if not settings.rule(kind).enabled}
        self._forget(key for key in (*self._watches, *self._active) if key.kind_name in off)
        if self._ticking is not None:
            self._watch_pools()
            for host_id in self._connected:
                # What is not true any more waits for the reading that following it brings.
                known = self._pools.get(host_id)
                if known.is_true and time.monotonic() - known.at_s <= EVERY_S:
                    self._judge_pools(host_id)

    def dismiss(self, key: AlertKey) -> None:
        """The person knows; it rings again only when it begins again."""
        alert = self._active.pop(key, None)
        if alert is not None:
            self.changed.emit(AlertChange(over=(alert,)))

    async def close(self) -> None:
        """Stop."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._pools.unfollow(self)
        await self._scope.close(timeout_s=1.0)

    # What is told.

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._connected.discard(host_id)
            self._lost.discard(host_id)
            self._forget_host(host_id)
        for host in (*change.hosts_added, *change.hosts_changed):
            self._on_host(host)
        for domain in change.added:
            # Ten thousand of them come at once, and next to none is of interest.
            if domain.state in (DomainState.PAUSED, DomainState.CRASHED):
                self._on_domain(domain)
            elif domain.reason is PauseReason.CRASHED:
                # It has lain there for who knows how long, and would ring at each start of the program.
                self._crashed.add(domain.key)
        for domain in change.changed:
            self._on_domain(domain)
        if change.removed:
            gone = set(change.removed)
            self._crashed -= gone
            for key in gone:
                self._down_s.pop(key, None)
            self._forget(
                key
                for key in (*self._watches, *self._active)
                if key.kind in _OF_MACHINES and DomainKey(key.host_id, key.thing) in gone
            )

    def _on_host(self, host: Host) -> None:
        was_lost = host.id in self._lost
        lost = policy.is_lost(was_lost, host.id in self._connected, host.state)
        if lost != was_lost:
            (self._lost.add if lost else self._lost.discard)(host.id)
        if lost or was_lost:
            self._flag(AlertKey(AlertKind.HOST_LOST.value, host.id), lost, host.name, "")
        if host.state is HostState.CONNECTED:
            self._connected.add(host.id)
            if self._ticking is None:
                self._ticking = self._scope.run(self._tick_for_ever())
                self._watch_pools()
            self._take_usage(host)
        elif host.state is HostState.DISCONNECTED and host.id in self._connected:
            # The person's own wish: nothing of it is watched any more.
            self._connected.discard(host.id)
            self._forget_host(host.id, but=AlertKind.DOMAIN_CRASHED)

    def _take_usage(self, host: Host) -> None:
        usage = host.usage
        if usage is None or usage.at_s == self._sampled_s.get(host.id):
            return
        self._sampled_s[host.id] = usage.at_s
        for kind, percent in (
            (AlertKind.HOST_MEMORY, policy.memory_percent(usage)),
            (AlertKind.HOST_CPU, usage.cpu_percent),
        ):
            if percent is not None:
                self._level(AlertKey(kind.value, host.id), percent, host.name, "")

    def _on_domain(self, domain: Domain) -> None:
        key = AlertKey(AlertKind.DOMAIN_IO_ERROR.value, domain.key.host_id, domain.key.uuid)
        stopped = policy.is_stopped_by_disk(domain)
        if stopped or key in self._watches:
            self._flag(key, stopped, self._host_name(domain.key.host_id), domain.name)
        if policy.has_crashed(domain):
            if domain.key not in self._crashed:
                self._crashed.add(domain.key)
                self._on_crash(domain.key, domain.name)
        elif self._crashed:
            self._crashed.discard(domain.key)
        crash = AlertKey(AlertKind.DOMAIN_CRASHED.value, domain.key.host_id, domain.key.uuid)
        if crash in self._active:
            now_s = time.monotonic()
            if domain.state is not DomainState.RUNNING:
                self._down_s.setdefault(domain.key, now_s)
            elif now_s - self._down_s.pop(domain.key, now_s) >= policy.CLEAR_HOLD_S:
                # Somebody has started it again, they know; sooner it does so by itself.
                self._end(crash)

    def _on_events(self, told: HostEvents) -> None:
        for event in policy.crashed(told.events):
            self._on_crash(DomainKey(told.host_id, event.uuid), event.name)

    def _on_crash(self, key: DomainKey, name: str) -> None:
        alert = AlertKey(AlertKind.DOMAIN_CRASHED.value, key.host_id, key.uuid)
        if self._settings.domain_crashed.enabled and alert not in self._active:
            domain = self._inventory.domains.get(key)
            self._down_s.pop(key, None)
            if domain is not None and domain.state is not DomainState.RUNNING:
                self._down_s[key] = time.monotonic()
            self._begin(alert, self._host_name(key.host_id), name)

    # Pools, and what waits for its hold time.

    async def _tick_for_ever(self) -> None:
        while True:
            for key, flag in tuple(self._flags.items()):
                self._flag(key, flag.so, flag.host, flag.subject)
            await asyncio.sleep(self._tick_s)

    def _watch_pools(self) -> None:
        if self._settings.pool_full.enabled:
            self._pools.follow(self)
        else:
            self._pools.unfollow(self)

    def _on_pools(self, thing: Thing) -> None:
        self._judge_pools(thing[0])

    def _judge_pools(self, host_id: HostId) -> None:
        known = self._pools.get(host_id)
        if known.value is None or known.error is not None or host_id not in self._connected:
            return
        host = self._host_name(host_id)
        there: set[str] = set()
        for pool in known.value:
            if not pool.answers:
                # How full it is now nobody knows: what was said of it stands.
                there.add(pool.uuid)
                continue
            percent = policy.pool_percent(pool)
            if percent is not None:
                there.add(pool.uuid)
                self._level(AlertKey(AlertKind.POOL_FULL.value, host_id, pool.uuid), percent, host, pool.name)
        self._forget(
            key
            for key in tuple(self._watches)
            if key.kind is AlertKind.POOL_FULL and key.host_id == host_id and key.thing not in there
        )

    # Rules.

    def _level(self, key: AlertKey, percent: float, host: str, subject: str) -> None:
        rule = self._settings.rule(key.kind)
        if not rule.enabled:
            return
        before = self._watches.get(key, policy.Watch())
        after = policy.step(before, rule, percent, time.monotonic())
        self._watches[key] = after
        if after.rings and not before.rings:
            self._begin(key, host, subject, percent, rule.limit_percent)
        elif before.rings and not after.rings:
            self._end(key)

    def _flag(self, key: AlertKey, so: bool, host: str, subject: str) -> None:
        rule = self._settings.rule(key.kind)
        if not rule.enabled:
            return
        before = self._watches.get(key, policy.Watch())
        after = policy.is_so(before, rule, so, time.monotonic())
        if so or after.rings:
            self._watches[key] = after
            self._flags[key] = _Flag(so, host, subject)
        else:
            self._watches.pop(key, None)
            self._flags.pop(key, None)
        if after.rings and not before.rings:
            self._begin(key, host, subject)
        elif before.rings and not after.rings:
            self._end(key)

    def _begin(
        self, key: AlertKey, host: str, subject: str, percent: float | None = None, limit: float | None = None
    ) -> None:
        alert = Alert(key, host, subject, time.time(), percent, limit)
        self._active[key] = alert
        self._record(alert, "", Outcome.PROBLEM)
        self.changed.emit(AlertChange(raised=(alert,)))

    def _end(self, key: AlertKey) -> None:
        alert = self._active.pop(key, None)
        if alert is not None:
            self._record(alert, ".over", Outcome.NOTED)
            self.changed.emit(AlertChange(over=(alert,)))

    def _record(self, alert: Alert, end: str, outcome: Outcome) -> None:
        uuid = alert.key.thing if alert.key.kind in _OF_MACHINES else ""
        self._journal.record(
            JournalEntry(
                at_unix_s=time.time(),
                kind=EntryKind.ALERT,
                what=f"alert.{alert.key.kind_name}{end}",
                outcome=outcome,
                targets=(EntryTarget(alert.key.host_id, uuid, alert.subject or alert.host),),
                host=alert.host,
                subject=alert.subject,
                detail=f"{alert.percent:.0f} %" if alert.percent is not None and not end else "",
            )
        )

    def _forget_host(self, host_id: HostId, but: AlertKind | None = None) -> None:
        self._sampled_s.pop(host_id, None)
        self._forget(
            key for key in (*self._watches, *self._active) if key.host_id == host_id and key.kind is not but
        )

    def _forget(self, keys: Iterable[AlertKey]) -> None:
        """Watch these no more; what rang is over, without an entry: nobody knows how it is now."""
        over: list[Alert] = []
        for key in tuple(keys):
            self._watches.pop(key, None)
            self._flags.pop(key, None)
            alert = self._active.pop(key, None)
            if alert is not None:
                over.append(alert)
        if over:
            self.changed.emit(AlertChange(over=tuple(over)))

    def _host_name(self, host_id: HostId) -> str:
        host = self._inventory.hosts.get(host_id)
        return host.name if host is not None else ""
