"""One thing known of a host, here its networks: one reading for many askers, true by events. On the test driver."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import libvirt
import pytest

from tests.helpers.clock import FakeClock
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.errors import HostUnreachable, InternalFault, LibvirtFailure, Unsupported, VmguiError
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.network import Network
from vmgui.services import host_watch, networks
from vmgui.services.host_watch import EVERY_S, REST_FACTOR, REST_S, UNTOLD_GOOD_FOR_S, mended
from vmgui.services.hosts import HostEvents
from vmgui.services.networks import NetworkWatch

OTHER = """<network><name>{}</name><bridge name='virbr9'/><forward mode='route'/>
<ip address='10.9.8.1' netmask='255.255.255.0'/></network>"""


class Host:
    """What the host is asked, and whether it answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.answers = threading.Event()
        self.answers.set()
        self.error: VmguiError | None = None
        list_networks, read_networks = networks.list_networks, networks.read_networks

        def listing(conn: libvirt.virConnect) -> tuple[Network, ...]:
            self.asked.append("all")
            found = list_networks(conn)
            assert self.answers.wait(60)
            if self.error is not None:
                raise self.error
            return found

        def reading(conn: libvirt.virConnect, names: list[str]) -> dict[str, Network | None]:
            self.asked.append(" ".join(names))
            return read_networks(conn, names)

        monkeypatch.setattr(networks, "list_networks", listing)
        monkeypatch.setattr(networks, "read_networks", reading)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    made = Host(monkeypatch)
    yield made
    made.answers.set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    made = FakeClock()
    monkeypatch.setattr(host_watch, "time", made)
    return made


@pytest.fixture
async def watch(world: World, host: Host, clock: FakeClock, other: libvirt.virConnect) -> NetworkWatch:
    for network in other.listAllNetworks():
        if network.name() != "default":
            if network.isActive():
                network.destroy()
            network.undefine()
        elif not network.isActive():
            network.create()
    world.add("test:///default")
    await world.connected()
    assert EventKind.NETWORK in world.hosts.connection("h1").tells
    return world.watches.networks


def tell(world: World, *names: str) -> None:
    events = tuple(HostEvent(EventKind.NETWORK, "", name, "defined") for name in names)
    world.hosts.events.emit(HostEvents("h1", events))


async def test_nothing_is_read_before_somebody_asks_and_then_once_for_all(
    watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    assert watch.get("h1") == host_watch.Known()
    assert host.asked == []
    host.answers.clear()
    asks = [asyncio.ensure_future(watch.fresh("h1")) for _ in range(5)]
    await eventually(lambda: host.asked)
    asks.append(asyncio.ensure_future(watch.fresh("h1")))
    host.answers.set()
    answers = await asyncio.gather(*asks)
    assert {network.name for network in answers[0]} == {"default"}
    assert all(answer is answers[0] for answer in answers)
    clock.advance(watch.good_for_s)
    assert await watch.fresh("h1") is answers[0]
    assert host.asked == ["all"]
    known = watch.get("h1")
    assert (known.is_true, known.error) == (True, None)
    assert clock.monotonic() - known.at_s == watch.good_for_s


async def test_it_is_read_anew_when_it_is_too_old_or_a_decision_needs_it(
    watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    await watch.fresh("h1")
    clock.advance(watch.good_for_s + 1)
    await watch.fresh("h1")
    assert len(host.asked) == 2
    clock.advance(1)
    await watch.fresh("h1", max_age_s=2)
    assert len(host.asked) == 2
    await watch.fresh("h1", max_age_s=0.0)
    assert len(host.asked) == 3


async def test_who_has_to_know_anew_does_not_get_what_was_asked_before(
    watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    host.answers.clear()
    first = asyncio.ensure_future(watch.fresh("h1"))
    await eventually(lambda: host.asked)
    clock.advance(0.1)
    later = [asyncio.ensure_future(watch.fresh("h1", max_age_s=0.0)) for _ in range(3)]
    host.answers.set()
    await asyncio.gather(first, *later)
    assert host.asked == ["all", "all"]


async def test_what_was_told_while_it_was_read_is_read_again(
    world: World, watch: NetworkWatch, host: Host
) -> None:
    host.answers.clear()
    first = asyncio.ensure_future(watch.fresh("h1"))
    await eventually(lambda: host.asked)
    tell(world, "default")
    later = asyncio.ensure_future(watch.fresh("h1"))
    host.answers.set()
    assert await first == await later
    assert host.asked == ["all", "default"]


async def test_an_event_makes_it_untrue_and_only_what_it_named_is_read(
    watch: NetworkWatch, host: Host, other: libvirt.virConnect
) -> None:
    await watch.fresh("h1")
    at_s = watch.get("h1").at_s
    network = other.networkDefineXML(OTHER.format("late"))
    await eventually(lambda: not watch.get("h1").is_true)
    found = await watch.fresh("h1")
    assert [one.name for one in found] == ["default", "late"]
    assert (found[1].forward, found[1].active, found[1].persistent) == ("route", False, True)
    network.undefine()
    await eventually(lambda: not watch.get("h1").is_true)
    assert [one.name for one in await watch.fresh("h1")] == ["default"]
    assert host.asked == ["all", "late", "late"]
    assert watch.get("h1").at_s == at_s, "all of it was read then"


async def test_who_has_to_know_anew_does_not_get_what_is_only_mended(
    world: World, watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    await watch.fresh("h1")
    clock.advance(1)
    tell(world, "default")
    mending = asyncio.ensure_future(watch.fresh("h1"))
    decision = asyncio.ensure_future(watch.fresh("h1", max_age_s=0.5))
    await asyncio.gather(mending, decision)
    assert host.asked == ["all", "default", "all"]


async def test_where_events_were_lost_all_is_read(world: World, watch: NetworkWatch, host: Host) -> None:
    await watch.fresh("h1")
    world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.LOST, ""),)))
    await watch.fresh("h1")
    tell(world, *(f"n{number}" for number in range(host_watch.ONE_BY_ONE_LIMIT + 1)))
    await watch.fresh("h1")
    assert host.asked == ["all"] * 3


