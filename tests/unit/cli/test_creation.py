"""`vmgui create` on the test driver: the wizard's defaults and its judgement, told before and done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.command_line import DEFAULT, Shell, document, machines, vmgui
from tests.helpers.hosts_file import write_hosts
from tests.helpers.waiting import eventually
from vmgui.cli.verb import DONE, FAILED
from vmgui.model.creation import SourceKind
from vmgui.policy.creation import defaults


async def test_a_machine_is_made_as_wished(shell: Shell) -> None:
    words = ("--empty", "--vcpus", "1", "--memory", "1GiB", "--disk-size", "2GiB", "--network", "none")
    made = await shell.result("create", "made-here", *words, "--start")
    assert (made["ok"], made["state"], made["host"]) == (True, "running", "test default")
    host = libvirt.open("test:///default")
    try:
        machine = host.lookupByUUIDString(made["uuid"])
        assert machine.name() == "made-here"
        assert machine.info()[2:4] == [1024**2, 1]
        volume = host.storagePoolLookupByName("default-pool").storageVolLookupByName("made-here.qcow2")
        assert volume.info()[1] == 2 * 1024**3
        assert "<interface" not in machine.XMLDesc()
        # What was made is as others are: it goes with its disk.
        domains = shell.session.inventory.domains
        await eventually(lambda: made["uuid"] in [key.uuid for key in domains])
        assert (await shell.result("delete", "made-here", "--yes"))["ok"]
        assert "made-here.qcow2" not in host.storagePoolLookupByName("default-pool").listVolumes()
    finally:
        host.close()


async def test_what_is_not_said_is_as_in_the_wizard(shell: Shell) -> None:
    answer = await shell.run("create", "made-here", "--empty", "--check")
    told = answer.document
    assert isinstance(told, dict)
    assert (answer.status, told["possible"], told["problems"], told["start"]) == (DONE, True, [], False)
    session = shell.session
    (host_id,) = session.inventory.hosts
    wished = defaults(await session.creation.offer(host_id), SourceKind.EMPTY, name="made-here")
    assert wished.new_volume is not None
    assert (told["vcpus"], told["memory_bytes"]) == (wished.vcpus, wished.memory_kib * 1024)
    assert (told["disk"]["pool"], told["disk"]["bytes"]) == ("default-pool", wished.new_volume.capacity_bytes)
    assert told["network"] == {"kind": "virtual", "source": "default"}
    # Nothing was made.
    assert [domain.name for domain in session.inventory.domains.values()] == ["test"]


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (("test", "--empty"), "AlreadyExists", "test"),
        (("a b\x7f", "--empty"), "InvalidConfig", ""),
        (("web", "--disk", "/nope.qcow2"), "NotFound", "/nope.qcow2"),
        (("web", "--medium", "/nope.iso"), "NotFound", "/nope.iso"),
        (("web", "--empty", "--network", "nope"), "NotFound", "nope"),
        (("web", "--empty", "--memory", "1KiB"), "InvalidConfig", ""),
    ],
)
def test_what_is_impossible_is_told_before_and_not_begun(
    words: tuple[str, ...], kind: str, said: str
) -> None:
    told = document("create", *words, "--check", *DEFAULT, status=FAILED)
    assert not told["possible"]
    assert said in told["because"]
    assert any(problem["blocking"] and problem["text"] == told["because"] for problem in told["problems"])
    (result,) = document("create", *words, *DEFAULT, status=FAILED)["results"]
    assert (result["ok"], result["uuid"], result["error"]["kind"]) == (False, None, kind)
    assert result["error"]["text"] == told["because"]


def test_a_pool_must_be_there() -> None:
    told = document("create", "web", "--empty", "--pool", "nope", *DEFAULT, status=FAILED)
    assert (told["error"]["kind"], told["error"]["subject"]) == ("NotFound", "nope")


def test_of_several_hosts_one_is_to_be_said(tmp_path: Path) -> None:
    write_hosts(tmp_path, {"one": machines(tmp_path, "a", "db"), "two": machines(tmp_path, "b", "db")})
    asked = vmgui("create", "web", "--empty", home=tmp_path)
    assert asked.returncode == 2
    assert "one, two" in asked.stderr
    told: dict[str, Any] = document("create", "two/web", "--empty", "--check", home=tmp_path)
    assert (told["host"], told["disk"]) == ("two", None)
    told = document("create", "three/web", "--empty", home=tmp_path, status=FAILED)
    assert (told["error"]["kind"], told["error"]["subject"]) == ("NotFound", "three")


@pytest.mark.parametrize(
    "words",
    [
        ("web",),
        ("web", "--empty", "--pxe"),
        ("web", "--disk", "/a", "--pool", "b"),
        ("web", "--empty", "--memory", "4G"),
        ("web", "--empty", "--vcpus", "0"),
        ("web", "db", "--empty"),
    ],
)
def test_wrong_use_asks_nobody(words: tuple[str, ...]) -> None:
    done = vmgui("create", *words, "--json", *DEFAULT)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["kind"] in ("WrongUse", "Unanswered")
