"""What ssh says itself (-E), apart from what hosts and programs print into its line."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Self

MAX_WORDS = 32_000
_HEARING_LIMIT_S = 2.0
"""Usually a way through a login is made, or refused, in a tenth of that."""


class OwnWords:
    """What ssh says itself while it logs in (-E): a pipe, so that a master that stays logged in for days and goes on
    talking (-v) fills nothing. Once nobody reads it, its words are lost to ssh, which ignores that (SIGPIPE).

    What a master that stays says can be heard again for a while: the pipe has no name any more, but a handle."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.words = b""
        os.mkfifo(path, 0o600)
        self.descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._lock = threading.Lock()
        self._handle = -1
        self._hearing = threading.Lock()
        self._unheard = 0  # under way without hearing, guarded by the lock; as is whether there was one
        self._is_mixed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)
        with contextlib.suppress(OSError):
            self.path.unlink()

    def keep(self) -> None:
        """Let it be heard later, until `forget`; no reader meanwhile (open(2), O_PATH)."""
        with contextlib.suppress(OSError):
            self._handle = os.open(self.path, os.O_PATH | os.O_CLOEXEC)

    def forget(self) -> None:
        with self._lock:
            handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    @contextlib.contextmanager
    def heard(self) -> Generator[Callable[[], str]]:
        """A function, for use within a with block, that returns what has been said in it so far.

        Of whom is not in the words, so one block waits for the other. Where that takes too long (somebody there is
        silent) both go on, and nothing is given to either.
        """
        if not self._hearing.acquire(timeout=_HEARING_LIMIT_S):
            with self._lock:
                self._unheard += 1
                self._is_mixed = True
            try:
                yield str
            finally:
                with self._lock:
                    self._unheard -= 1
            return
        try:
            with self._heard_alone() as said:
                yield said
        finally:
            self._hearing.release()

    @contextlib.contextmanager
    def _heard_alone(self) -> Generator[Callable[[], str]]:
        with self._lock:
            self._is_mixed = self._unheard > 0
            try:
                reader = os.open(f"/proc/self/fd/{self._handle}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except OSError:
                reader = -1
        # What was left of an earlier time. The pipe is never full while it is open here, or the master would wait.
        while reader >= 0 and read_pipe(reader):
            pass
        try:
            yield (
                lambda: (
                    read_pipe(reader).decode(errors="replace") if reader >= 0 and not self._is_mixed else ""
                )
            )
        finally:
            if reader >= 0:
                os.close(reader)

    def read(self) -> None:
        """All there is by now; the last of it is kept."""
        while piece := read_pipe(self.descriptor):
            self.words = (self.words + piece)[-MAX_WORDS:]


def read_pipe(pipe: int) -> bytes:
    """What there is by now."""
    try:
        return os.read(pipe, 65536)
    except BlockingIOError:
        return b""
