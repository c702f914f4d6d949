"""One login to a host for all of libvirt's connections to it: an OpenSSH master and a program that joins it.

The master is started by us, not by libvirt: so its questions reach the person, its words come without libvirt's
around them, and it can be ended at once. With ControlPersist it goes to the background when it is logged in (our
child then ends with 0) and ends itself a while after the last that used it, should we be killed.
(ssh_config(5): ControlMaster, ControlPath, ControlPersist)
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.error_words import kind_of_words
from vmgui.hypervisor.ssh.askpass import AskpassServer, SshAnswers
from vmgui.hypervisor.ssh.own_words import MAX_WORDS, OwnWords, read_pipe
from vmgui.hypervisor.ssh.places import SshPlaces, end_masters, write_program
from vmgui.hypervisor.ssh.target import SshTarget
from vmgui.hypervisor.ssh.way import Place, through_master
from vmgui.model.errors import AuthCancelled, AuthFailed, ConnectionLost, HostUnreachable, VmguiError
from vmgui.policy.ssh import knows_session_options, marks_hosts_words

log = logging.getLogger(__name__)

PERSIST_S = 60
CONNECT_LIMIT_S = 15
_LOOK_MS = 100
_END_LIMIT_S = 2.0
_VERSION_LIMIT_S = 5.0
_ELF = b"\x7fELF"
_SESSION_OPTIONS = ("-o", "StdinNull=no", "-o", "ForkAfterAuthentication=no", "-o", "SessionType=default")
_REFUSED = "session request failed"
# What -v adds.
_CHATTER = re.compile(
    # Of the chatter only why sshd lets nobody begin (sshd.c); -v is where ssh says that.
    r"debug\d: (?!kex_exchange_identification: banner line \d+: (?:Exceeded MaxStartups|Not allowed at this time)$)"
    r"|OpenSSH_\S+ |Authenticated to |Authenticated using |Transferred: |Bytes per second: "
)
_EXAMINE_LIMIT_S = 5.0
RUNS_NO_PROGRAMS = "the login runs no programs"
_ABOUT_KEY_FILE = "Warning: Identity file "


@dataclass(frozen=True, slots=True)
class _Words:
    """What ssh said itself, and what others printed: hosts, an ssh to a jump host."""

    own: str
    others: str = ""


class SshMaster:
    """Logs in, is joined, logs out. `open` blocks in a worker thread; `cancel` is for any thread."""

    def __init__(
        self, target: SshTarget, places: SshPlaces, answers: SshAnswers, program: str = "ssh"
    ) -> None:
        self._target = target
        self._places = places
        self._answers = answers
        self._program = program
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._cancelled = False
        self._process: subprocess.Popen[bytes] | None = None
        self._place: Path | None = None
        self._ways = itertools.count(1)
        self._own_words: OwnWords | None = None  # of the login that is made

    @property
    def _socket(self) -> Path:
        assert self._place is not None
        return self._place / "s"

    @property
    def join_program(self) -> str:
        """Used instead of ssh it goes through this login; for libvirt's `command=`."""
        assert self._place is not None
        return str(self._place / "ssh")

    def open(self) -> None:
        """Log in; raises AuthCancelled, AuthFailed, HostKeyRejected, HostUnreachable."""
        with self._opening:
            self._open()

    def _open(self) -> None:
        with contextlib.ExitStack() as ends:
            try:
                self._place = self._places.make()
                write_program(self._place / "ssh", self._join_line())
                own_words = ends.enter_context(OwnWords(self._place / "log"))
                server = AskpassServer(
                    self._place / "a",
                    self._places.askpass_program,
                    self._answers,
                    marks_hosts_words=marks_hosts_words(version_of(self._program)),
                )
                ends.callback(server.close)
            except OSError as error:
                raise HostUnreachable(f"no private directory for ssh: {error}") from None
            words = self._log_in(server, own_words)
            if words is None:
                own_words.keep()
                with self._lock:
                    self._own_words = own_words
        if words is None:
            self._answers.settle(True)
            return
        self._leave()
        if server.is_cancelled:
            raise AuthCancelled("given up by the person")
        if self._cancelled:
            raise ConnectionLost("given up meanwhile")
        kind = kind_of_words(words.own) or HostUnreachable
        if issubclass(kind, AuthFailed):
            self._answers.settle(False)
        error = kind(words.own or f"{self._program} ended without a word")
        error.aside = words.others
        raise error

    def cancel(self) -> None:
        """Give up a login that is under way; does not block."""
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                _kill(self._process)

    def open_way(self, place: Place, given_up: Callable[[], bool]) -> OpenDescriptor:
        """A socket connected to a place that the host can reach, through this login; raises NoWay, ConnectionLost."""
        folder = self._place
        if folder is None:
            raise ConnectionLost("logged out")
        listener = folder / f"w{next(self._ways)}"
        with self._lock:
            own_words = self._own_words
        if own_words is None:
            return through_master(self._program, folder / "s", listener, place, given_up)
        with own_words.heard() as said:
            return through_master(self._program, folder / "s", listener, place, given_up, said)

    def examine(self, error: VmguiError) -> None:
        """Something wrote into a connection through this login: add to the error what, and whether the user may run
        programs there at all (nologin, sftp only, a forced command). Blocks for 5 s at most."""
        try:
            done = subprocess.run(
                [self.join_program, "-T", "--", "host", "true"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_EXAMINE_LIMIT_S,
                check=False,
                env=os.environ | {"LC_ALL": "C"},
            )
        except (OSError, subprocess.TimeoutExpired) as trouble:
            log.debug("the login is not examined: %s", trouble)
            return
        error.aside = _clean(done.stdout)
        if done.returncode:
            error.detail += f"\n{RUNS_NO_PROGRAMS} (status {done.returncode})"

    def close(self) -> None:
        """Log out; blocks for some milliseconds, 3 s at most."""
        self.cancel()
        has_ended = self._opening.acquire(timeout=_END_LIMIT_S)
        try:
            self._leave()
        finally:
            if has_ended:
                self._opening.release()

    def _leave(self) -> None:
        place, self._place = self._place, None
        with self._lock:
            own_words, self._own_words = self._own_words, None
        if own_words is not None:
            own_words.forget()
        if place is not None:
            end_masters([place / "s"], self._program)
            shutil.rmtree(place, ignore_errors=True)

    def _join_line(self) -> str:
        socket = str(self._socket).replace("%", "%%")
        # The login is made: what the person's settings say of it (a command of their own, no input) is in the way.
        options = ("-F", "none", "-S", socket, "-o", "ControlMaster=no")
        # Where it cannot join it must not log in by itself: that would ask, or want a key touched, once more.
        options += ("-o", "ProxyCommand=false")
        # libvirt starts it with LC_ALL=C: the host's programs are to speak English, too.
        more = ("-o", "BatchMode=yes", "-o", "ClearAllForwardings=yes", "-o", "SendEnv=LC_ALL")
        return f'exec {shlex.join((self._program, *options, *more))} "$@"'

    def _arguments(self, own_words: Path) -> list[str]:
        return [
            *(self._program, "-M", "-N", "-T", "-S", str(self._socket).replace("%", "%%")),
            *("-o", f"ControlPersist={PERSIST_S}"),
            # ssh's own words apart from what hosts print (banners) and from those of an ssh to a jump host.
            # -v: without it, what an ssh to a jump host says would be thrown away for the sake of ControlPersist.
            *("-v", "-E", str(own_words)),
            # What the person forwards or runs in their own sessions is not ours to open a second time.
            *("-o", "ClearAllForwardings=yes"),
            *("-o", "RemoteCommand=none"),
            # No IgnoreUnknown for versions without them: it would stand in the place of the person's own.
            *(_SESSION_OPTIONS if knows_session_options(version_of(self._program)) else ()),
            *("-o", f"ConnectTimeout={CONNECT_LIMIT_S}"),
            *self._target.arguments,
        ]

    def _log_in(self, server: AskpassServer, own_words: OwnWords) -> _Words | None:
        """None when logged in, else what was said."""
        with self._lock:
            if self._cancelled:
                return _Words("")
            try:
                self._process = process = subprocess.Popen(
                    self._arguments(own_words.path),
                    # Diagnosed by English words, and the host's programs are to speak it, too.
                    env=os.environ | server.environment | {"LC_ALL": "C.UTF-8"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            except OSError as error:
                return _Words(f"{self._program}: {error}")
        assert process.stderr is not None
        with process.stderr as pipe:
            os.set_blocking(pipe.fileno(), False)
            words = self._follow(process, pipe.fileno(), server, own_words)
        # Killed or ended: either way at once.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_LIMIT_S)
        with self._lock:
            self._process = None
        if process.returncode == 0 and not server.is_cancelled and not self._cancelled:
            return None
        return self._told_apart(words, own_words)

    def _told_apart(self, printed: str, own_words: OwnWords) -> _Words:
        if not own_words.words:
            # A stand-in of the person's own that knows no -E: with -v ssh always says something.
            return _Words(printed)
        own = _clean(own_words.words)
        # About the key file ssh says it before it has heard of anybody.
        first, _, rest = printed.partition("\n")
        if first.startswith(_ABOUT_KEY_FILE):
            own, printed = f"{first}\n{own}", rest
        return _Words(own, printed)

    def _follow(
        self, process: subprocess.Popen[bytes], pipe: int, server: AskpassServer, own_words: OwnWords
    ) -> str:
        words = b""

        def is_over() -> bool:
            return self._cancelled or process.poll() is not None

        while not is_over() and not server.is_cancelled:
            poll = select.poll()
            sockets = {way.fileno(): way for way in server.sockets}
            # The background master of an old OpenSSH keeps the pipe open: its end is no sign.
            for descriptor in (pipe, own_words.descriptor, *sockets):
                poll.register(descriptor, select.POLLIN)
            for descriptor, event in poll.poll(_LOOK_MS):
                if descriptor in sockets:
                    server.serve(sockets[descriptor], is_over)
                elif descriptor == own_words.descriptor and event & select.POLLIN:
                    own_words.read()
                elif event & select.POLLIN:
                    words = (words + read_pipe(pipe))[-MAX_WORDS:]
                else:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(_LOOK_MS / 1000)
        if process.poll() is None:
            _kill(process)
        words += read_pipe(pipe)
        own_words.read()
        return _clean(words)


def _clean(words: bytes) -> str:
    text = words[-MAX_WORDS:].decode(errors="replace").replace("\r", "")
    return "\n".join(line for line in text.split("\n") if not _CHATTER.match(line)).strip()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it with all it started: the ssh to a jump host may be asking something too."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)


def is_printed_into(error: VmguiError) -> bool:
    """Whether libvirt read as an answer what is none: something there prints."""
    return "packet" in error.detail and "too large" in error.detail


def is_full(error: VmguiError) -> bool:
    """Whether a connection could not join because too many have (sshd's MaxSessions, 10 mostly)."""
    return _REFUSED in error.detail


@lru_cache
def version_of(program: str) -> str:
    """What `ssh -V` says; empty where it cannot be asked. A script in ssh's place is not started for that."""
    path = shutil.which(program)
    try:
        if path is None:
            return ""
        with Path(path).open("rb") as file:
            if file.read(4) != _ELF:
                return ""
        asked = subprocess.run(
            [path, "-V"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_VERSION_LIMIT_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stderr.decode(errors="replace").strip()


MakeMaster = Callable[[SshTarget], SshMaster]
