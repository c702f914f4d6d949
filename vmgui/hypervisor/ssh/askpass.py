"""Hears what the askpass program passes on; one for each login, with a secret of its own.

Not a thread: whoever waits for the login polls `sockets` and calls `serve`. A question is one line of JSON, so is
its answer; who does not know the token, or is another user, is not answered.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import logging
import os
import secrets
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from vmgui.hypervisor.ssh import askpass_client
from vmgui.model.ssh import SshPrompt, SshPromptKind
from vmgui.policy.ssh import read_prompt

log = logging.getLogger(__name__)

MAX_QUESTION_BYTES = 65536
_PATIENCE_S = 2.0


class SshAnswers(Protocol):
    """Who answers the questions of one login; called in the login's worker thread."""

    def ask(self, prompt: SshPrompt, is_moot: Callable[[], bool], /) -> str | None:
        """The answer, None to give the login up; may block, but not once `is_moot()`."""
        ...

    def show_notice(self, prompt: SshPrompt, /) -> Callable[[], None]:
        """Tell the person something that needs no answer; what is returned takes it back."""
        ...

    def settle(self, accepted: bool, /) -> None:
        """Whether the host took the answers; not called where it came to nothing else."""
        ...


class AskpassServer:
    """A listening socket in a directory only we can enter."""

    def __init__(
        self, path: Path, program: Path, answers: SshAnswers, *, marks_hosts_words: bool = True
    ) -> None:
        """`marks_hosts_words`: ssh says which questions are a host's."""
        self._answers = answers
        self._marks_hosts_words = marks_hosts_words
        self._path = path
        self._token = secrets.token_urlsafe(24)
        self._program = program
        self._notices: dict[socket.socket, Callable[[], None]] = {}
        self.is_cancelled = False
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen(8)
        self._listener.setblocking(False)

    @property
    def environment(self) -> dict[str, str]:
        """What ssh needs in its environment."""
        return {
            "SSH_ASKPASS": str(self._program),
            "SSH_ASKPASS_REQUIRE": "force",
            # Before OpenSSH 8.4 an askpass program was used only where there is a display.
            "DISPLAY": os.environ.get("DISPLAY") or ":0",
            askpass_client.SOCKET_VARIABLE: str(self._path),
            askpass_client.TOKEN_VARIABLE: self._token,
        }

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """What to poll for reading."""
        return (self._listener, *self._notices)

    def serve(self, ready: socket.socket, is_moot: Callable[[], bool]) -> None:
        """Do what a readable socket asks for; blocks while the person answers."""
        if ready is not self._listener:
            # ssh has ended the program that showed the notice: the key was touched, or not.
            self._end_notice(ready)
            return
        try:
            way, _ = self._listener.accept()
        except OSError:
            return
        way.settimeout(_PATIENCE_S)
        try:
            keep = self._talk(way, is_moot)
        except (OSError, ValueError, RecursionError) as error:
            log.debug("askpass: %s", type(error).__name__)
            keep = False
        if not keep:
            way.close()

    def close(self) -> None:
        """Hear no more."""
        for way in tuple(self._notices):
            self._end_notice(way)
        self._listener.close()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _talk(self, way: socket.socket, is_moot: Callable[[], bool]) -> bool:
        """Whether the conversation stays open: a notice."""
        if _user_of(way) != os.geteuid():
            return False
        question = json.loads(_read_line(way))
        token = str(question.get("token", "")) if isinstance(question, dict) else ""
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            log.warning("a question without the right token is not answered")
            return False
        prompt = read_prompt(
            str(question.get("prompt", "")),
            str(question.get("hint", "")),
            is_certain=self._marks_hosts_words,
        )
        if prompt.kind is SshPromptKind.NOTICE:
            self._notices[way] = self._answers.show_notice(prompt)
            return True
        answer = self._answers.ask(prompt, lambda: is_moot() or _has_left(way))
        if answer is None and prompt.kind is not SshPromptKind.CONFIRM:
            self.is_cancelled = True
        way.sendall(json.dumps({"answer": answer}).encode() + b"\n")
        return False

    def _end_notice(self, way: socket.socket) -> None:
        take_back = self._notices.pop(way, None)
        way.close()
        if take_back is not None:
            take_back()


def _user_of(way: socket.socket) -> int:
    """The user id at the other end, as the kernel knows it."""
    credentials = way.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[1])


def _read_line(way: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        piece = way.recv(4096)
        if not piece or len(data) > MAX_QUESTION_BYTES:
            raise ValueError("no whole question")
        data += piece
    return data


def _has_left(way: socket.socket) -> bool:
    # With a time limit Python would wait for that long, MSG_DONTWAIT or not, and then raise an OSError.
    way.setblocking(False)
    try:
        return way.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        way.settimeout(_PATIENCE_S)
