"""The four lanes of a host: what one lane is full of keeps nobody in another from being served."""

import asyncio
import threading
from collections.abc import AsyncIterator

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.unit.hypervisor.recording import UUID, Recorder, host
from vmgui.hypervisor import lifecycle
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import list_domains
from vmgui.hypervisor.lane import Leave
from vmgui.hypervisor.lanes import FOUR, LONG, POOLS, SHORT, SLOW, LaneKind
from vmgui.hypervisor.storage import list_pools
from vmgui.hypervisor.stuck_calls import ALL_POOLS


class Held:
    """Calls that stay under way until they are let go, and how many of them are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.go = threading.Event()
        self.begun = 0

    def hold(self, _conn: libvirt.virConnect) -> str:
        with self._lock:
            self.begun += 1
        assert self.go.wait(120)
        return "ended"

    async def fill(self, lane: LaneKind, pool: str | None = None) -> list[asyncio.Task[str]]:
        """Take all threads of a lane."""
        run = self._connection.run
        calls = [
            asyncio.ensure_future(run(self.hold, lane=lane, pool=pool, timeout_s=None))
            for _ in range(lane.threads)
        ]
        await eventually(lambda: self.begun == lane.threads)
        return calls


@pytest.fixture
async def connection(uri: str) -> AsyncIterator[Connection]:
    connection = Connection(host(uri), Recorder())
    await connection.open()
    yield connection
    await connection.close()


async def test_with_twelve_long_calls_a_start_begins_at_once(connection: Connection) -> None:
    """Counted: all twelve are under way before it, and none has ended when it has."""
    await connection.run(lifecycle.destroy, UUID)
    held = Held(connection)
    calls = await held.fill(LONG)
    assert held.begun == 12
    waited: list[bool] = []

    def on_wait(waits: bool, _leave: Leave) -> None:
        waited.append(waits)

    await connection.run(lifecycle.start, UUID, lane=SLOW, on_wait=on_wait)
    assert waited == []
    assert not any(call.done() for call in calls)
    assert held.begun == 12
    # The thirteenth stands in line, and says so.
    more = asyncio.ensure_future(connection.run(held.hold, lane=LONG, timeout_s=None, on_wait=on_wait))
    await eventually(lambda: waited == [True])
    assert held.begun == 12
    held.go.set()
    assert await asyncio.gather(*calls, more) == ["ended"] * 13
    assert waited == [True, False]


@pytest.mark.parametrize("full", FOUR, ids=lambda lane: lane.name)
async def test_no_lane_waits_for_another(connection: Connection, full: LaneKind) -> None:
    held = Held(connection)
    calls = await held.fill(full)
    for lane in (SHORT, SLOW, POOLS, LONG):
        if lane is not full:
            assert len(await connection.run(list_domains, "h", lane=lane)) == 1
    assert not any(call.done() for call in calls)
    held.go.set()
    await asyncio.gather(*calls)


async def test_a_pool_that_hangs_leaves_threads_to_the_others(connection: Connection) -> None:
    """Two that change it, and one that reads it."""
    held = Held(connection)
    waited: list[bool] = []

    def on_wait(waits: bool, _leave: Leave) -> None:
        waited.append(waits)

    run = connection.run
    changes = [
        asyncio.ensure_future(run(held.hold, lane=POOLS, pool="dead", timeout_s=None, on_wait=on_wait))
        for _ in range(5)
    ]
    await eventually(lambda: held.begun == 2 and waited == [True] * 3)
    reads = [asyncio.ensure_future(run(_read_of(held), pool="dead", timeout_s=None)) for _ in range(3)]
    await eventually(lambda: held.begun == 3)
    assert await run(list_pools, pool=ALL_POOLS)
    assert await run(lambda _conn: "changed", lane=POOLS, pool="alive") == "changed"
    assert held.begun == 3
    held.go.set()
    assert await asyncio.gather(*changes, *reads) == ["ended"] * 8
    assert waited == [True] * 3 + [False] * 3


def _read_of(held: Held):
    """A question of its own: nobody else asks the same."""

    def read(conn: libvirt.virConnect) -> str:
        return held.hold(conn)

    return read
