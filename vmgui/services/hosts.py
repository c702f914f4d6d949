"""The hosts a person added: connected, kept connected, asked what they can do.

Each host has a supervisor of its own (supervisor.py). This service starts and ends them, remembers the list,
and finds out whether a host's hardware acceleration can be trusted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field, replace

from vmgui.hypervisor import kvm_probe
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.credentials import CredentialRequest
from vmgui.hypervisor.lanes import SLOW
from vmgui.hypervisor.stuck_calls import StuckCalls, stuck_calls_of
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable, NotFound, VmguiError, forget_frames
from vmgui.model.event import CloseReason, EventKind, HostEvent
from vmgui.model.host import Host, HostConfig, HostId, HostInfo, HostState, HostUsage, KvmState, UriAlias
from vmgui.model.job import JobId, JobKind, JobTarget, Phase, Progress, ThingKind
from vmgui.policy.health import POLL_S
from vmgui.services.background import in_thread
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.login import AskCredentials, Login
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope
from vmgui.services.ssh import SshLogins
from vmgui.services.supervisor import Supervisor
from vmgui.store.hosts import HostStore, KvmStore
from vmgui.store.uri_aliases import read_aliases

log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 1.0
"""A goodbye to hosts that answer takes milliseconds; the others are left to the kernel."""
KVM_PROBE_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class HostEvents:
    """What a host told by itself; for panes that show more than the inventory has."""

    host_id: HostId
    events: tuple[HostEvent, ...]
    kinds: frozenset[EventKind] = field(init=False)
    """Which there are among them: who looks for others need not look at each."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(event.kind for event in self.events))


class _NoListener:
    """Nobody listens to a connection that is only tried."""

    def on_events(self, events: tuple[HostEvent, ...], /) -> None:
        return

    def on_closed(self, reason: CloseReason, /) -> None:
        return


@dataclass(slots=True)
class _Kept:
    config: HostConfig
    supervisor: Supervisor
    calls: StuckCalls  # from one connection to the next
    task: asyncio.Task[None] | None = None
    probe: asyncio.Task[None] | None = None


