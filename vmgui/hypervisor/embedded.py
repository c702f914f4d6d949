"""What the driver inside this process would leave on this computer.

As root it makes /run/libvirt for itself, closed to everybody else: nobody would find the system's daemon there any
more. So the directory is made before, open as a daemon makes it, and goes with the last program that needed it.
Every serial line it opens is locked by a file that all programs of this computer share; a killed program leaves it
in everybody's way, and only its owner may remove it. Inside one process nobody needs that lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import threading
import time
from pathlib import Path

import libvirt

from vmgui.hypervisor.uri import read_uri

log = logging.getLogger(__name__)

RUN_DIRECTORY = Path("/run/libvirt")
LOCK_DIRECTORY = Path("/var/lock")
_MADE = {"common": {"system.token"}, "hostdevmgr": set[str]()}
"""What the driver makes there: directories, and what is in them."""
_TRIES = 20
_PAUSE_S = 0.01


class RunDirectory:
    """The directory for as long as this process needs it; any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._before: frozenset[Path] = frozenset()
        self._others_before: frozenset[str] = frozenset()

    def enter(self) -> None:
        """Before the driver is opened; does nothing the second time, and without root (then it makes none)."""
        with self._lock:
            if self._descriptor is not None or os.geteuid() != 0:
                return
            try:
                self._enter()
            except OSError as error:
                # The driver says itself what it cannot do without.
                log.info("%s: %s", self._path, error)

    def leave(self) -> None:
        """Remove what was made, at the end of the process, unless others have come to use it."""
        with self._lock:
            descriptor, self._descriptor = self._descriptor, None
            if descriptor is None:
                return
            try:
                # Shared by all programs with a driver inside: who gets it alone is the last one.
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._remove()
            except OSError as error:
                log.debug("%s stays: %s", self._path, error)
            finally:
                os.close(descriptor)

    def _enter(self) -> None:
        for _ in range(_TRIES):
            is_new = self._make()
            descriptor = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                is_alone = _try_lock(descriptor, fcntl.LOCK_EX)
                if not is_new and self._is_only_made() and (self._has_made() or not is_alone):
                    # Left by a program that was killed, or made by one that runs: the last of us removes it.
                    is_new = True
                    os.fchmod(descriptor, 0o755)
                self._before = frozenset() if is_new else frozenset(filter(os.path.lexists, self._all()))
                self._others_before = self._others()
                is_held = _try_lock(descriptor, fcntl.LOCK_SH)
                if is_held and os.path.samestat(os.fstat(descriptor), os.stat(self._path)):
                    self._descriptor, descriptor = descriptor, -1
                    return
            except FileNotFoundError:
                # The last other program has just removed it.
                continue
            finally:
                if descriptor >= 0:
                    os.close(descriptor)
            time.sleep(_PAUSE_S)

    def _make(self) -> bool:
        try:
            os.mkdir(self._path, 0o755)
        except FileExistsError:
            return False
        self._path.chmod(0o755)
        return True

    def _all(self) -> list[Path]:
        """Innermost first."""
        inner = [self._path / name / each for name, names in _MADE.items() for each in names]
        return [*inner, *(self._path / name for name in _MADE), self._path]

    def _has_made(self) -> bool:
        return any(os.path.lexists(self._path / name) for name in _MADE)

    def _is_only_made(self) -> bool:
        found = set(os.listdir(self._path))
        return found <= _MADE.keys() and all(
            set(os.listdir(self._path / name)) <= _MADE[name] for name in found
        )

    def _others(self) -> frozenset[str]:
        """What somebody else has there."""
        return frozenset(os.listdir(self._path)) - _MADE.keys()

    def _remove(self) -> None:
        if self._others() != self._others_before:
            # A daemon has been started meanwhile: all of it is its own now.
            return
        for path in self._all():
            if path not in self._before:
                # What is not empty is in use.
                with contextlib.suppress(FileNotFoundError):
                    (os.rmdir if os.path.isdir(path) else os.unlink)(path)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_run_directory = RunDirectory(RUN_DIRECTORY)
enter = _run_directory.enter
leave = _run_directory.leave


def unlock_lines(conn: libvirt.virConnect) -> None:
    """After a serial line was opened: where the driver is inside this process, remove its lock."""
    if read_uri(conn.getURI()).embed_root:
        remove_own_locks(LOCK_DIRECTORY)


def remove_own_locks(directory: Path) -> None:
    """Remove locks of terminals that name this process (Filesystem Hierarchy Standard 5.9: ten characters, newline)."""
    try:
        found = [name for name in os.listdir(directory) if name.startswith("LCK..")]
    except OSError:
        return
    for name in found:
        path = directory / name
        try:
            if path.read_bytes().strip() == str(os.getpid()).encode():
                path.unlink()
        except OSError:
            # Gone, or somebody else's.
            continue
