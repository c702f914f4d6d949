"""The services of one run of a verb, connected to the hosts it asks; nothing of it goes on after the verb."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, runtime_checkable

from vmgui.model.errors import HostUnreachable, VmguiError
from vmgui.model.host import Host, HostConfig, HostId, HostState
from vmgui.policy.host_names import host_name_of, id_of
from vmgui.services.closing import close_each
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.ssh import SshLogins
from vmgui.store import paths
from vmgui.store.hosts import HostStore, KvmStore
from vmgui.store.keyring import Keyring

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from vmgui.cli.call import Call
    from vmgui.cli.speaker import Speaker
    from vmgui.model.domain import DomainKey
    from vmgui.services.creation import CreationService
    from vmgui.services.definitions import DefinitionIndex
    from vmgui.services.deletion import DeletionService
    from vmgui.services.edits import EditService
    from vmgui.services.hardware import HardwareService
    from vmgui.services.journal import JournalService
    from vmgui.services.lifecycle import LifecycleService
    from vmgui.services.media import MediaService
    from vmgui.services.tags import TagsService
    from vmgui.services.undo import UndoService
    from vmgui.store.undo import UndoStore

T = TypeVar("T")

_UNDER_WAY = frozenset({HostState.CONNECTING})


@runtime_checkable
class _Closes(Protocol):
    def close(self) -> Awaitable[None]: ...


class Session:
    """`async with`: opened with nothing connected; loop thread only. Services that only acts need are made for them."""

    def __init__(self, call: Call, speaker: Speaker) -> None:
        """`speaker`: says what is to be known beside the answer, such as a host that does not answer."""
        self.inventory = Inventory()
        self.jobs = JobService()
        self._store = HostStore(paths.config_dir())
        self._kvm_store = KvmStore(paths.state_dir())
        self.hosts = HostService(
            self.inventory,
            self.jobs,
            kvm_store=self._kvm_store,
            ssh=SshLogins(Keyring()),
            examines_kvm=False,
        )
        self.speaker = speaker
        self.tell = speaker.tell
        self._call = call
        self.silent: tuple[Host, ...] = ()  # of those that were asked
        self.is_partial = False  # a host that answers would not tell of some of its machines
        self._made: list[object] = []  # services that were asked for
        self._journal: JournalService | None = None
        self._undo_store: UndoStore | None = None

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
        # Who needs others goes first; the log is kept until all has ended.
        await close_each(
            ("jobs", self.jobs.close),
            *(
                (type(made).__name__, made.close)
                for made in reversed(self._made)
                if isinstance(made, _Closes)
            ),
            ("hosts", self.hosts.close),
            *((("journal", self._journal.close),) if self._journal is not None else ()),
            *((("changes", self._undo_store.close),) if self._undo_store is not None else ()),
            ("list", self._store.close),
            ("kvm", self._kvm_store.close),
        )

    @property
    def lifecycle(self) -> LifecycleService:
        """What can be done to machines, deleting excepted."""
        from vmgui.services.lifecycle import LifecycleService

        def make() -> LifecycleService:
            return LifecycleService(self.hosts, self.inventory, self.jobs, sign=self._sign)

        return self._once(LifecycleService, make)

    @property
    def tags(self) -> TagsService:
        """Changes tags and folders."""
        from vmgui.services.tags import TagsService

        def make() -> TagsService:
            return TagsService(self.hosts, self.inventory, self.jobs, self.definitions, self._sign)

        return self._once(TagsService, make)

    async def _sign(self, key: DomainKey, call: Callable[[Any, str], object]) -> None:
        """Most verbs change no definition: what follows them is loaded when one does."""
        await self.edits.signed(key, call)

    @property
    def definitions(self) -> DefinitionIndex:
        """What all machines' XML says."""
        from vmgui.services.definitions import DefinitionIndex

        return self._once(DefinitionIndex, lambda: DefinitionIndex(self.hosts, self.inventory))

    @property
    def deletion(self) -> DeletionService:
        """Says what would go, and deletes it."""
        from vmgui.services.deletion import DeletionService

        return self._once(DeletionService, lambda: DeletionService(self.hosts, self.inventory, self.jobs))

    @property
    def edits(self) -> EditService:
        """Changes machines' resources and definitions."""
        _ = self.undo  # which keeps what is changed
        return self._edits

    @property
    def _edits(self) -> EditService:
        from vmgui.services.edits import EditService

        return self._once(EditService, lambda: EditService(self.hosts, self.inventory, self.jobs))

    @property
    def hardware(self) -> HardwareService:
        """Looks at machines' devices, and changes them; of other machines it knows what `know_machines` has read."""
        from vmgui.services.hardware import HardwareService
        from vmgui.services.host_watches import HostWatches

        watches = self._once(HostWatches, lambda: HostWatches(self.hosts, self.inventory))
        return self._once(
            HardwareService,
            lambda: HardwareService(
                *(self.hosts, self.inventory, self.jobs, watches, self.edits), self.definitions
            ),
        )

    async def know_machines(self, host_ids: Iterable[HostId]) -> None:
        """Have the definitions of these hosts' machines read, as far as that is possible in time."""

        async def read(host_id: HostId) -> None:
            # What is not known is not told: nothing is refused for it.
            with contextlib.suppress(VmguiError, TimeoutError):
                await asyncio.wait_for(self.definitions.complete(host_id), self.timeout_s)

        await asyncio.gather(*map(read, host_ids))

    @property
    def undo(self) -> UndoService:
        """Knows what definitions were, and brings them back."""
        from vmgui.services.undo import UndoService
        from vmgui.store.undo import UndoStore

        def make() -> UndoService:
            self._undo_store = UndoStore(paths.state_dir())
            return UndoService(self.hosts, self.inventory, self.jobs, self._edits, self._undo_store)

        return self._once(UndoService, make)

    @property
    def media(self) -> MediaService:
        """Puts media into drives and takes them out."""
        from vmgui.services.host_watches import HostWatches
        from vmgui.services.media import MediaService

        watches = self._once(HostWatches, lambda: HostWatches(self.hosts, self.inventory))
        return self._once(
            MediaService, lambda: MediaService(self.hosts, self.inventory, self.jobs, watches, self.edits)
        )

    @property
    def creation(self) -> CreationService:
        """Creates machines."""
        from vmgui.services.creation import CreationService
        from vmgui.services.host_watches import HostWatches
        from vmgui.services.os_variants import OsVariants
        from vmgui.services.rollback import RollbackService
        from vmgui.store.rollback import RollbackStore

        def make_rollback() -> RollbackService:
            store = RollbackStore(paths.state_dir() / "rollback")
            return RollbackService(self.hosts, self.inventory, self.jobs, store)

        def make() -> CreationService:
            rollback = self._once(RollbackService, make_rollback)
            watches = self._once(HostWatches, lambda: HostWatches(self.hosts, self.inventory))
            return CreationService(self.hosts, self.inventory, self.jobs, OsVariants(), rollback, watches)

        return self._once(CreationService, make)

    def _once(self, kind: type[T], make: Callable[[], T]) -> T:
        for made in self._made:
            if isinstance(made, kind):
                return made
        made = make()
        self._made.append(made)
        return made

    def keep_log(self) -> None:
        """From now on jobs are written to the log that the window shows."""
        if self._journal is not None:
            return
        from vmgui.services.journal import JournalService
        from vmgui.store.journal import JournalStore

        store = JournalStore(paths.state_dir())
        self._journal = JournalService(self.hosts, self.inventory, self.jobs, store, jobs_only=True)

    @property
    def timeout_s(self) -> float:
        """How long a host is waited for."""
        return self._call.timeout_s

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
        await self._connect(wanted)
        hosts = tuple(self.inventory.hosts.values())
        self.silent = tuple(
            host for host in hosts if host.id in wanted and host.state is not HostState.CONNECTED
        )
        for host in self.silent if tell else ():
            self.tell(why_silent(host, self._call.timeout_s))
        return hosts

    async def connect_others(self) -> None:
        """Those of the list, too, where only some hosts were named: what is done there may concern them."""
        others = [config for config in self._store.hosts if config.id not in self.inventory.hosts]
        for config in others:
            self.hosts.add(_quiet(config), save=False)
        await self._connect({config.id for config in others if config.autoconnect})

    async def _connect(self, wanted: set[HostId]) -> None:
        for host_id in wanted:
            self.hosts.connect(host_id)
        # Which of them have not answered in time is told by `connect`.
        await self.inventory.until(
            lambda: not any(self.inventory.hosts[host_id].state in _UNDER_WAY for host_id in wanted),
            self._call.timeout_s,
        )

    def has_failed(self, hosts: tuple[Host, ...]) -> bool:
        """Whether a host named with --connect did not answer, or one that did would not tell of its machines."""
        return self.is_partial or (
            self.is_named and any(host.state is not HostState.CONNECTED for host in hosts)
        )


def why_silent(host: Host, timeout_s: float) -> Exception:
    """Why a host's machines are not known."""
    if host.error is not None:
        return host.error
    return HostUnreachable(f"no answer within {timeout_s:g} s", subject=host.config.uri, host=host.name)


def _quiet(config: HostConfig) -> HostConfig:
    return replace(config, autoconnect=False)
