"""The services of one run of a verb, connected to the hosts it asks; nothing of it goes on after the verb."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vmgui.model.errors import HostUnreachable
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.policy.host_names import host_name_of, id_of
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.ssh import SshLogins
from vmgui.store import paths
from vmgui.store.hosts import HostStore
from vmgui.store.keyring import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmgui.cli.call import Call

_UNDER_WAY = frozenset({HostState.CONNECTING})


class Session:
    """`async with`: opened with nothing connected; loop thread only."""

    def __init__(self, call: Call, tell: Callable[[Exception], None]) -> None:
        """`tell`: a host that does not answer, said beside the answer."""
        self.inventory = Inventory()
        self.jobs = JobService()
        self.hosts = HostService(self.inventory, self.jobs, ssh=SshLogins(Keyring()), examines_kvm=False)
        self.tell = tell
        self._call = call
        self._store = HostStore(paths.config_dir())

    @property
    def is_named(self) -> bool:
        """Whether the hosts were named with --connect: one of them that is silent is a failure."""
        return bool(self._call.connect)

    async def __aenter__(self) -> Self:
        for config in self._configs():
            # Nothing connects before it is asked for.
            self.hosts.add(_quiet(config), save=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.jobs.close()
        await self.hosts.close()
        self._store.close()

    def _configs(self) -> tuple[HostConfig, ...]:
        """Those named with --connect, under their names in the list where it has them; else the list's own."""
        listed = {config.uri: config for config in self._store.hosts}
        if not self.is_named:
            return self._store.hosts
        return tuple(
            listed.get(uri) or HostConfig(id=id_of(uri), name=host_name_of(uri), uri=uri)
            for uri in dict.fromkeys(self._call.connect)
        )

    async def connect(self, *, tell: bool = True) -> tuple[Host, ...]:
        """Connect to all hosts at the same time and wait until each has told its machines, has failed, or the
        time is over; `tell` of those that do not answer. All hosts, as they are then."""
        wanted = {config.id for config in self._configs() if self.is_named or config.autoconnect}
        changed = asyncio.Event()
        subscription = self.inventory.changes.subscribe(lambda _change: changed.set())
        for host_id in wanted:
            self.hosts.connect(host_id)
        try:
            async with asyncio.timeout(self._call.timeout_s):
                while any(self.inventory.hosts[host_id].state in _UNDER_WAY for host_id in wanted):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            # Who has not answered is told below.
            pass
        finally:
            subscription.cancel()
        hosts = tuple(self.inventory.hosts.values())
        if tell:
            for host in hosts:
                if host.id in wanted and host.state is not HostState.CONNECTED:
                    self.tell(why_silent(host, self._call.timeout_s))
        return hosts

    def has_failed(self, hosts: tuple[Host, ...]) -> bool:
        """Whether a host named with --connect did not answer."""
        return self.is_named and any(host.state is not HostState.CONNECTED for host in hosts)


def why_silent(host: Host, timeout_s: float) -> Exception:
    """Why a host's machines are not known."""
    if host.error is not None:
        return host.error
    return HostUnreachable(f"no answer within {timeout_s:g} s", subject=host.config.uri, host=host.name)


def _quiet(config: HostConfig) -> HostConfig:
    return replace(config, autoconnect=False)
