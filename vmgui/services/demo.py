"""`--demo`: a small Linux on the person's own hypervisor, with no preparation, made by the wizard's own services."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import platform
import shutil
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

from vmgui.hypervisor.graphics import screenshot
from vmgui.hypervisor.serial import SerialStream
from vmgui.model.creation import FileRef, NetworkKind, NewDomain, NewInterface, SourceKind
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.errors import (
    Busy,
    HostUnreachable,
    InvalidState,
    PartlyDone,
    StorageFailure,
    TimedOut,
    VmguiError,
)
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import Job, JobKind, JobState, JobTarget, Phase, Progress, ThingKind
from vmgui.model.offer import HostOffer
from vmgui.policy.creation import defaults, usable_pools
from vmgui.policy.still_screen import still_s
from vmgui.services import demo_image
from vmgui.services.background import in_thread
from vmgui.services.creation import CreationService
from vmgui.services.demo_image import DemoImage, cached_image, fetch_image
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.scope import happens_within
from vmgui.store.paths import cache_dir, data_dir

log = logging.getLogger(__name__)

HOST_ID = "demo"
MACHINE_NAME = "Alpine demo"
CONNECT_TIMEOUT_S = 160.0
EVENT_TIMEOUT_S = 5.0
MEMORY_KIB = 512 * 1024
STILL_S = 30.0
STILL_BESIDE_LINE_S = 90.0
"""So long a screen must stand still to be taken for a login; longer where the serial line may still tell."""
_NUDGE_INTERVAL_S = 5.0
_LOOK_INTERVAL_S = 2.0
_MAX_LOOKS = 200
_MAX_KEPT_BYTES = 64 * 1024
_SYSTEM_SOCKETS = ("/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock")
_QEMU_CONF = 'stdio_handler = "file"\nremember_owner = 0\n'
_QEMU_CONF_ROOT = (
    'user = "root"\ngroup = "root"\nsecurity_driver = "none"\nnamespaces = []\ncgroup_controllers = []\n'
)


def demo_uri() -> str:
    """The hypervisor that needs no preparation.

    An ordinary user has a session of their own. For root that name means the system's daemon; where none
    answers, the driver inside this process serves.
    """
    if os.geteuid() != 0:
        return "qemu:///session"
    if any(_answers(path) for path in _SYSTEM_SOCKETS):
        return "qemu:///system"
    return f"qemu:///embed?root={_embed_root()}"


def host_config() -> HostConfig:
    """The host the demo runs on; not kept in the person's list."""
    return HostConfig(HOST_ID, platform.node() or "localhost", demo_uri())


def _embed_root() -> Path:
    # Short: the paths of QEMU's sockets below it end at 107 bytes.
    return data_dir() / "qemu"


def _answers(path: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1.0)
            probe.connect(path)
    except OSError:
        return False
    return True


def prepare_embedded(root: Path) -> None:
    """The settings without which the embedded driver starts nothing. Blocks; raises StorageFailure."""
    path = root / "etc" / "qemu.conf"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_QEMU_CONF + (_QEMU_CONF_ROOT if os.geteuid() == 0 else ""))
    except OSError as error:
        raise StorageFailure(str(error), subject=str(path)) from error


