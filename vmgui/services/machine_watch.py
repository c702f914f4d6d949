"""One watch of each machine that somebody looks at: its definition live and saved, what its guest tells, kept true.

Whoever shows something of a machine subscribes to its watch and reads nothing privately:

    watch = services.machine_watches.watch(key)
    self._subscription = watch.changed.subscribe(self._on_view)  # reading begins with the first subscriber
    self._on_view(watch.view)  # what another tab has read already, or nothing yet
    ...
    self._subscription.cancel()  # and ends with the last

The XML is also kept for when the host cannot be asked (last_seen.py), and is what is shown then.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from weakref import WeakValueDictionary

from vmgui.hypervisor import guests
from vmgui.hypervisor.definitions import read_live_and_saved
from vmgui.libvirtxml.definition import parse_full
from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import MachineView
from vmgui.model.domain import DomainKey
from vmgui.model.errors import InvalidConfig, VmguiError, forget_frames
from vmgui.model.event import EventKind
from vmgui.model.host import HostState
from vmgui.services.background import in_thread
from vmgui.services.definitions import tells_of_changes
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.last_seen import LastSeenService
from vmgui.services.notifier import Notifier, Subscription
from vmgui.services.scope import Scope

log = logging.getLogger(__name__)

GUEST_TIMEOUT_S = 15.0
GUEST_EVERY_S = 10.0
RETRY_S = 30.0
"""What could not be read is not asked for with every sample of its host."""

_CONFIG_EVENTS = frozenset({
    EventKind.DOMAIN_DEFINED,
    EventKind.DOMAIN_METADATA,
    EventKind.DOMAIN_DEVICE_ADDED,
    EventKind.DOMAIN_DEVICE_REMOVED,
    EventKind.DOMAIN_DISK_CHANGE,
    EventKind.DOMAIN_BLOCK_JOB,
    EventKind.DOMAIN_TRAY,
    EventKind.DOMAIN_MEMORY,
    EventKind.DOMAIN_TUNABLE,
    EventKind.LOST,
})  # fmt: skip
_GUEST_EVENTS = frozenset({EventKind.DOMAIN_AGENT, EventKind.DOMAIN_REBOOT, EventKind.LOST})


class MachineWatches:
    """Watches by machine, shared by all who look at it; loop thread only."""

    def __init__(
        self, hosts: HostService, inventory: Inventory, last_seen: LastSeenService | None = None
    ) -> None:
        self._hosts = hosts
        self._inventory = inventory
        self._last_seen = last_seen
        self._watches: WeakValueDictionary[DomainKey, MachineWatch] = WeakValueDictionary()
        self._scope = Scope("machine watches")

    def watch(self, key: DomainKey) -> MachineWatch:
        """The watch of a machine, which reads while somebody is subscribed to it."""
        watch = self._watches.get(key)
        if watch is None:
            watch = MachineWatch(key, self._hosts, self._inventory, self._last_seen, self._scope)
            self._watches[key] = watch
        return watch

    async def close(self) -> None:
        """Stop reading."""
        await self._scope.close(timeout_s=1.0)


class MachineWatch:
    """Of one machine; `changed` carries the view with what is new in it."""

    def __init__(
        self,
        key: DomainKey,
        hosts: HostService,
        inventory: Inventory,
        last_seen: LastSeenService | None,
        scope: Scope,
    ) -> None:
        self.key = key
        self.view = MachineView()
        self.read_s: float | None = None  # when its definition was last read in this run, on time.monotonic()
        self.changed: Notifier[MachineView] = Notifier(self._on_use)
        self._hosts = hosts
        self._inventory = inventory
        self._last_seen = last_seen
        self._scope = scope
        self._subscriptions: tuple[Subscription, ...] = ()
        self._domain = inventory.domains.get(key)
        self._was_connected = False
        self._failed_s = 0.0
        self._definition = _Reading(self._read_definition, scope)
        self._guest = _Reading(self._read_guest, scope)
        # Of the guest, and whether it is asked for them again and again.
        self._followers: dict[object, bool] = {}
        self._poll: asyncio.Task[None] | None = None

    def follow_guest(self, *, often: bool = False) -> Subscription:
        """Have the guest asked, too, now and when something happened to it, until cancelled; `often`: also every ten
        seconds, and the definition where its host does not tell of changes. A guest without agent tells little, and
        that is no error."""
        follower = object()
        self._followers[follower] = often
        if self.view.guest is None:
            self._ask_guest()
        self._set_poll()

        def cancel() -> None:
            self._followers.pop(follower, None)
            self._set_poll()

        return Subscription(cancel)

    # What happens.

    def _on_use(self, is_used: bool) -> None:
        if is_used:
            self._subscriptions = (
                self._inventory.changes.subscribe(self._on_change),
                self._hosts.events.subscribe(self._on_events),
            )
            self._domain = self._inventory.domains.get(self.key)
            self._was_connected = self._is_connected()
            self._definition.ask()
            return
        for subscription in self._subscriptions:
            subscription.cancel()
        # Nobody keeps it true from now on.
        self.view, self.read_s = MachineView(), None

    def _on_change(self, change: ChangeSet) -> None:
        domain = self._inventory.domains.get(self.key)
        is_connected = self._is_connected()
        is_back = is_connected and not self._was_connected
        self._was_connected = is_connected
        if is_back or domain is not self._domain:
            # While it was away, nobody told what happened.
            self._domain = domain
            self._definition.ask()
            self._ask_guest()
        elif (
            self.view.error is not None
            and time.monotonic() >= self._failed_s + RETRY_S
            and any(host.id == self.key.host_id for host in change.hosts_changed)
        ):
            # What could not be read before may be readable now.
            self._definition.ask()

    def _on_events(self, told: HostEvents) -> None:
        if told.host_id != self.key.host_id:
            return
        events = [
            event for event in told.events if event.uuid == self.key.uuid or event.kind is EventKind.LOST
        ]
        # Where it stops and starts before its host is read, its row stays the same.
        is_turn = any(event.is_turn for event in events)
        if is_turn or any(event.kind in _CONFIG_EVENTS for event in events):
            self._definition.ask()
        if is_turn or any(event.kind in _GUEST_EVENTS for event in events):
            self._ask_guest()

    def _ask_guest(self) -> None:
        if not self._followers:
            return
        domain = self._inventory.domains.get(self.key)
        if domain is None or not domain.state.is_active:
            self._show(replace(self.view, guest=None))
        elif self._is_connected():
            self._guest.ask()

    def _set_poll(self) -> None:
        is_wanted = any(self._followers.values())
        if is_wanted and self._poll is None:
            # Qt shows and hides things also when the loop or the program is ending.
            with suppress(RuntimeError):
                self._poll = self._scope.run(self._ask_again())
        elif not is_wanted and self._poll is not None:
            self._poll.cancel()
            self._poll = None

    async def _ask_again(self) -> None:
        while True:
            await asyncio.sleep(GUEST_EVERY_S)
            self._ask_guest()
            host = self._inventory.hosts.get(self.key.host_id)
            if host is not None and not tells_of_changes(host):
                self._definition.ask()

    def _is_connected(self) -> bool:
        host = self._inventory.hosts.get(self.key.host_id)
        return host is not None and host.state is HostState.CONNECTED

    # Reading.

    async def _read_definition(self) -> None:
        if not self._is_connected():
            await self._show_kept()
            return
        domain = self._inventory.domains.get(self.key)
        is_persistent = domain is None or domain.persistent
        try:
            connection = self._hosts.connection(self.key.host_id)
            live, saved = await connection.run(read_live_and_saved, self.key.uuid, is_persistent)
        except VmguiError as error:
            # Gone, or its host is: the inventory tells either soon enough.
            log.debug("%s: not read: %s", self.key.uuid, error)
            forget_frames(error)
            self._failed_s = time.monotonic()
            before = self.view.error
            if type(before) is not type(error) or str(before) != str(error):
                self._show(replace(self.view, error=error))
            return
        self.read_s = time.monotonic()
        definition = live or saved
        if self._last_seen is not None and definition is not None:
            self._last_seen.keep_xml(self.key, definition.config.xml)
        self._show(replace(self.view, live=live, saved=saved, is_kept=False, error=None))

    async def _show_kept(self) -> None:
        """What was last read of it, though its host cannot be asked."""
        xml = self._last_seen.xml(self.key) if self._last_seen is not None else ""
        if not xml or self.view.definition is not None:
            return
        try:
            kept = await in_thread(parse_full, xml)
        except InvalidConfig as error:
            log.info("%s: what was kept of it is of no use: %s", self.key.uuid, error)
            return
        live, saved = (kept, None) if kept.is_live else (None, kept)
        self._show(replace(self.view, live=live, saved=saved, is_kept=True))

    async def _read_guest(self) -> None:
        try:
            connection = self._hosts.connection(self.key.host_id)
            guest = await connection.run(guests.guest_info, self.key.uuid, timeout_s=GUEST_TIMEOUT_S)
        except VmguiError as error:
            log.debug("%s: the guest tells nothing: %s", self.key.uuid, error)
            return
        if self._followers:
            self._show(replace(self.view, guest=guest))

    def _show(self, view: MachineView) -> None:
        if self.changed.is_used and view != self.view:
            self.view = view
            self.changed.emit(view)


class _Reading:
    """Reads once at a time; whatever is asked for meanwhile is one reading more."""

    def __init__(self, read: Callable[[], Coroutine[None, None, None]], scope: Scope) -> None:
        self._read = read
        self._scope = scope
        self._is_asked = False
        self._is_running = False

    def ask(self) -> None:
        """Read now, or once more after what is being read."""
        self._is_asked = True
        if not self._is_running:
            self._is_running = self._scope.try_run(self._run())

    async def _run(self) -> None:
        try:
            while self._is_asked:
                self._is_asked = False
                await self._read()
        finally:
            self._is_running = False
