"""One window for each settings directory: a second start hands over what it was asked for, and ends.

Who holds the lock has the window; the kernel lets go of it with the process, so nothing stale is ever in the way. The
others call it through a socket beside the lock. Both sides look who the other one is (SO_PEERCRED): only the person's
own processes are listened to. A window that does not answer in time is not waited for: files are safe for several
processes, so the second one opens a window of its own and says why.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from vmgui.app.arguments import Arguments, from_plain, to_plain
from vmgui.store.own_thread import try_to_start

log = logging.getLogger(__name__)

LOCK_NAME = ".window.lock"
SOCKET_NAME = ".window.socket"
PATIENCE_S = 15.0
"""How long a second start waits for the first one's window."""
ANSWER_S = 10.0
"""How long a call may wait for the window's thread."""
_CALLER_S = 5.0
_STEP_S = 0.1
_MAX_BYTES = 256 * 1024
_SHOWN = b"shown\n"


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """What a second start wants of the window."""

    arguments: Arguments
    token: str  # with which the desktop lets a window come to the front; may be empty
    shown: threading.Event = field(default_factory=threading.Event)


class Claim(Enum):
    """What became of a start."""

    OWNER = "owner"  # this process has the window
    HANDED_OVER = "handed over"  # another one has it, and has shown it
    NO_ANSWER = "no answer"  # another one has it and does not answer


class OneWindow:
    """This process's part; `claim` first, then `serve` once there is a window, `close` before it goes."""

    def __init__(self, directory: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._directory = directory
        self._patience_s = patience_s
        self._lock = -1
        self._listener: socket.socket | None = None
        self._ready = threading.Event()
        self._take: Callable[[Call], None] | None = None
        self.other = ""  # who has the window, where it is another process
        self.is_unanswered = False  # it does not answer

    def claim(self, arguments: Arguments, token: str = "") -> Claim:
        """Have the window, or have the one who has it show it; blocks for a moment, at most `patience_s`."""
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                if self._acquire():
                    return Claim.OWNER
            except OSError as error:
                # A directory that cannot be written: nobody can have its window.
                log.info("no lock in %s: %s", self._directory, error)
                return Claim.OWNER
            left_s = deadline - time.monotonic()
            if self._is_elsewhere() or left_s <= 0:
                self.is_unanswered = True
                return Claim.NO_ANSWER
            if self._hand_over(arguments, token, left_s):
                return Claim.HANDED_OVER
            time.sleep(min(_STEP_S, max(0.0, left_s)))

    def serve(self, take: Callable[[Call], None]) -> None:
        """From now on `take` gets the calls, those that waited first; on a thread of this object's own."""
        self._take = take
        self._ready.set()

    def close(self) -> None:
        """Take no more calls: who comes now waits for the end of this process and then has the window."""
        self._take = None
        self._ready.set()
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    # The one who has it.

    def _acquire(self) -> bool:
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(
            self._directory / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
        )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        except OSError:
            os.close(lock)
            raise
        self._lock = lock
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
        try:
            self._listener = self._listen()
        except OSError as error:
            log.info("no socket in %s: %s", self._directory, error)
            return True
        if try_to_start(self._accept_all, "vmgui-window-calls") is None:
            # Nobody would take a call: better no socket than one that never answers.
            log.warning("no second start is handed over to this window")
            self._listener.close()
            self._listener = None
        return True

    def _listen(self) -> socket.socket:
        with contextlib.suppress(FileNotFoundError):
            # Of an earlier run: nobody but the holder of the lock gets here.
            os.unlink(self._directory / SOCKET_NAME)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with self._address() as address:
                listener.bind(address)
            os.chmod(self._directory / SOCKET_NAME, 0o600)
            listener.listen(8)
        except OSError:
            listener.close()
            raise
        return listener

    def _accept_all(self) -> None:
        listener = self._listener
        while listener is not None:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                try:
                    self._answer(caller)
                except (OSError, ValueError, TypeError, RecursionError) as error:
                    log.warning("a call for the window was refused: %s", error)

    def _answer(self, caller: socket.socket) -> None:
        if _peer(caller)[1] != os.geteuid():
            raise PermissionError("it is another user's")
        call = _read_call(caller)
        deadline = time.monotonic() + ANSWER_S
        self._ready.wait(ANSWER_S)
        take = self._take
        if take is None:
            return
        take(call)
        if call.shown.wait(max(0.0, deadline - time.monotonic())):
            caller.sendall(_SHOWN)

    # The others.

    def _hand_over(self, arguments: Arguments, token: str, timeout_s: float) -> bool:
        plain = json.dumps({"arguments": to_plain(arguments), "token": token}) + "\n"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as call:
            call.settimeout(timeout_s)
            try:
                with self._address() as address:
                    call.connect(address)
                pid, uid = _peer(call)
                if uid != os.geteuid():
                    return False
                self.other = str(pid)
                call.sendall(plain.encode())
                return call.recv(len(_SHOWN)) == _SHOWN
            except OSError:
                # It has just begun, or is about to end: the next try shows which.
                return False

    def _is_elsewhere(self) -> bool:
        """Whether another computer that shares this directory has the window: no socket reaches that."""
        with contextlib.suppress(OSError, ValueError):
            pid, host = (self._directory / LOCK_NAME).read_text("utf-8", errors="replace").split()
            self.other = f"{pid}@{host}"
            return host != socket.gethostname()
        return False

    @contextlib.contextmanager
    def _address(self) -> Generator[str, None, None]:
        """The socket's, short enough wherever the directory is (a socket's path ends at 107 bytes)."""
        directory = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield f"/proc/self/fd/{directory}/{SOCKET_NAME}"
        finally:
            os.close(directory)


def activation_token() -> str:
    """With which the desktop started this process, so that the window may come to the front."""
    return os.environ.get("XDG_ACTIVATION_TOKEN", "") or os.environ.get("DESKTOP_STARTUP_ID", "")


def _read_call(caller: socket.socket) -> Call:
    """Raises OSError, and ValueError or TypeError for what a command line would refuse as well."""
    deadline = time.monotonic() + _CALLER_S
    content = b""
    while not content.endswith(b"\n"):
        caller.settimeout(max(0.001, deadline - time.monotonic()))
        piece = caller.recv(65_536)
        content += piece
        if not piece or len(content) > _MAX_BYTES:
            raise ValueError("it is no call")
    plain = json.loads(content)
    if not isinstance(plain, dict):
        raise TypeError("it is no call")
    token = plain.get("token", "")
    if not isinstance(token, str) or "\0" in token:
        raise ValueError("it has no token")
    return Call(from_plain(plain.get("arguments")), token)


def _peer(connection: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end."""
    size = struct.calcsize("3i")
    pid, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return pid, uid