async def test_another_hosts_events_are_another_hosts(world: World, watch: NetworkWatch, host: Host) -> None:
    await watch.fresh("h1")
    world.hosts.events.emit(HostEvents("h2", (HostEvent(EventKind.NETWORK, "", "default"),)))
    world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.POOL, "", "default"),)))
    assert watch.get("h1").is_true


async def test_a_host_that_tells_nothing_is_asked_more_often(
    world: World, watch: NetworkWatch, host: Host, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(world.hosts.connection("h1")), "tells", frozenset())
    await watch.fresh("h1")
    clock.advance(UNTOLD_GOOD_FOR_S)
    await watch.fresh("h1")
    assert len(host.asked) == 1
    clock.advance(0.1)
    await watch.fresh("h1")
    assert len(host.asked) == 2


async def test_a_lost_host_is_forgotten_and_read_again_when_it_is_back(
    world: World, watch: NetworkWatch, host: Host
) -> None:
    await watch.fresh("h1")
    world.hosts.disconnect("h1")
    assert watch.get("h1").value is None
    with pytest.raises(HostUnreachable):
        await watch.fresh("h1")
    world.hosts.connect("h1")
    await world.connected()
    assert host.asked == ["all"]
    await watch.fresh("h1")
    assert host.asked == ["all", "all"]


