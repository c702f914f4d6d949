"""What machines' definitions were before they were changed, in `undo.sqlite`; `undo_rows.py` says what is in it.

Nothing waits for it: what is recorded stands in a bounded queue until the store's thread has written it, many at a
time. A file that is busy or cannot be written is tried again, one of a newer vmgui is left alone, a damaged one waits
until the person has chosen: told like any other file of theirs (services/stored_files.py). Other processes of the
person use the same file.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.model.stored_files import FileNotice, FileTrouble
from vmgui.model.undo import Entry
from vmgui.store.database_file import Identity, identity, opening, put_aside
from vmgui.store.own_thread import try_to_start
from vmgui.store.undo_file import UndoFile
from vmgui.store.undo_rows import (
    SCHEMA,
    SCHEMA_VERSION,
    KnownIds,
    Record,
    Seen,
    Told,
    Written,
    entries_of,
    last_id,
    marks_of,
    prune,
    write,
)

log = logging.getLogger(__name__)

MAX_PER_MACHINE = 100
MAX_BYTES = 64 * 1024 * 1024
MAX_QUEUED_CHARS = 64 * 1024 * 1024
BATCH = 100
PRUNE_EVERY = 500
"""So many records are written before the oldest changes are looked for again."""
BUSY_TIMEOUT_S = 5.0
RETRY_S = 5.0
_SHORT_REST_S = 0.005

T = TypeVar("T")
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class UndoStore:
    """The file in `directory`; its methods may be called from any thread, and return at once but for those that read."""

    def __init__(
        self,
        directory: Path,
        *,
        max_per_machine: int = MAX_PER_MACHINE,
        max_bytes: int = MAX_BYTES,
        max_queued_chars: int = MAX_QUEUED_CHARS,
        retry_s: float = RETRY_S,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> None:
        self.file = UndoFile(self)
        self.path = directory / "undo.sqlite"
        self._max_per_machine = max_per_machine
        self._max_bytes = max_bytes
        self._max_queued_chars = max_queued_chars
        self._retry_s = retry_s
        self._busy_timeout_s = busy_timeout_s
        self._condition = threading.Condition()
        self._queue: deque[Record] = deque()
        self._queued_chars = 0
        self._waiting: list[tuple[int, Callable[[], None]]] = []  # until so many are written, or cannot be
        self._recorded = self._written = 0
        self._told: Callable[[Written], None] | None = None
        self._changed: Callable[[], None] | None = None
        self._notice: FileNotice | None = None
        self._starts_anew = False
        self._closing = False
        self._retry_at_s = 0.0
        self._thread: threading.Thread | None = None
        self._identity: Identity | None = None
        self._known = KnownIds(0)
        self._since_prune = PRUNE_EVERY

    def follow(self, told: Callable[[Written], None]) -> None:
        """`told` is called in the store's thread after each writing."""
        self._told = told

    @property
    def notice(self) -> FileNotice | None:
        """What is the matter with the file, if anything."""
        return self._notice

    def record(self, record: Record) -> bool:
        """Keep it; whether there was room."""
        size = _chars(record)
        with self._condition:
            if self._closing or self._queued_chars + size > self._max_queued_chars:
                return False
            self._queue.append(record)
            self._queued_chars += size
            self._recorded += 1
            self._wake()
        return True

    def when_written(self, done: Callable[[], None]) -> None:
        """Call it, in the store's thread, when all that was recorded before is written, or cannot be written now."""
        with self._condition:
            self._waiting.append((self._recorded, done))
            self._wake()

    def close(self, timeout_s: float = 2.0) -> None:
        """Write what waits, at most `timeout_s`."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def refresh(self) -> None:
        """Nothing of the file is kept in memory."""

    # Reading: blocking, in the caller's thread. Raises OSError where the file cannot be read.

    def marks(self, host_id: HostId) -> Mapping[str, bytes]:
        """By UUID, the mark of the last definition known of each machine of a host."""
        return self._reading(lambda connection: marks_of(connection, host_id)) or {}

    def entries(self, key: DomainKey) -> tuple[Entry, ...]:
        """A machine's changes, the latest first."""
        return self._reading(lambda connection: entries_of(connection, key)) or ()

    def _reading(self, look: Callable[[sqlite3.Connection], T]) -> T | None:
        if not os.path.exists(self.path):
            return None
        try:
            address = f"file:{quote(str(self.path))}?mode=ro"
            with contextlib.closing(
                sqlite3.connect(address, uri=True, timeout=self._busy_timeout_s)
            ) as connection:
                return look(connection)
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, sqlite3.OperationalError) and "no such table" in str(error):
                # It is being made this very moment.
                return None
            raise OSError(f"{self.path}: {error}") from error

    # For the file's face to the person (UndoFile).

    def look_again(self, *, anew: bool = False) -> None:
        """Open it now; `anew`: the damaged one is put aside."""
        with self._condition:
            self._starts_anew |= anew
            self._retry_at_s = 0.0
            self._wake()

    def tell_notices(self, changed: Callable[[], None]) -> None:
        """`changed` is called on the store's thread when `notice` is another; the file is opened now."""
        with self._condition:
            self._changed = changed
            self._wake()

    def forget_notice(self) -> None:
        """The person knows."""
        if self._notice is not None and self._notice.aside:
            self._notice = None

    def _wake(self) -> None:
        """With the condition held."""
        if self._thread is None and not self._closing:
            self._thread = try_to_start(self._run, "vmgui-undo")
        self._condition.notify_all()

    # The store's thread.

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while True:
            connection = self._usable(connection)
            with self._condition:
                while not self._closing and not self._is_due(connection):
                    self._condition.wait(self._rest_s(connection))
                    if connection is None:
                        break
                ending = self._closing
                batch = [self._queue[place] for place in range(min(BATCH, len(self._queue)))]
            is_written = not batch or self._write(connection, batch)
            if connection is not None and not is_written and self._notice is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
                connection = None
            self._tell_waiting(is_stuck=not is_written)
            if ending and (not is_written or not self._queue):
                break
            if batch:
                # Let the window's thread have the interpreter between two batches of a storm.
                time.sleep(_SHORT_REST_S)
        if self._queue:
            log.warning("undo: the last %d changes of definitions could not be kept", len(self._queue))
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def _is_due(self, connection: sqlite3.Connection | None) -> bool:
        """With the condition held."""
        if self._waiting and self._waiting[0][0] <= self._written:
            return True
        if connection is None or identity(self.path) != self._identity:
            return time.monotonic() >= self._retry_at_s
        return bool(self._queue)

    def _rest_s(self, connection: sqlite3.Connection | None) -> float | None:
        return max(0.0, self._retry_at_s - time.monotonic()) if connection is None else None

    def _usable(self, connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
        """The open file; None: it cannot be opened now."""
        if connection is not None:
            if identity(self.path) == self._identity:
                return connection
            # Another process has put it aside.
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        elif time.monotonic() < self._retry_at_s and not self._closing:
            return None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with opening(self.path):
                aside = self._put_aside() if self._starts_anew else ""
                connection = self._open()
        except (sqlite3.Error, OSError, _Newer) as error:
            self._failed(error)
            return None
        self._starts_anew = False
        notice = FileNotice(FileTrouble.DAMAGED, str(self.path), aside=aside) if aside else None
        kept = self._notice if self._notice is not None and self._notice.aside else None
        self._notify(notice or kept)
        return connection

    def _open(self) -> sqlite3.Connection:
        descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
        connection = sqlite3.connect(self.path, timeout=self._busy_timeout_s, isolation_level=None)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise _Newer
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if not version:
                connection.executescript(SCHEMA)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._known.opened = last_id(connection)
        except BaseException:
            connection.close()
            raise
        self._identity = identity(self.path)
        return connection

    def _put_aside(self) -> str:
        """The damaged file's new name; empty: another process has done so, and that one's file is good."""
        try:
            with contextlib.closing(sqlite3.connect(self.path, timeout=self._busy_timeout_s)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                    return ""
        except sqlite3.Error as error:
            if not _is_broken(error):
                raise
        aside = str(put_aside(self.path, "broken"))
        log.warning("%s is damaged; it is kept as %s and a new one begun", self.path, aside)
        return aside

    def _write(self, connection: sqlite3.Connection | None, batch: list[Record]) -> bool:
        """Whether it is written."""
        if connection is None:
            return False
        try:
            written = write(connection, batch, self._max_per_machine, self._known)
            self._since_prune += len(batch)
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            self._failed(error)
            return False
        with self._condition:
            for record in batch:
                self._queue.popleft()
                self._queued_chars -= _chars(record)
            self._written += len(batch)
        self._notify(self._notice if self._notice is not None and self._notice.aside else None)
        if self._told is not None:
            self._told(written)
        if self._since_prune >= PRUNE_EVERY:
            self._since_prune = 0
            try:
                prune(connection, self._max_bytes, time.time())
            except sqlite3.Error as error:
                log.warning("undo: the oldest changes stay: %s", error)
        return True

    def _tell_waiting(self, *, is_stuck: bool) -> None:
        with self._condition:
            done = [call for number, call in self._waiting if is_stuck or number <= self._written]
            self._waiting = [one for one in self._waiting if one[1] not in done]
        for call in done:
            call()

    def _failed(self, error: Exception) -> None:
        self._retry_at_s = time.monotonic() + self._retry_s
        reason, path = (error.strerror if isinstance(error, OSError) else None) or str(error), str(self.path)
        if isinstance(error, _Newer):
            with self._condition:
                # It will not be ours to write in this run: nothing is kept for it.
                self._queue.clear()
                self._queued_chars, self._written = 0, self._recorded
            self._notify(FileNotice(FileTrouble.NEWER, path))
        elif _is_broken(error):
            self._notify(FileNotice(FileTrouble.DAMAGED, path, reason, waits=True))
        else:
            since_s = self._notice.since_unix_s if self._notice is not None else 0.0
            self._notify(
                FileNotice(FileTrouble.UNWRITABLE, path, reason, since_unix_s=since_s or time.time())
            )

    def _notify(self, notice: FileNotice | None) -> None:
        before, self._notice = self._notice, notice
        if before == notice:
            return
        if notice is not None:
            log.warning("%s: %s: %s", self.path, notice.trouble.value, notice.reason)
        if self._changed is not None:
            self._changed()


class _Newer(Exception):
    """The file is of a newer vmgui."""


def _chars(record: Record) -> int:
    match record:
        case Seen():
            return len(record.text)
        case Told():
            return len(record.before) + len(record.after)
        case _:
            return 1


def _is_broken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.Error) and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BROKEN
