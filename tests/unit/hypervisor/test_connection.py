"""One connection: what it does when all is well (libvirt's test driver) and when nothing answers."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.unit.hypervisor.recording import UUID, Recorder, host
from vmgui.hypervisor import definition, domains, lifecycle, node
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import SHORT, SLOW
from vmgui.hypervisor.stuck_calls import MAX_STUCK
from vmgui.model.domain import DomainState
from vmgui.model.errors import (
    Busy,
    ConnectionLost,
    HostUnreachable,
    NotFound,
    PermissionDenied,
    TimedOut,
    VmguiError,
)
from vmgui.model.event import EventKind


@pytest.fixture
async def connection(uri: str) -> AsyncIterator[Connection]:
    connection = Connection(host(uri), Recorder())
    await connection.open()
    yield connection
    await connection.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Something that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def our_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("vmgui-")]


async def test_open_tells_what_the_host_is(connection: Connection) -> None:
    info = connection.info
    assert info is not None
    assert (info.driver, info.cpus, info.numa_nodes) == ("TEST", 16, 2)
    assert info.features.storage_pools
    assert info.features.networks
    assert info.features.events
    assert not info.features.graphics_fd
    assert connection.is_open
    assert connection.last_answer_s > 0


async def test_calls_run_off_the_loop(connection: Connection) -> None:
    def where(_conn: libvirt.virConnect) -> int:
        return threading.get_ident()

    assert await connection.run(where) != threading.get_ident()
    assert connection.latency_s is not None


async def test_events_arrive(connection: Connection) -> None:
    listener: Recorder = connection._listener  # type: ignore[assignment]
    await connection.run(lifecycle.suspend, UUID)
    event = await eventually(lambda: listener.events and listener.events[0])
    assert (event.kind, event.uuid, event.name) == (EventKind.DOMAIN_LIFECYCLE, UUID, "test")


async def test_errors_know_their_host(connection: Connection) -> None:
    with pytest.raises(NotFound) as caught:
        await connection.run(lifecycle.start, "00000000-0000-0000-0000-000000000001")
    assert caught.value.host == "h"
    assert caught.value.code == libvirt.VIR_ERR_NO_DOMAIN


async def test_a_call_past_its_deadline_leaves_the_rest_alone(connection: Connection) -> None:
    release = threading.Event()

    def hang(_conn: libvirt.virConnect) -> None:
        release.wait(120)

    with pytest.raises(TimedOut):
        await connection.run(hang, timeout_s=0.1)
    assert connection.abandoned_calls == 1
    assert len(await connection.run(domains.list_domains, "h")) == 1
    release.set()
    await eventually(lambda: connection.abandoned_calls == 0)


async def test_slow_calls_do_not_starve_short_ones(connection: Connection) -> None:
    release, begun = threading.Event(), threading.Semaphore(0)

    def hang(_conn: libvirt.virConnect) -> str:
        begun.release()
        release.wait(120)
        return "done"

    slow = [asyncio.ensure_future(connection.run(hang, lane=SLOW, timeout_s=None)) for _ in range(6)]
    await eventually(lambda: begun.acquire(blocking=False))
    assert len(await connection.run(domains.list_domains, "h", timeout_s=60.0)) == 1
    assert not any(call.done() for call in slow)
    release.set()
    assert await asyncio.gather(*slow) == ["done"] * 6


async def test_close_ends_what_is_under_way_at_once(uri: str) -> None:
    listener = Recorder()
    connection = Connection(host(uri), listener)
    await connection.open()
    release, begun = threading.Event(), threading.Event()

    def hang(_conn: libvirt.virConnect) -> None:
        begun.set()
        release.wait(120)

    calls = [asyncio.ensure_future(connection.run(hang)) for _ in range(10)]
    await eventually(begun.is_set)
    # A thread still in the connection: it must not be freed under it, nor may close wait for it.
    await connection.close(timeout_s=0.3)
    assert not release.is_set()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, ConnectionLost) for result in results)
    assert not connection.is_open
    with pytest.raises(ConnectionLost):
        await connection.run(node.read_usage)
    release.set()
    await eventually(lambda: not our_threads())
    assert listener.closed == []


async def test_close_twice_and_before_open(uri: str) -> None:
    connection = Connection(host(uri), Recorder())
    await connection.close()
    await connection.open()
    await connection.close()
    await connection.close()


async def test_opening_twice_is_an_error_of_the_program(connection: Connection) -> None:
    with pytest.raises(RuntimeError):
        await connection.open()


async def test_it_can_be_opened_again_and_then_hears_again(uri: str) -> None:
    listener = Recorder()
    connection = Connection(host(uri), listener)
    await connection.open()
    await connection.close()
    await connection.open()
    await connection.run(lifecycle.suspend, UUID)
    await eventually(lambda: listener.events)
    await connection.close()


@pytest.mark.usefixtures("no_handles")
async def test_fifty_openings_leave_no_thread_and_no_handle(uri: str) -> None:
    listener = Recorder()
    for _ in range(50):
        connection = Connection(host(uri), listener)
        await connection.open()
        await connection.run(domains.list_domains, "h")
        await connection.run(lifecycle.suspend, UUID)
        with pytest.raises(VmguiError) as kept:
            await connection.run(definition.rename, UUID, "running")
        await connection.run(domains.read_domain, "h", UUID, lane=SLOW)
        await connection.close()
        assert kept.value.host == "h"
    await eventually(lambda: not our_threads())


async def test_read_only_refuses_writing(uri: str) -> None:
    connection = Connection(host(uri, read_only=True), Recorder())
    info = await connection.open()
    assert info.features.read_only
    assert not info.features.managed_save
    assert len(await connection.run(domains.list_domains, "h")) == 1
    with pytest.raises(PermissionDenied):
        await connection.run(lifecycle.destroy, UUID)
    await connection.close()


@pytest.mark.parametrize(
    "uri",
    [
        "garbage",
        "bogus:///x",
        "qemu+bogus://host/system",
        "qemu+tcp://127.0.0.1:1/system",
        "qemu+unix:///system?socket=/nonexistent/sock",
        "qemu+tcp://[::1/system",
        "test:///nonexistent/file.xml",
    ],
)
async def test_a_wrong_uri_says_so_and_leaves_nothing(uri: str) -> None:
    connection = Connection(host(uri), Recorder())
    with pytest.raises(VmguiError) as caught:
        await connection.open(timeout_s=10)
    assert caught.value.detail
    assert caught.value.subject == uri
    assert caught.value.host == "h"
    assert not connection.is_open


async def test_a_host_that_never_answers_ends_at_the_deadline(
    silent_port: int, connection: Connection
) -> None:
    silent = Connection(host(f"qemu+tcp://127.0.0.1:{silent_port}/system", "silent"), Recorder())
    opening = asyncio.ensure_future(silent.open(timeout_s=1.0))
    answers = 0
    while not opening.done():
        await connection.run(domains.list_domains, "h")
        answers += 1
    assert answers > 1, "another host answers meanwhile"
    with pytest.raises(HostUnreachable, match="no answer within 1 s") as caught:
        await opening
    assert caught.value.host == "silent"
    assert not silent.is_open


async def test_giving_up_while_it_opens(silent_port: int) -> None:
    silent = Connection(host(f"qemu+tcp://127.0.0.1:{silent_port}/system", "silent"), Recorder())
    opening = asyncio.ensure_future(silent.open(timeout_s=3600))
    await eventually(our_threads)
    await silent.close(timeout_s=1.0)
    with pytest.raises(ConnectionLost):
        await opening


async def test_cancelling_while_it_opens(silent_port: int) -> None:
    silent = Connection(host(f"qemu+tcp://127.0.0.1:{silent_port}/system", "silent"), Recorder())
    opening = asyncio.ensure_future(silent.open(timeout_s=3600))
    await eventually(our_threads)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert not silent.is_open


async def test_two_thousand_calls_at_once(connection: Connection) -> None:
    """Many calls at once: order and results stay each caller's own."""
    calls = [connection.run(partial(_echo, number)) for number in range(2000)]
    assert await asyncio.gather(*calls) == list(range(2000))
    found = await connection.run(domains.read_domain, "h", UUID)
    assert found is not None
    assert found.state is DomainState.RUNNING


