"""Things that take time to build or fetch, made once per machine and kept in the cache.

An artifact is a folder named after what it is and what it was made from, so a stale one is never found; it
appears whole or not at all, and of several builders at the same time one works and the others wait.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from platformdirs import user_cache_path

_KEEP_UNUSED_S = 14 * 24 * 3600


def cache_folder() -> Path:
    """The real place: test runs reach it through a link in a world of their own, which guests outlive."""
    folder = user_cache_path("vmgui-lab", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def key_of(parts: Iterable[str | Path]) -> str:
    """A short hash of words and of the files behind paths (by place, size and time, content if small)."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            status = part.stat()
            digest.update(f"{part}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
            if status.st_size < 65536:
                digest.update(part.read_bytes())
        else:
            digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:16]


def artifact(name: str, made_from: Iterable[str | Path], build: Callable[[Path], None]) -> Path:
    """The folder of an artifact, built by `build(folder)` if this machine has not got it yet."""
    base = cache_folder()
    folder = base / f"{name}-{key_of(made_from)}"
    if not folder.is_dir():
        with _locked(base / f"{name}.lock"):
            if not folder.is_dir():
                partial = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=base))
                try:
                    build(partial)
                    partial.chmod(0o755)
                    partial.rename(folder)
                except BaseException:
                    shutil.rmtree(partial, ignore_errors=True)
                    raise
                _forget_old(base, name, folder)
    with contextlib.suppress(FileNotFoundError):
        os.utime(folder)  # in use: see _forget_old
    return folder


def _forget_old(base: Path, name: str, current: Path) -> None:
    """Remove builds that nobody used for two weeks, and what a killed builder left."""
    limit = time.time() - _KEEP_UNUSED_S
    for old in [*base.glob(f"{name}-*"), *base.glob(f".{name}-*")]:
        with contextlib.suppress(OSError):  # another run forgets the same
            if old != current and os.path.isdir(old) and old.stat().st_mtime < limit:
                shutil.rmtree(old, ignore_errors=True)
