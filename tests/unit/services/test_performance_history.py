"""What runs is recorded, on hosts with few machines and with many, and told again."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import libvirt
import numpy as np
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.domain import DomainKey, DomainSample
from vmgui.model.performance_history import (
    HistoryKey,
    HistoryRange,
    HistorySeries,
    HistoryTrouble,
    Part,
    Quantity,
)
from vmgui.services import performance as performance_module
from vmgui.services import performance_history as history_module
from vmgui.services.performance import PerformanceService, whole_interval_s
from vmgui.services.performance_history import HistoryService
from vmgui.store.performance_history import FILE_NAME, HistoryStore
from vmgui.store.settings import SettingsStore


class Bench:
    def __init__(self, world: World, directory: Path) -> None:
        self.performance = PerformanceService(world.hosts, world.inventory, interval_s=0.05)
        self.store = HistoryStore(directory)
        self.settings = SettingsStore(directory)
        self.history = HistoryService(world.inventory, self.performance, self.store, self.settings)

    async def rows(self, key: HistoryKey) -> HistorySeries | None:
        series = await self.history.read(key, HistoryRange.TEN_MINUTES)
        return series if series is not None and len(series.starts_s) else None

    async def close(self) -> None:
        await self.performance.close()
        await self.history.close()
        self.settings.close()
        self.store.close(timeout_s=5)


@pytest.fixture
async def bench(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(history_module, "ALL_EVERY_S", 0.15)
    made = Bench(world, tmp_path)
    yield made
    await made.close()


class Counters:
    """Stands in for libvirt's counters, which the test driver has not: 25 % of two processors each."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.calls = 0
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def sample_all(self, _conn: object) -> dict[str, DomainSample]:
        with self._lock:
            self.calls += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            now = time.monotonic()
            return {
                key.uuid: DomainSample(now, int(now * 0.5e9), 2048, int(now * 1000), int(now * 100), 0, 0)
                for key in tuple(self._world.inventory.domains)
            }
        finally:
            with self._lock:
                self.at_once -= 1


@pytest.fixture
def counters(world: World, monkeypatch: pytest.MonkeyPatch) -> Counters:
    made = Counters(world)
    monkeypatch.setattr(performance_module, "sample_all", made.sample_all)
    return made


def key_of(key: DomainKey) -> HistoryKey:
    return HistoryKey(key.host_id, key.uuid)


