"""Notes of what a job has made so far, one file each: what a run that ended too early left is in them.

A note is locked for as long as its program lives (flock), so no other process takes back what is being made.
Each change is a line (JSON) with all of it; the last whole line counts. Where no lock or file can be had no note is
kept: creating goes on without.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import threading
import uuid
from dataclasses import replace
from pathlib import Path

from vmgui.model.host import HostId
from vmgui.model.rollback import Unfinished
from vmgui.store.plain_data import NotPlain, from_plain, to_plain

log = logging.getLogger(__name__)

FORMAT = "vmgui rollback"
VERSION = 1
MAX_BYTES = 4 * 1024 * 1024
_SUFFIX = ".jsonl"


class RollbackNote:
    """One attempt's; ours until it is removed or released. All methods block."""

    def __init__(self, path: Path, descriptor: int, unfinished: Unfinished) -> None:
        self._path = path
        self._descriptor = descriptor
        # A write that hangs may still be under way when it is no longer waited for.
        self._lock = threading.RLock()
        self.unfinished = unfinished

    def write(self, unfinished: Unfinished) -> None:
        """Keep this instead; on the disk when it returns, or logged that it is not."""
        self.unfinished = unfinished
        with self._lock:
            if self._descriptor < 0:
                return
            try:
                _append(self._descriptor, unfinished)
            except OSError as error:
                log.warning("%s cannot be written: %s", self._path, error)

    def remove(self) -> None:
        """Nothing is left to be done."""
        with self._lock:
            try:
                self._path.unlink(missing_ok=True)
            except OSError as error:
                # One that stays must not have the next run take back what has become a machine.
                log.warning("%s cannot be removed: %s", self._path, error)
                self.write(replace(self.unfinished, made=()))
            self.release()

    def release(self) -> None:
        """Leave it to whoever meets the host next."""
        with self._lock:
            descriptor, self._descriptor = self._descriptor, -1
            if descriptor >= 0:
                os.close(descriptor)


class RollbackStore:
    """All notes of this person; all methods block."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def begin(self, unfinished: Unfinished) -> RollbackNote | None:
        """A new note, ours; None where none can be kept."""
        name = uuid.uuid4().hex
        hidden = self._directory / f".{name}"
        descriptor = -1
        try:
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(hidden, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _append(descriptor, unfinished)
            # Seen by others only once it is locked.
            path = self._directory / f"{name}{_SUFFIX}"
            os.rename(hidden, path)
        except OSError as error:
            log.warning("no note of what is being made can be kept in %s: %s", self._directory, error)
            if descriptor >= 0:
                os.close(descriptor)
            with contextlib.suppress(OSError):
                hidden.unlink(missing_ok=True)
            return None
        return RollbackNote(path, descriptor, unfinished)

    def left_behind(self, host_id: HostId) -> tuple[RollbackNote, ...]:
        """The notes about a host whose programs are gone, oldest first; they are ours from now on."""
        found: list[RollbackNote] = []
        try:
            paths = sorted(self._directory.glob(f"*{_SUFFIX}"), key=_age)
        except OSError as error:
            log.warning("%s cannot be read: %s", self._directory, error)
            return ()
        for path in paths:
            note = _take(path)
            if note is None:
                continue
            if note.unfinished.host_id == host_id:
                found.append(note)
            else:
                note.release()
        return tuple(found)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _take(path: Path) -> RollbackNote | None:
    """The note, locked; None if it is somebody's, gone, or not understood (a newer program may do that)."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError as error:
        log.info("%s cannot be opened: %s", path, error)
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:
            return RollbackNote(path, descriptor, _read(descriptor))
    except BlockingIOError:
        log.debug("%s is another program's", path)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        log.warning("%s cannot be read and is left alone: %s", path, error)
    os.close(descriptor)
    return None


def _append(descriptor: int, unfinished: Unfinished) -> None:
    plain = {"format": FORMAT, "version": VERSION, "unfinished": to_plain(unfinished)}
    # Also what cannot be said in UTF-8 (a surrogate in a file's name) is kept: JSON escapes it.
    data = json.dumps(plain).encode("ascii") + b"\n"
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def _read(descriptor: int) -> Unfinished:
    size = os.fstat(descriptor).st_size
    if size > MAX_BYTES:
        raise NotPlain("it is too large")
    whole = os.pread(descriptor, size, 0).rpartition(b"\n")[0]
    plain = json.loads(whole.rpartition(b"\n")[2])
    if not isinstance(plain, dict) or plain.get("format") != FORMAT or plain.get("version") != VERSION:
        raise NotPlain("it is of another version")
    return from_plain(Unfinished, plain["unfinished"])
