"""A lock among the processes of one person, held while a file is changed; the kernel ends it with its process."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import time
from collections.abc import Generator
from pathlib import Path

log = logging.getLogger(__name__)

_STEP_S = 0.02
# File systems that know no locks: better without than not at all.
_UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


@contextlib.contextmanager
def locked(path: Path, *, timeout_s: float = 5.0) -> Generator[None, None, None]:
    """Hold the lock of that name; raises TimeoutError while another process does not let go, OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _acquire(descriptor, path, timeout_s)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, f"another program holds {path}") from None
            time.sleep(_STEP_S)
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
            log.info("%s: no locks here: %s", path, error)
            return
        else:
            return
