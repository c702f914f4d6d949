"""Who is asked what, how often: each thing once per session, whatever number of hosts wants it."""

from __future__ import annotations

import asyncio

import pytest
from keyring.backend import KeyringBackend

from tests.helpers.waiting import eventually
from vmgui.model.host import HostConfig
from vmgui.model.ssh import SshPrompt
from vmgui.policy.ssh import read_prompt
from vmgui.services.background import in_thread
from vmgui.services.ssh import SshAnswer, SshAttempt, SshLogins, SshQuestion
from vmgui.store.keyring import Keyring

PASSPHRASE = read_prompt("Enter passphrase for key '/k': ")
PASSWORD = read_prompt("ana@host's password: ")
CODE = read_prompt("(ana@host) Verification code: ")


class FakeKeyring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


# A backend counts as installed as soon as its class exists: not for other tests.
KeyringBackend._classes.discard(FakeKeyring)  # type: ignore[attr-defined]


class Person:
    """Answers with what is in `says`; then does not answer."""

    def __init__(self, logins: SshLogins, *says: SshAnswer | None) -> None:
        self.says = list(says)
        self.asked: list[SshQuestion] = []
        self.open = 0
        self.most_open = 0
        logins.ask = self.ask

    async def ask(self, question: SshQuestion) -> SshAnswer | None:
        self.asked.append(question)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            await asyncio.sleep(0.02)
            if not self.says:
                await asyncio.Event().wait()
            return self.says.pop(0)
        finally:
            self.open -= 1


def attempt(logins: SshLogins, name: str = "h", port: int = 0) -> SshAttempt:
    made = logins.attempt(HostConfig(name, name, f"qemu+ssh://{name}/system"), lambda _open: None)
    made._port = port
    return made


async def ask(attempt: SshAttempt, prompt: SshPrompt) -> str | None:
    return await in_thread(attempt.ask, prompt, lambda: False)


async def test_many_hosts_with_one_key_ask_once() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, SshAnswer("sesame"))
    answers = await asyncio.gather(*(ask(attempt(logins, f"h{number}"), PASSPHRASE) for number in range(10)))
    assert answers == ["sesame"] * 10
    assert len(person.asked) == 1
    assert not person.asked[0].can_remember


async def test_giving_up_counts_for_all_that_wait_but_not_for_later() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, None, SshAnswer("sesame"))
    answers = await asyncio.gather(*(ask(attempt(logins, f"h{number}"), PASSPHRASE) for number in range(5)))
    assert answers == [None] * 5
    assert len(person.asked) == 1
    assert await ask(attempt(logins), PASSPHRASE) == "sesame"


async def test_questions_come_one_after_the_other() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, *(SshAnswer(str(number)) for number in range(4)))
    prompts = [read_prompt(f"ana@host-{number}'s password: ") for number in range(4)]
    await asyncio.gather(*(ask(attempt(logins), prompt) for prompt in prompts))
    assert person.most_open == 1


async def test_a_wrong_answer_is_forgotten_and_asked_again_with_the_reason() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, SshAnswer("wrong"), SshAnswer("right"))
    first = attempt(logins)
    assert await ask(first, PASSWORD) == "wrong"
    assert await ask(first, PASSWORD) == "right"
    first.settle(True)
    assert [question.was_wrong for question in person.asked] == [False, True]
    assert await ask(attempt(logins), PASSWORD) == "right"
    assert len(person.asked) == 2


async def test_an_answer_that_was_refused_is_not_used_again() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, SshAnswer("wrong"), SshAnswer("right"))
    first = attempt(logins)
    await ask(first, PASSWORD)
    first.settle(False)
    await eventually(lambda: not logins._known)
    assert await ask(attempt(logins), PASSWORD) == "right"
    assert len(person.asked) == 2


async def test_another_port_is_another_machine_for_passwords_only() -> None:
    logins = SshLogins(bases=())
    Person(logins, SshAnswer("one"), SshAnswer("two"), SshAnswer("sesame"))
    assert await ask(attempt(logins, port=22), PASSWORD) == "one"
    assert await ask(attempt(logins, port=2222), PASSWORD) == "two"
    assert await ask(attempt(logins, port=22), PASSPHRASE) == "sesame"
    assert await ask(attempt(logins, port=2222), PASSPHRASE) == "sesame"


async def test_codes_are_asked_each_time() -> None:
    logins = SshLogins(Keyring(FakeKeyring()), bases=())
    person = Person(logins, SshAnswer("1"), SshAnswer("2"))
    assert [await ask(attempt(logins), CODE) for _ in range(2)] == ["1", "2"]
    assert not any(question.can_remember for question in person.asked)


async def test_the_keyring_keeps_what_was_right_if_wanted() -> None:
    backend = FakeKeyring()
    logins = SshLogins(Keyring(backend), bases=())
    person = Person(logins, SshAnswer("wrong", remember=True), SshAnswer("right", remember=True))
    first = attempt(logins)
    await ask(first, PASSWORD)
    assert backend.kept == {}
    await ask(first, PASSWORD)
    first.settle(True)
    await eventually(lambda: list(backend.kept.values()) == ["right"])
    assert all(question.can_remember for question in person.asked)
    # The next start.
    later = SshLogins(Keyring(backend), bases=())
    asked = Person(later)
    assert await ask(attempt(later), PASSWORD) == "right"
    assert asked.asked == []


async def test_what_the_keyring_has_wrong_is_taken_out() -> None:
    backend = FakeKeyring()
    backend.set_password("vmgui", PASSWORD.memory_key, "old")
    logins = SshLogins(Keyring(backend), bases=())
    person = Person(logins, SshAnswer("new"))
    first = attempt(logins)
    assert await ask(first, PASSWORD) == "old"
    assert await ask(first, PASSWORD) == "new"
    assert backend.kept == {}
    assert person.asked[0].was_wrong


async def test_a_moot_question_vanishes() -> None:
    logins = SshLogins(bases=())
    person = Person(logins)
    moot = False
    waiting = asyncio.ensure_future(in_thread(attempt(logins).ask, PASSWORD, lambda: moot))
    await eventually(lambda: person.open)
    moot = True
    assert await waiting is None
    await eventually(lambda: not person.open)


async def test_the_deadline_stands_still_while_a_person_is_asked() -> None:
    logins = SshLogins(bases=())
    person = Person(logins, SshAnswer("x"))
    told: list[tuple[bool, int]] = []
    one = logins.attempt(
        HostConfig("h", "h", "qemu+ssh://h/system"), lambda on: told.append((on, len(person.asked)))
    )
    await ask(one, PASSWORD)
    assert told == [(True, 0), (False, 1)]


@pytest.mark.parametrize("with_ask", [True, False])
async def test_without_anybody_to_ask_there_is_no_answer(with_ask: bool) -> None:
    logins = SshLogins(bases=())
    if with_ask:
        Person(logins, None)
    assert await ask(attempt(logins), PASSWORD) is None
