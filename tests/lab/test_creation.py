"""Virtual machines made on real hosts, and what is left of those that fail: nothing."""

from __future__ import annotations

import logging
import queue
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.lab.alpine_guest import alpine_guest
from tests.lab.creation_world import BIG_MIB, MIB, World, big_file, cancel_in, killing
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation
from tests.lab.installer_cd import IPXE_ISO
from tests.lab.lab_host import LabHost
from tests.lab.tiny_guest import FAST_BOOT, READY, tiny_guest
from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Connected, Disconnected, SessionEvent
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import TcpTarget
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.new_domain import read_identity
from vmgui.libvirtxml.safe import parse
from vmgui.model.console import ConsoleKind, ConsoleTarget
from vmgui.model.creation import FileRef, NetworkKind, NewInterface, SourceKind
from vmgui.model.domain import Domain, DomainKey, DomainState, Firmware
from vmgui.model.errors import (
    AlreadyExists,
    ConnectionLost,
    HostUnreachable,
    InvalidConfig,
    NoSpace,
    PartlyDone,
    TimedOut,
    VmguiError,
)
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import JobState, Phase
from vmgui.model.offer import MediumIssueKind, ProblemKind
from vmgui.model.os_variant import GENERIC_LINUX
from vmgui.policy.creation_problems import problems
from vmgui.services import demo, demo_image, long_call
from vmgui.services.background import in_thread
from vmgui.services.console import ConsoleService
from vmgui.services.local_disk import make_disk
from vmgui.services.rollback import reconnecting


@pytest.fixture
async def world(lab_host: LabHost) -> AsyncIterator[World]:
    """Connected by the host's socket, whose files are not this machine's."""
    made = World(lab_host)
    await made.connect(lab_host.unix_uri)
    yield made
    await made.close()


@pytest.fixture
async def remote(lab_host: LabHost) -> AsyncIterator[World]:
    """Connected over the network."""
    made = World(lab_host)
    await made.connect(lab_host.tcp_uri)
    yield made
    await made.close()


def running(world: World, key: DomainKey) -> Domain | None:
    row = world.inventory.domains.get(key)
    return row if row is not None and row.state is DomainState.RUNNING else None


# What is made ------------------------------------------------------------------------------------------------


@every_generation
async def test_from_a_cd_in_a_pool_with_room_to_grow(world: World, lab_host: LabHost) -> None:
    path = lab_host.put_image(IPXE_ISO)
    medium = await world.creation.inspect("h", FileRef(path), SourceKind.CDROM)
    assert medium.format == "iso"
    assert medium.iso is not None
    assert medium.iso.bootable
    assert not medium.issues
    new = await world.wish(SourceKind.CDROM, medium, name="from-cd")
    found = problems(new, await world.offer(), GENERIC_LINUX, [medium])
    assert [problem.kind for problem in found] == [ProblemKind.KVM_LIES]
    key = await world.made(new)
    row = await eventually(lambda: running(world, key))
    assert (row.vcpus, row.vcpus_max) == (1, 8)
    config = parse_domain(world.xml("from-cd"))
    assert (config.memory_max_kib, config.os_id) == (512 * 1024, GENERIC_LINUX.id)
    assert config.boot_order == ("vda", "sda")
    assert config.has_agent_channel
    assert [disk.source for disk in config.disks] == [f"{lab_host.images_dir}/from-cd.qcow2", path]
    root = parse(world.xml("from-cd"))
    ports = {node.get("index") for node in root.iterfind("devices/controller[@model='pcie-root-port']")}
    taken = {
        str(int(address.get("bus", "0"), 16))
        for address in root.iterfind("devices/*/address[@type='pci']")
        if address.get("bus") != "0x00"
    }
    assert len(ports - taken) == 10
    # iPXE's banner: the empty disk before it does not keep the machine from the CD.
    await eventually(lambda: len(set(lab_host.screenshot("from-cd")[1])) > 20)


