"""One watch of the machine somebody looks at: live and saved, kept true, shared, kept for later."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import definitions
from vmgui.model.definition import MachineView
from vmgui.model.domain import DomainKey
from vmgui.model.errors import NotFound
from vmgui.model.event import EventKind, HostEvent
from vmgui.services.hosts import HostEvents
from vmgui.services.last_seen import LastSeenService
from vmgui.services.machine_watch import MachineWatches


@pytest.fixture
async def watches(world: World) -> AsyncIterator[MachineWatches]:
    made = MachineWatches(world.hosts, world.inventory)
    yield made
    await made.close()


async def test_it_is_read_live_and_saved_for_every_subscriber_at_once(
    world: World, watches: MachineWatches, reads: list[str]
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    assert watches.watch(world.key()) is watch
    assert reads == [], "nobody looks at it yet"
    told: list[MachineView] = []
    both = [watch.changed.subscribe(told.append), watch.changed.subscribe(told.append)]
    await eventually(lambda: told)
    view = watch.view
    assert told == [view, view]
    assert reads == [world.key().uuid]
    assert view.live is not None
    assert view.saved is not None
    assert (view.live.is_live, view.saved.is_live) == (True, False)
    assert view.config is view.live.config
    assert view.config.name == "test"
    assert watch.read_s is not None
    for subscription in both:
        subscription.cancel()
    assert watch.view == MachineView(), "nobody keeps it true any more"


async def test_what_is_off_is_only_saved_and_what_is_forgotten_only_live(
    world: World, watches: MachineWatches, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("off"))
    world.add(DEFAULT_URI, "h2")
    await world.connected()
    await world.connected("h2")
    transient = world.hosts.connection("h2")
    await transient.run(lambda conn: conn.createXML(
        "<domain type='test'><name>passing</name><memory>1024</memory><os><type>hvm</type></os></domain>", 0
    ))  # fmt: skip
    passing = watches.watch(await world.seen("passing", "h2"))
    off = watches.watch(world.key("off"))
    subscriptions = [one.changed.subscribe(lambda _view: None) for one in (passing, off)]
    await eventually(lambda: passing.view.definition and off.view.definition)
    assert (passing.view.live is not None, passing.view.saved) == (True, None)
    assert (off.view.live, off.view.saved is not None) == (None, True)
    for subscription in subscriptions:
        subscription.cancel()


async def test_what_another_program_changes_is_seen(
    world: World, watches: MachineWatches, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    subscription = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.config)
    machine = other.lookupByName("test")
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_TITLE, "Theirs", None, None, libvirt.VIR_DOMAIN_AFFECT_LIVE
    )
    await eventually(lambda: watch.view.live and watch.view.live.config.title == "Theirs")
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_TITLE, None, None, None, libvirt.VIR_DOMAIN_AFFECT_LIVE)
    machine.destroy()
    await eventually(lambda: watch.view.live is None and watch.view.saved)
    machine.create()
    await eventually(lambda: watch.view.live)
    subscription.cancel()


async def test_a_restart_that_leaves_its_row_as_it_was_is_seen(
    world: World, watches: MachineWatches, other: libvirt.virConnect
) -> None:
    """Both events come in one batch: when the host is read, it runs as before."""
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    subscription = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.config)
    machine = other.lookupByName("test")
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_TITLE, "Saved", None, None, libvirt.VIR_DOMAIN_AFFECT_CONFIG
    )
    await eventually(lambda: watch.view.saved and watch.view.saved.config.title == "Saved")
    assert watch.view.live is not None
    assert watch.view.live.config.title == ""
    machine.destroy()
    machine.create()
    await eventually(lambda: watch.view.live and watch.view.live.config.title == "Saved")
    subscription.cancel()
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_TITLE,
        *(None, None, None),
        libvirt.VIR_DOMAIN_AFFECT_LIVE | libvirt.VIR_DOMAIN_AFFECT_CONFIG,
    )


async def test_a_burst_is_read_once_more_and_nothing_is_missed(
    world: World, watches: MachineWatches, reads: list[str]
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    watch = watches.watch(key)
    subscription = watch.changed.subscribe(lambda _view: None)
    for _ in range(20):
        # Before the first reading has begun, or in the midst of it.
        world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.DOMAIN_DEFINED, key.uuid),)))
        world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.DOMAIN_DEFINED, "another"),)))
    await eventually(lambda: watch.view.config)
    first = watch.read_s
    assert first is not None
    world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.LOST, ""),)))
    await eventually(lambda: watch.read_s and watch.read_s > first)
    assert len(reads) <= 3
    subscription.cancel()
    world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.LOST, ""),)))
    again = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.config)
    assert len(reads) <= 4, "and nobody's news are read by nobody"
    again.cancel()


async def test_why_it_is_not_read_is_said(world: World, watches: MachineWatches) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(DomainKey("h1", "00000000-0000-0000-0000-000000000001"))
    subscription = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.error)
    assert isinstance(watch.view.error, NotFound)
    assert watch.view.definition is None
    subscription.cancel()


async def test_what_cannot_be_read_is_not_asked_for_with_every_sample_of_its_host(
    world: World, watches: MachineWatches, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(DomainKey("h1", "00000000-0000-0000-0000-000000000001"))
    told: list[MachineView] = []
    subscription = watch.changed.subscribe(told.append)
    await eventually(lambda: told)

    def sample(answered_s: float) -> None:
        host = world.host()
        world.inventory.set_host(replace(host, health=replace(host.health, answered_s=answered_s)))

    another = watches.watch(world.key())
    for answered_s in (1.0, 2.0, 3.0):
        sample(answered_s)
        # What is asked for later has been read.
        looks = another.changed.subscribe(lambda _view: None)
        await eventually(lambda: another.view.config)
        looks.cancel()
    assert reads.count(watch.key.uuid) == 1
    monkeypatch.setattr("vmgui.services.machine_watch.RETRY_S", 0.0)
    await eventually(lambda: sample(float(len(reads))) or reads.count(watch.key.uuid) > 2)
    assert len(told) == 1, "the same error is no news"
    error = told[0].error
    assert error is not None
    assert error.__traceback__ is None
    subscription.cancel()


async def test_the_guest_is_asked_while_somebody_wants_to_know(world: World, watches: MachineWatches) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    subscription = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.config)
    assert watch.view.guest is None
    guest = watch.follow_guest(often=True)
    await eventually(lambda: watch.view.guest)
    assert watch.view.guest is not None
    assert not watch.view.guest.agent_running
    connection = world.hosts.connection("h1")
    await connection.run(lambda conn: conn.lookupByName("test").destroy())
    await eventually(lambda: watch.view.guest is None)
    guest.cancel()
    subscription.cancel()


async def test_what_was_read_last_is_shown_where_the_host_cannot_be_asked(
    world: World, other: libvirt.virConnect
) -> None:
    kept = LastSeenService(world.inventory, None)
    watches = MachineWatches(world.hosts, world.inventory, kept)
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    subscription = watch.changed.subscribe(lambda _view: None)
    await eventually(lambda: watch.view.config)
    config = watch.view.config
    assert config is not None
    assert kept.xml(watch.key) == config.xml
    world.hosts.disconnect("h1")
    assert watch.view.config == config, "what is known stays"
    subscription.cancel()
    later = watches.watch(watch.key)
    subscription = later.changed.subscribe(lambda _view: None)
    await eventually(lambda: later.view.config)
    assert later.view.is_kept
    assert later.view.config == config
    world.hosts.connect("h1")
    await eventually(lambda: not later.view.is_kept)
    assert later.view.config is not None
    subscription.cancel()
    await watches.close()
    await kept.close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The machines that were read, in turn."""
    read: list[str] = []
    original = definitions.read_live_and_saved

    def counted(conn: libvirt.virConnect, uuid: str, is_persistent: bool) -> object:
        read.append(uuid)
        return original(conn, uuid, is_persistent)

    monkeypatch.setattr("vmgui.services.machine_watch.read_live_and_saved", counted)
    return read


async def test_what_a_host_does_not_tell_of_is_read_again_while_somebody_looks(
    world: World, watches: MachineWatches, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    monkeypatch.setattr("vmgui.services.machine_watch.GUEST_EVERY_S", 0.01)
    monkeypatch.setattr("vmgui.services.machine_watch.tells_of_changes", lambda _host: False)
    world.add(DEFAULT_URI)
    await world.connected()
    watch = watches.watch(world.key())
    subscription = watch.changed.subscribe(lambda _view: None)
    looks = watch.follow_guest(often=True)
    await eventually(lambda: len(reads) > 3)
    looks.cancel()
    subscription.cancel()
