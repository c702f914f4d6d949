"""Whatever happened to a host: it is followed again by itself, and nothing waits on the loop's thread meanwhile.

On real daemons. How soon after its return (two seconds are promised) is a figure of the run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager

import pytest

from tests.helpers.loop_gaps import Stopwatch, measured
from tests.helpers.waiting import eventually
from tests.helpers.wire import Wire
from tests.helpers.world import World
from tests.lab.expiry import MendableUri, expired_client, expired_server
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor.domains import list_domains
from vmgui.model.domain import DomainState
from vmgui.model.errors import AuthFailed, HostKeyRejected, HostUnreachable
from vmgui.model.host import HostState
from vmgui.policy import health
from vmgui.policy.health import Freshness, freshness
from vmgui.services import login, patience
from vmgui.services.background import in_thread
from vmgui.services.performance import PerformanceService

LIMIT_S = 120.0


@pytest.fixture
async def world(event_loop: object) -> AsyncIterator[World]:
    """With metrics, which poll every two seconds as in the program."""
    made = World()
    performance = PerformanceService(made.hosts, made.inventory)
    yield made
    await performance.close()
    await made.close()


async def fresh_again(world: World, clock: Stopwatch, host_id: str = "h1") -> None:
    """By itself; how soon is a figure."""
    await eventually(lambda: is_now(world, Freshness.FRESH, host_id), LIMIT_S)
    clock.record("recovery of a host")


def answers(host: LabHost) -> None:
    """Somebody else gets an answer: the host has returned."""
    with host.connect() as conn:
        conn.listAllDomains()


def is_now(world: World, wanted: Freshness, host_id: str = "h1") -> bool:
    return freshness(world.host(host_id), time.monotonic()) is wanted


@pytest.mark.parametrize("way", ["unix_uri", "tls_uri"])
async def test_a_killed_daemon_that_is_started_again(world: World, host_a: LabHost, way: str) -> None:
    host_a.define_tiny("web", start=True)
    world.add(getattr(host_a, way))
    await world.connected()
    async with measured() as clock:
        await in_thread(host_a.kill_daemon)
        await world.state(HostState.UNREACHABLE)
        await eventually(lambda: world.host().health.failed_tries >= 2)
        await in_thread(host_a.start_daemon)
        await in_thread(answers, host_a)
        clock.restart()
        await fresh_again(world, clock)
    assert world.find("web").state is DomainState.RUNNING


async def test_a_restarted_daemon(world: World, host_a: LabHost) -> None:
    world.add(host_a.tcp_uri)
    await world.connected()
    async with measured() as clock:
        await in_thread(host_a.restart_daemon)
        await in_thread(answers, host_a)
        clock.restart()
        await eventually(lambda: world.host().health.error is not None)
        await fresh_again(world, clock)
        # And its events are heard.
        await in_thread(host_a.define_tiny, "new")
        await world.seen("new")


@every_generation
async def test_a_daemon_that_hangs_is_stale_long_before_it_is_dead(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "STALE_AFTER_S", 3.0)
    lab_host.define_tiny("web")
    world.add(lab_host.tcp_uri)
    await world.connected()
    connection = world.hosts.connection("h1")
    async with measured() as clock:
        await in_thread(lab_host.pause_daemon)
        await eventually(lambda: is_now(world, Freshness.STALE), LIMIT_S)
        assert world.host().state is HostState.CONNECTED
        await in_thread(lab_host.resume_daemon)
        clock.restart()
        await fresh_again(world, clock)
    assert world.hosts.connection("h1") is connection


@every_generation
async def test_a_link_that_was_cut_for_a_short_time(world: World, lab_host: LabHost) -> None:
    """TCP would notice up to six seconds late."""
    lab_host.define_tiny("web")
    world.add(lab_host.tcp_uri)
    await world.connected()
    async with measured() as clock:
        await in_thread(lab_host.cut_network)
        cut_s = time.monotonic()
        await eventually(lambda: is_now(world, Freshness.STALE), LIMIT_S)
        # 0.2 + 0.4 + ... + 3.2: TCP has just tried again, and waits for six seconds now.
        await asyncio.sleep(max(0.0, cut_s + 9.0 - time.monotonic()))
        await in_thread(lab_host.define_tiny, "new")
        await in_thread(lab_host.mend_network)
        clock.restart()
        await eventually(lambda: is_now(world, Freshness.FRESH), LIMIT_S)
        await world.seen("new")
        clock.record("recovery of a host")
        # What happens now is told at once, too.
        await in_thread(lab_host.define_tiny, "newer")
        await world.seen("newer")
    # The old connection ends when TCP tries again, or keepalive gives it up.
    await world.hosts.close()
    await eventually(lambda: not any("-close" in thread.name for thread in threading.enumerate()), LIMIT_S)


async def test_the_ssh_daemon_goes_and_comes_back(world: World, host_a: LabHost) -> None:
    host_a.define_tiny("web")
    world.add(host_a.ssh_uri)
    await world.connected()
    async with measured() as clock:
        await in_thread(host_a.kill_ssh)
        await world.state(HostState.UNREACHABLE)
        await eventually(lambda: world.host().health.failed_tries >= 2, LIMIT_S)
        await in_thread(host_a.start_ssh)
        clock.restart()
        await fresh_again(world, clock)


async def test_an_end_in_the_middle_of_a_tls_handshake_is_no_refusal(world: World, host_a: LabHost) -> None:
    """libvirt calls it a failed authentication, which is not tried again."""
    pki = host_a.tls_uri.partition("?")[2]
    with Wire((host_a.address, 16514), delay_s=600.0) as wire:
        # The certificate is the host's, not the wire's.
        world.add(f"qemu+tls://127.0.0.1:{wire.port}/system?{pki}&no_verify=1")
        await eventually(lambda: wire.delayed)
        wire.delay_s = 0.0
        wire.drop_all()
        error = await eventually(lambda: world.host().health.error)
        assert isinstance(error, HostUnreachable), error
        assert "TLS handshake failed" in str(error)
        await world.connected()
        await world.hosts.close()


async def test_an_opening_that_hangs_ends_when_the_host_wakes_up(
    world: World, host_a: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 0.5)
    with Wire((host_a.address, 16509), is_mute=True) as wire:
        async with measured() as clock:
            world.add(wire.uri)
            await world.state(HostState.UNREACHABLE)
            assert "no answer" in str(world.host().error)
            wire.is_mute = False
            clock.restart()
            await world.connected()
            await fresh_again(world, clock)
        assert world.host().error is None
        await world.hosts.close()


async def test_a_slow_way_is_no_silent_one(
    world: World, host_a: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some fifty answers of 0.06 s each are longer than the silence that is borne."""
    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 1.5)
    monkeypatch.setattr(patience, "WAIT_ON_S", 0.0)
    with Wire((host_a.address, 16509), delay_s=0.06) as wire:
        async with measured():
            started_s = time.monotonic()
            world.add(wire.uri)
            await world.connected()
        assert time.monotonic() - started_s > 1.5
        await world.hosts.close()