@pytest.mark.timeout(660)
@pytest.mark.async_timeout(640)
async def test_an_imported_disk_boots(remote: World) -> None:
    image = alpine_guest().disk
    medium = await remote.creation.inspect(
        "h", FileRef(str(image), local=True, upload_pool="default"), SourceKind.DISK_IMAGE
    )
    assert medium.format == "qcow2"
    assert not medium.issues
    key = await remote.made(await remote.wish(SourceKind.DISK_IMAGE, medium, name="alpine"))
    await remote.serial_until(key, b"login:", 600)


def make_overlay(host: LabHost, name: str, base: str) -> str:
    """An image in the pool's folder based on `base`, both as the host sees them."""
    options = ("-u", "-b", base, "-F", "qcow2", str(host.images_path / name), "64M")
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", *options], check=True)
    return f"{host.images_dir}/{name}"


async def test_a_disk_of_another_machine_is_told_until_that_machine_is_gone(
    remote: World, host_a: LabHost
) -> None:
    base = host_a.make_disk("base.qcow2")
    top = make_overlay(host_a, "top.qcow2", base)
    host_a.define_tiny("db", disks=(Disk(top),), start=True)

    async def told(path: str) -> list[tuple[ProblemKind, bool, str]]:
        medium = await remote.creation.inspect("h", FileRef(path), SourceKind.DISK_IMAGE)
        new = await remote.wish(SourceKind.DISK_IMAGE, medium, disk_image=FileRef(path), new_volume=None)
        found = problems(new, await remote.offer(), None, [medium])
        kinds = (ProblemKind.DISK_IN_USE, ProblemKind.DISK_IS_BASE)
        return [(problem.kind, problem.is_error, problem.name) for problem in found if problem.kind in kinds]

    assert await told(top) == [(ProblemKind.DISK_IN_USE, True, "db")]
    assert await told(base) == [(ProblemKind.DISK_IS_BASE, True, "db")]
    with host_a.connect() as connection:
        connection.lookupByName("db").destroy()
    assert await told(top) == [(ProblemKind.DISK_IN_USE, False, "db")]
    assert await told(base) == [(ProblemKind.DISK_IS_BASE, False, "db")]
    with host_a.connect() as connection:
        connection.lookupByName("db").undefine()
    assert await told(top) == []
    # A copy of it would harm nobody.
    local = FileRef(str(host_a.images_path / "top.qcow2"), local=True, upload_pool="default")
    assert (await remote.creation.inspect("h", local, SourceKind.DISK_IMAGE)).used_by == ()


