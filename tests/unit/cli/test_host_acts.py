"""Verbs that act on a host of the list, made from a command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.command_line import DEFAULT, Person
from vmgui.cli.call import parse
from vmgui.cli.host_acts import host_verb_of
from vmgui.cli.session import Session
from vmgui.cli.verb import CANCELLED, DONE, FAILED, Answer, WrongUse
from vmgui.commands.command import Acts, Answers, Dialog, HostCommand
from vmgui.commands.fields import Text
from vmgui.model.errors import NotFound
from vmgui.model.host import Host, HostConfig
from vmgui.words.note import Level, Note
from vmgui.words.question import Question
from vmgui.words.say import say

done: list[tuple[str, str]] = []


def _judge(acts: Acts, host_id: str, answers: Answers) -> Iterator[Note]:
    yield Note("text", "", Level.MISSING)
    if not answers["text"]:
        yield Note("text", "say something")


def _ask(host: Host) -> Question:
    return Question(f"Paint {host.name}?", "", "Paint")


PAINT = HostCommand(
    "host-paint",
    say("Hosts", "Connect"),
    verb="host paint",
    fields=(Text("text", "colour"),),
    ask=_ask,
    dialog=Dialog(
        title=say("Hosts", "Connect"),
        yes=say("Hosts", "Connect"),
        start=lambda *_: {"text": ""},
        judge=_judge,
    ),
    run=lambda _acts, host_id, answers: done.append((host_id, answers["text"])),
)
VERBS = {PAINT.verb: host_verb_of(PAINT)}


async def run(*words: str, says: bool = True, twice: bool = False) -> Answer:
    done.clear()
    call = parse([*words, *DEFAULT], VERBS)
    async with Session(call, Person(call, says)) as session:
        if twice:
            for host_id in "ab":
                config = HostConfig(host_id, "twin", f"test:///{host_id}", autoconnect=False)
                session.hosts.add(config, save=False)
        return await call.verb.run(session, call.arguments)


async def test_the_host_gets_what_was_answered() -> None:
    answer = await run("host", "paint", "test default", "--text", "red")
    assert answer.document == {"results": [{"name": "test default", "uri": DEFAULT[1], "ok": True}]}
    assert [text for _, text in done] == ["red"]
    assert answer.status == DONE
    assert answer.table().rows == [("test default", "Done")]


async def test_options_of_every_verb_may_stand_between_its_words() -> None:
    await run("--json", "host", "--timeout", "5", "paint", DEFAULT[1], "--text", "red")
    assert [text for _, text in done] == ["red"]


async def test_check_says_what_the_dialog_would_and_changes_nothing() -> None:
    named = {"name": "test default", "uri": DEFAULT[1]}
    good = await run("host", "paint", "test default", "--text", "red", "--check")
    assert (good.document, good.status) == ({**named, "possible": True}, DONE)
    bad = await run("host", "paint", "test default", "--text", "", "--check")
    assert bad.document == {**named, "possible": False, "because": "say something"}
    assert bad.status == FAILED
    assert not done


async def test_what_is_wrong_is_told_and_not_done() -> None:
    answer = await run("host", "paint", "test default", "--text", "")
    assert isinstance(answer.document, dict)
    (result,) = answer.document["results"]
    assert (result["ok"], result["error"]["kind"], result["error"]["text"]) == (
        False,
        "InvalidConfig",
        "say something",
    )
    assert answer.status == FAILED
    assert not done


async def test_a_no_is_a_no_and_yes_needs_nobody() -> None:
    answer = await run("host", "paint", "test default", "--text", "red", says=False)
    assert answer.status == CANCELLED
    assert not done
    await run("host", "paint", "test default", "--text", "red", "--yes", says=False)
    assert done


async def test_a_host_must_be_one() -> None:
    with pytest.raises(NotFound):
        await run("host", "paint", "nobody", "--text", "red")
    with pytest.raises(WrongUse, match="test:///a, test:///b"):
        await run("host", "paint", "twin", "--text", "red", twice=True)


@pytest.mark.parametrize("words", [["host"], ["paint"], ["host", "wash"], ["host", "paint", "x"]])
def test_half_a_verb_is_none_and_what_is_asked_must_be_given(words: list[str]) -> None:
    with pytest.raises(WrongUse):
        parse(words, VERBS)