async def test_a_failure_is_told_to_all_and_tried_again(
    watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    await watch.fresh("h1")
    clock.advance(1)
    host.error = LibvirtFailure("no")
    asks = [watch.fresh("h1", max_age_s=0.0) for _ in range(3)]
    assert await asyncio.gather(*asks, return_exceptions=True) == [host.error] * 3
    known = watch.get("h1")
    assert known.value is not None, "as it was before"
    assert (known.error, known.is_true) == (host.error, False)
    host.error = None
    await watch.fresh("h1")
    assert (watch.get("h1").error, len(host.asked)) == (None, 3)


async def test_a_fault_of_ours_makes_nothing_true(
    world: World, watch: NetworkWatch, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_conn: libvirt.virConnect, _names: list[str]) -> dict[str, Network | None]:
        raise KeyError("ours")

    before = await watch.fresh("h1")
    tell(world, "default")
    with monkeypatch.context() as patch:
        patch.setattr(networks, "read_networks", fail)
        with pytest.raises(InternalFault):
            await watch.fresh("h1")
    known = watch.get("h1")
    assert (known.value, known.is_true) == (before, False)
    await watch.fresh("h1")
    assert host.asked == ["all", "all"]


async def test_a_reading_that_ended_before_its_first_step_is_in_nobodys_way(
    world: World, watch: NetworkWatch, host: Host
) -> None:
    await watch.fresh("h1")
    tell(world, "default")
    entry = watch._entries["h1",]
    reading = watch._begin(("h1",), entry, world.hosts.connection("h1"), 0.0)
    reading.cancel()
    await asyncio.wait({reading})
    assert entry.reading is None
    assert not watch.get("h1").is_true
    await watch.fresh("h1")
    assert host.asked == ["all", "all"]


async def test_that_it_cannot_be_done_is_an_answer(watch: NetworkWatch, host: Host) -> None:
    host.error = Unsupported("never")
    for _ in range(3):
        with pytest.raises(Unsupported):
            await watch.fresh("h1")
    assert len(host.asked) == 1


async def test_who_goes_away_takes_the_answer_from_nobody(watch: NetworkWatch, host: Host) -> None:
    host.answers.clear()
    gone, stays = (asyncio.ensure_future(watch.fresh("h1")) for _ in range(2))
    await eventually(lambda: host.asked)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    host.answers.set()
    assert await stays
    assert host.asked == ["all"]


async def test_what_is_followed_is_kept_true(
    world: World, watch: NetworkWatch, host: Host, clock: FakeClock, other: libvirt.virConnect
) -> None:
    told: list[tuple[str, ...]] = []
    watch.changed.subscribe(told.append)
    watch.follow("one")
    watch.follow("another", ("h1", "nobody"))
    await eventually(lambda: told == [("h1",)])
    other.networkLookupByName("default").destroy()
    await eventually(lambda: not watch.get("h1").is_true)
    await clock.rounds(3)
    assert host.asked == ["all"], "it rests between two readings"
    clock.advance(REST_S)
    tell(world, "default")
    await eventually(lambda: watch.get("h1").is_true)
    (network,) = watch.get("h1").value or ()
    assert not network.active
    assert host.asked == ["all", "default"]
    other.networkLookupByName("default").create()
    await eventually(lambda: not watch.get("h1").is_true)
    clock.advance(EVERY_S)
    tell(world, "default")
    await eventually(lambda: watch.get("h1").is_true)
    assert host.asked == ["all", "default", "all"], "after a minute nothing told is relied on"
    watch.unfollow("one")
    watch.unfollow("another")
    clock.advance(EVERY_S)
    for _ in range(3):
        watch.follow("of none", ())
        await clock.rounds(1)
    assert len(host.asked) == 3
    watch.unfollow("of none")
    await eventually(lambda: watch._following is None or watch._following.done())


async def test_what_takes_long_to_read_is_left_alone_for_long(
    world: World, watch: NetworkWatch, host: Host, clock: FakeClock
) -> None:
    async def look() -> None:
        for _ in range(3):
            tell(world, "default")
            await clock.rounds(1)

    host.answers.clear()
    watch.follow("one")
    await eventually(lambda: host.asked)
    clock.advance(2.0)
    host.answers.set()
    await eventually(lambda: watch.get("h1").is_true)
    for part in (REST_S, 2.0 * REST_FACTOR - REST_S - 1.0):
        clock.advance(part)
        await look()
        assert host.asked == ["all"]
    clock.advance(1.0)
    tell(world, "default")
    await eventually(lambda: watch.get("h1").is_true)
    assert host.asked == ["all", "default"]
    watch.unfollow("one")


async def test_what_is_followed_is_shown_while_the_host_is_lost_and_read_when_it_is_back(
    world: World, watch: NetworkWatch, host: Host
) -> None:
    watch.follow("one")
    await eventually(lambda: watch.get("h1").is_true)
    world.hosts.disconnect("h1")
    known = watch.get("h1")
    assert known.value
    assert not known.is_true
    world.hosts.connect("h1")
    await eventually(lambda: watch.get("h1").is_true)
    assert len(host.asked) == 2
    world.hosts.remove("h1")
    assert watch.get("h1").value is None
    watch.unfollow("one")


def test_mended() -> None:
    one, two, three = (Network(name, "", True, False, "", "") for name in ("one", "two", "three"))
    stopped = Network("two", "", False, False, "", "")
    assert mended((one, two), {"two": stopped, "three": three, "one": None, "none": None}) == (stopped, three)
