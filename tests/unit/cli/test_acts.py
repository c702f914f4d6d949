"""Verbs that act on machines, on the test driver: its state lives as long as the process."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.helpers.command_line import DEFAULT, Shell, document, machines, vmgui
from tests.helpers.hosts_file import write_hosts
from vmgui.cli.call import parse
from vmgui.cli.main import all_verbs
from vmgui.cli.speaker import Speaker, Unanswered
from vmgui.cli.verb import CANCELLED, DONE, FAILED
from vmgui.model.journal import EntryKind, JournalFilter
from vmgui.store.journal import JournalStore
from vmgui.words.question import Question


async def test_a_machine_through_all_its_states(shell: Shell) -> None:
    for words, state in (
        (("pause",), "paused"),
        (("resume",), "running"),
        (("reboot", "--no-wait"), "running"),
        (("save",), "saved"),
        (("restore",), "running"),
        (("shutdown",), "off"),
        (("start",), "running"),
        (("force-off",), "off"),
        (("autostart", "on"), "off"),
    ):
        result = await shell.result(words[0], "test", *words[1:])
        assert (result["ok"], result["state"]) == (True, state), words
    assert [question.title for question in shell.person.asked] == ["Force off test?"]


async def test_what_is_as_wanted_already_is_done(shell: Shell) -> None:
    assert (await shell.result("start", "test"))["ok"]
    await shell.result("shutdown", "test")
    for verb in ("shutdown", "force-off"):
        answer = await shell.run(verb, "test")
        assert answer.status == DONE
    # Nothing would be forced off: nothing was asked.
    assert shell.person.asked == []


async def test_rename(shell: Shell) -> None:
    foreseen = await shell.run("rename", "test", "web", "--check")
    assert foreseen.status == FAILED
    await shell.result("shutdown", "test")
    foreseen = await shell.run("rename", "test", "a/b", "--check")
    assert isinstance(foreseen.document, dict)
    assert (foreseen.status, foreseen.document["possible"]) == (FAILED, False)
    foreseen = await shell.run("rename", "test", "web", "--check")
    assert isinstance(foreseen.document, dict)
    assert (foreseen.status, foreseen.document["possible"]) == (DONE, True)
    assert (await shell.result("rename", "test", "web"))["name"] == "web"
    again = await shell.run("rename", foreseen.document["uuid"], "a/b")
    assert isinstance(again.document, dict)
    assert again.status == FAILED
    assert again.document["results"][0]["error"]["kind"] == "InvalidConfig"


async def test_tags_are_changed_and_found(shell: Shell) -> None:
    await shell.result("tag", "test", "--add", "web,shop", "--add", "old", "--folder", "Customers/Shop")
    await shell.result("tag", "test", "--remove", "Old")
    for filter_, found in (("tag:web tag:shop", 1), ("tag:old", 0), ("-tag:old", 1)):
        answer = await shell.run("start", "--where", filter_)
        assert isinstance(answer.document, dict)
        assert (len(answer.document["results"]), answer.status) == (found, DONE), filter_


async def test_a_person_may_say_no(shell: Shell) -> None:
    shell.person.says = False
    answer = await shell.run("force-off", "test")
    assert isinstance(answer.document, dict)
    assert (answer.status, answer.document["results"][0]["ok"]) == (CANCELLED, False)
    assert (await shell.result("pause", "test"))["state"] == "paused"


async def test_where_nobody_is_a_question_is_its_words() -> None:
    call = parse(["start", "test", *DEFAULT], all_verbs())
    with pytest.raises(Unanswered, match="Delete web"):
        await Speaker(call).confirmed(Question("Delete web?", "It goes.", "Delete"))


def test_yes_answers_what_the_window_would_ask() -> None:
    asked = vmgui("force-off", "test", *DEFAULT, "--json", "--quiet")
    assert asked.returncode == 2
    assert json.loads(asked.stdout)["error"]["kind"] == "Unanswered"
    assert "Force off test?" in asked.stderr
    assert "pulling the plug" in asked.stderr
    assert "¿" in vmgui("force-off", "test", *DEFAULT, "--lang", "es").stderr
    done = document("force-off", "test", "--yes", *DEFAULT)
    assert set(done["results"][0]) == {"name", "uuid", "host", "ok", "state"}


def test_many_are_asked_about(tmp_path: Path) -> None:
    uri = machines(tmp_path, "a", *(f"web-{number:02}" for number in range(11)))
    assert vmgui("pause", "--where", "name:web", "--connect", uri).returncode == 2
    assert vmgui("shutdown", "web-01", "web-02", "--connect", uri).returncode == 2
    done = document("pause", "--where", "name:web", "--yes", "--connect", uri)
    assert [(one["ok"], one["state"]) for one in done["results"]] == [(True, "paused")] * 11


def test_check_says_what_would_happen_and_why_not() -> None:
    told = document("force-off", "test", "--check", *DEFAULT)
    assert (told["name"], told["possible"], "because" in told) == ("test", True, False)
    told = document("resume", "test", "--check", *DEFAULT, status=1)
    assert (told["possible"], "not paused" in told["because"]) == (False, True)
    told = document("resume", "test", "--check", "--lang", "es", *DEFAULT, status=1)
    assert "en pausa" in told["because"]
    told = document("start", "--where", "name:test", "--check", *DEFAULT)
    assert [one["possible"] for one in told["results"]] == [True]
    assert "not paused" in vmgui("resume", "test", "--check", *DEFAULT).stdout


def test_what_fails_for_one_stops_no_other(tmp_path: Path) -> None:
    write_hosts(
        tmp_path, {"one": machines(tmp_path, "a", "web-01"), "two": machines(tmp_path, "b", "web-01")}
    )
    listed = tmp_path / "vmgui" / "hosts.toml"
    listed.write_text(listed.read_text().replace('name = "one"', 'name = "one"\nread_only = true'))
    told = document("pause", "one/web-01", "two/web-01", status=1, home=tmp_path)
    one, two = told["results"]
    assert (one["ok"], one["error"]["kind"], one["host"]) == (False, "PermissionDenied", "one")
    assert (two["ok"], two["host"]) == (True, "two")


def test_a_silent_host_keeps_no_other_from_acting() -> None:
    dead = ("--connect", "qemu+unix:///system?socket=/none")
    assert document("pause", "test", *DEFAULT, *dead, status=1)["results"][0]["ok"]


def test_machines_may_be_named_by_their_hosts_address_alone() -> None:
    assert document("pause", "test:///default/test")["results"][0]["state"] == "paused"


def test_an_unknown_machine_keeps_all_from_being_acted_on() -> None:
    told = document("pause", "test", "nope", *DEFAULT, status=1)
    assert (told["error"]["kind"], told["error"]["subject"]) == ("NotFound", "nope")


def test_none_found_is_nothing_to_do() -> None:
    assert document("pause", "--where", "name:nope", *DEFAULT) == {"results": []}


def test_a_table_is_for_people() -> None:
    done = vmgui("pause", "test", *DEFAULT)
    assert [line.split()[-2:] for line in done.stdout.splitlines()] == [
        ["State", "Result"],
        ["Paused", "Done"],
    ]
    assert done.stderr == ""


def test_what_was_done_stands_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    document("pause", "test", *DEFAULT)
    document("resume", "test", *DEFAULT, status=1)
    entries = JournalStore(tmp_path / "vmgui").read(JournalFilter())
    assert [(entry.kind, entry.what) for entry in entries] == [
        (EntryKind.JOB, "resume"),
        (EntryKind.JOB, "pause"),
    ]
    # Nothing was acted on: a question leaves no trace.
    document("list", *DEFAULT)
    vmgui("force-off", "test", *DEFAULT)
    assert len(JournalStore(tmp_path / "vmgui").read(JournalFilter())) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("pause",),
        ("pause", "a", "--where", "b"),
        ("autostart", "a"),
        ("autostart", "a", "yes"),
        ("rename", "a"),
        ("rename", "a", "b", "c"),
        ("rename", "a", "b", "--where", "c"),
        ("tag", "a"),
        ("tag", "a", "--add", "x" * 41),
        ("pause", "a", "--no-wait"),
    ],
)
def test_wrong_use_asks_nobody(words: tuple[str, ...]) -> None:
    done = vmgui(*words, "--json", *DEFAULT)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["kind"] in ("WrongUse", "Unanswered")


@pytest.mark.parametrize(
    "words",
    [
        ("--quiet", "autostart", "test", "on"),
        ("autostart", "--quiet", "test", "on"),
        ("autostart", "test", "--quiet", "on"),
        ("autostart", "--quiet", "--", "test", "on"),
    ],
)
def test_options_may_stand_between(words: tuple[str, ...]) -> None:
    call = parse(words, all_verbs())
    assert (call.arguments.machine, call.arguments.on, call.quiet) == (["test"], True, True)


def test_a_result_is_one_document() -> None:
    done = vmgui("pause", "test", *DEFAULT, "--json")
    assert json.loads(done.stdout)["results"][0]["host"] == "test default"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("verb", "filter_"),
    [
        *(("force-off --yes", filter_) for filter_ in ("tag:", " ", '"open', "name:" * 200, "stat:running")),
        *((verb, "tag:") for verb in ("delete --check", "start --check", "list")),
    ],
)
def test_a_filter_that_is_not_understood_as_a_whole_means_no_machine(verb: str, filter_: str) -> None:
    told = document(*verb.split(), "--where", filter_, *DEFAULT, status=2)
    assert told["error"]["kind"] == "WrongUse"


def test_what_a_host_calls_itself_makes_no_other_one_meant(tmp_path: Path) -> None:
    own = socket.gethostname()
    write_hosts(tmp_path, {own: "qemu+unix:///system?socket=/none", "other": "test:///default"})
    told = document("force-off", f"{own}/test", "--yes", status=1, home=tmp_path)
    assert told["error"]["kind"] in ("HostUnreachable", "PermissionDenied", "NotFound")
    done = document("pause", "other/test", home=tmp_path)
    assert done["results"][0]["ok"]


async def test_only_those_that_were_asked_about_are_acted_on(tmp_path: Path) -> None:
    shell = Shell("--connect", machines(tmp_path, "a", "web-01", "web-02"))
    async with shell.session:
        await shell.result("shutdown", "web-02")
        domain = next(one for one in shell.session.inventory.domains.values() if one.name == "web-02")

        async def start_meanwhile(question: Question) -> bool:
            shell.person.asked.append(question)
            await shell.session.jobs.wait(shell.session.lifecycle.start((domain.key,)))
            return True

        shell.person.confirmed = start_meanwhile  # type: ignore[method-assign]
        answer = await shell.run("force-off", "web-01", "web-02")
        assert isinstance(answer.document, dict)
        acted_on, other = answer.document["results"]
        assert (acted_on["ok"], acted_on["state"]) == (True, "off")
        # It was off when the person was asked, and is not: nobody is told that it is as wanted.
        assert (other["ok"], other["error"]["kind"], answer.status) == (False, "Aborted", FAILED)
        assert shell.session.inventory.domains[domain.key].state.is_active
        assert [question.title for question in shell.person.asked] == ["Force off web-01?"]