class HostService:
    """All hosts of this run; loop thread only."""

    def __init__(
        self,
        inventory: Inventory,
        jobs: JobService,
        host_store: HostStore | None = None,
        kvm_store: KvmStore | None = None,
        ssh: SshLogins | None = None,
        *,
        examines_kvm: bool = True,
    ) -> None:
        """`examines_kvm`: whether a host not known yet is tried with a throw-away guest once it is connected."""
        self.ssh = ssh or SshLogins()
        self.events: Notifier[HostEvents] = Notifier()
        self.ask_credentials: AskCredentials | None = None
        self._inventory = inventory
        self._jobs = jobs
        self._host_store = host_store
        self._kvm_store = kvm_store
        self._examines_kvm = examines_kvm
        self._kept: dict[HostId, _Kept] = {}
        self._listed: set[HostId] = {config.id for config in host_store.hosts} if host_store else set()
        self._scope = Scope("hosts")

    @property
    def configs(self) -> tuple[HostConfig, ...]:
        """All hosts in the person's order."""
        return tuple(kept.config for kept in self._kept.values())

    def add(self, config: HostConfig, *, save: bool = True) -> None:
        """Add a host, or change the one with this id; connects if it is to connect by itself.

        `save`: keep it for the next start too.
        """
        before = self._kept.get(config.id)
        if save and self._host_store is not None:
            self._host_store.save(config)
            self._listed.add(config.id)
        if (
            before is not None
            and replace(
                before.config,
                name=config.name,
                autoconnect=config.autoconnect,
                colour=config.colour,
                notes=config.notes,
                screen_authority=config.screen_authority,
            )
            == config
        ):
            # The way to it is the same: a new name is no reason to lose the connection.
            before.config = config
            before.supervisor.rename(config)
            host = self._inventory.hosts[config.id]
            self._inventory.set_host(replace(host, config=config))
            return
        previous = self._stop(before) if before is not None else None
        self._kept[config.id] = _Kept(
            config, self._make_supervisor(config), stuck_calls_of(config.uri), previous
        )
        if before is not None:
            self._inventory.set_domains(config.id, ())
        self._inventory.set_host(Host(config))
        if config.autoconnect or (previous is not None):
            self.connect(config.id)

    def trust_screens(self, host_id: HostId, authority: str) -> None:
        """Take the word of this PEM file's authorities for the displays of the host; empty: no longer."""
        # A host that is there for this run only does not come into the list by that.
        self.add(replace(self._get(host_id).config, screen_authority=authority), save=self.is_listed(host_id))

    def screen_authority(self, host_id: HostId) -> str:
        """What `trust_screens` was told last."""
        return self._get(host_id).config.screen_authority

    def is_listed(self, host_id: HostId) -> bool:
        """Whether it is kept for the next start, not there for this run only."""
        return host_id in self._listed

    def remove(self, host_id: HostId) -> None:
        """Forget a host and its machines; its connection closes in the background."""
        kept = self._kept.pop(host_id, None)
        if kept is None:
            return
        self._stop(kept)
        if self._host_store is not None:
            self._host_store.remove(host_id)
            self._listed.discard(host_id)
        self._inventory.remove_host(host_id)

    def move(self, host_id: HostId, step: int) -> None:
        """Move a host up (-1) or down (1) in the list; at its end it stays. Kept for the next start."""
        order = list(self._kept)
        before = order.index(host_id) if host_id in order else -1
        after = before + step
        if before < 0 or not 0 <= after < len(order):
            return
        order.insert(after, order.pop(before))
        self._kept = {each: self._kept[each] for each in order}
        if self._host_store is not None:
            self._host_store.order(tuple(order))
        self._inventory.order_hosts(tuple(order))

    def follow_list(self) -> tuple[HostId, ...]:
        """Take over what another process changed in the list; the hosts that are new here."""
        if self._host_store is None:
            return ()
        wanted = {config.id: config for config in self._host_store.hosts}
        if self._host_store.is_complete:
            for host_id in self._listed - wanted.keys():
                self.remove(host_id)
        # Else it may be in what is not understood, as while a person edits it.
        self._listed |= set(wanted)
        new = tuple(host_id for host_id in wanted if host_id not in self._kept)
        for host_id, config in wanted.items():
            if host_id in new or self._kept[host_id].config != config:
                self.add(config, save=False)
        order = (*wanted, *(host_id for host_id in self._kept if host_id not in wanted))
        if order != tuple(self._kept):
            self._kept = {each: self._kept[each] for each in order}
            self._inventory.order_hosts(order)
        return new

    def connect(self, host_id: HostId) -> None:
        """Connect and stay connected; does nothing where that is under way, but ends a wait for the next try."""
        kept = self._get(host_id)
        if self._inventory.hosts[host_id].state is not HostState.DISCONNECTED:
            kept.supervisor.retry_now()
            return
        kept.supervisor = self._make_supervisor(kept.config)
        self._inventory.set_host(replace(self._inventory.hosts[host_id], state=HostState.CONNECTING))
        kept.task = self._scope.run(kept.supervisor.run(kept.task))

    def disconnect(self, host_id: HostId) -> None:
        """Disconnect and stay so; what was last seen of it stays."""
        kept = self._get(host_id)
        self._stop(kept)
        host = self._inventory.hosts[host_id]
        health = replace(host.health, retry_at_s=0.0)
        self._inventory.set_host(replace(host, state=HostState.DISCONNECTED, health=health, error=None))

    def retry_now(self, host_id: HostId) -> None:
        """Try to connect at once instead of at the next planned time."""
        self.connect(host_id)

    async def uri_aliases(self) -> tuple[UriAlias, ...]:
        """The names for hosts that libvirt's own settings have."""
        return await in_thread(read_aliases)

    async def test(self, config: HostConfig) -> HostInfo:
        """Connect to a host as it is described, read what it is, disconnect; nothing of it is kept.

        Raises what keeps it from working, as model errors; cancelling it ends the attempt at once.
        """
        login = Login(config, self._ask, self.ssh)
        connection = login.make_connection(_NoListener())
        try:
            return await login.open(connection)
        finally:
            await connection.close()

    def connection(self, host_id: HostId) -> Connection:
        """The open connection; raises HostUnreachable while there is none, NotFound for no host of ours."""
        kept = self._get(host_id)
        connection = kept.supervisor.connection
        if connection is None or not connection.is_open:
            host = self._inventory.hosts[host_id]
            raise HostUnreachable(str(host.error or "not connected"), host=host.name).unsent()
        return connection

    def touch(self, key: DomainKey) -> None:
        """Have a machine read again soon; for changes that hosts do not tell of."""
        kept = self._kept.get(key.host_id)
        if kept is not None:
            kept.supervisor.touch(key.uuid)

    def refresh(self, host_id: HostId) -> None:
        """Have everything of a host read again soon."""
        self._get(host_id).supervisor.touch(None)

    def record_usage(self, host_id: HostId, usage: HostUsage, poll_s: float = POLL_S) -> None:
        """A new sample of what the host has left, which also says that it answers; the next one comes `poll_s`
        later."""
        host, kept = self._inventory.hosts.get(host_id), self._kept.get(host_id)
        if host is not None and kept is not None and host.state is HostState.CONNECTED:
            health = replace(kept.supervisor.measured(host.health), poll_s=poll_s)
            self._inventory.set_host(replace(host, usage=usage, health=health))

    def record_failure(self, host_id: HostId, error: VmguiError) -> None:
        """A sample could not be had."""
        host = self._inventory.hosts.get(host_id)
        if host is not None and host.state is HostState.CONNECTED:
            forget_frames(error)
            health = replace(host.health, error=error, failed_s=time.monotonic())
            self._inventory.set_host(replace(host, health=health))

    def probe_kvm(self, host_id: HostId) -> JobId:
        """Find out, with a throw-away guest, whether hardware acceleration works; the result is remembered."""
        kept = self._get(host_id)

        async def work(context: JobContext) -> None:
            context.report(Progress(Phase.CHECKING))
            await self._probe(kept.config)

        return self._jobs.submit(
            JobKind.PROBE_KVM,
            (JobTarget(self._inventory.hosts[host_id].name, host_id, kind=ThingKind.HOST),),
            work,
            can_cancel=False,
        )

    async def examine_kvm(self, host_id: HostId) -> None:
        """Have it known whether acceleration can be relied on, trying it as `probe_kvm` where nobody has yet.

        Raises HostUnreachable while there is no connection.
        """
        kept, info = self._get(host_id), self.connection(host_id).info
        if info is None or kept.config.read_only or info.features.read_only:
            return
        if self._known_kvm(kept.config, info) is None:
            await self._probe_quietly(kept.config)

    async def close(self, *, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Close all connections, at the same time; takes no longer than `timeout_s` whatever hosts do."""
        await self._scope.close(timeout_s=timeout_s)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self.ssh.close()

    # What supervisors tell.

    async def _ask(
        self, config: HostConfig, requests: tuple[CredentialRequest, ...], was_wrong: bool
    ) -> tuple[str | None, ...]:
        if self.ask_credentials is None:
            return (None,) * len(requests)
        return await self.ask_credentials(config, requests, was_wrong)

    def _on_events(self, config: HostConfig, events: tuple[HostEvent, ...]) -> None:
        self.events.emit(HostEvents(config.id, events))

    def _on_connected(self, config: HostConfig, info: HostInfo) -> None:
        known = self._known_kvm(config, info)
        if known is not None:
            self._set_kvm(config.id, known)
            return
        kept = self._kept.get(config.id)
        if kept is None or not self._examines_kvm or config.read_only or info.features.read_only:
            return
        if kept.probe is not None:
            kept.probe.cancel()
        kept.probe = self._scope.run(self._probe_quietly(config))

    # Hardware acceleration.

    def _known_kvm(self, _config: HostConfig, info: HostInfo) -> KvmState | None:
        if info.driver.upper() != "QEMU":
            return KvmState.UNKNOWN
        if not any("kvm" in guest.domain_types for guest in info.guests):
            return KvmState.MISSING
        return self._kvm_store.get(fingerprint(info)) if self._kvm_store is not None else None

    async def _probe_quietly(self, config: HostConfig) -> None:
        try:
            await self._probe(config)
        except VmguiError as error:
            # Nobody asked for it; the host stays "not known" and is examined at the next connection.
            log.info("%s: hardware acceleration could not be examined: %s", config.name, error)

    async def _probe(self, config: HostConfig) -> None:
        connection = self.connection(config.id)
        info = connection.info
        if info is None:
            raise HostUnreachable("not connected", host=config.name)
        state = await connection.run(kvm_probe.probe, info.arch, lane=SLOW, timeout_s=KVM_PROBE_TIMEOUT_S)
        log.info("%s: hardware acceleration: %s", config.name, state.value)
        if state is not KvmState.UNKNOWN and self._kvm_store is not None:
            self._kvm_store.set(fingerprint(info), state)
        self._set_kvm(config.id, state)

    def _set_kvm(self, host_id: HostId, state: KvmState) -> None:
        host = self._inventory.hosts.get(host_id)
        if host is not None:
            self._inventory.set_host(replace(host, kvm=state))

    # Supervisors.

    def _make_supervisor(self, config: HostConfig) -> Supervisor:
        return Supervisor(
            config,
            self._inventory,
            ask=self._ask,
            on_connected=self._on_connected,
            on_events=self._on_events,
            ssh=self.ssh,
        )

    def _stop(self, kept: _Kept) -> asyncio.Task[None] | None:
        kept.supervisor.retire()
        for task in (kept.probe, kept.task):
            if task is not None:
                task.cancel()
        return kept.task

    def _get(self, host_id: HostId) -> _Kept:
        kept = self._kept.get(host_id)
        if kept is None:
            raise NotFound("no such host", subject=host_id).unsent()
        return kept


def fingerprint(info: HostInfo) -> str:
    """What a finding about hardware acceleration is remembered under.

    Another processor, architecture or hypervisor in a host of the same UUID is examined again.
    """
    version = ".".join(str(number) for number in info.hypervisor_version)
    return "/".join((info.uuid or info.hostname, info.arch, info.cpu_model, version))
