"""`vmgui device`: what a machine is made of, and its drives' media, on libvirt's test driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.command_line import Shell, document, vmgui
from tests.helpers.hosts_file import write_hosts
from vmgui.cli.verb import DONE

NODE = """<node><domain type='test'><name>web</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e0001</uuid>
<memory>1048576</memory><os><type>hvm</type></os><devices>
<disk type='file' device='cdrom'><source file='/x.iso'/><target dev='hda' bus='ide'/><readonly/></disk>
<disk type='file' device='disk'><source file='/x.img'/><target dev='hdb' bus='ide'/></disk>
<interface type='network'><mac address='52:54:00:12:34:01'/><source network='default'/></interface>
</devices></domain></node>"""


@pytest.fixture
def uri(tmp_path: Path) -> str:
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    return f"test://{path}"


def test_devices_are_listed_by_what_they_are_called(uri: str) -> None:
    found: list[dict[str, Any]] = document("device", "list", "web", "--connect", uri)
    assert [(one["id"], one["kind"]) for one in found] == [
        ("hda", "disk"),
        ("hdb", "disk"),
        ("controller-0", "controller"),
        ("52:54:00:12:34:01", "interface"),
    ]
    assert found[0]["text"] == "CD drive hda: /x.iso (ide)"
    assert found[0]["live"]["source"] == found[0]["saved"]["source"] == {"file": "/x.iso"}
    assert "CD drive hda" in vmgui("device", "list", "web", "--connect", uri).stdout


@pytest.mark.parametrize(
    ("words", "status", "when"),
    [
        (("hda", "medium=none"), 0, "now"),
        (("hda", "medium=", "--next-start"), 0, "next-start"),
        (("hda", "medium=/nowhere/none.iso"), 1, "impossible"),
        (("hdb", "medium=none"), 1, "impossible"),
        (("hdz", "medium=none"), 1, "impossible"),
    ],
)
def test_what_would_happen_is_said_beforehand(
    uri: str, words: tuple[str, ...], status: int, when: str
) -> None:
    found = document("device", "change", "web", *words, "--check", "--connect", uri, status=status)
    (change,) = found["changes"]
    assert change["when"] == when
    assert change["field"] == f"{words[0]}:medium"
    assert found["possible"] is not bool(status)
    assert bool(found.get("because")) is bool(status)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("medium=x.iso",), "whole path"),
        (("colour=red",), "no key 'colour'"),
        (("medium",), "KEY=VALUE"),
        (("medium=none,force=on",), "whole path"),
        (("medium=none", "bus=sata"), "'bus' is none of medium, force"),
        (("force=on",), "nothing to change"),
        (("medium=none", "force=perhaps"), "force is on or off"),
        (("medium=none", "force=on"), "--yes"),
        (("medium=none", "--now", "--next-start"), "not both"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(uri: str, words: tuple[str, ...], says: str) -> None:
    done = vmgui("device", "change", "web", "hda", *words, "--connect", uri)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_medium_comes_out(uri: str) -> None:
    done = document("device", "change", "web", "hda", "medium=none", "--next-start", "--connect", uri)
    assert done["results"][0]["ok"]
    failed = document("device", "change", "web", "hdb", "medium=none", "--connect", uri, status=1)
    assert failed["results"][0]["error"]["kind"] == "NoDrive"
    assert failed["results"][0]["error"]["subject"] == "hdb"


@pytest.mark.parametrize(
    "words",
    [
        ("device", "change", "web", "hda", "medium=none"),
        ("device", "change", "web", "hda", "medium=/x.iso", "--next-start"),
        ("set", "web", "--memory", "512MiB"),
        ("undo", "web"),
    ],
)
def test_of_a_host_that_may_only_be_looked_at_nothing_can_be_changed(
    uri: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write_hosts(tmp_path, {"lab": uri})
    file = tmp_path / "vmgui" / "hosts.toml"
    file.write_text(file.read_text() + "read_only = true\n")
    told = document(*words, "--check", home=tmp_path, status=1)
    assert not told["possible"]
    assert "not allowed" in told["because"]
    done = document(*words, "--yes", home=tmp_path, status=1)
    assert done["results"][0]["error"]["kind"] == "PermissionDenied"


async def test_a_protected_machines_media_may_be_changed(shell: Shell) -> None:
    session = shell.session
    await session.connect()
    (key,) = session.inventory.domains
    drive = "<disk type='file' device='cdrom'><source file='/x.iso'/><target dev='hda' bus='ide'/></disk>"

    def give(conn: libvirt.virConnect) -> None:
        xml = conn.lookupByUUIDString(key.uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        conn.defineXML(xml.replace("</devices>", f"{drive}</devices>"))

    await session.hosts.connection(key.host_id).run(give)
    assert (await shell.result("protect", "test", "on"))["ok"]
    words = ("device", "change", "test", "hda", "medium=none", "--next-start")
    assert (await shell.run(*words, "--check")).status == DONE
    assert (await shell.result(*words))["ok"]
    assert [drive.medium for drive in await session.media.drives(key)] == [""]
