"""What happens on libvirt's test driver and in jobs stands in the log, in order, whatever storms."""

from __future__ import annotations

import asyncio
import csv
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.helpers.figures import figure
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostState
from vmgui.model.job import JobKind, JobResult, JobState, JobTarget, ThingKind
from vmgui.model.journal import EntryKind, EntryTarget, JournalEntry, JournalFilter, JournalWritten, Outcome
from vmgui.services.hosts import HostEvents
from vmgui.services.jobs import JobContext
from vmgui.services.journal import JournalService
from vmgui.services.lifecycle import LifecycleService
from vmgui.store.journal import JournalStore

ALL = JournalFilter()


@pytest.fixture
async def journal(world: World, tmp_path: Path) -> AsyncIterator[JournalService]:
    service = JournalService(world.hosts, world.inventory, world.jobs, JournalStore(tmp_path / "log"))
    yield service
    await service.close()


async def whats(journal: JournalService, wanted: JournalFilter = ALL) -> list[tuple[str, str]]:
    return [(entry.what, entry.outcome.value) for entry in await journal.read(wanted)]


async def test_a_machine_s_life(world: World, journal: JournalService) -> None:
    world.add("test:///default")
    await world.connected()
    key = world.key()
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
    await world.jobs.wait(lifecycle.pause((key,)))
    await world.jobs.wait(lifecycle.resume((key,)))
    mine = JournalFilter(uuid=key.uuid)

    async def all_there() -> bool:
        return len(await whats(journal, mine)) == 4 and "under_way" not in dict(await whats(journal)).values()

    await eventually(all_there)
    assert set(await whats(journal, mine)) == {
        ("domain_lifecycle.resumed", "noted"),
        ("resume", "done"),
        ("domain_lifecycle.suspended", "noted"),
        ("pause", "done"),
    }
    assert await whats(journal, JournalFilter(kinds=(EntryKind.HOST,))) == [("host.connected", "noted")]
    (job,) = [one for one in await journal.read(mine) if one.what == "pause"]
    assert "@" in job.who
    assert job.host == "host h1"
    assert job.subject == "test"
    assert job.took_s is not None
    whole = await journal.read_one(job.id)
    assert whole is not None
    assert [line.kind for line in whole.log][-1] == "done" or whole.log == ()


async def test_connections_lost_and_gone(world: World, journal: JournalService, tmp_path: Path) -> None:
    world.add("test:///no/such/file.xml")
    await world.state(HostState.UNREACHABLE)
    seen: list[HostState] = []
    subscription = world.inventory.changes.subscribe(
        lambda change: seen.extend(host.state for host in change.hosts_changed)
    )
    world.hosts.retry_now("h1")
    # Tried in vain once more: that is no news.
    await eventually(lambda: HostState.CONNECTING in seen and HostState.UNREACHABLE in seen)
    subscription.cancel()
    world.hosts.disconnect("h1")

    async def told() -> bool:
        return len(await whats(journal)) == 2

    await eventually(told)
    assert await whats(journal) == [("host.disconnected", "noted"), ("host.unreachable", "problem")]
    entry = (await journal.read(ALL))[1]
    assert entry.error is not None
    assert entry.error.detail


async def test_a_failed_job_keeps_its_error_and_its_log(world: World, journal: JournalService) -> None:
    async def work(context: JobContext) -> None:
        for number in range(50):
            context.log(f"step {number}")
        raise ValueError("what a pity, token=abc")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vmgui.services.jobs.log.exception", lambda *_: None)
        job_id = world.jobs.submit(JobKind.CREATE, (JobTarget("web-01", "h1"),), work)
        await world.jobs.wait(job_id)

    async def ended() -> bool:
        return await whats(journal) == [("create", "failed")]

    await eventually(ended)
    entry = await journal.read_one((await journal.read(ALL))[0].id)
    assert entry is not None
    assert entry.error is not None
    assert (entry.error.name, entry.error.detail) == ("ValueError", "what a pity, token=***")
    assert [line.text for line in entry.log] == [f"step {number}" for number in range(50)]


async def test_what_a_job_has_made_is_kept_before_it_ends(world: World, journal: JournalService) -> None:
    go = asyncio.Event()

    async def work(context: JobContext) -> None:
        context.tell_results(JobResult(ThingKind.VOLUME, "disk", "h1", id="/images/disk"))
        await go.wait()

    target = JobTarget("images", "h1", kind=ThingKind.POOL, id="p")
    job_id = world.jobs.submit(JobKind.CREATE, (target,), work)

    async def kept() -> JournalEntry | None:
        found = await journal.read(ALL)
        whole = await journal.read_one(found[0].id) if found else None
        return whole if whole is not None and whole.results else None

    entry = await eventually(kept)
    assert entry.outcome is Outcome.UNDER_WAY
    assert entry.targets == (EntryTarget("h1", "", "images", "pool", "p"),)
    assert entry.results == (EntryTarget("h1", "", "disk", "volume", "/images/disk"),)
    go.set()
    await world.jobs.wait(job_id)


