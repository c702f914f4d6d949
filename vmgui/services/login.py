"""Opens a host's connection: answers what the host asks, and lets its deadline stand still meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError

from vmgui.hypervisor.connection import Connection, ConnectionListener
from vmgui.hypervisor.credentials import CredentialRequest
from vmgui.model.errors import AuthCancelled, AuthFailed, HostUnreachable
from vmgui.model.host import HostConfig, HostInfo
from vmgui.services.patience import Patience
from vmgui.services.ssh import SshAttempt, SshLogins

OPEN_TIMEOUT_S = 20.0
EMBEDDED_OPEN_TIMEOUT_S = 60.0
"""The driver inside this process examines its emulators at the first start: 2 s, more on a busy computer."""
ASK_TIMEOUT_S = 180.0
"""How long a person has to answer; the host's own patience may be shorter."""
MAX_TRIES = 3
"""How often a person may mistype before a host counts as refusing."""

AskCredentials = Callable[
    [HostConfig, tuple[CredentialRequest, ...], bool], Awaitable[tuple[str | None, ...]]
]
"""Asks the person, on the loop thread; None for a question that was not answered. True: the last answers
were wrong."""


class Login:
    """One host's logins; what was right once is not asked again. Loop thread only."""

    def __init__(
        self,
        config: HostConfig,
        ask: AskCredentials,
        ssh: SshLogins | None = None,
        patience: Patience | None = None,
    ) -> None:
        """`patience`: of who shows a silent host as such and waits on; without it silence is the end."""
        self._config = config
        self._ask = ask
        self._ssh = ssh
        self._loop = asyncio.get_running_loop()
        self._answers: dict[CredentialRequest, str] = {}
        self._unproven: dict[CredentialRequest, str] = {}
        self._patience = patience or Patience()
        self._was_wrong = False
        self._was_asked = False
        self._gave_up = False
        self._open_questions = 0

    def rename(self, config: HostConfig) -> None:
        """The same host under another name."""
        self._config = config

    def make_connection(self, listener: ConnectionListener) -> Connection:
        """A connection that asks here; to be opened by `open`."""
        attempt: SshAttempt | None = None
        if self._ssh is not None:
            attempt = self._ssh.attempt(self._config, self._on_ssh_question)
        make_master = attempt.make_master if attempt is not None else None
        return Connection(self._config, listener, self._answer, make_master)

    async def open(self, connection: Connection) -> HostInfo:
        """Open with a deadline that stands still while the person is asked. Wrong answers may be mended.

        Raises what Connection.open raises, AuthCancelled where the person gave up.
        """
        self._was_wrong = False
        tries_left = MAX_TRIES
        while True:
            tries_left -= 1
            self._unproven.clear()
            self._was_asked = self._gave_up = False
            try:
                info = await self._open_once(connection)
            except AuthFailed as error:
                self._answers.clear()
                if self._gave_up and not isinstance(error, AuthCancelled):
                    raise AuthCancelled(error.detail, subject=error.subject, host=error.host) from None
                if not self._was_asked or self._gave_up or not tries_left:
                    raise
                self._was_wrong = True
            else:
                self._answers.update(self._unproven)
                return info

    async def _open_once(self, connection: Connection) -> HostInfo:
        timeout_s = EMBEDDED_OPEN_TIMEOUT_S if connection.facts.embed_root else OPEN_TIMEOUT_S
        try:
            async with self._patience.opening(timeout_s):
                return await connection.open(timeout_s=None, on_progress=self._patience.hear_in_thread)
        except TimeoutError:
            if self._open_questions:
                raise AuthCancelled(
                    "nobody answered", subject=self._config.uri, host=self._config.name
                ) from None
            raise HostUnreachable(
                f"no answer within {timeout_s:g} s", subject=self._config.uri, host=self._config.name
            ) from None

    def _answer(self, requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]:
        """Called in a worker thread by libvirt: what was right before, else what the person says."""
        known = tuple(self._answers.get(request) for request in requests)
        if all(answer is not None for answer in known):
            return known
        future = asyncio.run_coroutine_threadsafe(self._ask_person(requests), self._loop)
        try:
            return future.result(timeout=ASK_TIMEOUT_S)
        except (TimeoutError, CancelledError):
            future.cancel()
            return (None,) * len(requests)

    async def _ask_person(self, requests: tuple[CredentialRequest, ...]) -> tuple[str | None, ...]:
        self._was_asked = True
        self._let_take(True)
        try:
            answers = await self._ask(self._config, requests, self._was_wrong)
        finally:
            self._let_take(False)
        for request, answer in zip(requests, answers, strict=False):
            if answer is not None:
                self._unproven[request] = answer
        self._gave_up = any(answer is None for answer in answers)
        return answers

    def _on_ssh_question(self, is_open: bool) -> None:
        # ssh lets a person try again by itself, three times.
        self._let_take(is_open)

    def _let_take(self, is_open: bool) -> None:
        self._open_questions += 1 if is_open else -1
        self._patience.hear(ASK_TIMEOUT_S if self._open_questions > 0 else None)
