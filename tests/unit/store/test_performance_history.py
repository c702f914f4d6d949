"""The history on disk: recorded, folded, read back; crashes, bad files, two programs at once."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers.waiting import eventually_blocking
from vmgui.model.domain import DomainRates
from vmgui.model.host import HostUsage
from vmgui.model.performance_history import (
    HistoryKey,
    HistoryNotice,
    HistorySeries,
    HistoryTrouble,
    HostReading,
    Part,
    Quantity,
)
from vmgui.policy.performance_history import LEVELS
from vmgui.store import performance_history as history_module
from vmgui.store.database_file import put_aside
from vmgui.store.performance_history import FILE_NAME, HistoryStore
from vmgui.store.performance_history_file import HistoryFile
from vmgui.store.performance_history_worker import HistoryWorker

# The start of a chunk of every level.
START = 1_763_942_400 // (6 * 86_400) * (6 * 86_400)
A = HistoryKey("h", "a")
HOST = HistoryKey("h")


def reading(at_s: float, percent: float, step_s: float = 10.0, *, uuids: str = "a") -> HostReading:
    rates = {uuid: DomainRates(at_s, percent, 1024, elapsed_s=step_s) for uuid in uuids}
    return HostReading("h", step_s, HostUsage(at_s, 1000, 400, cpu_percent=percent), step_s, rates)


class Recording:
    """A worker that is told what happened, and its own time."""

    def __init__(self, path: Path, now_s: float = START) -> None:
        self.notices: list[HistoryNotice | None] = []
        self.path = path
        self.now_s = now_s
        self.worker = HistoryWorker(path, now_s, self.notices.append)

    def run(
        self, from_s: float, to_s: float, percent: Callable[[float], float], step_s: float = 10.0
    ) -> None:
        at_s = from_s + step_s
        while at_s <= to_s:
            self.worker.record(reading(at_s, percent(at_s), step_s), 0.0)
            self.now_s = at_s
            at_s += step_s

    def fold(self, later_s: float = 200.0) -> None:
        self.worker.fold_now(self.now_s + later_s)

    def read(self, from_s: float, to_s: float, step_s: int, key: HistoryKey = A) -> HistorySeries:
        return self.worker.read(key, from_s, to_s, step_s, max(self.now_s, to_s))


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    made = Recording(tmp_path / FILE_NAME)
    yield made
    made.worker.close(made.now_s)


def cpu(series: HistorySeries, part: Part = Part.MEAN) -> list[float]:
    return [round(float(value), 3) for value in series.cells[:, Quantity.CPU_PERCENT, part]]


def test_what_is_recorded_can_be_read_before_and_after_it_is_written_and_folded(recording: Recording) -> None:
    recording.run(START, START + 1800, lambda at_s: at_s % 50)
    before = recording.read(START, START + 1800, 10)
    assert cpu(before) == [(START + 10 * (n + 1)) % 50 for n in range(180)]
    recording.fold()
    after = recording.read(START, START + 1800, 10)
    assert list(after.starts_s) == list(before.starts_s)
    np.testing.assert_allclose(after.cells, before.cells, rtol=1e-3)
    host = recording.read(START, START + 1800, 10, HOST)
    assert cpu(host) == cpu(after)
    assert not len(recording.read(START, START + 1800, 10, HistoryKey("h", "b")).starts_s)


def test_every_level_tells_the_same_totals_and_extremes(recording: Recording) -> None:
    """Two days, read in each step: from the level itself, the finer ones and the log."""
    recording.run(START, START + 2 * 86_400 + 5000, lambda at_s: (at_s // 60) % 97, 60.0)
    recording.fold()
    recording.run(recording.now_s, recording.now_s + 300, lambda _: 50.0, 60.0)
    for step_s in (60, 600, 7200):
        from_s, to_s = START + 86_400 + 7200, START + 2 * 86_400 + 3600
        series = recording.read(from_s, to_s, step_s)
        cells = series.cells[:, Quantity.CPU_PERCENT]
        assert len(series.starts_s) == -(-(to_s - from_s) // step_s)
        assert cells[:, Part.SECONDS].sum() == pytest.approx(to_s - from_s, abs=step_s)
        assert cells[:, Part.LOW].min() == 0
        assert cells[:, Part.HIGH].max() == 96
        mean = (cells[:, Part.MEAN] * cells[:, Part.SECONDS]).sum() / cells[:, Part.SECONDS].sum()
        assert mean == pytest.approx(48, abs=2)
    assert cpu(recording.read(recording.now_s - 300, recording.now_s, 60))[-5:] == [50.0] * 5


def test_times_when_the_program_did_not_run_stay_gaps(tmp_path: Path) -> None:
    first = Recording(tmp_path / FILE_NAME)
    first.run(START, START + 600, lambda _: 10.0)
    first.worker.close(first.now_s)
    second = Recording(tmp_path / FILE_NAME, START + 4200)
    second.run(START + 4200, START + 4800, lambda _: 20.0)
    second.fold(later_s=5000)
    starts = list(second.read(START, START + 7200, 60).starts_s)
    assert starts == [*range(START, START + 600, 60), *range(START + 4200, START + 4800, 60)]
    hours = second.read(START, START + 7200, 7200)
    assert hours.cells[0, Quantity.CPU_PERCENT, Part.SECONDS] == pytest.approx(1200, rel=1e-3)
    assert cpu(hours) == [15.0]
    second.worker.close(second.now_s)


def test_reads_in_the_middle_of_a_fold_are_true(recording: Recording) -> None:
    for at_s in range(START + 10, START + 7500, 10):
        recording.worker.record(reading(at_s, 30.0, uuids="abcdefghijklmnop"), 0.0)
    recording.now_s = START + 7500
    recording.worker.close(recording.now_s)
    file = HistoryFile(recording.path)
    steps = 0
    for _ in file.fold(recording.now_s + 200):
        steps += 1
        if steps % 7 == 0:
            for step_s in (10, 60):
                series = file.read(A, START, START + 7200, step_s, recording.now_s)
                assert len(series.starts_s) == 7200 // step_s
                assert set(np.round(series.cells[:-1, Quantity.CPU_PERCENT, Part.SECONDS])) == {step_s}
    assert steps > 100
    file.close()


def test_a_fold_that_is_cut_short_loses_and_doubles_nothing(tmp_path: Path) -> None:
    made = Recording(tmp_path / FILE_NAME)
    made.run(START, START + 7400, lambda _: 30.0)
    made.worker.close(made.now_s)
    for cut in (3, 9, 14):
        file = HistoryFile(made.path)
        work = file.fold(made.now_s + 200)
        for _ in range(cut):
            next(work)
        # As a killed program leaves it: no commit, no farewell.
        file.close()
        with pytest.raises(sqlite3.ProgrammingError):
            work.close()
    made = Recording(made.path, START + 7400)
    made.fold()
    series = made.read(START, START + 7200, 60)
    assert len(series.starts_s) == 120
    np.testing.assert_allclose(series.cells[:, Quantity.CPU_PERCENT, Part.SECONDS], 60)
    made.worker.close(made.now_s)


def test_a_killed_program_loses_only_what_was_not_yet_written(tmp_path: Path) -> None:
    code = f"""
