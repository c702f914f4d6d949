"""What the databases of this person share: one process at a time opens, makes or puts aside a file, all use it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from vmgui.store.file_lock import locked

Identity = tuple[int, int]


def opening(path: Path) -> contextlib.AbstractContextManager[None]:
    """Held while the database is opened: two first starts would make it twice, or put each other's file aside."""
    return locked(path.with_suffix(".opening"))


def identity(path: Path) -> Identity | None:
    """Which file is there: another one after one was put aside; None: none can be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def put_aside(path: Path, word: str) -> Path:
    """Give it another name, with its log; no earlier one is lost. Only with `opening` held; raises OSError."""
    number = 1
    while os.path.lexists(
        aside := path.with_suffix(f".{word}{'' if number == 1 else f'-{number}'}{path.suffix}")
    ):
        number += 1
    for ending in ("", "-wal", "-shm"):
        # Together, or SQLite cannot make sense of either.
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{ending}", f"{aside}{ending}")
    return aside
