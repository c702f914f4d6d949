"""Machines' hardware: looked at, previewed, and changed as jobs; and what their hosts have for them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from vmgui.hypervisor import hardware
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.event_stream import POOL_REFRESHED
from vmgui.hypervisor.hardware_gone import may_wait
from vmgui.hypervisor.hardware_look import read_machine
from vmgui.hypervisor.hardware_text import device_text
from vmgui.hypervisor.hardware_use import unless_in_use
from vmgui.hypervisor.lanes import LONG, SLOW
from vmgui.model.changeset import ChangeSet
from vmgui.model.device import HostDevice
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Changed, Reach
from vmgui.model.errors import Busy, Unsupported, VmguiError
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.hardware import (
    AddDevice,
    HardwareMachine,
    HardwareOffer,
    HardwarePreview,
    Wish,
)
from vmgui.model.host import DomainCapabilities, GuestCapability, Host, HostConfig, HostId, HostState
from vmgui.model.job import JobId, JobKind
from vmgui.model.node_device import NodeDevice, PciAddress
from vmgui.model.offer import HostOffer
from vmgui.model.storage import Volume
from vmgui.policy.creation import usable_pools
from vmgui.services.batch import Batch, Step
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import EditService
from vmgui.services.hardware_asking import Asking
from vmgui.services.hardware_files import HardwareFiles, written_files
from vmgui.services.host_watch import HostWatch, Thing
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.local_images import has_our_files
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope

LOOK_TIMEOUT_S = 30.0
CHANGE_TIMEOUT_S = 300.0
DEVICE_KINDS = frozenset({"net", "usb_device", "pci"})
_NOT_KNOWN_WHAT: tuple[str, str, str] = ("", "", "")


class HardwareService:
    """Loop thread only. `changes`: tells of a machine or of a host of which more is known, or anything else."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        watches: HostWatches,
        edits: EditService,
        definitions: DefinitionIndex | None = None,
    ) -> None:
        """`definitions`: what other machines have; None: that is not known."""
        self.changes: Notifier[DomainKey | HostId] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._watches = watches
        self._edits = edits
        self._definitions = definitions
        self._files = HardwareFiles(hosts, watches, inventory, definitions)
        self._scope = Scope("hardware")
        self._asking = Asking()
        self._followed: set[HostId] = set()
        self._types: dict[DomainKey, tuple[str, str, str]] = {}
        self._macs: dict[str, list[DomainKey]] | None = None  # None: it is to be made anew
        self._subscriptions = [
            *(
                watch.changed.subscribe(partial(self._on_read, watch))
                for watch in (*self._parts(), watches.volumes)
            ),
            inventory.changes.subscribe(self._on_change),
        ]
        if definitions is not None:
            self._subscriptions.append(definitions.changed.subscribe(self._on_definitions))

    async def close(self) -> None:
        """Stop asking."""
        for subscription in self._subscriptions:
            subscription.cancel()
        await self._scope.close(timeout_s=1.0)

    # Machines.

    async def look(self, key: DomainKey) -> HardwareMachine:
        """What it has, and all that a change is judged by."""
        connection = self._hosts.connection(key.host_id)
        machine = await connection.run(read_machine, key.uuid, lane=SLOW, timeout_s=LOOK_TIMEOUT_S)
        said = machine.live or machine.saved
        if said is None:
            return machine
        thing = self._types[key] = (said.arch, said.machine, said.domain_type)
        try:
            told = await self._watches.machine_types.fresh(key.host_id, *thing)
        except VmguiError:
            return machine
        return replace(machine, capabilities=told.capabilities)

    async def device_text(self, key: DomainKey, id_: str) -> tuple[str, str]:
        """The XML of one of its devices now and after the next start; empty where it is not, stars for passwords."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(device_text, key.uuid, id_, timeout_s=LOOK_TIMEOUT_S)

    async def preview(
        self, key: DomainKey, wishes: Sequence[Wish], reach: Reach = Reach.BOTH
    ) -> HardwarePreview:
        """What carrying them out would do."""
        connection = self._hosts.connection(key.host_id)
        wanted = await self._files.completed(key, wishes, only_shown=True)
        return await connection.run(
            *(hardware.preview, key.uuid, wanted, reach, self._capabilities(key)),
            lane=SLOW,
            timeout_s=LOOK_TIMEOUT_S,
        )

    def change(self, key: DomainKey, wishes: Sequence[Wish], reach: Reach = Reach.BOTH) -> JobId:
        """Carry them out as one job."""
        wanted, capabilities = tuple(wishes), self._capabilities(key)
        # A guest that keeps its devices makes nobody wait who looks at another machine.
        domain = self._inventory.domains.get(key)
        is_off = reach is Reach.NEXT_START or (domain is not None and not domain.state.is_active)
        lane = LONG if may_wait(wanted) and not is_off else SLOW

        async def act(key: DomainKey, context: JobContext) -> None:
            completed = await self._files.completed(key, wanted)
            files = written_files(completed)

            def call(conn: Any, uuid: str, departure: Departure) -> Changed:
                # It may have waited since.
                unless_in_use(conn, uuid, files)
                return hardware.change(conn, uuid, completed, reach, departure, capabilities)

            try:
                done = await self._edits.run(
                    key, call, lane=lane, timeout_s=CHANGE_TIMEOUT_S, on_wait=context.tell_waiting
                )
            finally:
                self._tell_of_pools(key.host_id, wanted)
                self.changes.emit(key)
            if done.may_be_lost:
                raise Busy("it is saved here, but a migration began meanwhile: look at it again after that")

        return Batch(self._hosts, self._inventory, self._jobs, Step(JobKind.EDIT, act), (key,)).submit()

    def _capabilities(self, key: DomainKey) -> DomainCapabilities | None:
        """As far as somebody has looked at it; else they are read with the machine."""
        thing = self._types.get(key, _NOT_KNOWN_WHAT)
        told = self._watches.machine_types.get(key.host_id, *thing).value
        return told.capabilities if told is not None else None

    def _tell_of_pools(self, host_id: HostId, wishes: Iterable[Wish]) -> None:
        """libvirt tells nobody of a volume that is made."""
        made = (wish.volume for wish in wishes if isinstance(wish, AddDevice) and wish.volume is not None)
        names = dict.fromkeys(volume.pool for volume in made)
        events = tuple(HostEvent(EventKind.POOL, "", name, POOL_REFRESHED) for name in names)
        if events:
            self._hosts.events.emit(HostEvents(host_id, events))

    # What hosts have.

    def offer(self, key: DomainKey) -> HardwareOffer:
        """What its host has for it as far as that is known now; what is not is asked for, `changes` tells of it."""
        host_id, watches = key.host_id, self._watches
        self._followed.add(host_id)
        connection = self._connection(host_id)
        for watch in self._parts():
            self._ask(watch, host_id)
        volumes: dict[str, tuple[Volume, ...]] = {}
        if pool := self._usual_pool(host_id):
            self._ask(watches.volumes, host_id, pool)
            contents = watches.volumes.get(host_id, pool).value
            volumes = {pool: contents.volumes} if contents is not None else {}
        devices = watches.node_devices.get(host_id).value or ()
        return HardwareOffer(
            networks=watches.networks.get(host_id).value or (),
            bridges=watches.bridges.get(host_id).value or (),
            filters=watches.filters.get(host_id).value or (),
            pools=watches.pools.get(host_id).value or (),
            volumes=volumes,
            disk_uses=self._files.uses(host_id),
            looked=self._files.looked(host_id),
            node_devices=tuple(device for device in devices if device.kind in DEVICE_KINDS),
            guests=self._guests_of(host_id),
            macs=self._macs_but(key),
            held=self._held_but(key, devices),
            is_privileged=connection is None
            or not (connection.facts.is_session or connection.facts.embed_root),
            shares_files=connection is not None and has_our_files(connection),
        )

    async def offered(self, key: DomainKey, timeout_s: float) -> HardwareOffer:
        """The same once all of it is known, or the time is over."""
        reading = [self._scope.run(self._read(watch, key.host_id)) for watch in self._parts()]
        _, late = await asyncio.wait(reading, timeout=timeout_s)
        for one in late:
            one.cancel()
        if pool := self._usual_pool(key.host_id):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._read(self._watches.volumes, key.host_id, pool), timeout_s)
        return self.offer(key)

    async def look_into(self, key: DomainKey, path: str, *, drive: bool = False) -> None:
        """Have a file of its host looked into; `offer` has what was found, `changes` tells of it.

        `drive`: it is to be a medium. Raises only for the host's failures.
        """
        await self._files.look(key, path, drive=drive)
        self.changes.emit(key)

    def _usual_pool(self, host_id: HostId) -> str:
        """Where a new disk is suggested to be made; empty: nowhere, or it cannot tell what is in it."""
        pools = self._watches.pools.get(host_id).value or ()
        usable = usable_pools(HostOffer(Host(HostConfig("", "", "")), pools=pools))
        return usable[0].name if usable and usable[0].active else ""

    def _parts(self) -> tuple[HostWatch[Any], ...]:
        found = self._watches
        return (
            found.networks,
            found.bridges,
            found.filters,
            found.pools,
            found.node_devices,
            found.capabilities,
        )

    def _ask(self, watch: HostWatch[Any], host_id: HostId, *what: str) -> None:
        """Have it read, unless it is known or was asked for just now; nobody waits for that."""
        if watch.get(host_id, *what).is_true or self._connection(host_id) is None:
            return
        if self._asking.begin(host_id, watch, *what):
            self._scope.try_run(self._read(watch, host_id, *what))

    async def _read(self, watch: HostWatch[Any], host_id: HostId, *what: str) -> None:
        failed = True
        try:
            await watch.fresh(host_id, *what)
            failed = False
        except Unsupported:
            failed = False  # it is an answer, too
        except VmguiError:
            # The watch has it, and its log; what is not known is not offered.
            pass
        finally:
            self._asking.end(host_id, watch, *what, failed=failed)

    def _guests_of(self, host_id: HostId) -> tuple[GuestCapability, ...]:
        told = self._watches.capabilities.get(host_id).value
        return told.guests if told is not None else ()

    def _macs_but(self, key: DomainKey) -> dict[str, str]:
        """MACs of all machines but this one, as far as they are known."""
        if self._definitions is None:
            return {}
        if self._macs is None:
            self._macs = {}
            for other in self._inventory.domains:
                for mac in self._definitions.get(other).macs:
                    self._macs.setdefault(mac.lower(), []).append(other)
        found: dict[str, str] = {}
        for mac, keys in self._macs.items():
            names = [self._name(other) for other in keys if other != key]
            if names:
                found[mac] = names[0]
        return found

    def _held_but(self, key: DomainKey, devices: Iterable[NodeDevice]) -> dict[str, str]:
        """The host's devices that its other machines have, by libvirt's names of them."""
        if self._definitions is None:
            return {}
        holders: dict[tuple[str, str], str] = {}
        for domain in self._inventory.domains_of(key.host_id):
            if domain.key != key:
                for held in self._definitions.hardware(domain.key).host_devices:
                    holders.setdefault(_as_held(held), domain.name)
        if not holders:
            return {}
        return {
            device.name: holders[names]
            for device in devices
            for names in _names_of(device)
            if names in holders
        }

    def _name(self, key: DomainKey) -> str:
        domain = self._inventory.domains.get(key)
        return domain.name if domain is not None else ""

    def _connection(self, host_id: HostId) -> Connection | None:
        try:
            return self._hosts.connection(host_id)
        except VmguiError:
            return None

    # What happens.

    def _on_read(self, watch: HostWatch[Any], thing: Thing) -> None:
        # Of what failed no more is known than before; whoever was told of it would ask again.
        is_known = isinstance(watch.get(*thing).error, Unsupported | None)
        if is_known and thing[0] in self._followed:
            self.changes.emit(thing[0])

    def _on_change(self, change: ChangeSet) -> None:
        self._files.machines_changed()
        if change.added or change.removed:
            self._macs = None
        for key in change.removed:
            self._types.pop(key, None)
        for host_id in change.hosts_removed:
            self._followed.discard(host_id)
            self._files.forget(host_id)
            self._asking.forget(host_id)
        for host in change.hosts_changed:
            if host.state is not HostState.CONNECTED:
                self._asking.forget(host.id)

    def _on_definitions(self, _keys: frozenset[DomainKey]) -> None:
        self._macs = None
        self._files.machines_changed()


def _as_held(held: HostDevice) -> tuple[str, str]:
    return held.kind, held.source.lower()


def _names_of(device: NodeDevice) -> tuple[tuple[str, str], ...]:
    """A device of the host as machines' XML may name it."""
    found: list[tuple[str, str]] = []
    if isinstance(device.address, PciAddress):
        found.append(("pci", str(device.address)))
    if device.vendor_id and device.product_id:
        vendor, product = (text.removeprefix("0x").lower() for text in (device.vendor_id, device.product_id))
        found.append(("usb", f"{vendor}:{product}"))
    return tuple(found)