@pytest.mark.async_timeout(400)
@pytest.mark.parametrize("delay_s", [0.8, pytest.param(10.0, marks=pytest.mark.long)])
async def test_a_host_that_answers_slowly_is_slow_and_not_dead(
    world: World, host_a: LabHost, delay_s: float
) -> None:
    host_a.define_tiny("web")
    with Wire((host_a.address, 16509)) as wire:
        world.add(wire.uri)
        await world.connected()
        connection = world.hosts.connection("h1")
        async with measured() as clock:
            wire.delay_s = delay_s
            # A sample takes a few answers.
            await eventually(lambda: is_now(world, Freshness.SLOW), LIMIT_S)
            assert (world.host().health.latency_s or 0.0) > delay_s / 2
            until_s = time.monotonic() + (60 if delay_s > 5 else 3)
            while time.monotonic() < until_s:
                assert world.host().state is HostState.CONNECTED
                await asyncio.sleep(0.1)
            assert world.hosts.connection("h1") is connection
            wire.delay_s = 0.0
            # What is under way was delayed already.
            await eventually(lambda: is_now(world, Freshness.FRESH), LIMIT_S)
            clock.restart()
            await in_thread(host_a.define_tiny, "new")
            await world.seen("new")
        await world.hosts.close()


@every_generation
async def test_machines_come_and_go_while_they_are_listed(world: World, lab_host: LabHost) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    connection = world.hosts.connection("h1")
    stop = threading.Event()
    rounds = 0

    def come_and_go() -> None:
        nonlocal rounds
        while not stop.is_set():
            for number in range(8):
                lab_host.define_tiny(f"vm-{number}")
            with lab_host.connect() as conn:
                for domain in conn.listAllDomains():
                    domain.undefine()
            rounds += 1
        lab_host.define_tiny("last")

    async with measured():
        storm = asyncio.ensure_future(in_thread(come_and_go))
        lists = 0
        while lists < 20 or rounds < 3:
            assert not storm.done(), storm.exception()
            await connection.run(list_domains, "h1")
            world.hosts.refresh("h1")
            lists += 1
        stop.set()
        await storm
        await eventually(lambda: [row.name for row in world.inventory.domains_of("h1")] == ["last"])
    assert world.hosts.connection("h1") is connection
    assert world.host().health.error is None


@pytest.mark.parametrize("expired", [expired_client, expired_server])
async def test_a_certificate_that_has_expired(
    world: World, host_a: LabHost, expired: Callable[[LabHost], AbstractContextManager[MendableUri]]
) -> None:
    context = expired(host_a)
    uri = await in_thread(context.__enter__)
    try:
        async with measured() as clock:
            world.add(uri)
            await world.state(HostState.REFUSED)
            assert isinstance(world.host().error, AuthFailed | HostKeyRejected)
            # Only a person can mend this, and says so.
            assert world.host().retry_at_s == 0
            await in_thread(uri.mend)
            clock.restart()
            world.hosts.retry_now("h1")
            await fresh_again(world, clock)
    finally:
        await in_thread(context.__exit__, None, None, None)
