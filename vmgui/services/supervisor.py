"""Keeps one host connected and its inventory true; what happens to one host never reaches another.

One task per host: open -> read everything -> follow events -> (lost) -> wait -> open ... All reads of a host
that end in the inventory go through this one task, one after the other, so an older answer can never overwrite
a newer one. Events only say what to look at again; many about the same machine cost one read.

A host that comes back is followed again within two seconds: while it is away it is knocked at (comeback.py), an
opening that hangs is shown as failed but kept, since it ends when the host wakes up, and a cut wire that
is whole again is not left to TCP, which would try ever more seldom.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vmgui.hypervisor.answers import in_turn
from vmgui.hypervisor.comeback import until_back
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import list_domains, read_domain
from vmgui.hypervisor.uri import Transport
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.domain import Domain
from vmgui.model.errors import (
    AuthFailed,
    ConnectionLost,
    HostKeyRejected,
    HostUnreachable,
    LibvirtFailure,
    PermissionDenied,
    TimedOut,
    VmguiError,
    forget_frames,
)
from vmgui.model.event import CloseReason, EventKind, HostEvent
from vmgui.model.host import Host, HostConfig, HostHealth, HostInfo, HostState
from vmgui.policy.diagnosis import diagnose, is_shut_out
from vmgui.services.comeback import until_mended
from vmgui.services.inventory import Inventory, compare
from vmgui.services.login import AskCredentials, Login
from vmgui.services.patience import Patience
from vmgui.services.scope import Scope, happens_within
from vmgui.services.ssh import SshLogins

log = logging.getLogger(__name__)

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 60.0
SHUT_OUT_DELAY_S = 30.0
"""At least, where a host lets nobody begin a login: each try would count as one more."""
STEADY_AFTER_S = 30.0
"""A connection that held this long was a good one: the next failure starts at the shortest delay again."""
RECONCILE_INTERVAL_S = 60.0
POLL_INTERVAL_S = 5.0
"""How often everything is read anew where the host tells of changes, and where it does not."""
READ_ONE_BY_ONE_LIMIT = 50
"""With more changed machines than this, one list of all is cheaper."""
FAILURES_TOLERATED = 3
READ_TIMEOUT_S = 120.0
"""A list takes a handful of answers; that a host is dead is for keepalive to say."""

_REFUSALS = (AuthFailed, HostKeyRejected, PermissionDenied)
_WIRES = frozenset({Transport.TCP, Transport.TLS, Transport.SSH})
_WITHOUT_EFFECT_ON_ROWS = frozenset({
    EventKind.DOMAIN_CLOCK,
    EventKind.DOMAIN_GRAPHICS,
    EventKind.DOMAIN_BLOCK_JOB,
    EventKind.DOMAIN_BLOCK_THRESHOLD,
    EventKind.DOMAIN_DISK_CHANGE,
    EventKind.DOMAIN_TRAY,
    EventKind.DOMAIN_AGENT,
    EventKind.DOMAIN_MIGRATION_ITERATION,
    EventKind.DOMAIN_JOB_COMPLETED,
})  # fmt: skip


def delay_s(attempt: int, jitter: float) -> float:
    """How long to wait after the failed try number `attempt` (from 0); `jitter` is between 0 and 1.

    Doubles from 1 s to 60 s, then between half and all of it, so that many programs that lost the same host
    do not all come back at once.
    """
    longest_s = min(LONGEST_DELAY_S, FIRST_DELAY_S * 2.0 ** min(attempt, 16))
    return max(FIRST_DELAY_S, longest_s * (0.5 + 0.5 * jitter))


class Supervisor:
    """One host's keeper; loop thread only. Is its connection's listener."""

    def __init__(
        self,
        config: HostConfig,
        inventory: Inventory,
        *,
        ask: AskCredentials,
        on_connected: Callable[[HostConfig, HostInfo], None],
        on_events: Callable[[HostConfig, tuple[HostEvent, ...]], None],
        ssh: SshLogins | None = None,
    ) -> None:
        self._config = config
        self._inventory = inventory
        self._patience = Patience(self._on_silent, self._on_heard)
        self._login = Login(config, ask, ssh, self._patience)
        self._tell_connected = on_connected
        self._tell_events = on_events
        self._connection: Connection | None = None
        self._retired = False
        self._is_mended = False
        self._lost: VmguiError | None = None
        self._dirty: set[str] = set()
        self._all_dirty = False
        self._wake = asyncio.Event()
        self._retry = asyncio.Event()

    @property
    def connection(self) -> Connection | None:
        """The open connection, or None while there is none."""
        return None if self._retired else self._connection

    def rename(self, config: HostConfig) -> None:
        """The same host under another name."""
        self._config = config
        self._login.rename(config)

    def retire(self) -> None:
        """Say nothing more about the host: it is being closed, and another may be its keeper by now."""
        self._retired = True

    def retry_now(self) -> None:
        """Try at once instead of waiting for the next try, or for a host that does not answer."""
        self._retry.set()
        self._patience.end_if_silent()

    def measured(self, health: HostHealth) -> HostHealth:
        """`health` with what the connection knows of the last answers."""
        connection = self._connection
        if connection is None:
            return health
        return replace(
            health,
            answered_s=connection.last_answer_s or health.answered_s,
            latency_s=connection.latency_s,
            last_latency_s=connection.last_latency_s,
        )

    def touch(self, uuid: str | None) -> None:
        """Read this machine again soon, or everything."""
        if uuid is None:
            self._all_dirty = True
        else:
            self._dirty.add(uuid)
        self._wake.set()

    # Listener of the connection.

    def on_events(self, events: tuple[HostEvent, ...]) -> None:
        """Take note of what is to be read again."""
        for event in events:
            if event.kind is EventKind.LOST:
                self._all_dirty = True
            elif event.kind.is_domain and event.kind not in _WITHOUT_EFFECT_ON_ROWS:
                self._dirty.add(event.uuid)
        if self._dirty or self._all_dirty:
            self._wake.set()
        self._tell_events(self._config, events)

    def on_closed(self, reason: CloseReason) -> None:
        """The connection is of no use any more."""
        self._lost = ConnectionLost(reason.value, host=self._config.name)
        self._wake.set()

    # The task.

    async def run(self, previous: asyncio.Task[None] | None) -> None:
        """Keep the host connected until cancelled; starts once `previous` has ended."""
        try:
            if previous is not None and not previous.done():
                await asyncio.wait({previous})
            attempt = in_a_row = 0
            while True:
                self._retry.clear()
                self._set(state=HostState.CONNECTING, health=self._health(retry_at_s=0.0))
                started_s = time.monotonic()
                error = await self._one_connection()
                forget_frames(error)
                lasted_s = time.monotonic() - started_s
                if not isinstance(error, HostUnreachable):
                    in_a_row = 0
                if lasted_s > STEADY_AFTER_S and not isinstance(error, HostUnreachable):
                    attempt = 0
                if self._is_mended:
                    # It is known to be there: neither shown as lost nor waited for.
                    self._is_mended = False
                elif isinstance(error, _REFUSALS):
                    log.warning("%s: refused: %s", self._config.name, error)
                    self._set_failed(HostState.REFUSED, error, attempt + 1, retry_at_s=0.0)
                    await self._retry.wait()
                    attempt = 0
                else:
                    jitter = random.random()  # noqa: S311 - spreads load, guards nothing
                    # The time a try took is time waited.
                    wait_s = max(FIRST_DELAY_S, delay_s(attempt, jitter) - lasted_s)
                    found = diagnose(error, self._config.uri)
                    in_a_row = in_a_row + 1 if found is Diagnosis.ENDED_EARLY else 0
                    leave_alone = is_shut_out(found, in_a_row)
                    if leave_alone:
                        wait_s = max(SHUT_OUT_DELAY_S, wait_s)
                    attempt += 1
                    log.warning("%s: %s; next try in %.1f s", self._config.name, error, wait_s)
                    self._set_failed(
                        HostState.UNREACHABLE, error, attempt, retry_at_s=time.monotonic() + wait_s
                    )
                    if await self._person_asks_within(wait_s, knocks=not leave_alone):
                        attempt = 0
        finally:
            self.retire()

    async def _person_asks_within(self, wait_s: float, *, knocks: bool) -> bool:
        """Wait for the next try; ends early when the host is back (`knocks`: it is knocked at to notice that) or the
        person (True) does not want to wait."""
        came_back = False

        async def notice() -> None:
            nonlocal came_back
            await until_back(self._config.uri)
            log.info("%s: it accepts again", self._config.name)
            came_back = True
            self._retry.set()

        async with Scope("comeback") as scope:
            if knocks:
                scope.run(notice())
            return await happens_within(self._retry, wait_s) and not came_back

    async def _one_connection(self) -> VmguiError:
        """Open, follow until it is lost, close; why it ended."""
        self._lost = None
        self._dirty.clear()
        self._all_dirty = False
        connection = self._login.make_connection(self)
        try:
            info = await self._login.open(connection)
            self._connection = connection
            async with Scope("wire") as scope:
                if connection.facts.transport in _WIRES:
                    scope.run(self._mistrust_silence(connection))
                await self._read_all(connection)
                self._set(
                    state=HostState.CONNECTED,
                    info=info,
                    error=None,
                    health=self._health(failed_tries=0, retry_at_s=0.0),
                )
                self._tell_connected(self._config, info)
                return await self._follow(connection, info)
        except VmguiError as error:
            # Its goodbye would be waited for, and the next try with it.
            connection.abandon()
            return self._lost or error
        except Exception as error:
            log.exception("%s: following it failed unexpectedly", self._config.name)
            return LibvirtFailure(str(error), host=self._config.name)
        finally:
            self._connection = None
            await connection.close()

    def _no_answer(self, timeout_s: float) -> HostUnreachable:
        return HostUnreachable(
            f"no answer within {timeout_s:g} s", subject=self._config.uri, host=self._config.name
        )

    def _on_silent(self, silent_s: float, retry_at_s: float) -> None:
        """It says nothing, but the opening goes on."""
        error = self._no_answer(silent_s)
        log.warning("%s: %s; it is waited for", self._config.name, error)
        host = self._host()
        tries = host.health.failed_tries if host is not None else 0
        self._set_failed(HostState.UNREACHABLE, error, tries + 1, retry_at_s=retry_at_s)

    def _on_heard(self) -> None:
        """It answers after all, however slowly."""
        self._set(state=HostState.CONNECTING, health=self._health(retry_at_s=0.0))

    async def _mistrust_silence(self, connection: Connection) -> None:
        await until_mended(connection)
        log.info("%s: the wire was cut: connected anew", self._config.name)
        self._is_mended = True
        self._lost = ConnectionLost("the way to the host was cut", host=self._config.name)
        connection.abandon()
        self._wake.set()

    async def _follow(self, connection: Connection, info: HostInfo) -> VmguiError:
        interval_s = RECONCILE_INTERVAL_S if info.features.events else POLL_INTERVAL_S
        failures = 0
        all_due_s = time.monotonic() + interval_s
        while True:
            await happens_within(self._wake, all_due_s - time.monotonic())
            self._wake.clear()
            if self._lost is not None:
                return self._lost
            read_all = (
                self._all_dirty or len(self._dirty) > READ_ONE_BY_ONE_LIMIT or time.monotonic() >= all_due_s
            )
            uuids = tuple(self._dirty)
            # Cleared before reading: what changes from now on is read again.
            self._dirty.clear()
            self._all_dirty = False
            started_s = time.monotonic()
            try:
                if read_all:
                    await self._read_all(connection)
                    all_due_s = time.monotonic() + interval_s
                elif uuids:
                    read = await connection.run(_read_some, self._config.id, uuids, timeout_s=READ_TIMEOUT_S)
                    self._take(read)
            except (ConnectionLost, *_REFUSALS):
                raise
            except VmguiError as error:
                if isinstance(error, TimedOut) and connection.last_answer_s < started_s:
                    raise
                failures += 1
                log.warning("%s: cannot read the machines: %s", self._config.name, error)
                if failures >= FAILURES_TOLERATED:
                    raise
                self._note(error)
                all_due_s = time.monotonic() + min(interval_s, FIRST_DELAY_S * 2.0**failures)
            else:
                failures = 0
                self._set(health=self._health())

    async def _read_all(self, connection: Connection) -> None:
        known = self._inventory.rows_of(self._config.id)
        read = await connection.run(_read_changed, self._config.id, known, timeout_s=READ_TIMEOUT_S)
        # What an earlier run had seen may have come in meanwhile; the host knows better.
        for uuid in self._inventory.rows_of(self._config.id).keys() - known.keys():
            read.setdefault(uuid, None)
        self._take(read)

    def _take(self, read: dict[str, Domain | None]) -> None:
        if not self._retired:
            self._inventory.update_domains(self._config.id, read)

    def _host(self) -> Host | None:
        return self._inventory.hosts.get(self._config.id)

    def _health(self, **changes: Any) -> HostHealth:
        """What is known of its health now, with `changes`."""
        host = self._host()
        return replace(self.measured(host.health if host is not None else HostHealth()), **changes)

    def _set_failed(self, state: HostState, error: VmguiError, tries: int, *, retry_at_s: float) -> None:
        health = self._health(
            error=error, failed_s=time.monotonic(), failed_tries=tries, retry_at_s=retry_at_s
        )
        self._set(state=state, error=error, health=health)

    def _note(self, error: VmguiError) -> None:
        """It went wrong, and the connection stays."""
        forget_frames(error)
        self._set(health=self._health(error=error, failed_s=time.monotonic()))

    def _set(self, **changes: object) -> None:
        host = self._inventory.hosts.get(self._config.id)
        if host is not None and not self._retired:
            self._inventory.set_host(_changed(host, changes))


def _changed(host: Host, changes: dict[str, object]) -> Host:
    return replace(host, **changes)  # type: ignore[arg-type]


def _read_changed(conn: Any, host_id: str, known: dict[str, Domain]) -> dict[str, Domain | None]:
    rows = list_domains(conn, host_id)
    with in_turn:
        return compare(known, rows)


def _read_some(conn: Any, host_id: str, uuids: tuple[str, ...]) -> dict[str, Domain | None]:
    return {uuid: read_domain(conn, host_id, uuid) for uuid in uuids}