import os, sys
from pathlib import Path
from tests.unit.store.test_performance_history import START, Recording
made = Recording(Path({str(tmp_path / FILE_NAME)!r}))
made.run(START, START + 300, lambda _: 40.0)
made.worker.step(made.now_s)
made.run(START + 300, START + 320, lambda _: 40.0)
os.kill(os.getpid(), 9)
"""
    root = str(Path(__file__).parents[3])
    ended = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    again = Recording(tmp_path / FILE_NAME, START + 400)
    assert len(again.read(START, START + 400, 10).starts_s) == 30
    assert again.notices == []
    # The lock went with the program: this one records.
    again.run(START + 390, START + 400, lambda _: 1.0)
    again.worker.close(again.now_s)
    assert again.notices == []


def test_each_level_forgets_in_its_time_and_the_file_stops_growing(recording: Recording) -> None:
    for at_s in range(START, START + 4 * 86_400, 1200):
        recording.run(at_s, at_s + 60, lambda at_s: at_s % 97, 60.0)
    recording.fold(later_s=1000)
    end = recording.now_s
    file = recording.worker._open(end)
    for level in LEVELS:
        (oldest,) = file._db.execute(
            "SELECT min(start) FROM chunk WHERE level = ?", (level.index,)
        ).fetchone()
        if oldest is not None:
            assert oldest >= end - level.kept_s - level.chunk_s
    assert len(recording.read(end - 10 * 86_400, end, 1200).starts_s) == 4 * 72
    for _ in file.forget_old(end + 3 * 365 * 86_400):
        pass
    assert file._db.execute("SELECT count(*) FROM chunk").fetchone() == (0,)
    assert file._db.execute("SELECT count(*) FROM target").fetchone() == (0,)


def test_a_host_that_is_taken_off_the_list_is_forgotten(recording: Recording) -> None:
    recording.run(START, START + 7200, lambda _: 10.0)
    recording.worker.record(HostReading("other", 10.0, HostUsage(START + 10, 9, 1, 1.0), 10.0, {}), 0.0)
    recording.fold()
    recording.worker.forget_host("h", recording.now_s)
    recording.worker.forget_host("never seen", recording.now_s)
    # The program ends before it gets to it.
    recording.worker.close(recording.now_s)
    again = Recording(recording.path, recording.now_s)
    again.fold()
    assert not len(again.read(START, START + 7200, 60).starts_s)
    assert len(again.read(START, START + 7200, 60, HistoryKey("other")).starts_s)
    again.worker.close(again.now_s)


@pytest.mark.parametrize(
    "content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_broken_file_is_put_aside_and_said(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with caplog.at_level(logging.ERROR):
        made = Recording(path)
        made.run(START, START + 100, lambda _: 10.0)
        made.worker.step(made.now_s)
        assert len(made.read(START, START + 100, 10).starts_s) == 10
        made.worker.close(made.now_s)
    (notice,) = made.notices
    assert notice is not None
    assert notice.trouble is HistoryTrouble.BROKEN
    assert Path(notice.path).read_bytes() == content


def test_a_database_of_something_else_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE target (shopping TEXT)")
    db.close()
    made = Recording(path)
    made.run(START, START + 100, lambda _: 10.0)
    made.worker.close(made.now_s)
    assert [notice.trouble for notice in made.notices if notice] == [HistoryTrouble.BROKEN]
    assert len(Recording(path, START + 100).read(START, START + 100, 10).starts_s) == 10


def test_a_file_that_breaks_while_it_is_used_is_put_aside(tmp_path: Path) -> None:
    made = Recording(tmp_path / FILE_NAME)
    made.run(START, START + 100, lambda _: 10.0)
    made.worker.step(made.now_s)
    db = sqlite3.connect(made.path)
    db.execute("DROP TABLE recent")
    db.close()
    made.run(START + 100, START + 200, lambda _: 10.0)
    made.worker.step(made.now_s)
    made.worker.step(made.now_s + 20)
    assert len(made.read(START, START + 200, 10).starts_s) == 10, "what was not written yet is written anew"
    made.worker.close(made.now_s)
    assert [notice.trouble for notice in made.notices if notice] == [HistoryTrouble.BROKEN]


def test_a_file_of_a_newer_program_is_left_alone_and_used_once_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    earlier = Recording(path)
    earlier.run(START, START + 100, lambda _: 10.0)
    earlier.worker.close(earlier.now_s)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    made = Recording(path, START + 100)
    made.run(START + 100, START + 200, lambda _: 20.0)
    made.worker.step(made.now_s)
    (notice,) = made.notices
    assert notice is not None
    assert (notice.trouble, notice.path) == (HistoryTrouble.NEWER, str(path))
    assert len(made.read(START + 100, START + 200, 10).starts_s) == 10, "it is still in memory"
    assert path.read_bytes() == before
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    made.now_s += 70
    made.worker.step(made.now_s)
    assert made.notices[-1] is None
    assert len(made.read(START, START + 200, 10).starts_s) == 20
    made.worker.close(made.now_s)


FIRST_START = """
import sys, time
from pathlib import Path
from tests.unit.store.test_performance_history import START, Recording, HistoryKey
path, go = Path(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
made = Recording(path)
made.read(START, START + 10, 10)
made.run(START, START + 50, lambda _: 40.0)
made.worker.step(made.now_s)
print([notice.trouble.value for notice in made.notices if notice is not None], flush=True)
"""


@pytest.mark.parametrize("there", ["nothing", "rubbish"])
def test_first_starts_at_the_same_time_do_not_put_each_other_s_file_aside(tmp_path: Path, there: str) -> None:
    path = tmp_path / FILE_NAME
    if there == "rubbish":
        path.write_bytes(b"this is no database at all" * 100)
    root = str(Path(__file__).parents[3])
    command = [sys.executable, "-c", FIRST_START, str(path), str(tmp_path / "go")]
    children = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    told = [child.communicate(timeout=60)[0] for child in children]
    assert [child.returncode for child in children] == [0] * 4
    aside = [each.name for each in tmp_path.iterdir() if "broken" in each.name and each.suffix == ".db"]
    assert aside == (["history.broken.db"] if there == "rubbish" else [])
    assert sum("broken" in words for words in told) == len(aside)
    assert HistoryFile(path).marks("h") == {}


def test_a_file_that_another_program_put_aside_is_written_no_more(recording: Recording) -> None:
    recording.run(START, START + 50, lambda _: 10.0)
    recording.worker.step(recording.now_s)
    put_aside(recording.path, "broken")
    recording.run(START + 50, START + 100, lambda _: 20.0)
    recording.fold()
    assert cpu(recording.read(START, START + 100, 10)) == [20.0] * 5
    assert recording.path.exists()


def test_each_broken_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    for name in ("history.broken.db", "history.broken-2.db"):
        path.write_bytes(name.encode() * 100)
        made = Recording(path)
        made.run(START, START + 20, lambda _: 10.0)
        made.worker.step(made.now_s)
        made.worker.close(made.now_s)
        assert (tmp_path / name).read_bytes() == name.encode() * 100
        path.unlink()


def test_a_place_that_cannot_be_written_is_said_and_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "state"
    blocked.write_text("a file where a directory should be")
    made = Recording(blocked / FILE_NAME)
    made.run(START, START + 100, lambda _: 10.0)
    made.worker.step(made.now_s)
    assert made.notices[-1] is not None
    assert made.notices[-1].trouble is HistoryTrouble.UNAVAILABLE
    assert len(made.read(START, START + 100, 10).starts_s) == 10, "it is still in memory"
    blocked.unlink()
    made.worker.step(made.now_s + 70)
    assert made.notices[-1] is None
    assert (blocked / FILE_NAME).exists()
    made.worker.close(made.now_s)


def test_of_two_programs_one_records_and_both_read(tmp_path: Path) -> None:
    first, second = Recording(tmp_path / FILE_NAME), Recording(tmp_path / FILE_NAME)
    for each in (first, second):
        each.run(START, START + 100, lambda _: 10.0)
        each.worker.step(each.now_s)
    assert first.notices == []
    assert [notice.trouble for notice in second.notices if notice] == [HistoryTrouble.IN_USE]
    assert len(second.read(START, START + 100, 10).starts_s) == 10
    first.worker.close(first.now_s)
    second.run(START + 100, START + 200, lambda _: 10.0)
    second.worker.step(second.now_s + 20)
    assert second.notices[-1] is None
    second.worker.close(second.now_s)


@pytest.mark.parametrize(("later_s", "steps_s"), [(9000, (10, 60, 600, 7200)), (7 * 86_400, (600, 7200))])
def test_what_comes_late_is_in_every_level(
    later_s: int, steps_s: tuple[int, ...], recording: Recording
) -> None:
    """A host told it long after the time was folded, or the clock has been set back."""
    recording.run(START, START + 3000, lambda _: 10.0, 60.0)
    recording.now_s = START + later_s
    recording.fold()
    recording.run(START + 3000, START + 3600, lambda _: 70.0, 60.0)
    for what in ("in the log", "folded"):
        recording.now_s = START + later_s
        for step_s in steps_s:
            cells = recording.read(START, START + 7200, step_s).cells[:, Quantity.CPU_PERCENT]
            assert cells[:, Part.SECONDS].sum() == 3600, (what, step_s)
            total = (cells[:, Part.MEAN] * cells[:, Part.SECONDS]).sum()
            assert total == pytest.approx(3000 * 10 + 600 * 70, rel=1e-3), (what, step_s)
        recording.fold()


def test_nobody_sees_what_came_late_twice_while_it_is_folded(tmp_path: Path) -> None:
    made = Recording(tmp_path / FILE_NAME)
    made.run(START, START + 600, lambda _: 10.0)
    made.now_s = START + 9000
    made.fold()
    for uuid in "abc":
        made.worker.record(reading(START + 700, 50.0, uuids=uuid), 0.0)
    made.worker.close(made.now_s)
    file = HistoryFile(made.path)

    def check() -> None:
        for uuid, seconds in (("a", 610), ("b", 10), ("c", 10)):
            cells = file.read(HistoryKey("h", uuid), START, START + 1200, 600, made.now_s).cells
            assert cells[:, Quantity.CPU_PERCENT, Part.SECONDS].sum() == seconds

    check()
    for _ in file.fold(made.now_s + 200):
        check()
    check()
    file.close()


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60), st.floats(0, 100)), min_size=1, max_size=15))
@example(
    [(False, 1, 0.0), (False, 1, 0.0), (True, 57, 1.0), (True, 1, 9.0), (False, 1, 0.0), (False, 1, 0.0)]
)
def test_whatever_happens_gaps_and_totals_are_true(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[bool, int, float]]
) -> None:
    """Minutes of running and not running, folded now and then, against what really was."""
    made = Recording(tmp_path_factory.mktemp("history") / FILE_NAME)
    at_s, known = float(START), {}
    for number, (runs, minutes, percent) in enumerate(spans):
        if runs:
            made.run(at_s, at_s + 60 * minutes, lambda _, value=percent: value, 60.0)
            known.update({int(at_s) + 60 * n: percent for n in range(minutes)})
        at_s += 60 * minutes
        made.now_s = at_s
        if number % 3 == 2:
            made.fold()
    found = made.read(START, at_s, 60)
    assert [int(start) for start in found.starts_s] == sorted(known)
    np.testing.assert_allclose(
        found.cells[:, Quantity.CPU_PERCENT, Part.MEAN],
        [known[at] for at in sorted(known)],
        rtol=1e-3,
        atol=1e-30,
    )
    made.worker.close(made.now_s)


# The thread.


def test_the_store_answers_from_its_own_thread_and_ends(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path, clock=lambda: START + 100.0)
    assert not (tmp_path / FILE_NAME).exists(), "nothing is opened before it is needed"
    assert store.record(reading(START + 100.0, 10.0), 0.0)
    answers: list[tuple[HistorySeries | None, str]] = []
    assert store.read(
        A, START, START + 100, 10, lambda found: answers.append((found, threading.current_thread().name))
    )
    eventually_blocking(lambda: answers)
    found, thread = answers[0]
    assert found is not None
    assert len(found.starts_s) == 1
    assert thread == "vmgui-history"
    store.close(timeout_s=10)
    assert not store.record(reading(START + 110.0, 10.0), 0.0)
    assert not store.read(A, START, START + 100, 10, lambda _: None)
    again = Recording(tmp_path / FILE_NAME, START + 100)
    assert len(again.read(START, START + 100, 10).starts_s) == 1


def test_a_disk_that_hangs_costs_readings_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate, hangs = threading.Event(), threading.Event()

    def hang(*_: object) -> None:
        hangs.set()
        gate.wait(20)

    monkeypatch.setattr(HistoryWorker, "record", hang)
    monkeypatch.setattr(history_module, "MAX_WAITING", 10)
    store = HistoryStore(tmp_path)
    with caplog.at_level(logging.CRITICAL):
        assert store.record(reading(START, 1.0), 0.0)
        assert hangs.wait(10)
        assert [store.record(reading(START, 1.0), 0.0) for _ in range(30)] == [True] * 10 + [False] * 20
        store.close(timeout_s=0.05)
        gate.set()
        eventually_blocking(lambda: store._thread is not None and not store._thread.is_alive())
