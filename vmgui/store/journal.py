"""The log on disk: a SQLite database, written by a thread of its own, read from any other.

Nothing waits for it: what is recorded stands in a bounded queue until the thread has made entries of it and
written them, some hundred a transaction. Readers have connections of their own (write-ahead log), so a long
search stops no writing. A broken file is put aside (`journal.broken.sqlite`) and a new one begun; what cannot be
written now stays in the queue and is tried again. Other processes of the person write into the same file: what they
have written is told like what this one wrote.
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
from vmgui.policy.journal import NOT_RECORDED, RESTARTED
from vmgui.store.database_file import Identity, identity, opening, put_aside
from vmgui.store.journal_others import Others
from vmgui.store.journal_rows import (
    SCHEMA,
    SCHEMA_VERSION,
    SELECT_ONE,
    SELECT_TARGETS,
    SELECT_THINGS,
    from_row,
    select,
    with_things,
)
from vmgui.store.journal_writing import interrupt_all, prune, write_batch
from vmgui.store.own_thread import try_to_start

log = logging.getLogger(__name__)

MAX_ENTRIES = 200_000
MAX_AGE_S = 365 * 86_400.0
MAX_QUEUED = 50_000
BATCH = 500
PRUNE_EVERY = 2_000
"""So many entries are written before the oldest are looked for again."""
BUSY_TIMEOUT_S = 5.0
RETRY_S = 5.0
LOOK_EVERY_S = 1.0
"""How often what other processes wrote is looked for."""
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
        look_every_s: float = LOOK_EVERY_S,
        retry_s: float = RETRY_S,
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
        self._is_started = False
        self._lock_file = -1
        self._problem = ""
        self._since_prune = PRUNE_EVERY
        self._look_every_s = look_every_s
        self._retry_s = retry_s
        self._retry_at_s = 0.0
        self._identity: Identity | None = None
        self._others = Others()

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
        self._is_started = True
        self._thread = try_to_start(self._write_loop, "vmgui-journal")

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
            if self._is_started and self._thread is None:
                self._thread = try_to_start(self._write_loop, "vmgui-journal")
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
            try:
                things = connection.execute(SELECT_THINGS, (entry_id,)).fetchall()
            except sqlite3.OperationalError:
                # A file of an older version, which this one may not write.
                things = []
            return with_things(replace(entry, targets=targets) if targets else entry, things)

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
                if not self._is_due(connection):
                    self._condition.wait(self._look_every_s)
                if self._is_broken and connection is not None:
                    continue
                ending, is_due = self._closing, self._is_due(connection)
                batch: deque[tuple[int, Make]] = deque()
                if is_due:
                    batch, self._queue = self._queue, deque()
                    self._queued = 0
                    if self._refused:
                        batch.append((1, partial(_notes, NOT_RECORDED, str(self._refused))))
                        self._refused = 0
            if batch:
                # Another process may have put the file aside just now.
                connection = self._usable(connection)
            rest = self._write(connection, (entry for _, make in batch for entry in _made(make)))
            if rest:
                # The file broke or cannot be written now: once it can, they go into that.
                with self._condition:
                    self._queue.appendleft((len(rest), partial(tuple, rest)))
                    self._queued += len(rest)
            elif not ending:
                self._tell_of_others(connection)
            if ending and not (rest and self._is_broken and connection is not None):
                break
        if self._queue:
            log.warning("the last %d entries of the log could not be written", self._queued)
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if self._lock_file >= 0:
            os.close(self._lock_file)
            self._lock_file = -1

    def _is_due(self, connection: sqlite3.Connection | None) -> bool:
        """Whether there is something to do now; with the condition held."""
        if self._closing or (self._is_broken and connection is not None):
            return True
        if connection is None or time.monotonic() < self._retry_at_s:
            return False
        return bool(self._queue or self._refused)

    def _tell_of_others(self, connection: sqlite3.Connection | None) -> None:
        if connection is None or self._told is None:
            return
        try:
            news = self._others.look(connection)
        except sqlite3.Error as error:
            log.info("%s: what others wrote cannot be read: %s", self._path, error)
            return
        if news is not None:
            self._told(news)

    def _usable(self, connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
        """The open database; a broken one is put aside first. None: it cannot be opened now."""
        is_another = connection is not None and identity(self._path) != self._identity
        if connection is not None and not self._is_broken and not is_another:
            return connection
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if connection is None and time.monotonic() < self._retry_at_s and not self._closing:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with opening(self._path):
                connection = self._opened()
        except (sqlite3.Error, OSError) as error:
            self._failed(str(error))
            return None
        self._retry_at_s = 0.0
        if self._problem:
            self._tell_problem("")
        return connection

    def _opened(self) -> sqlite3.Connection:
        """Nobody else opens it, or puts it aside, at this time."""
        if self._is_broken:
            self._is_broken = False
            # Another process may have put it aside: that one's new file is a good one.
            if identity(self._path) == self._identity:
                self._put_aside()
        try:
            return self._open()
        except sqlite3.Error as error:
            if not _is_broken(error):
                raise
            self._put_aside()
            return self._open()

    def _open(self) -> sqlite3.Connection:
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
            if self._is_alone() and (left := interrupt_all(connection)) and self._told is not None:
                self._told(JournalWritten(changed=left, interrupted=left))
            self._others.begin(connection)
        except BaseException:
            connection.close()
            raise
        self._identity = identity(self._path)
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

    def _put_aside(self) -> None:
        aside = put_aside(self._path, "broken")
        log.warning("%s is broken; it is kept as %s and a new one begun", self._path, aside.name)
        with self._condition:
            self._generation += 1
            self._queue.appendleft((1, partial(_notes, RESTARTED, aside.name)))
            self._queued += 1

    def _failed(self, problem: str) -> None:
        self._retry_at_s = time.monotonic() + self._retry_s
        self._tell_problem(problem)

    def _write(
        self, connection: sqlite3.Connection | None, entries: Iterator[JournalEntry]
    ) -> Sequence[JournalEntry]:
        """Write by batches, each made when its turn comes; what is left when the file cannot be written."""
        if connection is None:
            return tuple(entries)
        while batch := tuple(islice(entries, BATCH)):
            try:
                written = write_batch(connection, batch)
                self._since_prune += len(batch)
                # On the disk, whatever becomes of the oldest.
                batch = ()
                self._problem = ""
                if self._told is not None:
                    self._told(written)
                if self._since_prune >= PRUNE_EVERY:
                    self._since_prune = 0
                    prune(connection, self._max_entries, time.time() - self._max_age_s)
            except sqlite3.Error as error:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                if _is_broken(error):
                    self._is_broken = True
                else:
                    self._failed(str(error))
                return (*batch, *entries)
            # Let the window's thread have the interpreter between two batches of a storm.
            time.sleep(_SHORT_REST_S)
        return ()

    def _tell_problem(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("the log of tasks and events is not kept: %s", problem)
        self._problem = problem
        if self._told is not None:
            self._told(JournalWritten(problem=problem))


def _made(make: Make) -> Iterator[JournalEntry]:
    try:
        yield from make()
    except Exception:
        log.exception("an entry of the log could not be made")


def _notes(what: str, detail: str) -> tuple[JournalEntry, ...]:
    return (JournalEntry(time.time(), EntryKind.OTHER, what, Outcome.PROBLEM, detail=detail),)


def _is_broken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.Error) and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BROKEN
