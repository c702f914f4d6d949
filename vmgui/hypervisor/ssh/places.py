"""Where the sockets and small programs of logins live: a directory that only this person can enter.

A program that was killed leaves its masters logged in for a while; the next one finds its directory unlocked and
ends them.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import logging
import os
import secrets
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from vmgui.hypervisor.ssh import askpass_client

log = logging.getLogger(__name__)

MAX_SOCKET_BYTES = 100
_ROOM_FOR_SOCKET = 32
"""ssh binds its socket under a name that is 17 characters longer, then renames it."""
_END_LIMIT_S = 1.0
_LOCK = "lock"


class SshPlaces:
    """Hands out one directory for each login; any thread."""

    def __init__(self, bases: Sequence[Path]) -> None:
        self._bases = tuple(bases)
        self._lock = threading.Lock()
        self._root: Path | None = None
        self._lock_file: int | None = None
        self._numbers = itertools.count(1)

    def make(self) -> Path:
        """A new private directory; raises OSError where none can be made."""
        with self._lock:
            if self._root is None:
                self._root = self._make_root()
            place = self._root / str(next(self._numbers))
            place.mkdir(mode=0o700)
            return place

    @property
    def askpass_program(self) -> Path:
        """What ssh starts to ask; call after `make`."""
        assert self._root is not None
        return self._root / "askpass"

    def close(self) -> None:
        """Remove everything; ends logins that were left open."""
        with self._lock:
            root, self._root = self._root, None
            if root is not None:
                _clear(root)
            if self._lock_file is not None:
                os.close(self._lock_file)
                self._lock_file = None

    def _make_root(self) -> Path:
        for base in self._bases:
            try:
                root = self._root_in(base)
            except OSError as error:
                log.debug("%s cannot hold sockets: %s", base, error)
                continue
            if root is not None:
                return root
        return self._prepare(Path(tempfile.mkdtemp(prefix="vmgui-")))

    def _root_in(self, base: Path) -> Path | None:
        if len(os.fsencode(base)) + _ROOM_FOR_SOCKET > MAX_SOCKET_BYTES:
            return None
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = base.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
            return None
        base.chmod(0o700)
        if os.statvfs(base).f_flag & os.ST_NOEXEC:
            return None
        for left in base.iterdir():
            _clear_if_left(left)
        root = base / secrets.token_hex(3)
        root.mkdir(mode=0o700)
        return self._prepare(root)

    def _prepare(self, root: Path) -> Path:
        self._lock_file = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # -I: nothing of the place it is started from or of the person's own modules.
        words = (sys.executable, "-I", "-S", askpass_client.__file__)
        write_program(root / "askpass", f'exec {shlex.join(words)} "$@"')
        return root


def write_program(path: Path, line: str) -> None:
    """A shell program of one line, for us only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o700)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\n{line}\n")


def end_masters(sockets: Sequence[Path], program: str = "ssh") -> None:
    """Log out the masters behind sockets, all at once; blocks for some milliseconds, 1 s at most."""
    farewells: list[subprocess.Popen[bytes]] = []
    for socket in sockets:
        if os.path.exists(socket):
            # The host's name is required and not used.
            words = ("-F", "none", "-S", str(socket).replace("%", "%%"), "-O", "exit", "--", "host")
            with contextlib.suppress(OSError):
                farewells.append(
                    subprocess.Popen(
                        [program, *words],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                )
    deadline_s = time.monotonic() + _END_LIMIT_S
    for farewell in farewells:
        try:
            farewell.wait(max(0.0, deadline_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            farewell.kill()
            farewell.wait()


def _clear_if_left(root: Path) -> None:
    """Remove what a program that was killed left; one that runs holds its lock."""
    try:
        descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _clear(root)
    except OSError:
        return
    finally:
        os.close(descriptor)


def _clear(root: Path) -> None:
    with contextlib.suppress(OSError):
        end_masters([place / "s" for place in root.iterdir() if os.path.isdir(place)])
    shutil.rmtree(root, ignore_errors=True)
