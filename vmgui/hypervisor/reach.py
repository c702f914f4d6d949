"""Whether anything answers at a host's port, asked in a way that can be called off.

libvirt's own connect to an address that swallows packets takes two minutes and nothing ends it. Most dead
hosts are of this kind, so it is tried here first (tcp and tls; only ssh knows where ssh really goes).
The kernel asks ever more seldom (after 1, 3, 7 s), so that a host that comes back would be noticed late:
a new question is begun every two seconds, beside the old ones, which a slow way may still answer.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

from vmgui.model.errors import HostUnreachable

LIMIT_S = 10.0
ASK_AGAIN_S = 2.0
_LOOK_S = 0.2
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY})


def check_reachable(
    hostname: str, port: int, given_up: Callable[[], bool], *, limit_s: float = LIMIT_S
) -> None:
    """Return once somebody accepts there; raises HostUnreachable. In a worker thread, `given_up` ends it."""
    deadline_s = time.monotonic() + limit_s
    try:
        addresses = socket.getaddrinfo(hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnreachable(f"{hostname}: {error}") from None
    reason = "no address"
    for family, kind, protocol, _, address in addresses:
        with ExitStack() as questions:

            def ask() -> tuple[socket.socket, int]:
                question = questions.enter_context(socket.socket(family, kind, protocol))  # noqa: B023
                question.setblocking(False)
                return question, question.connect_ex(address)  # noqa: B023

            number = _connect(ask, deadline_s, given_up)
        if number == 0:
            return
        reason = os.strerror(number)
    raise HostUnreachable(f"{hostname}, port {port}: {reason}")


def _connect(
    ask: Callable[[], tuple[socket.socket, int]], deadline_s: float, given_up: Callable[[], bool]
) -> int:
    """0 or an errno: of the first question that is answered."""
    poll = select.poll()
    asked: dict[int, socket.socket] = {}
    again_s = 0.0
    while not given_up() and (now_s := time.monotonic()) < deadline_s:
        if now_s >= again_s:
            again_s = now_s + ASK_AGAIN_S
            question, number = ask()
            if number not in _UNDER_WAY:
                return number
            asked[question.fileno()] = question
            poll.register(question, select.POLLOUT)
        for answered, _ in poll.poll(_LOOK_S * 1000):
            return asked[answered].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return errno.ETIMEDOUT
