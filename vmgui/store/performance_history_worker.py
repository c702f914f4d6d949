"""What the history's thread does: opens the file, records, folds in the background, answers, and survives.

A file that is broken is put aside and a new one begun; one of a newer vmgui is left alone. What cannot be opened or
written now is tried again every minute, and what could not be written meanwhile is lost after ten.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from vmgui.model.host import HostId
from vmgui.model.performance_history import (
    HistoryKey,
    HistoryNotice,
    HistorySeries,
    HistoryTrouble,
    HostReading,
)
from vmgui.policy.performance_history import LEVELS
from vmgui.policy.performance_history_cells import coarsened
from vmgui.store.database_file import Identity, identity, opening, put_aside
from vmgui.store.performance_history_file import LATE_S, HistoryFile, NewerFile
from vmgui.store.performance_history_recorder import Recorder

log = logging.getLogger(__name__)

FLUSH_S = 10.0
TRY_AGAIN_S = 60.0
FORGET_S = 3600.0
FIRST_FOLD_S = 30.0
"""A program that starts has other things to do."""
UNWRITTEN_KEPT_S = 600.0

_BROKEN = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    # No such table, no such column: some other program's database.
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_FORMAT,
}


class HistoryWorker:
    """Everything here runs on the store's thread; `now_s` is the wall clock."""

    def __init__(self, path: Path, now_s: float, notify: Callable[[HistoryNotice | None], None]) -> None:
        self._path = path
        self._notify = notify
        self._notice: HistoryNotice | None = None
        self._file: HistoryFile | None = None
        self._identity: Identity | None = None
        self._lock: int | None = None
        self._recorder = Recorder()
        self._work: Iterator[None] | None = None
        self._try_at_s = 0.0
        self._flush_at_s = now_s + FLUSH_S
        self._fold_at_s = now_s + FIRST_FOLD_S
        self._forget_at_s = now_s + FIRST_FOLD_S

    @property
    def is_busy(self) -> bool:
        """Whether `step` has more to do at once."""
        return self._work is not None

    def record(self, reading: HostReading, offset_s: float) -> None:
        """Take a reading."""
        self._recorder.add(reading, offset_s)

    def read(self, key: HistoryKey, from_s: float, to_s: float, step_s: int, now_s: float) -> HistorySeries:
        """What is known of a target, written or not."""
        starts, cells = self._recorder.of(key)
        inside = (starts >= from_s // step_s * step_s) & (starts < to_s)
        starts, cells = starts[inside], cells[inside]
        file = self._open(now_s)
        if file is not None:
            try:
                written = file.read(key, from_s, to_s, step_s, now_s)
            except sqlite3.Error as error:
                self._failed(error, now_s)
            else:
                starts = np.concatenate((written.starts_s, starts))
                cells = np.concatenate((written.cells, cells))
        return HistorySeries(key, from_s, to_s, step_s, *coarsened(starts, cells, step_s))

    def forget_host(self, host_id: HostId, now_s: float) -> None:
        """Drop all of a host that was taken off the list."""
        self._recorder.forget_host(host_id)
        file = self._open(now_s)
        if file is not None:
            # The write lock may be held by a fold of our own: that gets it done in a moment.
            self._end_work()
            try:
                file.mark_forgotten(host_id)
            except sqlite3.Error as error:
                self._failed(error, now_s)
            self._fold_at_s = min(self._fold_at_s, now_s)

    def step(self, now_s: float) -> None:
        """Do what is due, a few milliseconds of it."""
        try:
            if self._work is not None:
                for _ in range(8):
                    if next(self._work, self) is self:
                        self._work = None
                        break
                return
            if now_s >= self._flush_at_s:
                self._flush_at_s = now_s + FLUSH_S
                self._flush(now_s)
            if now_s >= min(self._fold_at_s, self._forget_at_s):
                self._begin_work(now_s)
        except sqlite3.Error as error:
            self._failed(error, now_s)

    def fold_now(self, now_s: float) -> None:
        """Write, fold and forget all that is due, at once (tests, measurements)."""
        self._end_work()
        self._flush(now_s)
        self._fold_at_s = self._forget_at_s = now_s
        while now_s >= min(self._fold_at_s, self._forget_at_s) or self.is_busy:
            self.step(now_s)

    def close(self, now_s: float) -> None:
        """Write what is left and let go of the file."""
        self._end_work()
        try:
            self._flush(now_s)
        except sqlite3.Error as error:
            log.warning("%s: the last seconds are not kept: %s", self._path, error)
        self._close_file()

    def _flush(self, now_s: float) -> None:
        rows = self._recorder.rows()
        if not rows:
            return
        if self._file is not None and identity(self._path) != self._identity:
            # Another process put it aside: what is written there now nobody reads.
            self._close_file()
        file = self._open(now_s)
        if file is None or not self._may_write(now_s):
            self._recorder.forget_before(now_s - UNWRITTEN_KEPT_S)
            return
        file.append(rows)
        self._recorder.clear()
        if self._notice is not None and self._notice.trouble is HistoryTrouble.UNAVAILABLE:
            self._tell(None)

    def _begin_work(self, now_s: float) -> None:
        fold = now_s >= self._fold_at_s
        if not fold:
            self._forget_at_s = now_s + FORGET_S
        file = self._open(now_s)
        if file is None or not self._may_write(now_s):
            self._fold_at_s = max(self._fold_at_s, now_s + TRY_AGAIN_S)
            return
        host_id = file.to_forget()
        if host_id is not None:
            self._work = file.forget_host(host_id)
        elif fold:
            chunk_s = LEVELS[0].chunk_s
            self._fold_at_s = (now_s // chunk_s + 1) * chunk_s + LATE_S + 1
            self._work = file.fold(now_s)
        else:
            self._work = file.forget_old(now_s)

    def _end_work(self) -> None:
        if self._work is not None:
            work, self._work = self._work, None
            close = getattr(work, "close", None)
            if close is not None:
                with contextlib.suppress(sqlite3.Error):
                    close()

    # The file.

    def _open(self, now_s: float) -> HistoryFile | None:
        if self._file is not None or now_s < self._try_at_s:
            return self._file
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with opening(self._path):
                try:
                    self._file = HistoryFile(self._path)
                except sqlite3.DatabaseError as error:
                    if _code(error) not in _BROKEN:
                        raise
                    self._put_aside(str(error))
                    self._file = HistoryFile(self._path)
                self._identity = identity(self._path)
        except NewerFile as error:
            self._try_at_s = now_s + TRY_AGAIN_S
            self._tell(HistoryNotice(HistoryTrouble.NEWER, str(self._path), str(error)))
        except (sqlite3.Error, OSError) as error:
            self._unavailable(str(error), now_s)
        else:
            if self._notice is not None and self._notice.trouble is HistoryTrouble.NEWER:
                self._tell(None)
        return self._file

    def _failed(self, error: sqlite3.Error, now_s: float) -> None:
        """An operation on an open file went wrong."""
        self._end_work()
        self._close_file()
        if _code(error) in _BROKEN:
            try:
                with opening(self._path):
                    # Another process may have done so: that one's new file is a good one.
                    if identity(self._path) == self._identity:
                        self._put_aside(str(error))
            except OSError as failed:
                self._unavailable(str(failed), now_s)
        else:
            self._unavailable(str(error), now_s)

    def _unavailable(self, why: str, now_s: float) -> None:
        self._try_at_s = now_s + TRY_AGAIN_S
        self._tell(HistoryNotice(HistoryTrouble.UNAVAILABLE, str(self._path), why))

    def _put_aside(self, why: str) -> None:
        aside = put_aside(self._path, HistoryTrouble.BROKEN.value)
        self._tell(HistoryNotice(HistoryTrouble.BROKEN, str(aside), why))

    def _may_write(self, now_s: float) -> bool:
        """Whether this is the one program that records; found out anew while it is not."""
        if self._lock is not None:
            return True
        try:
            descriptor = os.open(
                self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        except OSError as error:
            self._unavailable(str(error), now_s)
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            self._tell(HistoryNotice(HistoryTrouble.IN_USE, str(self._path)))
            return False
        self._lock = descriptor
        if self._notice is not None and self._notice.trouble is HistoryTrouble.IN_USE:
            self._tell(None)
        return True

    def _close_file(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            with contextlib.suppress(sqlite3.Error):
                file.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _tell(self, notice: HistoryNotice | None) -> None:
        if notice == self._notice:
            return
        self._notice = notice
        if notice is not None:
            log.warning("history: %s: %s (%s)", notice.trouble.value, notice.path, notice.detail)
        self._notify(notice)


def _code(error: sqlite3.Error) -> int:
    """The primary result code; extended ones have it in their low byte."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