async def test_what_runs_is_recorded_and_its_host(
    world: World, bench: Bench, counters: Counters, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b", running=True))
    await world.connected()
    series = await eventually(lambda: bench.rows(key_of(world.key("a"))))
    assert series.step_s == 10
    assert abs(series.starts_s[-1] - time.time()) < 20
    means = series.cells[-1, :, Part.MEAN]
    assert means[Quantity.CPU_PERCENT] == pytest.approx(25, rel=0.05)
    assert means[Quantity.DISK_READ_BYTES_PER_S] == pytest.approx(1000, rel=0.05)
    host = await eventually(lambda: bench.rows(HistoryKey("h1")))
    reads = host.cells[-1, Quantity.DISK_READ_BYTES_PER_S, Part.MEAN]
    assert reads == pytest.approx(2000, rel=0.05), "a host reads what its machines read"
    assert host.cells[-1, Quantity.MEMORY_KIB, Part.MEAN] > 0


async def test_of_a_host_with_many_machines_all_are_recorded_in_few_calls(
    world: World,
    bench: Bench,
    counters: Counters,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 3)
    world.add(test_driver("a", "b", "c", "d", "e", running=True))
    await world.connected()
    for name in "abcde":
        await eventually(lambda name=name: bench.rows(key_of(world.key(name))))
    assert not bench.performance.history(world.key("a")), "nobody looks at it: it costs no memory"
    samplings = len(bench.performance.host_history("h1"))
    await eventually(lambda: len(bench.performance.host_history("h1")) >= samplings + 12)
    more = len(bench.performance.host_history("h1"))
    assert counters.calls <= more / 2, "the host is asked each time, its machines seldom"
    assert counters.most_at_once == 1
    # One that is looked at is sampled each time, with the others or alone.
    monkeypatch.setattr(performance_module, "sample", lambda conn, _uuids: counters.sample_all(conn))
    bench.performance.watch("pane", {world.key("a")})
    await eventually(lambda: len(bench.performance.history(world.key("a"))) >= 6)
    assert not bench.performance.history(world.key("b"))
    assert counters.most_at_once == 1


async def test_a_driver_without_counters_is_hardly_asked(
    world: World, bench: Bench, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test driver as it is: it knows who runs, and nothing more."""
    calls = 0
    real = performance_module.sample_all

    def counted(conn: libvirt.virConnect) -> dict[str, DomainSample]:
        nonlocal calls
        calls += 1
        return real(conn)

    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 3)
    monkeypatch.setattr(performance_module, "sample_all", counted)
    world.add(test_driver("a", "b", "c", "d", running=True))
    await world.connected()
    await eventually(lambda: calls == 1)
    samplings = len(bench.performance.host_history("h1"))
    await eventually(lambda: len(bench.performance.host_history("h1")) >= samplings + 10)
    assert calls == 1


async def test_thousands_are_sampled_in_slices(
    world: World,
    bench: Bench,
    counters: Counters,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 2)
    monkeypatch.setattr(performance_module, "ONE_ANSWER_LIMIT", 3)
    monkeypatch.setattr(performance_module, "sample_in_slices", counters.sample_all)
    monkeypatch.setattr(performance_module, "sample_all", None)
    world.add(test_driver("a", "b", "c", "d", running=True))
    await world.connected()
    await eventually(lambda: bench.rows(key_of(world.key("d"))))


async def test_nobody_keeps_nobody_asks(
    world: World, counters: Counters, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 3)
    performance = PerformanceService(world.hosts, world.inventory, interval_s=0.02)
    history = HistoryService(world.inventory, performance, None)
    world.add(test_driver("a", "b", "c", "d", running=True))
    await world.connected()
    await eventually(lambda: len(performance.host_history("h1")) >= 5)
    assert counters.calls == 0
    assert await history.read(HistoryKey("h1"), HistoryRange.DAY) is None
    assert history.notice is None
    history.choose_range(HistoryRange.WEEK)
    assert history.chosen_range is HistoryRange.WEEK
    await history.close()
    await performance.close()


def test_the_more_machines_the_seldomer_they_are_sampled_all() -> None:
    assert whole_interval_s(30, 101) == 30
    assert whole_interval_s(30, 3000) == 30
    assert whole_interval_s(30, 10_000) == 100
    assert whole_interval_s(30, 1_000_000) == 120


async def test_live_samples_are_told_with_what_makes_their_times_wall_clock(
    world: World, bench: Bench, counters: Counters, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", running=True))
    await world.connected()
    key = key_of(world.key("a"))
    await eventually(lambda: len(bench.history.live(key)[0]) >= 2)
    samples, offset_s = bench.history.live(key)
    assert abs(samples[-1].at_s + offset_s - time.time()) < 10
    assert len(bench.history.live(HistoryKey("h1"))[0]) >= 2


async def test_a_host_taken_off_the_list_is_forgotten(
    world: World, bench: Bench, counters: Counters, test_driver: Callable[..., str], tmp_path: Path
) -> None:
    world.add(test_driver("a", running=True))
    await world.connected()
    key = key_of(world.key("a"))
    await eventually(lambda: bench.rows(key))
    world.hosts.disconnect("h1")
    world.hosts.remove("h1")

    async def is_gone() -> bool:
        return await bench.rows(key) is None

    await eventually(is_gone)


async def test_the_range_is_remembered(bench: Bench, tmp_path: Path) -> None:
    assert bench.history.chosen_range is HistoryRange.HOUR
    bench.history.choose_range(HistoryRange.MONTH)
    bench.settings.close()
    assert SettingsStore(tmp_path).settings.performance_range == HistoryRange.MONTH.value


async def test_what_is_the_matter_with_the_file_is_told(bench: Bench, tmp_path: Path) -> None:
    told: list[object] = []
    bench.history.notices.subscribe(told.append)
    (tmp_path / FILE_NAME).write_bytes(b"nonsense" * 1000)
    await bench.history.read(HistoryKey("h1"), HistoryRange.DAY)
    await eventually(lambda: told)
    assert bench.history.notice is not None
    assert bench.history.notice.trouble is HistoryTrouble.BROKEN


async def test_a_question_at_the_end_of_the_program_is_answered_with_nothing(bench: Bench) -> None:
    bench.store.close(timeout_s=5)
    assert await bench.history.read(HistoryKey("h1"), HistoryRange.DAY) is None


async def test_a_range_is_saved_as_a_table(bench: Bench, tmp_path: Path) -> None:
    starts = np.array([1_764_000_000, 1_764_000_060], np.int64)
    cells = np.arange(48, dtype=float).reshape(2, 6, 4)
    cells[1, Quantity.NET_TX_BYTES_PER_S] = [0, np.nan, np.nan, np.nan]
    series = HistorySeries(HistoryKey("h"), 1.764e9, 1.7641e9, 60, starts, cells)
    path = tmp_path / "table.csv"
    await bench.history.save_csv(series, str(path))
    lines = path.read_bytes().decode().split("\r\n")
    assert lines[0].startswith("start,end,cpu_percent_low,cpu_percent_mean,cpu_percent_high,memory_kib_low")
    assert lines[1].startswith("2025-11-24T16:00:00+00:00,2025-11-24T16:01:00+00:00,1,2,3,5,6,7,")
    assert lines[2].endswith(",,,")
    assert {len(line.split(",")) for line in lines[:3]} == {20}
    with pytest.raises(FileNotFoundError):
        await bench.history.save_csv(series, str(tmp_path / "no" / "such" / "place.csv"))