class DemoService:
    """Makes, finds and starts the demo's machine; loop thread only."""

    def __init__(
        self, hosts: HostService, inventory: Inventory, jobs: JobService, creation: CreationService
    ) -> None:
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._creation = creation
        self._lifecycle = LifecycleService(hosts, inventory, jobs)

    async def run(self) -> DomainKey:
        """The demo's machine, running; raises what any of the steps failed with."""
        host_id = await self._connect()
        known = self._known(host_id)
        if known is not None:
            if not known.state.is_active:
                _raise_if_failed(await self._jobs.wait(self._lifecycle.start((known.key,))))
                await self._until_seen_active(known.key)
            return known.key
        image = await self._fetch(host_id)
        offer = await self._creation.offer(host_id)
        await self._creation.os_variants()
        copies: list[Path] = []
        try:
            new = await self._wish(offer, image, copies)
            job = await self._jobs.wait(self._creation.create(new))
            _raise_if_failed(job)
        except BaseException:
            for path in copies:
                path.unlink(missing_ok=True)
            raise
        key = job.results[0].key
        assert key is not None
        await self._until_seen_active(key)
        return key

    async def wait_for_login(self, key: DomainKey, timeout_s: float) -> None:
        """Return when the guest asks for a login on its serial line, or when its screen stands still.

        The line is the surer way, but may be barred: by another program's lock of its terminal, or because the
        machine has been given none. Raises TimedOut, InvalidState where the machine has ended.
        """
        seen = bytearray()
        changed = asyncio.Event()
        has_line = True

        def on_data(data: bytes) -> None:
            seen.extend(data)
            del seen[:-_MAX_KEPT_BYTES]
            changed.set()

        def on_end(_error: VmguiError | None) -> None:
            nonlocal has_line
            has_line = False
            changed.set()

        connection = self._hosts.connection(key.host_id)
        stream: SerialStream | None = None
        try:
            stream = await connection.open_serial(key.uuid, on_data, on_end, force=True)
        except VmguiError as error:
            log.warning("the demo's serial line cannot be read, its screen has to do: %s", error)
            has_line = False
        looks: list[tuple[float, bytes]] = []
        now_s = nudged_s = looked_s = time.monotonic()
        deadline_s = now_s + timeout_s
        try:
            while b"login:" not in seen:
                changed.clear()
                now_s = time.monotonic()
                if now_s > deadline_s:
                    raise TimedOut("the guest does not ask for a login", subject=MACHINE_NAME)
                if await happens_within(changed, min(deadline_s - now_s, _LOOK_INTERVAL_S)):
                    continue
                now_s = time.monotonic()
                if stream is not None and has_line and now_s - nudged_s > _NUDGE_INTERVAL_S:
                    # It may have asked before we listened: an empty line makes it ask again.
                    nudged_s = now_s
                    with contextlib.suppress(Busy):
                        stream.write(b"\r")
                if now_s - looked_s > _LOOK_INTERVAL_S:
                    looked_s = now_s
                    picture = await self._picture(key)
                    looks = [*looks[-_MAX_LOOKS:], (now_s, picture)] if picture else []
                if still_s(looks) > (STILL_BESIDE_LINE_S if has_line else STILL_S):
                    log.info("the guest's screen stands still: that is taken for its login")
                    return
        finally:
            if stream is not None:
                stream.close()

    async def _picture(self, key: DomainKey) -> bytes:
        """A mark of what the guest's screen shows; empty where it cannot be had."""
        machine = self._inventory.domains.get(key)
        if machine is None or not machine.state.is_active:
            raise InvalidState("it has ended before it asked for a login", subject=MACHINE_NAME)
        try:
            _, data = await self._hosts.connection(key.host_id).run(screenshot, key.uuid)
        except VmguiError as error:
            log.debug("no picture of the guest: %s", error)
            return b""
        return hashlib.sha256(data).digest()

    # Steps ------------------------------------------------------------------------------------------------

    async def _connect(self) -> str:
        """The demo's host, connected; one the person has with the same URI is as good."""
        config = await in_thread(host_config)
        if "/embed?" in config.uri:
            await in_thread(prepare_embedded, _embed_root())
        host_id = next((known.id for known in self._hosts.configs if known.uri == config.uri), "")
        if not host_id:
            host_id = config.id
            self._hosts.add(config, save=False)
        elif self._inventory.hosts[host_id].state is HostState.DISCONNECTED:
            self._hosts.connect(host_id)

        def has_answered() -> bool:
            host = self._inventory.hosts[host_id]
            has_failed = host.state in (HostState.REFUSED, HostState.UNREACHABLE)
            return host.state is HostState.CONNECTED or (has_failed and host.error is not None)

        await self._inventory.until(has_answered, CONNECT_TIMEOUT_S)
        host = self._inventory.hosts[host_id]
        if host.state is not HostState.CONNECTED:
            raise host.error or HostUnreachable("no answer in time", host=host.name)
        return host_id

    def _known(self, host_id: str) -> Domain | None:
        machines = self._inventory.domains_of(host_id)
        return next((machine for machine in machines if machine.name == MACHINE_NAME), None)

    async def _until_seen_active(self, key: DomainKey) -> None:
        """The inventory follows events: who looks there next shall find it running."""

        def is_seen_active() -> bool:
            machine = self._inventory.domains.get(key)
            return machine is not None and machine.state.is_active

        await self._inventory.until(is_seen_active, EVENT_TIMEOUT_S)

    async def _fetch(self, host_id: str) -> DemoImage:
        image = cached_image(cache_dir())
        if await in_thread(lambda: image.is_complete):
            return image
        target = JobTarget(demo_image.PACKAGE, host_id, kind=ThingKind.VOLUME)
        job_id = self._jobs.submit(JobKind.FETCH_DEMO, (target,), _fetch_in_thread, can_cancel=True)
        _raise_if_failed(await self._jobs.wait(job_id))
        return image

    async def _wish(self, offer: HostOffer, image: DemoImage, copies: list[Path]) -> NewDomain:
        """What the wizard would ask for; `copies` gets the files made for it on this computer."""
        guess = await self._creation.guess_system(f"{demo_image.SYSTEM}.qcow2")
        new = defaults(offer, SourceKind.KERNEL, guess, name=MACHINE_NAME)
        pools = [pool for pool in usable_pools(offer) if pool.kind == "dir"]
        if pools:
            disk, kernel, initrd = (
                FileRef(str(path), local=True, upload_pool=pools[0].name)
                for path in (image.disk, image.kernel, image.initrd)
            )
        else:
            folder = Path(offer.default_directory)
            disk, kernel, initrd = [
                FileRef(str(await in_thread(_copy, path, folder, copies)), local=True)
                for path in (image.disk, image.kernel, image.initrd)
            ]
        return replace(
            new,
            disk_image=disk,
            disk_format="qcow2",
            new_volume=None,
            kernel=kernel,
            initrd=initrd,
            kernel_args=demo_image.KERNEL_ARGS,
            vcpus=1,
            memory_kib=MEMORY_KIB,
            memory_max_kib=2 * MEMORY_KIB,
            interface=NewInterface(NetworkKind.USER),
            description="A small Linux to try things out. Log in as root, without a password.",
        )