def _echo(number: int, conn: libvirt.virConnect) -> int:
    conn.getHostname()
    return number


# What never left ---------------------------------------------------------------------------------------------


class Gate:
    """Calls that stop at it until it is opened, and what came through."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.begun: list[str] = []

    def call(self, _conn: libvirt.virConnect, name: str) -> None:
        self.begun.append(name)
        self.opened.wait(60)


async def filled(connection: Connection, gate: Gate) -> list[asyncio.Task[None]]:
    """The slow lane full of calls that stop at the gate."""
    tasks = [
        asyncio.ensure_future(connection.run(gate.call, f"first {number}", lane=SLOW, timeout_s=None))
        for number in range(SLOW.threads)
    ]
    await eventually(lambda: len(gate.begun) == SLOW.threads)
    return tasks


async def test_without_a_connection_nothing_leaves(uri: str) -> None:
    with pytest.raises(ConnectionLost) as caught:
        await Connection(host(uri), Recorder()).run(node.read_usage)
    assert caught.value.never_sent


async def test_what_waits_when_the_connection_ends_never_leaves_and_knows_it(uri: str) -> None:
    gate = Gate()
    connection = Connection(host(uri), Recorder())
    await connection.open()
    first = await filled(connection, gate)
    second = asyncio.ensure_future(connection.run(gate.call, "second", lane=SLOW, timeout_s=None))
    await asyncio.sleep(0)
    connection.abandon()
    errors = await asyncio.gather(*first, second, return_exceptions=True)
    assert [isinstance(error, ConnectionLost) and error.never_sent for error in errors] == [
        *(False,) * SLOW.threads,
        True,
    ]
    gate.opened.set()
    await eventually(lambda: not our_threads())
    assert "second" not in gate.begun


async def test_a_deadline_passed_in_the_queue_is_no_call(connection: Connection) -> None:
    gate = Gate()

    def look(_conn: libvirt.virConnect, name: str) -> None:
        gate.call(_conn, name)

    waiting = [
        asyncio.ensure_future(connection.run(look, f"{n}", timeout_s=60)) for n in range(SHORT.threads)
    ]
    await eventually(lambda: len(gate.begun) == SHORT.threads)
    with pytest.raises(TimedOut) as caught:
        await connection.run(look, "late", timeout_s=0.01)
    assert caught.value.never_sent
    gate.opened.set()
    await asyncio.gather(*waiting)
    # The lane works on, and what was called off is not in what it did.
    await connection.run(look, "after")
    assert "late" not in gate.begun


async def test_a_call_past_its_deadline_may_have_been_done_and_too_many_out_are_none(
    connection: Connection,
) -> None:
    gate = Gate()
    late: dict[str, bool] = {}
    while connection.abandoned_calls < MAX_STUCK:
        name = f"{len(late)}"
        with pytest.raises(TimedOut) as caught:
            await connection.run(gate.call, name, lane=SLOW, timeout_s=0.01)
        late[name] = caught.value.never_sent
    with pytest.raises(Busy) as refused:
        await connection.run(gate.call, "one more", lane=SLOW)
    assert refused.value.never_sent
    gate.opened.set()
    await eventually(lambda: connection.abandoned_calls == 0)
    # On a busy computer a deadline may pass before its call has left.
    assert set(gate.begun) == {name for name, never_sent in late.items() if not never_sent}
