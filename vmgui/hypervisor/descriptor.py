"""A file descriptor on its way from a worker to who waits for it."""

from __future__ import annotations

import contextlib
import os


class OpenDescriptor:
    """Closes itself when nobody takes it: who waited may have given up, and an answer nobody waits for is dropped."""

    __slots__ = ("_fd",)

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def take(self) -> int:
        """The descriptor, now the taker's to close; once."""
        fd, self._fd = self._fd, -1
        return fd

    def __del__(self) -> None:
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.close(self.take())
