"""Start, shut down, pause, save ... one or many virtual machines: one job for all of them.

At most four machines of a host are acted upon at a time (three where the calls are short). What fails for one
does not stop the others; a mixed result is PartlyDone, and repeating the job repeats only what failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from vmgui.hypervisor import definition, lifecycle, storage
from vmgui.hypervisor.domain_jobs import DomainJob, Operation
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import POOLS, SLOW, LaneKind
from vmgui.hypervisor.networks import start_network
from vmgui.hypervisor.tags import unless_protected
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import DiskLocked, GuestIgnored, InvalidConfig
from vmgui.model.job import JobId, JobKind, LineKind, Phase, Progress
from vmgui.policy.domain_names import name_error
from vmgui.policy.remedies import Means
from vmgui.services import long_call
from vmgui.services.batch import Batch, Sign, Step, name_of
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.disk_holders import DiskHolders
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService

CONCURRENT_STARTS_PER_HOST = 4
ACTION_TIMEOUT_S = 60.0
START_TIMEOUT_S = 300.0
SHUT_DOWN_TIMEOUT_S = 120.0
LOOK_AGAIN_INTERVAL_S = 5.0
"""While waiting for a guest: how often it is read even if no event came."""
NOTES_MAX_CHARS = 64 * 1024

Call = Callable[..., object]
"""A function of the hypervisor layer: (connection, uuid, ...)."""


class LifecycleService:
    """What can be done to existing machines, deleting excepted; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        definitions: DefinitionIndex | None = None,
        sign: Sign | None = None,
        *,
        shut_down_timeout_s: float = SHUT_DOWN_TIMEOUT_S,
    ) -> None:
        """`sign`: makes a call that changes a definition, and tells that this program did (EditService.signed)."""
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._sign = sign
        self._holders = DiskHolders(hosts, inventory, definitions)
        self._shut_down_timeout_s = shut_down_timeout_s

    def start(self, keys: Iterable[DomainKey]) -> JobId:
        """Boot them; a saved one continues where it was."""
        return self._submit(
            Step(JobKind.START, self._start, concurrent=CONCURRENT_STARTS_PER_HOST, can_cancel=True), keys
        )

    def start_with(self, keys: Iterable[DomainKey], means: Iterable[Means]) -> JobId:
        """Start the networks and pools they need, then them."""
        means = tuple(means)

        async def act(key: DomainKey, context: JobContext) -> None:
            context.report(Progress(Phase.STARTING))
            for one in means:
                if one.host_id == key.host_id:
                    await self._start_means(one, context)
            await self._start(key, context)

        return self._submit(
            Step(JobKind.START, act, concurrent=CONCURRENT_STARTS_PER_HOST, can_cancel=True), keys
        )

    def start_afresh(self, keys: Iterable[DomainKey]) -> JobId:
        """Discard what was saved and boot them."""
        return self._submit(
            Step(JobKind.START_AFRESH, self._start_afresh, concurrent=CONCURRENT_STARTS_PER_HOST), keys
        )

    def start_new_firmware(self, keys: Iterable[DomainKey]) -> JobId:
        """Boot them with new variables of their firmware."""
        return self._submit(
            Step(JobKind.START_NEW_FIRMWARE, self._start_new_firmware, concurrent=CONCURRENT_STARTS_PER_HOST),
            keys,
        )

    def shut_down(self, keys: Iterable[DomainKey], *, waits: bool = True) -> JobId:
        """Ask the guests to shut down and, if it `waits`, wait until they are off.

        A guest that is not off in time ends in GuestIgnored, and can be forced off.
        Cancelling stops the waiting; the request cannot be taken back.
        """
        settle = self._wait_until_off if waits else None
        return self._submit(Step(JobKind.SHUT_DOWN, self._ask_to_shut_down, settle, can_cancel=True), keys)

    def reboot(self, keys: Iterable[DomainKey]) -> JobId:
        """Ask the guests to restart."""
        return self._submit(Step(JobKind.REBOOT, self._reboot), keys)

    def reset(self, keys: Iterable[DomainKey]) -> JobId:
        """Restart them at once, as a reset button does."""
        return self._submit(Step(JobKind.RESET, self._reset), keys)

    def force_off(self, keys: Iterable[DomainKey]) -> JobId:
        """Turn them off at once, as pulling the plug does."""
        return self._submit(Step(JobKind.FORCE_OFF, self._force_off), keys)

    def pause(self, keys: Iterable[DomainKey]) -> JobId:
        """Freeze their processors; memory stays."""
        return self._submit(Step(JobKind.PAUSE, self._pause), keys)

    def resume(self, keys: Iterable[DomainKey]) -> JobId:
        """Let paused ones run on."""
        return self._submit(Step(JobKind.RESUME, self._resume), keys)

    def save(self, keys: Iterable[DomainKey]) -> JobId:
        """Write memory to the host's disk and turn them off; can be cancelled, then they run on."""
        return self._submit(Step(JobKind.SAVE, self._save, concurrent=1, can_cancel=True), keys)

    def restore(self, keys: Iterable[DomainKey]) -> JobId:
        """Continue saved ones."""
        return self._submit(Step(JobKind.RESTORE, self._start, concurrent=1, can_cancel=True), keys)

    def discard_saved(self, keys: Iterable[DomainKey]) -> JobId:
        """Delete what was saved: they boot afresh next time."""
        return self._submit(Step(JobKind.DISCARD_SAVED, self._discard_saved), keys)

    def set_autostart(self, keys: Iterable[DomainKey], on: bool) -> JobId:
        """Start them with their host, or not."""

        async def act(key: DomainKey, _context: JobContext) -> None:
            await self._run(key, definition.set_autostart, on)

        return self._submit(Step(JobKind.SET_AUTOSTART, act), keys)

    def rename(self, key: DomainKey, new_name: str) -> JobId:
        """Give one that is off another name."""

        async def act(key: DomainKey, _context: JobContext) -> None:
            if (error := name_error(new_name, self._inventory.other_names(key))) is not None:
                raise error
            await self._change(key, unless_protected(definition.rename), new_name)

        return self._submit(Step(JobKind.RENAME, act), (key,))

    def set_notes(self, key: DomainKey, text: str) -> JobId:
        """Replace what is written about it."""

        async def act(key: DomainKey, _context: JobContext) -> None:
            if len(text) > NOTES_MAX_CHARS:
                raise InvalidConfig(f"longer than {NOTES_MAX_CHARS} characters")
            if any(ord(character) < 32 and character not in "\t\n\r" for character in text):
                raise InvalidConfig("a control character, which XML cannot hold")
            await self._change(key, definition.set_description, text)

        return self._submit(Step(JobKind.SET_NOTES, act), (key,))

    # The single steps.

    async def _start(self, key: DomainKey, context: JobContext) -> None:
        domain = self._inventory.domains.get(key)
        try:
            if domain is not None and domain.state is DomainState.SAVED:
                as_expected = await self._moving_memory(key, context, lifecycle.start, Phase.STARTING)
            else:
                context.report(Progress(Phase.STARTING))
                as_expected = await self._run(
                    key, lifecycle.start, lane=SLOW, timeout_s=START_TIMEOUT_S, on_wait=context.tell_waiting
                )
        except DiskLocked as error:
            raise await self._holders.who_holds(key, error) from None
        if not as_expected:
            name = self._name(key)
            text = f"{name}: what was saved could not be read, it has booted"
            context.log(text, kind=LineKind.BOOTED_AFRESH, subject=name)

    async def _start_afresh(self, key: DomainKey, context: JobContext) -> None:
        await self._start_by(key, lifecycle.start_afresh, context)

    async def _start_new_firmware(self, key: DomainKey, context: JobContext) -> None:
        await self._start_by(key, lifecycle.start_new_firmware, context)

    async def _start_by(self, key: DomainKey, call: Call, context: JobContext) -> None:
        """By a call that loses something."""
        context.report(Progress(Phase.STARTING))
        try:
            await self._run(
                key,
                unless_protected(call),
                lane=SLOW,
                timeout_s=START_TIMEOUT_S,
                on_wait=context.tell_waiting,
            )
        except DiskLocked as error:
            raise await self._holders.who_holds(key, error) from None

    async def _start_means(self, means: Means, context: JobContext) -> None:
        connection = self._hosts.connection(means.host_id)
        if means.is_pool:
            call, pool = storage.start_pool_named, means.name
            await connection.run(
                call,
                means.name,
                lane=POOLS,
                pool=pool,
                timeout_s=START_TIMEOUT_S,
                on_wait=context.tell_waiting,
            )
        else:
            await connection.run(
                start_network,
                means.name,
                lane=SLOW,
                timeout_s=START_TIMEOUT_S,
                on_wait=context.tell_waiting,
            )

    async def _reboot(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, lifecycle.reboot)

    async def _reset(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, unless_protected(lifecycle.reset))

    async def _force_off(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, unless_protected(lifecycle.destroy))

    async def _pause(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, lifecycle.suspend)

    async def _resume(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, lifecycle.resume)

    async def _discard_saved(self, key: DomainKey, _context: JobContext) -> None:
        await self._run(key, unless_protected(lifecycle.managed_save_remove))

    async def _save(self, key: DomainKey, context: JobContext) -> None:
        await self._moving_memory(key, context, lifecycle.managed_save, Phase.SAVING)

    async def _ask_to_shut_down(self, key: DomainKey, context: JobContext) -> None:
        await self._run(key, lifecycle.shutdown)
        name = self._name(key)
        context.log(f"{name}: waiting for the guest to shut down", kind=LineKind.WAITING, subject=name)

    async def _wait_until_off(self, key: DomainKey, context: JobContext) -> None:
        read_due_s = time.monotonic() + LOOK_AGAIN_INTERVAL_S
        context.report(Progress(Phase.WAITING_FOR_GUEST))
        context.wait_until(time.time() + self._shut_down_timeout_s)

        def is_off() -> bool:
            domain = self._inventory.domains.get(key)
            return domain is None or not domain.state.is_active

        def meanwhile() -> None:
            nonlocal read_due_s
            context.check_cancelled()
            if time.monotonic() >= read_due_s:
                self._hosts.touch(key)
                read_due_s = time.monotonic() + LOOK_AGAIN_INTERVAL_S

        if not await self._inventory.until(is_off, self._shut_down_timeout_s, meanwhile=meanwhile):
            raise GuestIgnored(
                f"not shut down within {self._shut_down_timeout_s:.0f} s", subject=self._name(key)
            )

    async def _moving_memory(
        self, key: DomainKey, context: JobContext, call: Callable[[Any, str], object], phase: Phase
    ) -> object:
        connection = self._hosts.connection(key.host_id)
        what = DomainJob(key.uuid, operation=Operation.SAVE if phase is Phase.SAVING else Operation.ANY)
        return await long_call.hold(connection, context, what, phase, call, key.uuid)

    async def _run(
        self,
        key: DomainKey,
        call: Call,
        *args: object,
        lane: LaneKind | None = None,
        timeout_s: float = ACTION_TIMEOUT_S,
        on_wait: OnWait | None = None,
    ) -> object:
        connection = self._hosts.connection(key.host_id)
        return await connection.run(
            _make_call, call, key.uuid, args, lane=lane, timeout_s=timeout_s, on_wait=on_wait
        )

    async def _change(self, key: DomainKey, call: Call, *args: object) -> None:
        """What changes the definition."""
        if self._sign is not None:
            await self._sign(key, lambda conn, uuid: call(conn, uuid, *args))
        else:
            await self._run(key, call, *args)

    # One job for many.

    def _submit(self, step: Step, keys: Iterable[DomainKey]) -> JobId:
        keys = tuple(dict.fromkeys(keys))
        if not keys:
            raise ValueError("no virtual machine to act upon")
        return Batch(self._hosts, self._inventory, self._jobs, step, keys).submit()

    def _name(self, key: DomainKey) -> str:
        return name_of(self._inventory, key)


def _make_call(conn: Any, call: Call, uuid: str, args: tuple[object, ...]) -> object:
    return call(conn, uuid, *args)
