"""Daemons that end, die, hang, and wires that are cut: each host for itself, and back by itself."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from tests.helpers.figures import figure
from tests.helpers.loop_gaps import Stopwatch, measured
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor.domains import list_domains
from vmgui.model.domain import DomainState
from vmgui.model.errors import (
    AuthFailed,
    ConnectionLost,
    HostKeyRejected,
    HostUnreachable,
    PermissionDenied,
    TimedOut,
)
from vmgui.model.host import HostState, KvmState
from vmgui.model.job import JobState
from vmgui.services.background import in_thread
from vmgui.services.lifecycle import LifecycleService

HANGS_S = 200.0
"""libvirt's keepalive gives a silent daemon up after 15 to 20 s, and TCP tries ever less often."""


def thread_names() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


@every_generation
@pytest.mark.parametrize("how", ["stop_daemon", "kill_daemon"])
async def test_a_daemon_that_ends_is_noticed_and_followed_again(
    world: World, lab_host: LabHost, how: str
) -> None:
    lab_host.define_tiny("web", start=True)
    lab_host.define_tiny("spare")
    world.add(lab_host.unix_uri)
    await world.connected()
    key = await world.seen("web")
    connection = world.hosts.connection("h1")

    await in_thread(getattr(lab_host, how))
    await world.state(HostState.UNREACHABLE)
    lost = world.host()
    assert isinstance(lost.error, HostUnreachable | ConnectionLost)
    assert lost.retry_at_s > 0
    # What was seen last stays, with its age.
    assert world.inventory.domains[key].state is DomainState.RUNNING
    assert lost.info is not None

    await in_thread(lab_host.start_daemon)
    world.hosts.retry_now("h1")
    await world.connected()
    assert world.hosts.connection("h1") is not connection
    assert world.inventory.domains[key].state is DomainState.RUNNING
    # Callbacks are registered anew: what happens now is told, long before anything is read by the clock.
    lab_host.define_tiny("new")
    await world.seen("new")


async def test_it_comes_back_by_itself(world: World, host_a: LabHost) -> None:
    world.add(host_a.tcp_uri)
    await world.connected()
    await in_thread(host_a.restart_daemon)
    await eventually(lambda: world.host().error is not None)
    await world.connected(timeout_s=HANGS_S)


