"""A way through ssh to a place that only the host itself can reach: its loopback, its sockets.

Through our own login (a master) the way costs no further login: the master is told to forward a socket in our private
directory, we connect to it, and the forwarding is taken back; what is connected stays. (ssh(1): -O forward, -O cancel)
A program of the person's own (`command=`) has no master: it is started for the one way (ssh(1): -W).
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.ssh.target import SshTarget
from vmgui.model.console import Barrier
from vmgui.model.errors import ConnectionLost, Unsupported

SPEAKS_WITHIN_S = 15.0
_COMMAND_LIMIT_S = 15.0
_LOOK_MS = 100
_MAX_WORDS = 2000


class NoWay(Unsupported):
    """ssh itself works, but the host does not let us through to the place, or nobody is there; `barrier`: which."""

    barrier = Barrier.UNKNOWN


# ssh's own words for the reasons of RFC 4254 5.1. A host that lets nobody to its sockets says the same as where
# nobody listens at one (sshd's server_request_direct_streamlocal), and gives no cause then.
_BARRIERS = (
    (re.compile(r"open failed: administratively prohibited"), Barrier.FORBIDDEN),
    (re.compile(r"open failed: connect failed: (?!open failed)"), Barrier.NOBODY),
)


def _no_way(error: NoWay, said: str) -> NoWay:
    """Knowing what ssh said meanwhile."""
    error.barrier = next((barrier for words, barrier in _BARRIERS if words.search(said)), Barrier.UNKNOWN)
    return error


@dataclass(frozen=True, slots=True)
class Place:
    """Where the way leads, as the host sees it: an address and port, or the path of a socket."""

    address: str = ""
    port: int = 0
    path: str = ""

    def __str__(self) -> str:
        if self.path:
            return self.path
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def through_master(
    program: str,
    master: Path,
    listener: Path,
    place: Place,
    given_up: Callable[[], bool],
    said: Callable[[], str] = str,
) -> OpenDescriptor:
    """A socket connected to `place`; who is there speaks first. Blocks in a worker thread.

    `listener`: a free name in a directory that only we can enter. `said`: what the master has said since this
    began. Raises NoWay, ConnectionLost.
    """
    forward = f"{_as_part(listener)}:{_as_part(place.path) if place.path else place}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as way:
        words = _tell(program, master, "forward", forward)
        try:
            way.connect(str(listener))
            _wait_until_it_speaks(way, place, given_up)
        except OSError as error:
            raise NoWay(words or str(error)) from None
        except NoWay as error:
            raise _no_way(error, said()) from None
        finally:
            _tell(program, master, "cancel", forward)
            with contextlib.suppress(OSError):
                listener.unlink()
        return OpenDescriptor(way.detach())


def by_program(
    program: str, target: SshTarget, place: Place, given_up: Callable[[], bool]
) -> tuple[OpenDescriptor, subprocess.Popen[bytes]]:
    """The same by a login of its own, which ends with the socket; the caller reaps the process."""
    if place.path:
        raise NoWay("a socket cannot be reached by a program of one's own")
    ours, theirs = socket.socketpair()
    with ours, theirs, tempfile.TemporaryFile() as said:
        words = (program, "-o", "BatchMode=yes", "-W", str(place), *target.arguments)
        try:
            process = subprocess.Popen(
                words,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=said,
                env=os.environ | {"LC_ALL": "C"},
                start_new_session=True,
            )
        except OSError as error:
            raise NoWay(f"{program}: {error}") from None
        theirs.close()
        try:
            _wait_until_it_speaks(ours, place, given_up)
        except BaseException as error:
            process.kill()
            process.wait()
            if isinstance(error, NoWay):
                said.seek(0)
                _no_way(error, said.read(_MAX_WORDS).decode(errors="replace"))
            raise
        return OpenDescriptor(ours.detach()), process


def _wait_until_it_speaks(way: socket.socket, place: Place, given_up: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + SPEAKS_WITHIN_S
    poll = select.poll()
    poll.register(way, select.POLLIN)
    while not given_up():
        if poll.poll(_LOOK_MS):
            with contextlib.suppress(OSError):
                if way.recv(1, socket.MSG_PEEK):
                    return
            raise NoWay(f"the host does not let us through to {place}, or nobody listens there")
        if time.monotonic() > deadline_s:
            raise NoWay(f"nobody speaks at {place}")
    raise ConnectionLost("given up meanwhile")


def _tell(program: str, master: Path, what: str, forward: str) -> str:
    """Make the master do it; what it said if it did not."""
    words = (program, "-F", "none", "-S", _literal(master), "-O", what, "-L", forward, "--", "host")
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_COMMAND_LIMIT_S,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        return "the login does not answer"
    except OSError as error:
        return f"{program}: {error}"
    return done.stderr[-_MAX_WORDS:].decode(errors="replace").strip() if done.returncode else ""


def _literal(path: Path | str) -> str:
    return str(path).replace("%", "%%")


def _as_part(path: Path | str) -> str:
    """A socket's path inside -L; a machine's name is in it, and that may have colons. (ssh: parse_fwd_field)"""
    return _literal(path).replace("\\", "\\\\").replace(":", "\\:")
