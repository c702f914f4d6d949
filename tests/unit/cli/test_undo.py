"""`vmgui undo` on the test driver: what is listed, what is foreseen, what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.command_line import Shell, document, machines, vmgui
from vmgui.cli.verb import CANCELLED, DONE, FAILED, WRONG_USE

WEB = "<domain type='test'><name>web</name><memory>2048</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>"


@pytest.fixture
def host() -> Iterator[libvirt.virConnect]:
    other = libvirt.open("test:///default")
    yield other
    other.close()


def change(host: libvirt.virConnect, old: str, new: str) -> None:
    """As another program does."""
    xml = host.lookupByName("web").XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    assert old in xml
    host.defineXML(xml.replace(old, new))


def memory_kib(host: libvirt.virConnect) -> int:
    return host.lookupByName("web").maxMemory()


@pytest.fixture
async def changed(shell: Shell, host: libvirt.virConnect) -> Shell:
    """web has been seen, then changed twice."""
    host.defineXML(WEB)
    assert (await shell.run("undo", "web", "--list")).document == []
    change(host, "<memory unit='KiB'>2048<", "<memory unit='KiB'>4096<")
    await shell.run("undo", "web", "--list")
    change(host, "<on_crash>destroy", "<on_crash>restart")
    await shell.run("undo", "web", "--list")
    return shell


async def test_the_list_says_when_who_what_and_how(changed: Shell) -> None:
    answer = await changed.run("undo", "web", "--list")
    assert isinstance(answer.document, list)
    crash, memory = answer.document
    assert (crash["who"], crash["words"]) == ("other", "Machine settings changed")
    assert memory["words"] == "Maximum memory 2 MiB → 4 MiB"
    assert "+  <on_crash>restart</on_crash>" in crash["diff"]
    assert crash["when"].endswith("+00:00")
    assert crash["change"] > memory["change"]
    assert [row[3] for row in answer.table().rows] == [crash["words"], memory["words"]]


async def test_check_says_what_comes_back_and_changes_nothing(
    changed: Shell, host: libvirt.virConnect
) -> None:
    listed = (await changed.run("undo", "web", "--list")).document
    assert isinstance(listed, list)
    answer = await changed.run("undo", "web", str(listed[1]["change"]), "--check")
    told = answer.document
    assert isinstance(told, dict)
    assert (answer.status, told["possible"]) == (DONE, True)
    assert told["will"] == ["Maximum memory 4 MiB → 2 MiB", "Machine settings changed"]
    assert told["beyond"] == ["Machine settings changed"]
    assert "-  <memory" in told["diff"]
    assert memory_kib(host) == 4096


async def test_the_last_one_is_undone_and_that_is_a_change_of_ours(
    changed: Shell, host: libvirt.virConnect
) -> None:
    answer = await changed.run("undo", "web", "--yes")
    assert answer.status == DONE
    assert "<on_crash>destroy" in host.lookupByName("web").XMLDesc()
    listed = (await changed.run("undo", "web", "--list")).document
    assert isinstance(listed, list)
    assert [one["who"] for one in listed] == ["vmgui", "other", "other"]


async def test_an_earlier_one_is_undone_after_the_windows_question(
    changed: Shell, host: libvirt.virConnect
) -> None:
    listed = (await changed.run("undo", "web", "--list")).document
    assert isinstance(listed, list)
    number = str(listed[1]["change"])
    changed.person.says = False
    assert (await changed.run("undo", "web", number)).status == CANCELLED
    assert memory_kib(host) == 4096
    changed.person.says = True
    assert (await changed.run("undo", "web", number)).status == DONE
    assert memory_kib(host) == 2048
    assert "This also takes back later changes" in changed.person.asked[-1].text


async def test_what_cannot_be_is_said_and_is_a_failure(changed: Shell) -> None:
    answer = await changed.run("undo", "web", "999999", "--check")
    assert answer.status == FAILED
    assert isinstance(answer.document, dict)
    assert answer.document["possible"] is False


async def test_what_a_verb_changes_is_signed(changed: Shell) -> None:
    assert (await changed.run("tag", "web", "--add", "shop")).status == DONE
    listed = (await changed.run("undo", "web", "--list")).document
    assert isinstance(listed, list)
    assert (listed[0]["who"], listed[0]["words"]) == ("vmgui", "Tags: nothing → shop")


def test_as_a_script_starts_it(tmp_path: Path) -> None:
    host = ("--connect", machines(tmp_path, "alone", "lonely"))
    assert document(*host, "undo", "lonely", "--list") == []
    done = vmgui(*host, "undo", "lonely", "none", "--json")
    assert done.returncode == WRONG_USE
    told = document(*host, "undo", "lonely", "--yes", status=FAILED)
    assert told["results"][0]["error"]["kind"] == "NotFound"
    assert document(*host, "undo", "nobody", status=FAILED)["error"]["kind"] == "NotFound"
