"""`vmgui delete` on the test driver, which has pools: what is foreseen, what goes, what never goes without a yes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.command_line import DEFAULT, Shell, document, machines, vmgui
from tests.helpers.hosts_file import write_hosts
from vmgui.cli.verb import CANCELLED, DONE, FAILED

POOL = "default-pool"
DISK = (
    "<disk type='file' device='{kind}'><source file='/default-pool/{file}'/><target dev='{target}'/></disk>"
)


def make_machine(host: libvirt.virConnect, name: str, *files: str, cd: str = "") -> libvirt.virDomain:
    disks = "".join(
        DISK.format(kind="disk", file=file, target=f"vd{letter}")
        for file, letter in zip(files, "abcd", strict=False)
    )
    disks += DISK.format(kind="cdrom", file=cd, target="sda") if cd else ""
    return host.defineXML(
        f"<domain type='test'><name>{name}</name><memory>1024</memory><os><type>hvm</type></os>"
        f"<devices>{disks}</devices></domain>"
    )


def volumes(host: libvirt.virConnect) -> set[str]:
    return set(host.storagePoolLookupByName(POOL).listVolumes())


@pytest.fixture
def host() -> Iterator[libvirt.virConnect]:
    other = libvirt.open("test:///default")
    pool = other.storagePoolLookupByName(POOL)
    for name in ("one", "two", "cd.iso"):
        pool.createXML(f"<volume><name>{name}</name><capacity>1048576</capacity></volume>")
    yield other
    other.close()


async def object_of(shell: Shell, *words: str) -> dict[str, Any]:
    answer = await shell.run(*words)
    assert isinstance(answer.document, dict)
    return answer.document


async def test_check_lists_exactly_what_goes_and_what_stays(shell: Shell, host: libvirt.virConnect) -> None:
    make_machine(host, "web", "one", "two", cd="cd.iso")
    make_machine(host, "db", "two")
    told = await object_of(shell, "delete", "web", "--check")
    assert told["removes"] == [
        {"path": "/default-pool/one", "pool": POOL, "bytes": told["removes"][0]["bytes"]}
    ]
    assert told["removes"][0]["bytes"] > 0
    kept = {file["path"]: file["because"] for file in told["keeps"]}
    assert kept.keys() == {"/default-pool/two", "/default-pool/cd.iso"}
    assert "db" in kept["/default-pool/two"]
    assert "Read-only" in kept["/default-pool/cd.iso"]
    told = await object_of(shell, "delete", "web", "--check", "--keep-disks")
    assert told["removes"] == []
    assert len(told["keeps"]) == 3
    assert host.lookupByName("web").isPersistent()
    assert volumes(host) == {"one", "two", "cd.iso"}


async def test_what_was_foreseen_goes_and_nothing_else(shell: Shell, host: libvirt.virConnect) -> None:
    make_machine(host, "web", "one", "two", cd="cd.iso").create()
    make_machine(host, "db", "two")
    result = await shell.result("delete", "web", "--yes")
    assert (result["ok"], result["name"], "state" in result) == (True, "web", False)
    assert volumes(host) == {"two", "cd.iso"}
    assert "web" not in [machine.name() for machine in host.listAllDomains()]
    assert shell.person.asked == []
    # They go together: what one needs of the other's does not stay for it.
    make_machine(host, "shop", "cd.iso")
    answer = await shell.run("delete", "--where", "name:db", "--keep-disks", "--yes")
    assert answer.status == DONE
    assert volumes(host) == {"two", "cd.iso"}


async def test_a_person_reads_what_goes_and_may_say_no(shell: Shell, host: libvirt.virConnect) -> None:
    make_machine(host, "web", "one", cd="cd.iso").create()
    shell.person.says = False
    answer = await shell.run("delete", "web")
    assert answer.status == CANCELLED
    (question,) = shell.person.asked
    assert question.title == "Delete web?"
    for words in ("forced off", "Goes: Disk vda: /default-pool/one", "Stays: Disk sda: /default-pool/cd.iso"):
        assert words in question.text
    assert "cannot be undone" in question.consequence
    assert host.lookupByName("web").isActive()
    assert "one" in volumes(host)


async def test_much_is_asked_for_by_name(shell: Shell, host: libvirt.virConnect) -> None:
    pool = host.storagePoolLookupByName(POOL)
    big = f"<capacity>{2 << 30}</capacity><allocation>{2 << 30}</allocation>"
    pool.createXML(f"<volume><name>big</name>{big}</volume>")
    make_machine(host, "web", "big")
    shell.person.says = False
    await shell.run("delete", "web")
    assert shell.person.asked[0].typed_name == "web"


async def test_one_of_many_that_is_gone_keeps_no_other(shell: Shell, host: libvirt.virConnect) -> None:
    make_machine(host, "web", "one")
    await shell.session.connect()
    make_machine(host, "db", "two")
    assert (await object_of(shell, "delete", "web", "test", "--check"))["results"][1]["running"]
    answer = await shell.run("delete", "web", "test", "--yes")
    assert answer.status == DONE
    assert [machine.name() for machine in host.listAllDomains()] == ["db"]


def test_nothing_goes_without_a_yes() -> None:
    done = vmgui("delete", "test", *DEFAULT, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["kind"] in ("WrongUse", "Unanswered")
    assert "Delete test?" in done.stderr
    assert "¿Eliminar test?" in vmgui("delete", "test", *DEFAULT, "--lang", "es").stderr
    assert "The machine" in vmgui("delete", "test", *DEFAULT, "--check").stdout


def test_hosts_of_the_list_have_a_say_in_what_goes(tmp_path: Path) -> None:
    uri = machines(tmp_path, "a", "web-01")
    write_hosts(tmp_path, {"dead": "qemu+unix:///system?socket=/none"})
    told = document("delete", "web-01", "--check", "--connect", uri, home=tmp_path)
    assert (told["possible"], told["running"]) == (True, True)
    # It is no machine of that host that is looked for.
    dead = document("delete", "dead/web-01", "--check", "--connect", uri, home=tmp_path, status=1)
    assert dead["error"]["kind"] == "NotFound"


def test_a_host_connected_read_only_deletes_nothing(tmp_path: Path) -> None:
    write_hosts(tmp_path, {"one": machines(tmp_path, "a", "web-01")})
    listed = tmp_path / "vmgui" / "hosts.toml"
    listed.write_text(listed.read_text().replace('name = "one"', 'name = "one"\nread_only = true'))
    told = document("delete", "web-01", "--check", home=tmp_path, status=FAILED)
    assert (told["possible"], "removes" in told) == (False, False)
    told = document("delete", "web-01", "--yes", home=tmp_path, status=FAILED)
    assert told["results"][0]["error"]["kind"] == "PermissionDenied"
