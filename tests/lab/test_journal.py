"""What a real host tells stands in the log in words, and what is amiss there rings."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.domain import DomainState
from vmgui.model.host import HostState
from vmgui.model.journal import EntryKind, JournalFilter
from vmgui.services.alerts import AlertService
from vmgui.services.background import in_thread
from vmgui.services.journal import JournalService
from vmgui.store.alerts import AlertStore
from vmgui.store.journal import JournalStore
from vmgui.words import journal as journal_words
from vmgui.words.journal_events import EventWords


@pytest.fixture
async def journal(world: World, tmp_path: Path) -> AsyncIterator[JournalService]:
    service = JournalService(world.hosts, world.inventory, world.jobs, JournalStore(tmp_path))
    yield service
    await service.close()


@pytest.fixture
async def alerts(world: World, journal: JournalService, tmp_path: Path) -> AsyncIterator[AlertService]:
    store = AlertStore(tmp_path)
    service = AlertService(world.hosts, world.inventory, journal, world.watches.pools, store)
    yield service
    await service.close()
    store.close()


async def told(journal: JournalService, wanted: JournalFilter) -> list[str]:
    """In words, oldest first."""
    events = EventWords()
    return [journal_words.what_words(entry, events) for entry in reversed(await journal.read(wanted))]


async def tells(journal: JournalService, wanted: JournalFilter, *expected: str) -> None:
    seen: list[str] = []

    async def all_there() -> bool:
        seen[:] = await told(journal, wanted)
        rest = iter(seen)
        return all(one in rest for one in expected)

    try:
        await eventually(all_there)
    except AssertionError:
        pytest.fail(f"{expected} do not stand in this order in {seen}")


def qemu_of(uuid: str) -> int:
    """The process of a guest."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if uuid.encode() in line and b"qemu" in line.split(b"\0")[0]:
                return int(entry.name)
    raise AssertionError(f"no process of {uuid}")


@every_generation
async def test_a_guest_s_life_and_violent_end(
    world: World, journal: JournalService, alerts: AlertService, lab_host: LabHost
) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    uuid = lab_host.define_tiny("web")
    key = await world.seen("web")
    with lab_host.connect() as connection:
        guest = connection.lookupByUUIDString(uuid)
        guest.create()
        guest.suspend()
        guest.resume()
        guest.reset()
        guest.setMetadata(libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, "notes", None, None, 0)
    mine = JournalFilter(uuid=uuid)
    await tells(
        journal, mine, "Added", "Started", "Paused", "Resumed", "Rebooted", "Notes or tags were changed"
    )
    await eventually(lambda: world.inventory.domains[key].state is DomainState.RUNNING)
    os.kill(qemu_of(uuid), signal.SIGKILL)
    await tells(journal, mine, "Rebooted", "Stopped: the hypervisor failed")
    # Before that or after it: a control that breaks is told by itself where the two are far apart.
    await tells(journal, mine, "Rebooted", "Virtual machine crashed")
    assert [alert.subject for alert in alerts.active.values()] == ["web"]
    problems = {entry.what for entry in await journal.read(mine) if entry.outcome.value == "problem"}
    assert problems >= {"domain_lifecycle.stopped", "alert.domain_crashed"}


@every_generation
async def test_pools_networks_and_secrets(world: World, journal: JournalService, lab_host: LabHost) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    with lab_host.connect() as connection:
        pool = connection.storagePoolDefineXML(
            "<pool type='dir'><name>extra</name><target><path>/tmp</path></target></pool>"
        )
        pool.create()
        pool.refresh()
        pool.destroy()
        pool.undefine()
        network = connection.networkDefineXML("<network><name>inner</name></network>")
        network.undefine()
    await tells(
        journal,
        JournalFilter(kinds=(EntryKind.STORAGE,)),
        "Storage pool added or changed",
        "Storage pool started",
        "Storage pool stopped",
        "Storage pool removed",
    )
    await tells(
        journal, JournalFilter(kinds=(EntryKind.NETWORK,)), "Network added or changed", "Network removed"
    )


async def test_a_daemon_that_dies_is_lost_and_recovered(
    world: World, journal: JournalService, host_a: LabHost
) -> None:
    world.add(host_a.unix_uri)
    await world.connected()
    await in_thread(host_a.kill_daemon)
    await world.state(HostState.UNREACHABLE)
    await in_thread(host_a.start_daemon)
    world.hosts.retry_now("h1")
    await world.connected()
    connections = JournalFilter(kinds=(EntryKind.HOST,))
    await tells(journal, connections, "Connected", "Connection lost", "Connected again")
    lost = (await journal.read(connections))[1]
    assert lost.error is not None
    assert "cannot be reached" in journal_words.story(lost, EventWords()) or "broke" in journal_words.story(
        lost, EventWords()
    )
