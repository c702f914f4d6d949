"""The log on disk: a SQLite database, written by a thread of its own, read from any other.

Nothing waits for it: what is recorded stands in a bounded queue until the thread has made entries of it and
written them, some hundred a transaction. Readers have connections of their own (write-ahead log), so a long
search stops no writing. A broken file is put aside (`journal.broken.sqlite`) and a new one begun.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from vmgui.model.journal import EntryKind, EntryTarget, JournalEntry, JournalFilter, JournalWritten, Outcome
from vmgui.policy.journal import NOT_RECORDED, RESTARTED, kept
from vmgui.store.journal_rows import (
    FINISH,
    INSERT,
    INSERT_TARGET,
    SCHEMA,
    SCHEMA_VERSION,
    SELECT_ONE,
    SELECT_TARGETS,
    from_row,
    select,
    to_finish,
    to_row,
)

log = logging.getLogger(__name__)

MAX_ENTRIES = 200_000
MAX_AGE_S = 365 * 86_400.0
MAX_QUEUED = 50_000
BATCH = 500
PRUNE_EVERY = 2_000
"""So many entries are written before the oldest are looked for again."""
PRUNE_AT_ONCE = 5_000
BUSY_TIMEOUT_S = 5.0
_SHORT_REST_S = 0.001

T = TypeVar("T")
Make = Callable[[], Iterable[JournalEntry]]
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class JournalStore:
    """The log in `directory`; `record` and `read` from any thread."""

    def __init__(
        self,
        directory: Path,
        *,
        max_entries: int = MAX_ENTRIES,
        max_age_s: float = MAX_AGE_S,
        max_queued: int = MAX_QUEUED,
    ) -> None:
        self._path = directory / "journal.sqlite"
        self._max_entries = max_entries
        self._max_age_s = max_age_s
        self._max_queued = max_queued
        self._told: Callable[[JournalWritten], None] | None = None
        self._condition = threading.Condition()
        self._queue: deque[tuple[int, Make]] = deque()
        self._queued = 0
        self._refused = 0
        self._closing = False
        self._is_broken = False
        self._generation = 0
        self._thread: threading.Thread | None = None
        self._lock_file = -1
        self._problem = ""
        self._since_prune = PRUNE_EVERY

    @property
    def path(self) -> Path:
        """The database."""
        return self._path

    @property
    def problem(self) -> str:
        """Why nothing can be kept, in the system's words; empty: all is well."""
        return self._problem

    def start(self, told: Callable[[JournalWritten], None]) -> None:
        """Open in the background; `told` is called in the store's thread after each writing."""
        self._told = told
        self._thread = threading.Thread(target=self._write_loop, name="vmgui-journal", daemon=True)
        self._thread.start()

    def record(self, make: Make, count: int = 1) -> None:
        """Keep what `make` gives, which is called in the store's thread; never blocks.

        `count` is how many entries that is at most. With too many waiting it is dropped, and an entry says so.
        """
        with self._condition:
            if self._closing:
                return
            if self._queue and self._queued + count > self._max_queued:
                self._refused += count
                return
            self._queue.append((count, make))
            self._queued += count
            self._condition.notify_all()

    def close(self, timeout_s: float = 2.0) -> None:
        """Write what waits, at most `timeout_s`."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s)

    # Reading: blocking, in the caller's thread.

    def read(
        self,
        wanted: JournalFilter,
        *,
        before_id: int | None = None,
        after_id: int | None = None,
        ids: Sequence[int] = (),
        limit: int = 200,
    ) -> tuple[JournalEntry, ...]:
        """Entries, newest first; empty where there is no file. Raises OSError where it cannot be read."""
        sql, values = select(wanted, before_id=before_id, after_id=after_id, ids=ids, limit=limit)

        def look(connection: sqlite3.Connection) -> tuple[JournalEntry, ...]:
            return tuple(from_row(row) for row in connection.execute(sql, values))

        return self._reading(look) or ()

    def read_one(self, entry_id: int) -> JournalEntry | None:
        """One entry with its log and all its targets; None: it is not kept any more."""

        def look(connection: sqlite3.Connection) -> JournalEntry | None:
            row = connection.execute(SELECT_ONE, (entry_id,)).fetchone()
            if row is None:
                return None
            entry = from_row(row)
            targets = tuple(EntryTarget(*found) for found in connection.execute(SELECT_TARGETS, (entry_id,)))
            return replace(entry, targets=targets) if targets else entry

        return self._reading(look)

    def _reading(self, look: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `look` finds; None where there is no database yet."""
        if not os.path.exists(self._path):
            return None
        generation = self._generation
        try:
            address = f"file:{quote(str(self._path))}?mode=ro"
            with contextlib.closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S)) as connection:
                return look(connection)
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError, zlib.error) as error:
            if isinstance(error, sqlite3.OperationalError) and "no such table" in str(error):
                # It is being made this very moment.
                return None
            if _is_broken(error):
                with self._condition:
                    # A file that has been put aside meanwhile says nothing about the new one.
                    if generation == self._generation:
                        self._is_broken = True
                        self._condition.notify_all()
            raise OSError(f"{self._path}: {error}") from error

    # The store's thread.

    def _write_loop(self) -> None:
        connection: sqlite3.Connection | None = None
        while True:
            connection = self._usable(connection)
            with self._condition:
                while not (self._queue or self._refused or self._closing or self._is_broken):
                    self._condition.wait()
                if self._is_broken:
                    continue
                batch, self._queue = self._queue, deque()
                refused, self._refused = self._refused, 0
                self._queued = 0
                ending = self._closing
            if refused:
                batch.append((1, partial(_notes, NOT_RECORDED, str(refused))))
            rest = self._write(connection, (entry for _, make in batch for entry in _made(make)))
            if rest:
                # The file broke: once a new one is there they go into that.
                with self._condition:
                    self._queue.appendleft((len(rest), partial(tuple, rest)))
                    self._queued += len(rest)
            elif ending:
                break
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if self._lock_file >= 0:
            os.close(self._lock_file)
            self._lock_file = -1

    def _usable(self, connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
        """The open database; a broken one is put aside first. None: it cannot be written."""
        if self._is_broken:
            self._is_broken = False
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._put_aside()
            connection = None
        if connection is not None:
            return connection
        for _ in range(2):
            try:
                connection = self._open()
            except (sqlite3.Error, OSError) as error:
                if _is_broken(error) and self._put_aside():
                    continue
                self._tell_problem(str(error))
                return None
            self._problem = ""
            return connection
        return None

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise OSError(f"{self._path} was written by a newer vmgui")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            if self._is_alone():
                # What an earlier run began and never ended: it was killed, or the computer was.
                connection.execute(
                    "UPDATE entry SET outcome = ? WHERE outcome = ?",
                    (Outcome.INTERRUPTED.value, Outcome.UNDER_WAY.value),
                )
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_alone(self) -> bool:
        """Whether no other vmgui of this person runs: each holds a shared lock for as long as it does."""
        if self._lock_file >= 0:
            return False
        try:
            self._lock_file = os.open(
                self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
            )
            try:
                fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            except BlockingIOError:
                alone = False
            fcntl.flock(self._lock_file, fcntl.LOCK_SH)
        except OSError as error:
            log.info("no lock beside %s: %s", self._path, error)
            return False
        return alone

    def _put_aside(self) -> bool:
        aside = self._path.with_suffix(".broken.sqlite")
        log.warning("%s is broken; it is kept as %s and a new one begun", self._path, aside.name)
        try:
            os.replace(self._path, aside)
            for end in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(f"{self._path}{end}", f"{aside}{end}")
        except FileNotFoundError:
            return True
        except OSError as error:
            self._tell_problem(str(error))
            return False
        with self._condition:
            self._generation += 1
            self._queue.appendleft((1, partial(_notes, RESTARTED, aside.name)))
            self._queued += 1
        return True

    def _write(
        self, connection: sqlite3.Connection | None, entries: Iterator[JournalEntry]
    ) -> Sequence[JournalEntry]:
        """Write by batches, each made when its turn comes; what is left when the file turns out to be broken."""
        if connection is None:
            return ()
        while batch := tuple(islice(entries, BATCH)):
            try:
                written = _write_batch(connection, batch)
                self._since_prune += len(batch)
                if self._since_prune >= PRUNE_EVERY:
                    self._prune(connection)
                self._problem = ""
                if self._told is not None:
                    self._told(written)
            except sqlite3.Error as error:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                if _is_broken(error):
                    self._is_broken = True
                    return (*batch, *entries)
                self._tell_problem(str(error))
            # Let the window's thread have the interpreter between two batches of a storm.
            time.sleep(_SHORT_REST_S)
        return ()

    def _prune(self, connection: sqlite3.Connection) -> None:
        self._since_prune = 0
        newest = connection.execute("SELECT max(id) FROM entry").fetchone()[0] or 0
        for condition, value in (
            ("id <= ?", newest - self._max_entries),
            ("at < ?", time.time() - self._max_age_s),
        ):
            gone = PRUNE_AT_ONCE
            while gone == PRUNE_AT_ONCE:
                gone = connection.execute(
                    f"DELETE FROM entry WHERE id IN (SELECT id FROM entry WHERE {condition} LIMIT ?)",  # noqa: S608 - constants
                    (value, PRUNE_AT_ONCE),
                ).rowcount

    def _tell_problem(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("the log of tasks and events is not kept: %s", problem)
        self._problem = problem
        if self._told is not None:
            self._told(JournalWritten(problem=problem))


def _write_batch(connection: sqlite3.Connection, entries: Sequence[JournalEntry]) -> JournalWritten:
    """One transaction; a job's end changes the entry of its beginning."""
    changed: list[int] = []
    newest = 0
    connection.execute("BEGIN IMMEDIATE")
    for entry in map(kept, entries):
        if entry.token and entry.outcome is not Outcome.UNDER_WAY:
            done = connection.execute(FINISH, to_finish(entry))
            if done.rowcount:
                found = connection.execute("SELECT id FROM entry WHERE token = ?", (entry.token,)).fetchone()
                changed.append(int(found[0]))
                continue
        newest = connection.execute(INSERT, to_row(entry)).lastrowid or newest
        if len(entry.targets) > 1:
            connection.executemany(
                INSERT_TARGET,
                [(newest, target.host_id, target.uuid, target.name) for target in entry.targets],
            )
    connection.execute("COMMIT")
    return JournalWritten(newest, tuple(changed))


def _made(make: Make) -> Iterator[JournalEntry]:
    try:
        yield from make()
    except Exception:
        log.exception("an entry of the log could not be made")


def _notes(what: str, detail: str) -> tuple[JournalEntry, ...]:
    return (JournalEntry(time.time(), EntryKind.OTHER, what, Outcome.PROBLEM, detail=detail),)


def _is_broken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.Error) and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BROKEN
