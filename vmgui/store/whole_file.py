"""Writes a file whole or not at all: what stood there before stays until all of the new one is on the disk.

Blocks; for worker threads.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

PRIVATE = 0o600


def write_whole(path: Path, content: bytes, *, new_mode: int | None = PRIVATE) -> None:
    """Put `content` into the place of `path`; raises OSError, and then nothing has changed.

    A symbolic link stays one: the file that it names is replaced. What exists keeps its permissions; a new file
    gets `new_mode`, None: those that the person's other new files get.
    """
    target = Path(os.path.realpath(path))
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _mode(target, new_mode))
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power failure; not every file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(target: Path, new_mode: int | None) -> int:
    with contextlib.suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    return 0o666 & ~usual_umask() if new_mode is None else new_mode


def usual_umask() -> int:
    """The person's, read without changing it for other threads."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o077
