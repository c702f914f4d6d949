"""virConnectOpenAuth, made bearable: our errors, answers asked for once, and a bound on hanging openings.

An opening to a host that accepts and then says nothing hangs until the host speaks or dies; nothing can
end it. Who waited gives up and leaves its thread behind; here such threads are counted, so that trying again
does not pile them up. One more try then waits for one of them: they all end when the host wakes up.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import libvirt

from vmgui.hypervisor.credentials import CredentialRequest, CredentialSource, auth_argument
from vmgui.hypervisor.errors import door
from vmgui.model.errors import HostUnreachable

MAX_HANGING = 8
_LOOK_S = 0.2

_changed = threading.Condition(threading.Lock())
_opening: Counter[str] = Counter()


def connect(
    uri: str,
    *,
    read_only: bool,
    credentials: CredentialSource | None,
    given_up: Callable[[], bool] | None = None,
) -> libvirt.virConnect:
    """Open; blocks for as long as it takes, or, while it only waits for earlier ones, until `given_up`.

    Raises model errors.
    """
    with _changed:
        while _opening[uri] >= MAX_HANGING:
            if given_up is None or given_up():
                raise HostUnreachable(f"{MAX_HANGING} earlier attempts are still waiting for an answer")
            _changed.wait(_LOOK_S)
        _opening[uri] += 1
    try:
        flags = libvirt.VIR_CONNECT_RO if read_only else 0
        with door(opening=True):
            return libvirt.openAuth(uri, auth_argument(credentials), flags)
    finally:
        with _changed:
            _opening[uri] -= 1
            if not _opening[uri]:
                del _opening[uri]
            _changed.notify_all()


class RememberedAnswers:
    """Answers of the first opening of a session, for its further ones: a person is asked once."""

    def __init__(self, source: CredentialSource) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._answers: dict[CredentialRequest, str] = {}

    def __call__(self, requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]:
        with self._lock:
            if all(request in self._answers for request in requests):
                return tuple(self._answers[request] for request in requests)
        answers = self._source(requests)
        with self._lock:
            for request, answer in zip(requests, answers, strict=False):
                if answer is not None:
                    self._answers[request] = answer
        return answers
