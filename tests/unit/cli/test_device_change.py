"""Devices are given, changed and taken by their forms' rules, on libvirt's test driver."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import libvirt
import pytest
from lxml import etree

from tests.helpers.command_line import Shell
from vmgui.cli.verb import DONE, FAILED, WrongUse

MAC, OTHERS_MAC = "52:54:00:12:34:01", "52:54:00:12:34:02"
NODE = f"""<node><domain type='test'><name>web</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e0001</uuid>
<memory>1048576</memory><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/x.img'/><target dev='hda' bus='ide'/></disk>
<interface type='network'><mac address='{MAC}'/><source network='default'/></interface>
<graphics type='vnc' port='-1' passwd='0ld'/>
<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
</devices></domain>
<domain type='test'><name>other</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e0002</uuid>
<memory>1048576</memory><os><type>hvm</type></os><devices>
<interface type='network'><mac address='{OTHERS_MAC}'/><source network='default'/></interface>
</devices></domain></node>"""


@pytest.fixture
async def web(tmp_path: Path, event_loop: object) -> AsyncIterator[Shell]:
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    made = Shell("--connect", f"test://{path}")
    async with made.session:
        yield made


async def saved(shell: Shell) -> Any:
    """As it will be after its next start, passwords included."""
    key = next(one.key for one in shell.session.inventory.domains.values() if one.name == "web")
    flags = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
    text = await shell.session.hosts.connection(key.host_id).run(
        lambda conn: conn.lookupByUUIDString(key.uuid).XMLDesc(flags)
    )
    return etree.fromstring(text)


async def test_a_removal_asks_once_and_no_leaves_all(web: Shell) -> None:
    web.person.says = False
    words = ("device", "remove", "web", "rng-0", "--next-start")
    answer = await web.run(*words)
    assert answer.status != DONE
    (question,) = web.person.asked
    assert "random number generator" in question.title
    assert len((await saved(web)).findall(".//rng")) == 1
    assert (await web.result(*words, "--yes"))["ok"]
    assert len(web.person.asked) == 1
    assert not (await saved(web)).findall(".//rng")


async def test_that_a_disks_file_stays_is_in_the_question(web: Shell) -> None:
    web.person.says = False
    await web.run("device", "remove", "web", "hda", "--next-start")
    assert "/x.img" in web.person.asked[0].consequence


async def test_what_is_added_is_called_and_nobody_is_asked(web: Shell) -> None:
    added = await web.result("device", "add", "web", "rng", "rate=1", "--next-start")
    assert (added["ok"], added["id"]) == (True, "rng-1")
    assert not web.person.asked
    assert len((await saved(web)).findall(".//rng")) == 2


async def test_what_is_so_already_is_well_and_defines_nothing(web: Shell) -> None:
    await web.session.connect()
    before = etree.tostring(await saved(web))
    answer = await web.run("device", "change", "web", MAC.upper(), "network=default")
    assert answer.status == DONE
    told = await web.run("device", "change", "web", MAC, "network=default", "--check")
    assert (told.status, told.document["possible"], told.document["changes"]) == (DONE, True, [])
    assert etree.tostring(await saved(web)) == before


async def test_what_cannot_be_done_is_told_with_why_and_nothing_of_it_is_done(web: Shell) -> None:
    words = ("device", "change", "web", "hda", "serial=AB", "cache=none", "--now")
    told = await web.run(*words, "--check")
    assert (told.status, told.document["possible"]) == (FAILED, False)
    assert told.document["because"]
    answer = await web.run(*words)
    assert answer.status == FAILED
    assert answer.document["results"][0]["error"]["kind"] == "InvalidConfig"
    (disk,) = (await saved(web)).findall(".//disk")
    assert (disk.findtext("serial"), disk.xpath("string(driver/@cache)")) == (None, "")


async def test_a_key_of_another_kind_is_wrong_use(web: Shell) -> None:
    with pytest.raises(WrongUse, match="no key 'cache'"):
        await web.run("device", "change", "web", MAC, "cache=none")


async def test_a_check_changes_nothing(web: Shell) -> None:
    await web.session.connect()
    before = etree.tostring(await saved(web))
    for words in (("add", "web", "rng"), ("change", "web", "hda", "cache=none"), ("remove", "web", "rng-0")):
        told = await web.run("device", *words, "--next-start", "--check")
        assert told.document["changes"], words
        assert told.document["xml_diff"], words
        assert any(line.startswith("virsh ") for line in told.document["virsh"]), (words, told.document)
    assert not web.person.asked
    assert etree.tostring(await saved(web)) == before


async def test_only_a_password_is_read_from_the_input(
    web: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("h0rses \nmore\n"))
    told = await web.run("device", "change", "web", "graphics-0", "password=-", "--next-start", "--check")
    assert "*****" in told.document["xml_diff"]
    assert "h0rses" not in str(told.document)
    monkeypatch.setattr("sys.stdin", io.StringIO("h0rses \nmore\n"))
    assert (await web.result("device", "change", "web", "graphics-0", "password=-", "--next-start"))["ok"]
    assert (await web.result("device", "change", "web", "hda", "serial=-", "--next-start"))["ok"]
    xml = await saved(web)
    assert xml.find(".//graphics").get("passwd") == "h0rses "
    assert xml.findtext(".//disk/serial") == "-"
    printed = capsys.readouterr()
    assert "h0rses" not in printed.out + printed.err


async def test_the_address_of_another_machines_card_is_told(
    web: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    for mac, is_told in ((OTHERS_MAC, True), ("52:54:00:12:34:03", False)):
        words = ("device", "add", "web", "nic", f"mac={mac}", "--next-start", "--check")
        assert (await web.run(*words)).status == DONE
        assert ("“other” has this address" in capsys.readouterr().err) is is_told


async def test_a_file_that_is_not_there_is_refused(web: Shell, tmp_path: Path) -> None:
    words = ("device", "add", "web", "disk", f"path={tmp_path}/none.img", "format=raw", "--next-start")
    told = await web.run(*words, "--check")
    assert (told.status, told.document["possible"]) == (FAILED, False)
    assert "none.img" in told.document["because"]
    assert (await web.run(*words)).status == FAILED
    assert len((await saved(web)).findall(".//disk")) == 1


async def test_why_a_host_refused_is_said_beside_the_table(
    web: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    # libvirt's test driver changes no device of a running machine.
    answer = await web.run("device", "change", "web", MAC, "link=down", "--yes")
    assert answer.status == FAILED
    details = answer.document["results"][0]["error"]["details"]
    assert details
    assert details.splitlines()[-1] in capsys.readouterr().err