async def test_silent_hosts_never_slow_another_and_are_followed_again(
    world: World, lab_hosts: tuple[LabHost, ...]
) -> None:
    """One hangs, one is cut off, for longer than keepalive bears; the third is measured."""
    hung, good, cut = lab_hosts
    for host_id, host, name in (("hung", hung, "web"), ("good", good, "db"), ("cut", cut, "mail")):
        host.define_tiny(name, start=True)
        world.add(host.tcp_uri, host_id)
        await world.connected(host_id)
    connection = world.hosts.connection("good")

    async def rounds(count: int) -> float:
        times: list[float] = []
        for _ in range(count):
            started_s = time.perf_counter()
            await connection.run(list_domains, "good")
            times.append(time.perf_counter() - started_s)
        return sorted(times)[count // 2]

    async with measured() as clock:
        before_s = await rounds(50)
        await in_thread(hung.pause_daemon)
        await in_thread(cut.cut_network)
        # Calls to the silent hosts are under way while the other is measured.
        lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
        stuck = [lifecycle.pause([world.key("web", "hung")]), lifecycle.pause([world.key("mail", "cut")])]
        await rounds(1)
        # It has answered while the others still owe their answers.
        assert not any(world.jobs.jobs[job_id].state.is_final for job_id in stuck)
        during_s = await rounds(50)
        figure("answers of a host while others are silent, against before", during_s / before_s, "x")
        job = await world.jobs.wait(lifecycle.pause([world.key("db", "good")]))
        assert job.state is JobState.DONE
        await eventually(lambda: world.find("db", "good").state is DomainState.PAUSED)

        for host_id, job_id in zip(("hung", "cut"), stuck, strict=True):
            await world.state(HostState.UNREACHABLE, host_id, HANGS_S)
            failed = await world.jobs.wait(job_id)
            assert isinstance(failed.error, ConnectionLost | TimedOut)
            # What was seen last stays.
            assert world.inventory.domains_of(host_id)
        assert world.host("good").state is HostState.CONNECTED

        # Back by themselves, nobody asks for it.
        await asyncio.sleep(2.0)
        await in_thread(hung.resume_daemon)
        clock.restart()
        await world.connected("hung", HANGS_S)
        clock.record("recovery of a host")
        await in_thread(cut.mend_network)
        clock.restart()
        await world.connected("cut", HANGS_S)
        clock.record("recovery of a host")
    # Openings that were under way when the wire was cut end when TCP tries again.
    await world.hosts.close()
    await eventually(lambda: not any(name.startswith("vmgui-") for name in thread_names()), HANGS_S)


@pytest.mark.parametrize("fault", ["hung daemon", "cut wire"])
async def test_closing_does_not_wait_for_a_silent_host(host_a: LabHost, host_b: LabHost, fault: str) -> None:
    world = World()
    world.add(host_a.tcp_uri, "a")
    world.add(host_b.tcp_uri, "b")
    await world.connected("a")
    await world.connected("b")
    if fault == "hung daemon":
        host_a.pause_daemon()
    else:
        host_a.cut_network()
    clock = Stopwatch()
    await world.close()
    clock.record("closing with a silent host")
    # What is owed by the silent host is still waited for, by threads that nobody waits for.
    assert any(name.startswith("vmgui-") for name in thread_names())
    # Let the threads that were left to themselves end within the test.
    if fault == "hung daemon":
        host_a.resume_daemon()
    else:
        host_a.mend_network()


async def test_who_is_refused_is_not_tried_again_by_itself(world: World, host_a: LabHost) -> None:
    world.add(host_a.wrong_key_ssh_uri, "key")
    world.add(host_a.unknown_host_ssh_uri, "unknown")
    await world.state(HostState.REFUSED, "key")
    await world.state(HostState.REFUSED, "unknown")
    assert isinstance(world.host("key").error, AuthFailed)
    assert isinstance(world.host("unknown").error, HostKeyRejected)
    assert world.host("key").retry_at_s == 0
    world.hosts.retry_now("key")
    await world.state(HostState.CONNECTING, "key")
    await world.state(HostState.REFUSED, "key")


@every_generation
async def test_read_only_sees_and_changes_nothing(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("web")
    world.add(lab_host.unix_uri.replace("libvirt-sock", "libvirt-sock-ro"), read_only=True)
    await world.connected()
    key = await world.seen("web")
    service = LifecycleService(world.hosts, world.inventory, world.jobs)
    job = await world.jobs.wait(service.start([key]))
    assert isinstance(job.error, PermissionDenied)


async def test_acceleration_that_lies_is_found_out_once_and_remembered(host_a: LabHost) -> None:
    class Memory:
        def __init__(self) -> None:
            self.known: dict[str, KvmState] = {}
            self.writes = 0

        def get(self, fingerprint: str) -> KvmState | None:
            return self.known.get(fingerprint)

        def set(self, fingerprint: str, state: KvmState) -> None:
            self.known[fingerprint] = state
            self.writes += 1

    memory = Memory()
    world = World(kvm=memory)  # type: ignore[arg-type]
    try:
        world.add(host_a.unix_uri)
        await world.connected()
        found = await eventually(lambda: world.host().kvm is not KvmState.UNKNOWN and world.host().kvm)
        assert found in (KvmState.LIES, KvmState.WORKS, KvmState.MISSING)
        # The throw-away machine is no business of the person's.
        assert not world.inventory.domains_of("h1")
        world.hosts.disconnect("h1")
        world.hosts.connect("h1")
        await world.connected()
        assert world.host().kvm is found
        if found is not KvmState.MISSING:
            assert memory.writes == 1
            job = await world.jobs.wait(world.hosts.probe_kvm("h1"))
            assert job.state is JobState.DONE
            assert memory.writes == 2
    finally:
        await world.close()