async def test_jobs_of_an_earlier_run_are_told_as_interrupted(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A run that was killed: nobody wrote its jobs' end."""
    began = JournalEntry(time.time(), EntryKind.JOB, "save", Outcome.UNDER_WAY, token="r:1")  # noqa: S106
    killed = JournalStore(tmp_path / "log")
    killed.start(lambda _written: None)
    killed.record(lambda: (began,))
    killed.close(60)
    told: list[JournalWritten] = []
    service = JournalService(world.hosts, world.inventory, world.jobs, JournalStore(tmp_path / "log"))
    service.written.subscribe(told.append)
    await eventually(lambda: any(written.interrupted for written in told))
    (number,) = told[0].interrupted
    entry = await service.read_one(number)
    assert entry is not None
    assert (entry.what, entry.outcome) == ("save", Outcome.INTERRUPTED)
    assert "interrupted when an earlier run ended: 1" in caplog.text
    await service.close()


async def test_a_job_that_runs_when_the_program_ends_is_interrupted(
    world: World, journal: JournalService
) -> None:
    async def work(_context: JobContext) -> None:
        await asyncio.Event().wait()

    job_id = world.jobs.submit(JobKind.SAVE, (JobTarget("web-01", "h1"),), work)
    await eventually(lambda: world.jobs.jobs[job_id].state is JobState.RUNNING)
    await world.jobs.close()

    async def told() -> bool:
        return await whats(journal) == [("save", "interrupted")]

    await eventually(told)


async def test_a_storm_neither_stops_the_loop_nor_loses_its_order(
    world: World, journal: JournalService
) -> None:
    told: list[JournalWritten] = []
    journal.written.subscribe(told.append)
    storm = [
        HostEvents(
            "h1",
            tuple(
                HostEvent(EventKind.DOMAIN_LIFECYCLE, f"u{number % 50}", f"{batch}-{number}", "started 0")
                for number in range(500)
            ),
        )
        for batch in range(40)
    ]
    began_s = time.thread_time()
    for events in storm:
        world.hosts.events.emit(events)
    # The loop's own share; entries are made and written elsewhere.
    figure(
        "a storm of 20,000 events, the journal's share of the loop",
        (time.thread_time() - began_s) * 1000,
        "ms",
    )
    await eventually(lambda: told and told[-1].newest_id == 20_000)
    names: list[str] = []
    before: int | None = None
    while page := await journal.read(ALL, before_id=before, limit=5000):
        names += [entry.subject for entry in page]
        before = page[-1].id
    assert names == [f"{batch}-{number}" for batch in reversed(range(40)) for number in reversed(range(500))]


async def test_export(world: World, journal: JournalService, tmp_path: Path) -> None:
    events = tuple(HostEvent(EventKind.POOL, "p", f"=pool,{n}", "started") for n in range(1200))
    world.hosts.events.emit(HostEvents("h1", events))
    world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.NETWORK, "n", "net", "started"),)))

    async def there() -> bool:
        return len(await journal.read(ALL, limit=5000)) == 1201

    await eventually(there)
    path = tmp_path / "out.csv"

    def words(entry: JournalEntry) -> tuple[str, ...]:
        return (str(entry.id), entry.subject)

    count = await journal.export(JournalFilter(kinds=(EntryKind.STORAGE,)), path, ("number", "name"), words)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    assert count == 1200
    assert rows[0] == ["number", "name"]
    assert rows[1] == ["1200", "'=pool,1199"]
    assert len(rows) == 1201
    with pytest.raises(OSError, match="nowhere"):
        await journal.export(ALL, tmp_path / "nowhere" / "x.csv", ("a",), words)
    assert sorted(os.listdir(tmp_path)) == ["log", "out.csv"]


async def test_without_a_store_nothing_happens(world: World) -> None:
    service = JournalService(world.hosts, world.inventory, world.jobs, None)
    service.record(JournalEntry(1.0, EntryKind.ALERT, "x", Outcome.PROBLEM))
    assert await service.read(ALL) == ()
    assert await service.read_one(1) is None
    await service.close()


async def test_pools_and_networks_of_the_driver_tell_what_they_became(
    world: World, journal: JournalService, test_driver: Callable[..., str]
) -> None:
    world.add("test:///default")
    await world.connected()

    def stop_network(conn: object) -> None:
        conn.networkLookupByName("default").destroy()  # type: ignore[attr-defined]
        conn.networkLookupByName("default").create()  # type: ignore[attr-defined]

    await world.hosts.connection("h1").run(stop_network)

    async def told() -> bool:
        return len(await whats(journal, JournalFilter(kinds=(EntryKind.NETWORK,)))) == 2

    await eventually(told)
    assert await whats(journal, JournalFilter(kinds=(EntryKind.NETWORK,))) == [
        ("network.started", "noted"),
        ("network.stopped", "noted"),
    ]