@every_generation
async def test_a_screen_on_the_network_has_a_password_that_only_the_host_tells(
    remote: World, lab_host: LabHost, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = await remote.made(await remote.wish(SourceKind.EMPTY, name="seen", new_volume=None))
    target = await ConsoleService(remote.hosts).open(key)
    assert (target.kind, target.host) == (ConsoleKind.TCP, lab_host.address)
    assert len(target.password) == 8
    assert target.password not in remote.xml("seen")
    assert await in_thread(greeted, target, target.password) == Connected
    for wrong in (target.password[::-1], "", target.password[:7]):
        assert await in_thread(greeted, target, wrong) is DisconnectReason.BAD_PASSWORD
    assert target.password not in caplog.text
    assert target.password not in repr(target)
    # Whoever may only look is told nothing, and is asked.
    remote.hosts.add(HostConfig("r", "looker", lab_host.tcp_uri, read_only=True), save=False)
    await eventually(lambda: remote.inventory.hosts["r"].state is HostState.CONNECTED)
    blind = await ConsoleService(remote.hosts).open(replace(key, host_id="r"))
    assert blind.password == ""


def greeted(target: ConsoleTarget, password: str) -> type[Connected] | DisconnectReason:
    """How the display answers to a password."""
    answer: queue.SimpleQueue[type[Connected] | DisconnectReason] = queue.SimpleQueue()

    def listen(events: tuple[SessionEvent, ...]) -> None:
        for event in events:
            if isinstance(event, Connected):
                answer.put(Connected)
            elif isinstance(event, Disconnected):
                answer.put(event.reason)

    session = RfbSession(TcpTarget(target.host, target.port), RfbOptions(password=password), listen)
    session.start()
    try:
        return answer.get(timeout=20)
    finally:
        session.stop()
        assert session.join(5)


async def test_an_upload_arrives_byte_by_byte(remote: World, host_a: LabHost, tmp_path: Path) -> None:
    ref = big_file(tmp_path, 48)
    new = await remote.wish(SourceKind.CDROM, None, name="uploaded", cdrom=ref, start=False)
    await remote.made(new)
    sent = (tmp_path / "big.iso").read_bytes()
    assert (host_a.images_path / "big.iso").read_bytes() == sent
    steps = [job.progress for job in remote.seen if job.progress.phase is Phase.UPLOADING]
    assert steps
    assert all(step.total_bytes == 48 * MIB for step in steps)
    # A second one finds another name and harms the first.
    await remote.made(
        replace(await remote.wish(SourceKind.CDROM, None, name="second", cdrom=ref), start=False)
    )
    assert f"{host_a.images_dir}/big-2.iso" in remote.xml("second")
    assert (host_a.images_path / "big.iso").read_bytes() == sent


@every_generation
async def test_kernel_and_initrd_are_uploaded_and_started(remote: World) -> None:
    guest = tiny_guest()
    kernel, initrd = (
        FileRef(str(path), local=True, upload_pool="default") for path in (guest.kernel, guest.initrd)
    )
    assert not (await remote.creation.inspect("h", kernel, SourceKind.KERNEL)).issues
    assert not (await remote.creation.inspect("h", initrd, None, is_initrd=True)).issues
    key = await remote.made(
        await remote.wish(
            SourceKind.KERNEL,
            name="by kernel",
            kernel=kernel,
            initrd=initrd,
            kernel_args=FAST_BOOT,
            new_volume=None,
        )
    )
    await remote.serial_until(key, READY, 60)
    # The guest starts with the maximum; its balloon driver gives back what is above the wish.
    await eventually(lambda: (row := running(remote, key)) and row.memory_kib == 256 * 1024)
    assert remote.inventory.domains[key].memory_max_kib == 512 * 1024


async def test_network_boot_takes_the_network_when_the_disk_is_empty(world: World) -> None:
    key = await world.made(await world.wish(SourceKind.NETWORK_BOOT, name="net"))
    config = parse_domain(world.xml("net"))
    assert config.boot_order[0] == "vda"
    assert config.boot_order[1].startswith("52:54:00")
    assert [result.key for result in world.jobs.jobs[1].results] == [key]


@every_generation
async def test_uefi_with_secure_boot_and_tpm_starts(world: World, lab_host: LabHost) -> None:
    new = await world.wish(
        SourceKind.EMPTY, name="secure", firmware=Firmware.UEFI_SECURE, tpm=True, memory_max_kib=256 * 1024
    )
    await world.made(new)
    config = parse_domain(world.xml("secure"))
    assert (config.firmware, config.has_tpm) == (Firmware.UEFI_SECURE, True)
    with lab_host.connect() as connection:
        assert connection.lookupByName("secure").isActive()


@pytest.mark.parametrize(
    "name", ["Müller & Söhne <1>", "a, b = 'c' \"d\"", "$(reboot); -rf", "日本 語", "--help"]
)
async def test_names_with_strange_characters(world: World, host_a: LabHost, name: str) -> None:
    new = await world.wish(SourceKind.EMPTY, name=name)
    offer = await world.offer()
    assert [p.kind for p in problems(new, offer, GENERIC_LINUX) if p.is_error] == []
    await world.made(new)
    assert host_a.state(name) == libvirt.VIR_DOMAIN_RUNNING


async def test_an_edited_xml_wins(world: World) -> None:
    new = await world.wish(SourceKind.EMPTY, name="plain", start=False)
    text = world.creation.build_xml(new, await world.offer())
    edited = text.replace("<name>plain</name>", "<name>edited</name><title>Mine</title>")
    key = await world.made(replace(new, xml=edited))
    assert "<title>Mine</title>" in world.xml("edited")
    assert read_identity(world.xml("edited")).uuid == key.uuid
    assert world.things()["machines"] == {"edited"}


@every_generation
async def test_an_inactive_network_is_started(world: World, lab_host: LabHost) -> None:
    with lab_host.connect() as connection:
        connection.networkLookupByName("default").destroy()
    try:
        new = await world.wish(SourceKind.EMPTY, name="needs-network")
        found = problems(new, await world.offer(), GENERIC_LINUX)
        assert ProblemKind.NETWORK_INACTIVE in [problem.kind for problem in found]
        await world.made(new)
        assert world.things()["networks"] == {"default"}
    finally:
        with lab_host.connect() as connection:
            network = connection.networkLookupByName("default")
            if not network.isActive():
                network.create()


@every_generation
async def test_the_first_pool_is_made_when_it_is_needed(world: World, host_without_pools: LabHost) -> None:
    offer = await world.offer()
    assert [(pool.name, pool.uuid) for pool in offer.pools] == [("default", "")]
    new = await world.wish(SourceKind.EMPTY, name="first")
    bad = world.creation.build_xml(new, offer).replace("<devices>", "<devices><nonsense/>")
    assert (await world.create(replace(new, xml=bad))).state is JobState.FAILED
    assert world.things()["pools"] == set()
    await world.made(new)
    assert world.things()["volumes"] == {"default/first.qcow2"}
    with host_without_pools.connect() as connection:
        assert connection.storagePoolLookupByName("default").autostart()


async def test_the_demo_is_made_once_and_then_started(
    world: World, host_a: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = tiny_guest()
    image = demo_image.cached_image(tmp_path)
    image.disk.parent.mkdir(parents=True)
    make_disk(str(image.disk), "qcow2", 16 * MIB)
    image.kernel.symlink_to(guest.kernel)
    image.initrd.symlink_to(guest.initrd)
    monkeypatch.setattr(demo, "cache_dir", lambda: tmp_path)
    monkeypatch.setattr(demo, "demo_uri", lambda: host_a.unix_uri)
    monkeypatch.setattr(demo_image, "KERNEL_ARGS", f"{FAST_BOOT} hello=login:")
    service = demo.DemoService(world.hosts, world.inventory, world.jobs, world.creation)
    key = await service.run()
    assert key.host_id == "h"
    assert world.things()["machines"] == {demo.MACHINE_NAME}
    assert {name.split("/")[1] for name in world.things()["volumes"]} >= {"vmlinuz", "initramfs"}
    with host_a.connect() as connection:
        connection.lookupByName(demo.MACHINE_NAME).destroy()
    await eventually(lambda: world.inventory.domains[key].state is DomainState.OFF)
    assert await service.run() == key
    assert await service.run() == key
    assert host_a.state(demo.MACHINE_NAME) == libvirt.VIR_DOMAIN_RUNNING


async def test_a_path_nobody_knows_is_said_to_be_so(world: World) -> None:
    medium = await world.creation.inspect("h", FileRef("/srv/nowhere.iso"), SourceKind.CDROM)
    assert [issue.kind for issue in medium.issues] == [MediumIssueKind.UNKNOWN]
    assert medium.exists is None


# What fails leaves nothing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phase", [Phase.CHECKING, Phase.UPLOADING, Phase.ALLOCATING, Phase.DEFINING, Phase.STARTING]
)
async def test_cancelled_in_any_phase_nothing_is_left(remote: World, tmp_path: Path, phase: Phase) -> None:
    before = remote.things()
    new = await remote.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, 32), firmware=Firmware.UEFI, tpm=True)
    cancel_in(remote, phase)
    job = await remote.create(new)
    assert job.state is JobState.CANCELLED
    assert not isinstance(job.error, PartlyDone)
    assert phase in {seen.progress.phase for seen in remote.seen}
    assert remote.things() == before


