"""The history's database: what is recorded, folded from level to level, read and forgotten.

    target  whose history: (host, uuid), uuid '' for the host itself
    recent  the log: what all targets of a host did in one step, as it came; a step may have several rows
    chunk   one target's steps of one level, packed (history_codec)
    mark    up to where each level of a host is folded; later than that the level below knows.
            Level -1: the host was taken off the list, all of it is to be forgotten

A chunk is written once, when its time is past: the disk sees little more than the data itself. A killed program
loses what was not yet in `recent`, some seconds; folding a chunk is one transaction.
SQLite in WAL mode; one thread at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vmgui.model.host import HostId
from vmgui.model.performance_history import HistoryKey, HistorySeries
from vmgui.policy.performance_history import LEVELS, Level, chunk_start, level_for, oldest_kept_s
from vmgui.policy.performance_history_cells import SHAPE, Cells, Starts, coarsened, known_rows
from vmgui.store.performance_history_codec import BadBlob, pack, unpack, unpack_one

VERSION = 1
LATE_S = 120
"""A chunk is folded this long after its end: slow hosts tell later what they did."""

_SCHEMA = """
CREATE TABLE target (id INTEGER PRIMARY KEY, host TEXT NOT NULL, uuid TEXT NOT NULL, UNIQUE (host, uuid));
CREATE TABLE recent (id INTEGER PRIMARY KEY, host TEXT NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX recent_at ON recent (host, start);
CREATE TABLE chunk (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, target INTEGER NOT NULL,
                    start INTEGER NOT NULL, data BLOB NOT NULL);
CREATE UNIQUE INDEX chunk_at ON chunk (target, level, start);
CREATE TABLE mark (host TEXT NOT NULL, level INTEGER NOT NULL, until INTEGER NOT NULL,
                   PRIMARY KEY (host, level)) WITHOUT ROWID;
"""


class NewerFile(Exception):
    """Written by a newer vmgui."""


class HistoryFile:
    """One open database; raises sqlite3.Error and NewerFile."""

    def __init__(self, path: Path) -> None:
        self._targets: dict[tuple[HostId, str], int] = {}
        self._db = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise NewerFile(f"version {version}")
        if version == 0:
            # Before the first table, or they have no effect. Chunks have some 2.6 KB: of 4 KB pages each
            # would waste a third.
            self._db.execute("PRAGMA page_size = 16384")
            self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA journal_size_limit = 8000000")
        self._db.execute("PRAGMA cache_size = -4000")
        if version == 0:
            self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        for row_id, host_id, uuid in self._db.execute("SELECT id, host, uuid FROM target"):
            self._targets[host_id, uuid] = row_id

    def close(self) -> None:
        """Close it; what was begun and not committed is lost."""
        self._db.close()

    # Recording.

    def target_id(self, host_id: HostId, uuid: str) -> int:
        """The number under which its history is kept; a new one for a new target."""
        known = self._targets.get((host_id, uuid))
        if known is None:
            # Another vmgui may have added it meanwhile.
            self._db.execute("INSERT OR IGNORE INTO target (host, uuid) VALUES (?, ?)", (host_id, uuid))
            (known,) = self._db.execute(
                "SELECT id FROM target WHERE host = ? AND uuid = ?", (host_id, uuid)
            ).fetchone()
            self._targets[host_id, uuid] = int(known)
        return int(known)

    def append(self, rows: list[tuple[HostId, int, tuple[str, ...], Cells]]) -> None:
        """Log steps: host, start, whose, and what of each; in one transaction."""
        with _Transaction(self._db):
            for host_id, start_s, uuids, cells in rows:
                ids = np.array([self.target_id(host_id, uuid) for uuid in uuids], np.int64)
                # Level 1: folded and packed better in ten minutes.
                blob = pack(ids, cells, level=1)
                self._db.execute(
                    "INSERT INTO recent (host, start, data) VALUES (?, ?, ?)", (host_id, start_s, blob)
                )

    # Reading.

    def read(self, key: HistoryKey, from_s: float, to_s: float, step_s: int, now_s: float) -> HistorySeries:
        """What is known of a target in this time."""
        target = self._targets.get((key.host_id, key.uuid))
        starts: list[Starts] = []
        cells: list[Cells] = []
        if target is not None:
            first = int(from_s // step_s) * step_s
            level = level_for(step_s, now_s - from_s)
            for some_starts, some_cells in self._pieces(key.host_id, target, level, first, to_s):
                inside = (some_starts >= first) & (some_starts < to_s)
                starts.append(some_starts[inside])
                cells.append(some_cells[inside])
        all_starts = np.concatenate(starts) if starts else np.empty(0, np.int64)
        all_cells = np.concatenate(cells) if cells else np.empty((0, *SHAPE))
        known = known_rows(all_cells)
        merged = coarsened(all_starts[known], all_cells[known], step_s)
        return HistorySeries(key, from_s, to_s, step_s, *merged)

    def _pieces(
        self, host_id: HostId, target: int, level: Level, from_s: int, to_s: float
    ) -> Iterator[tuple[Starts, Cells]]:
        """Read from the level itself as far as it is folded, then from the finer ones, then from the log."""
        marks = self.marks(host_id)
        begin = from_s
        for each in reversed(LEVELS[: level.index + 1]):
            until = marks.get(each.index, 0)
            yield from self._chunks(each, target, chunk_start(each, begin), min(until, to_s), begin)
            begin = max(begin, until)
        for start_s, blob in self._db.execute(
            "SELECT start, data FROM recent WHERE host = ? AND start >= ? AND start < ?",
            (host_id, from_s, to_s),
        ):
            try:
                yield np.array([start_s], np.int64), unpack_one(blob, target)[np.newaxis]
            except BadBlob:
                continue

    def _chunks(
        self, level: Level, target: int, from_s: float, to_s: float, not_before_s: float
    ) -> Iterator[tuple[Starts, Cells]]:
        for start_s, blob in self._db.execute(
            "SELECT start, data FROM chunk WHERE target = ? AND level = ? AND start >= ? AND start < ?",
            (target, level.index, from_s, to_s),
        ):
            try:
                index, cells = unpack(blob)
            except BadBlob:
                continue
            starts = index * level.step_s + start_s
            late = starts >= not_before_s
            yield starts[late], cells[late]

    def marks(self, host_id: HostId) -> dict[int, int]:
        """Up to where each level of a host is folded."""
        return dict(self._db.execute("SELECT level, until FROM mark WHERE host = ?", (host_id,)))

    def size_bytes(self) -> int:
        """What the database takes on disk, without its log."""
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (page,) = self._db.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(page)

    # Folding: generators that give way after each target. Reads in between see a true state, because up to
    # the mark a level is asked and after it the finer one; `append` has to wait until a fold has ended. What is
    # late changes levels that are asked, while the log still has it: that is done in one go.

    def fold(self, now_s: float) -> Iterator[None]:
        """Bring all levels up to date, oldest first."""
        hosts = [host for (host,) in self._db.execute("SELECT DISTINCT host FROM target").fetchall()]
        for host_id in hosts:
            for level in LEVELS:
                limit = chunk_start(level, now_s - LATE_S)
                for start_s in self._due(host_id, level, limit):
                    yield from self._fold_chunk(host_id, level, start_s)
                if limit > self.marks(host_id).get(level.index, 0):
                    self._set_mark(host_id, level, limit)

    def _due(self, host_id: HostId, level: Level, limit: int) -> list[int]:
        if level.index == 0:
            query = "SELECT DISTINCT start / ? FROM recent WHERE host = ? AND start < ?"
            found = self._db.execute(query, (level.chunk_s, host_id, limit))
        else:
            mark = self.marks(host_id).get(level.index, 0)
            query = (
                "SELECT DISTINCT chunk.start / ? FROM target JOIN chunk ON chunk.target = target.id"
                " WHERE target.host = ? AND chunk.level = ? AND chunk.start >= ? AND chunk.start < ?"
            )
            found = self._db.execute(query, (level.chunk_s, host_id, level.index - 1, mark, limit))
        return sorted(int(number) * level.chunk_s for (number,) in found)

    def _fold_chunk(self, host_id: HostId, level: Level, start_s: int) -> Iterator[None]:
        sources = (
            self._logged(host_id, start_s, start_s + level.chunk_s)
            if level.index == 0
            else self._finer(host_id, LEVELS[level.index - 1], start_s, start_s + level.chunk_s)
        )
        marks = self.marks(host_id)
        # What came later than LATE_S, or by a clock that was set back: these levels are asked for this time
        # already and will not be folded again, so they get it now. A chunk never lies on both sides of a mark.
        late = {each for each in LEVELS[level.index :] if start_s < marks.get(each.index, 0)}
        with _Transaction(self._db):
            for target, starts, cells in sources:
                known = known_rows(cells)
                starts, cells = starts[known], cells[known]
                for each in sorted(late | {level}, key=lambda each: each.index):
                    self._put(
                        each, target, chunk_start(each, start_s), *coarsened(starts, cells, each.step_s)
                    )
                if not late:
                    yield
            if level.index == 0:
                self._db.execute(
                    "DELETE FROM recent WHERE host = ? AND start >= ? AND start < ?",
                    (host_id, start_s, start_s + level.chunk_s),
                )
            self._set_mark(host_id, level, start_s + level.chunk_s)

    def _logged(self, host_id: HostId, from_s: int, to_s: int) -> Iterator[tuple[int, Starts, Cells]]:
        ids: list[Starts] = []
        starts: list[Starts] = []
        cells: list[Cells] = []
        query = "SELECT start, data FROM recent WHERE host = ? AND start >= ? AND start < ? ORDER BY start"
        for start_s, blob in self._db.execute(query, (host_id, from_s, to_s)):
            try:
                index, some = unpack(blob)
            except BadBlob:
                continue
            ids.append(index)
            starts.append(np.full(len(index), start_s, np.int64))
            cells.append(some)
        if not ids:
            return
        all_ids, all_starts, all_cells = np.concatenate(ids), np.concatenate(starts), np.concatenate(cells)
        order = np.argsort(all_ids, kind="stable")
        all_ids, all_starts, all_cells = all_ids[order], all_starts[order], all_cells[order]
        firsts = np.flatnonzero(np.concatenate(([True], all_ids[1:] != all_ids[:-1])))
        for first, last in zip(firsts, [*firsts[1:], len(all_ids)], strict=True):
            yield int(all_ids[first]), all_starts[first:last], all_cells[first:last]

    def _finer(
        self, host_id: HostId, level: Level, from_s: int, to_s: int
    ) -> Iterator[tuple[int, Starts, Cells]]:
        targets = [target for (host, _), target in self._targets.items() if host == host_id]
        for target in targets:
            found = list(self._chunks(level, target, from_s, to_s, from_s))
            if found:
                starts, cells = zip(*found, strict=True)
                yield target, np.concatenate(starts), np.concatenate(cells)

    def _put(self, level: Level, target: int, start_s: int, starts: Starts, cells: Cells) -> None:
        """Join these steps with what a chunk has."""
        if not len(starts):
            return
        where = (target, level.index, start_s)
        before = self._db.execute(
            "SELECT data FROM chunk WHERE target = ? AND level = ? AND start = ?", where
        ).fetchone()
        if before is not None:
            try:
                index, old = unpack(before[0])
            except BadBlob:
                index, old = np.empty(0, np.int64), np.empty((0, *SHAPE))
            both = np.concatenate((index * level.step_s + start_s, starts)), np.concatenate((old, cells))
            starts, cells = coarsened(*both, level.step_s)
        blob = pack((starts - start_s) // level.step_s, cells)
        self._db.execute(
            "INSERT OR REPLACE INTO chunk (target, level, start, data) VALUES (?, ?, ?, ?)", (*where, blob)
        )

    def _set_mark(self, host_id: HostId, level: Level, until: int) -> None:
        self._db.execute(
            "INSERT INTO mark (host, level, until) VALUES (?, ?, ?)"
            " ON CONFLICT (host, level) DO UPDATE SET until = max(until, excluded.until)",
            (host_id, level.index, until),
        )

    # Forgetting.

    def forget_old(self, now_s: float) -> Iterator[None]:
        """Drop what is older than its level keeps, and targets of which nothing is left."""
        for (host_id, uuid), target in tuple(self._targets.items()):
            with _Transaction(self._db):
                for level in LEVELS:
                    self._db.execute(
                        "DELETE FROM chunk WHERE target = ? AND level = ? AND start < ?",
                        (target, level.index, oldest_kept_s(level, now_s)),
                    )
            yield
            left = self._db.execute("SELECT 1 FROM chunk WHERE target = ? LIMIT 1", (target,)).fetchone()
            logged = self._db.execute("SELECT 1 FROM recent WHERE host = ? LIMIT 1", (host_id,)).fetchone()
            if left is None and logged is None:
                self._db.execute("DELETE FROM target WHERE id = ?", (target,))
                del self._targets[host_id, uuid]
        self._db.execute("PRAGMA incremental_vacuum(2000)").fetchall()

    def mark_forgotten(self, host_id: HostId) -> None:
        """Remember that a host was taken off the list: forgetting it may take longer than the program runs."""
        if any(host == host_id for host, _ in self._targets):
            self._db.execute("INSERT OR IGNORE INTO mark (host, level, until) VALUES (?, -1, 0)", (host_id,))

    def to_forget(self) -> HostId | None:
        """A host that is marked so."""
        found = self._db.execute("SELECT host FROM mark WHERE level = -1 LIMIT 1").fetchone()
        return found[0] if found is not None else None

    def forget_host(self, host_id: HostId) -> Iterator[None]:
        """Drop all of a host that was taken off the list."""
        for (host, uuid), target in tuple(self._targets.items()):
            if host == host_id:
                self._db.execute("DELETE FROM chunk WHERE target = ?", (target,))
                self._db.execute("DELETE FROM target WHERE id = ?", (target,))
                del self._targets[host, uuid]
                yield
        self._db.execute("DELETE FROM recent WHERE host = ?", (host_id,))
        self._db.execute("DELETE FROM mark WHERE host = ?", (host_id,))


class _Transaction:
    """All or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT" if kind is None else "ROLLBACK")
