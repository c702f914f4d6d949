"""Verbs of the command line on the test driver: documents, tables, exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command_line import DEFAULT, ROOT, document, machines, vmgui
from tests.helpers.hosts_file import write_hosts
from vmgui.cli import main

TEST_UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"


def test_list_has_the_fields_of_the_contract() -> None:
    assert document("list", *DEFAULT) == [
        {
            "name": "test",
            "uuid": TEST_UUID,
            "host": "test default",
            "state": "running",
            "vcpus": 2,
            "memory_bytes": 2 * 1024**3,
            "os": "",
            "tags": [],
            "protected": False,
            "folder": "",
            "addresses": [],
        }
    ]


def test_options_may_stand_before_the_verb() -> None:
    assert document(*DEFAULT, "list") == document("list", *DEFAULT)


def test_a_table_is_for_people_in_their_language() -> None:
    english, spanish = vmgui("list", *DEFAULT), vmgui("list", *DEFAULT, "--lang", "es")
    assert [line.split()[:2] for line in english.stdout.splitlines()] == [
        ["Name", "State"],
        ["test", "Running"],
    ]
    assert "Nombre" in spanish.stdout
    assert "En marcha" in spanish.stdout


def test_the_table_has_columns_of_the_window() -> None:
    titles, machine = vmgui("list", *DEFAULT).stdout.splitlines()
    assert titles.split() == ["Name", "State", "Host", "vCPUs", "Memory", "System", "Address", "Tags"]
    assert machine.split() == ["test", "Running", "test", "default", "2", "2", "GiB"]


def test_hosts_say_how_they_are(tmp_path: Path) -> None:
    write_hosts(tmp_path, {"one": "test:///default", "dead": "qemu+unix:///system?socket=/none"})
    one, dead = document("hosts", home=tmp_path)
    assert (one["name"], one["uri"], one["state"]) == ("one", "test:///default", "connected")
    assert (one["running"], one["machines"]) == (1, 1)
    assert one["hypervisor"].startswith("TEST ")
    assert one["libvirt"].count(".") == 2
    assert (dead["name"], dead["libvirt"], dead["machines"]) == ("dead", None, 0)
    assert dead["state"] in ("unreachable", "refused")


def test_a_silent_host_of_the_list_is_told_and_is_no_failure(tmp_path: Path) -> None:
    write_hosts(tmp_path, {"one": "test:///default", "dead": "qemu+unix:///system?socket=/none"})
    done = vmgui("list", "--json", home=tmp_path)
    assert (done.returncode, [one["name"] for one in json.loads(done.stdout)]) == (0, ["test"])
    assert "dead" in done.stderr
    assert vmgui("list", "--quiet", home=tmp_path).stderr == ""


def test_a_silent_host_named_here_is_a_failure_and_the_others_answer() -> None:
    found = document("list", *DEFAULT, "--connect", "qemu+unix:///system?socket=/none", status=1)
    assert [one["name"] for one in found] == ["test"]


def test_show_tells_now_and_after_the_next_start() -> None:
    shown = document("show", "test", *DEFAULT)
    assert shown["uuid"] == TEST_UUID
    assert shown["pending"] == []
    for when in ("live", "saved"):
        assert {
            *("vcpus", "vcpus_max", "vcpus_online", "memory_bytes", "memory_max_bytes", "cpu_weight"),
            *("cpu_limit_percent", "firmware", "disks", "nics", "displays", "devices"),
        } <= shown[when].keys()
    assert shown["live"]["memory_bytes"] == 2 * 1024**3
    assert shown["live"]["disks"][0]["target"] == "vda"
    assert "disk" in [device["kind"] for device in shown["live"]["devices"]]


def test_what_is_off_is_not_live(tmp_path: Path) -> None:
    uri = machines(tmp_path, "a", "web-01")
    # The test driver starts what its file names.
    shown = document("show", "web-01", "--connect", uri)
    assert (shown["live"] is None) == (shown["state"] == "off")


def test_several_machines_are_results(tmp_path: Path) -> None:
    uri = machines(tmp_path, "a", "web-01", "web-02", "db-01")
    shown = document("show", "web-02", "web-01", "--connect", uri)
    assert [one["name"] for one in shown["results"]] == ["web-02", "web-01"]
    found = document("show", "--where", "name:web", "--connect", uri)
    assert [one["name"] for one in found["results"]] == ["web-01", "web-02"]
    assert [one["name"] for one in document("list", "--where", "-web", "--connect", uri)] == ["db-01"]


def test_a_machine_is_named_by_host_or_uuid_where_its_name_is_not_enough(tmp_path: Path) -> None:
    uris = [machines(tmp_path, name, "web-01") for name in ("a", "b")]
    hosts = [word for uri in uris for word in ("--connect", uri)]
    told = document("show", "web-01", *hosts, status=2)
    assert told["error"]["kind"] == "Ambiguous"
    assert told["error"]["subject"] == "web-01"
    one = document("show", f"{uris[1]}/web-01", *hosts)
    assert document("show", one["uuid"].upper(), *hosts) == one


@pytest.mark.parametrize("act", ["force-off", "delete"])
def test_a_bare_name_destroys_nothing_while_a_host_that_may_have_it_is_silent(
    act: str, tmp_path: Path
) -> None:
    write_hosts(tmp_path, {"one": "test:///default", "dead": "qemu+unix:///system?socket=/none"})
    told = document(act, "test", "--yes", home=tmp_path, status=2)["error"]
    assert (told["kind"], told["subject"], told["details"]) == ("MaybeAmbiguous", "test", "dead")
    # Named together with another one, too, and where it is only asked what would happen.
    assert document(act, "one/test", "test", "--yes", home=tmp_path, status=2)["error"] == told
    assert document(act, "test", "--check", home=tmp_path, status=2)["error"] == told
    # What loses nothing is done; so is what says which one is meant.
    assert document("pause", "test", home=tmp_path)["results"][0]["ok"]
    for sure in (("one/test",), (TEST_UUID,), ("test", *DEFAULT)):
        assert document(act, *sure, "--yes", home=tmp_path)["results"][0]["ok"]


def test_an_unknown_machine_is_told_where_scripts_look() -> None:
    told = document("show", "nope", *DEFAULT, status=1)
    assert (told["error"]["kind"], told["error"]["subject"]) == ("NotFound", "nope")
    done = vmgui("show", "nope", *DEFAULT, "--lang", "es")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nope" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("lsit",),
        ("show",),
        ("show", "a", "--where", "b"),
        ("list", "--timeout", "nan"),
        ("list", "--timeout", "-1"),
        ("list", "--connect", "test:///\x1b[2J"),
        ("list", "--nonsense"),
    ],
)
def test_wrong_use_is_told_and_asks_nobody(words: tuple[str, ...]) -> None:
    done = vmgui(*words, "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)["error"]
    assert told["kind"] == "WrongUse"
    assert told["text"] in done.stderr
    assert "\x1b" not in done.stderr
    assert vmgui(*words).stdout == ""


def test_names_of_strangers_steer_no_terminal(tmp_path: Path) -> None:
    uri = machines(tmp_path, "a", "web&#x9;01", "caf\u00e9")
    printed = vmgui("list", "--connect", uri).stdout
    assert "\t" not in printed
    assert "caf\u00e9" in printed


def test_with_json_neither_widgets_nor_pixels_nor_keyring_are_loaded() -> None:
    heavy = ("PySide6.QtWidgets", "PySide6.QtGui", "numpy", "PIL", "keyring")
    code = (
        "import sys\nfrom vmgui.app.main import main\n"
        "assert main(['list', '--json', '--connect', 'test:///default']) == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False, timeout=120, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize("verb", main.all_verbs())
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.run([*verb.split(), "--help"])
    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out