async def test_a_full_disk_is_said_and_nothing_is_left(remote: World, tmp_path: Path) -> None:
    before = remote.things()
    ref = replace(big_file(tmp_path, 80), upload_pool="small")
    new = await remote.wish(SourceKind.CDROM, cdrom=ref)
    medium = await remote.creation.inspect("h", ref, SourceKind.CDROM)
    found = problems(new, await remote.offer(), GENERIC_LINUX, [medium])
    assert ProblemKind.UPLOAD_NO_SPACE in [problem.kind for problem in found]
    job = await remote.create(new)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, NoSpace), (job.error, getattr(job.error, "detail", ""))
    assert remote.things() == before


@every_generation
async def test_a_refused_definition_leaves_nothing(world: World) -> None:
    before = world.things()
    new = await world.wish(
        SourceKind.EMPTY, name="odd", interface=NewInterface(NetworkKind.BRIDGE, "nobridge")
    )
    job = await world.create(new)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, VmguiError)
    assert world.things() == before
    bad = world.creation.build_xml(new, await world.offer()).replace("<devices>", "<devices><nonsense/>")
    job = await world.create(replace(new, xml=bad))
    assert isinstance(job.error, InvalidConfig)
    assert world.things() == before


@every_generation
async def test_what_exists_is_never_touched(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("taken")
    path = lab_host.put_image(IPXE_ISO, "precious.qcow2")
    precious = (lab_host.images_path / "precious.qcow2").read_bytes()
    before, xml = world.things(), world.xml("taken")
    new = await world.wish(SourceKind.EMPTY, name="other")
    volume = new.new_volume
    assert volume is not None
    uuid = read_identity(xml).uuid
    offer = await world.offer()
    for wish in (
        replace(new, name="taken"),
        replace(new, new_volume=replace(volume, name="precious.qcow2")),
        replace(new, xml=world.creation.build_xml(replace(new, name="taken"), offer)),
        replace(
            new, xml=world.creation.build_xml(new, offer).replace("</name>", f"</name><uuid>{uuid}</uuid>", 1)
        ),
    ):
        job = await world.create(wish)
        assert isinstance(job.error, AlreadyExists), job.error
        assert world.things() == before
        assert world.xml("taken") == xml
    assert (lab_host.images_path / Path(path).name).read_bytes() == precious


async def test_a_file_the_pool_has_not_seen_yet_is_not_written_over(world: World, host_a: LabHost) -> None:
    new = await world.wish(SourceKind.EMPTY, name="late", start=False)
    (host_a.images_path / "late.qcow2").write_bytes(b"somebody's")
    job = await world.create(new)
    assert isinstance(job.error, AlreadyExists)
    assert (host_a.images_path / "late.qcow2").read_bytes() == b"somebody's"


@every_generation
@pytest.mark.parametrize("phase", [Phase.UPLOADING, Phase.STARTING])
async def test_libvirtd_killed_during_creation(
    remote: World, lab_host: LabHost, tmp_path: Path, phase: Phase
) -> None:
    """The host comes back: what was made before is removed then."""
    before = remote.things()
    new = await remote.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, BIG_MIB))
    killed = await killing(remote, lab_host.kill_daemon, phase)
    job_id = remote.creation.create(new)
    await killed.wait()
    await in_thread(lab_host.start_daemon)
    job = await remote.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, (ConnectionLost, HostUnreachable)), job.error
    assert remote.things() == before


@pytest.mark.long
async def test_a_host_that_takes_nothing_is_given_up(
    remote: World, host_a: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_call, "STALL_TIMEOUT_S", 1.5)
    monkeypatch.setattr(reconnecting, "RECONNECT_TIMEOUT_S", 2.0)
    before = remote.things()
    new = await remote.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, BIG_MIB))
    silent = await killing(remote, host_a.pause_daemon, Phase.UPLOADING)
    try:
        job_id = remote.creation.create(new)
        await silent.wait()
        job = await remote.jobs.wait(job_id)
    finally:
        await in_thread(host_a.resume_daemon)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, (PartlyDone, TimedOut, ConnectionLost)), job.error
    if not isinstance(job.error, PartlyDone):
        assert remote.things() == before


async def test_a_host_that_stays_away_may_keep_something_and_it_is_said(
    remote: World, host_a: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconnecting, "RECONNECT_TIMEOUT_S", 2.0)
    new = await remote.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, BIG_MIB))
    killed = await killing(remote, host_a.kill_daemon, Phase.UPLOADING)
    job_id = remote.creation.create(new)
    await killed.wait()
    job = await remote.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, PartlyDone)
    assert [what for what, _ in job.error.failed] == ["big.iso"]
