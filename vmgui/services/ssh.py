"""Answers what ssh asks: from memory, from the keyring, else by the person; each thing once per session.

A passphrase belongs to a key and a password to an account, so many hosts at once cost one question. Questions
come one after the other, and vanish when their login is given up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from pathlib import Path

from vmgui.hypervisor.ssh.master import SshMaster
from vmgui.hypervisor.ssh.places import SshPlaces
from vmgui.hypervisor.ssh.target import SshTarget
from vmgui.model.host import HostConfig
from vmgui.model.ssh import SshPrompt, SshPromptKind
from vmgui.services.background import in_thread
from vmgui.store import paths
from vmgui.store.keyring import Keyring

log = logging.getLogger(__name__)

_LOOK_S = 0.1


@dataclass(frozen=True, slots=True)
class SshQuestion:
    """What a person is asked."""

    host: HostConfig
    prompt: SshPrompt
    was_wrong: bool = False  # the answer before this one was not accepted
    can_remember: bool = False  # there is a keyring, and it is a thing to be kept


@dataclass(frozen=True, slots=True)
class SshAnswer:
    """What the person says; `remember`: in the keyring too, once it proves right."""

    text: str
    remember: bool = False


AskSsh = Callable[[SshQuestion], Awaitable[SshAnswer | None]]
"""On the loop thread; cancelled when the question is moot. None: give the login up."""
ShowNotice = Callable[[HostConfig, SshPrompt], Callable[[], None]]
"""On the loop thread; what it returns takes the notice back."""


class SshLogins:
    """All logins of this run; loop thread only."""

    def __init__(
        self,
        keyring: Keyring | None = None,
        bases: Sequence[Path] | None = None,
        program: str = "ssh",
    ) -> None:
        self.ask: AskSsh | None = None
        self.show_notice: ShowNotice | None = None
        self.places = SshPlaces(paths.socket_dirs() if bases is None else bases)
        self.program = program
        self._keyring = keyring
        self._known: dict[str, str] = {}
        self._given_up_s: dict[str, float] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._turn = asyncio.Lock()

    def attempt(self, config: HostConfig, let_take: Callable[[bool], None]) -> SshAttempt:
        """The answers for one opening of a host; `let_take(True)` while a person is asked."""
        return SshAttempt(self, config, let_take, asyncio.get_running_loop())

    async def close(self) -> None:
        """Log out everywhere and leave nothing behind."""
        await in_thread(self.places.close)

    async def answer(self, key: str, question: SshQuestion, used: str | None) -> SshAnswer | None:
        """The answer: a known one that is not the one that was `used` in vain, else the person's."""
        if not question.prompt.is_lasting:
            return await self._ask(question)
        asked_s = asyncio.get_running_loop().time()
        async with self._locks[key]:
            if self._given_up_s.get(key, -1.0) > asked_s:
                # For another host, while this one waited with the same question.
                return None
            known = await self._recall(key)
            if known is not None and known != used:
                self._known[key] = known
                return SshAnswer(known)
            if known is not None:
                await self._forget(key, known)
            answer = await self._ask(question)
            if answer is None:
                self._given_up_s[key] = asyncio.get_running_loop().time()
            else:
                self._known[key] = answer.text
            return answer

    async def can_remember(self) -> bool:
        """Whether there is a keyring."""
        return self._keyring is not None and await in_thread(self._keyring.is_available)

    async def prove(self, answers: dict[str, SshAnswer]) -> None:
        """These were right."""
        for key, answer in answers.items():
            self._known[key] = answer.text
            if answer.remember and self._keyring is not None:
                await in_thread(self._keyring.set, key, answer.text)

    async def disprove(self, answers: dict[str, SshAnswer]) -> None:
        """These were wrong."""
        for key, answer in answers.items():
            await self._forget(key, answer.text)

    async def _recall(self, key: str) -> str | None:
        if key in self._known:
            return self._known[key]
        return await in_thread(self._keyring.get, key) if self._keyring is not None else None

    async def _forget(self, key: str, wrong: str) -> None:
        if self._known.get(key) == wrong:
            del self._known[key]
        if self._keyring is not None and await in_thread(self._keyring.get, key) == wrong:
            await in_thread(self._keyring.delete, key)

    async def _ask(self, question: SshQuestion) -> SshAnswer | None:
        async with self._turn:
            return await self.ask(question) if self.ask is not None else None


class SshAttempt:
    """One opening's answers. `ask`, `show_notice` and `settle` are called in its worker thread."""

    def __init__(
        self,
        logins: SshLogins,
        config: HostConfig,
        let_take: Callable[[bool], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._logins = logins
        self._config = config
        self._let_take = let_take
        self._loop = loop
        self._port = 0
        self._used: dict[str, SshAnswer] = {}
        self._asked: set[str] = set()

    def make_master(self, target: SshTarget) -> SshMaster:
        """A login that asks here; what the one before it used was right, else there were no other."""
        self._port = target.port
        self._used, self._asked = {}, set()
        return SshMaster(target, self._logins.places, self, self._logins.program)

    def ask(self, prompt: SshPrompt, is_moot: Callable[[], bool], /) -> str | None:
        """Block until there is an answer, or nobody waits for it any more."""
        try:
            future = asyncio.run_coroutine_threadsafe(self._answer(prompt), self._loop)
        except RuntimeError:
            return None
        while not wait([future], _LOOK_S).done:
            if is_moot():
                future.cancel()
                return None
        try:
            return future.result()
        except CancelledError:
            return None
        except Exception:
            log.exception("%s: ssh's question could not be asked", self._config.name)
            return None

    def show_notice(self, prompt: SshPrompt, /) -> Callable[[], None]:
        """Show it until the returned function is called."""
        taken_back: list[Callable[[], None]] = []

        def show() -> None:
            if self._logins.show_notice is not None:
                taken_back.append(self._logins.show_notice(self._config, prompt))

        def take_back() -> None:
            for each in taken_back:
                each()

        self._on_loop(show)
        return lambda: self._on_loop(take_back)

    def settle(self, accepted: bool, /) -> None:
        """Keep what was right, forget what was wrong."""
        used = dict(self._used)
        if used:
            work = self._logins.prove(used) if accepted else self._logins.disprove(used)
            try:
                asyncio.run_coroutine_threadsafe(work, self._loop)
            except RuntimeError:
                work.close()

    async def _answer(self, prompt: SshPrompt) -> str | None:
        key = self._key(prompt)
        used = self._used.get(key)
        was_wrong = prompt.text in self._asked
        self._asked.add(prompt.text)
        self._let_take(True)
        try:
            can_remember = prompt.is_lasting and await self._logins.can_remember()
            question = SshQuestion(self._config, prompt, was_wrong, can_remember)
            answer = await self._logins.answer(key, question, used.text if used is not None else None)
        finally:
            self._let_take(False)
        if answer is None:
            return None
        if prompt.is_lasting:
            self._used[key] = answer
        return answer.text

    def _key(self, prompt: SshPrompt) -> str:
        """Behind other ports of a name other machines may listen."""
        is_account = prompt.kind is SshPromptKind.PASSWORD and self._port
        return f"{prompt.memory_key} {self._port}" if is_account else prompt.memory_key

    def _on_loop(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:
            # The loop has ended: nobody looks any more.
            return