async def _fetch_in_thread(job: JobContext) -> None:
    loop = asyncio.get_running_loop()
    stop = threading.Event()

    def tell(done_bytes: int, total_bytes: int) -> None:
        progress = Progress(Phase.DOWNLOADING, done_bytes, total_bytes)
        try:
            loop.call_soon_threadsafe(job.report, progress)
        except RuntimeError:
            # The loop has ended: the program is closing.
            stop.set()

    async def abort() -> None:
        stop.set()

    job.on_cancel(abort)
    try:
        await in_thread(fetch_image, cache_dir(), tell, stop)
    finally:
        stop.set()


def _copy(path: Path, folder: Path, copies: list[Path]) -> Path:
    """A copy of our own under a free name; raises StorageFailure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            target = folder / (path.name if number == 1 else f"{path.stem}-{number}{path.suffix}")
            try:
                with path.open("rb") as source, target.open("xb") as copy:
                    copies.append(target)
                    shutil.copyfileobj(source, copy)
            except FileExistsError:
                continue
            return target
    except OSError as error:
        raise StorageFailure(str(error), subject=str(folder)) from error
    raise StorageFailure("too many copies are there", subject=str(folder))


def _raise_if_failed(job: Job) -> None:
    if job.state is JobState.DONE:
        return
    error = job.error
    raise error if isinstance(error, (VmguiError, PartlyDone)) else HostUnreachable(str(error or "cancelled"))
