"""`vmgui xml` on the test driver: what is printed, what a file changes, what is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path

import libvirt
import pytest

from tests.helpers.command_line import DEFAULT, Shell, document, machines, vmgui
from vmgui.cli.verb import CANCELLED, DONE, FAILED, WrongUse
from vmgui.cli.xml import VERB
from vmgui.model.xml import MOST_BYTES

UUID = "6695eb01-f6a4-8304-79aa-97f2502e1dcf"
MACHINE = (
    f"<domain type='test'>\n<name>web</name>\n<uuid>{UUID}</uuid>\n<memory>1024</memory>\n"
    "<os><type>hvm</type></os>\n</domain>\n"
)


@pytest.fixture
def domain() -> libvirt.virDomain:
    return libvirt.open("test:///default").defineXML(MACHINE)


def written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


async def test_the_text_is_printed_as_it_is(shell: Shell, domain: libvirt.virDomain) -> None:
    answer = await shell.run("xml", "web")
    assert (answer.status, answer.text) == (DONE, domain.XMLDesc())
    assert isinstance(answer.document, dict)
    assert answer.document["xml"] == answer.text
    assert answer.document["saved"] is True
    domain.create()
    await shell.session.inventory.until(
        lambda: any(
            one.name == "web" and one.state.is_active for one in shell.session.inventory.domains.values()
        )
    )
    now, then = await shell.run("xml", "web"), await shell.run("xml", "web", "--saved")
    assert "id='" in (now.text or "")
    assert "id='" not in (then.text or "")
    assert (then.text or "").splitlines()[-1].startswith("<?vmgui-saved sha256=")


async def test_a_file_defines_it(shell: Shell, domain: libvirt.virDomain, tmp_path: Path) -> None:
    text = domain.XMLDesc().replace("<vcpu placement='static'>1", "<vcpu placement='static'>2")
    file = written(tmp_path / "a.xml", text)
    told = await shell.run("xml", "web", "--set", file, "--check")
    assert isinstance(told.document, dict)
    assert told.document["possible"] is True
    assert told.document["validated"] is False
    assert "+  <vcpu placement='static'>2</vcpu>" in told.document["xml_diff"]
    assert told.text == told.document["xml_diff"]
    assert "'>1</vcpu>" in domain.XMLDesc()
    result = await shell.result("xml", "web", "--set", file, "--yes")
    assert (result["ok"], result["uuid"]) == (True, UUID)
    assert "'>2</vcpu>" in domain.XMLDesc()
    assert shell.person.asked == []


async def test_what_others_changed_since_the_file_was_made_stays(
    shell: Shell, domain: libvirt.virDomain, tmp_path: Path
) -> None:
    text = (await shell.run("xml", "web", "--saved")).text or ""
    file = written(tmp_path / "a.xml", text.replace("placement='static'>1", "placement='static'>2"))
    libvirt.open("test:///default").defineXML(MACHINE.replace("<os>", "<title>theirs</title><os>"))
    told = await shell.run("xml", "web", "--set", file, "--check")
    assert told.status == FAILED
    result = await shell.result("xml", "web", "--set", file, "--yes")
    assert result["error"]["kind"] == "ChangedMeanwhile"
    assert "theirs" in domain.XMLDesc()
    text = (await shell.run("xml", "web", "--saved")).text or ""
    file = written(tmp_path / "b.xml", text.replace("theirs", "ours"))
    assert (await shell.result("xml", "web", "--set", file, "--yes"))["ok"] is True
    assert "ours" in domain.XMLDesc()
    assert "vmgui-saved" not in domain.XMLDesc()


async def test_what_a_machine_runs_with_is_not_its_definition(
    shell: Shell, domain: libvirt.virDomain, tmp_path: Path
) -> None:
    domain.create()
    file = written(tmp_path / "a.xml", domain.XMLDesc())
    for how in ("--check", "--yes"):
        assert (await shell.run("xml", "web", "--set", file, how)).status == FAILED
    result = await shell.result("xml", "web", "--set", file, "--yes")
    assert "vmgui xml --saved" in result["error"]["text"]


async def test_a_person_is_asked(shell: Shell, domain: libvirt.virDomain, tmp_path: Path) -> None:
    file = written(tmp_path / "a.xml", MACHINE.replace("1024", "2048"))
    shell.person.says = False
    answer = await shell.run("xml", "web", "--set", file)
    assert answer.status == CANCELLED
    assert domain.maxMemory() == 1024
    shell.person.says = True
    await shell.result("xml", "web", "--set", file)
    assert domain.maxMemory() == 2048
    assert len(shell.person.asked) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("</os>", "</o>", 5, "</o> ends what <os> began in line 5"),
        ("web", "db", 2, "is called “web”"),
        ("dcf", "dce", 3, "identifier"),
        ("domain", "network", 1, "not with <network>"),
    ],
)
async def test_what_is_wrong_is_told_with_its_line(
    shell: Shell, domain: libvirt.virDomain, tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    before = domain.XMLDesc()
    file = written(tmp_path / "a.xml", MACHINE.replace(old, new))
    for how in ("--yes", "--check"):
        answer = await shell.run("xml", "web", "--set", file, how)
        assert answer.status == FAILED
        assert isinstance(answer.document, dict)
    checked, done = answer.document, (await shell.run("xml", "web", "--set", file, "--yes")).document
    assert isinstance(done, dict)
    assert (checked["possible"], checked["line"]) == (False, line)
    assert words in checked["because"]
    (result,) = done["results"]
    assert (result["ok"], result["error"]["kind"], result["error"]["line"]) == (False, "InvalidConfig", line)
    assert words in result["error"]["text"]
    assert domain.XMLDesc() == before


async def test_what_libvirt_refuses_is_told_with_its_line(
    shell: Shell, domain: libvirt.virDomain, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.xml", MACHINE.replace("<memory>", "<memory unit='pints'>"))
    result = await shell.result("xml", "web", "--set", file, "--yes")
    assert (result["error"]["kind"], result["error"]["line"]) == ("InvalidConfig", 4)
    assert "“unit” of <memory>" in result["error"]["text"]
    assert "Invalid attribute unit" in result["error"]["details"]


def test_files_that_are_none(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    large.write_bytes(b" " * (MOST_BYTES + 1))
    (tmp_path / "latin.xml").write_bytes(b"<a>\xe4</a>")
    from vmgui.cli.xml import _read  # pyright: ignore[reportPrivateUsage] - its answers are the verb's

    for name, words in (("large.xml", "larger"), ("latin.xml", "UTF-8"), ("none.xml", "No such file")):
        with pytest.raises(WrongUse, match=words):
            _read(str(tmp_path / name))
    assert VERB.name == "xml"


def test_as_a_script_starts_it(tmp_path: Path) -> None:
    done = vmgui("xml", "test", *DEFAULT)
    assert done.returncode == DONE
    assert done.stdout.startswith("<domain type='test' id='1'>\n")
    told = document("xml", "test", "--saved", *DEFAULT)
    assert told["xml"].startswith("<domain type='test'>\n")
    file = written(tmp_path / "a.xml", told["xml"].replace("</name>", "</nam>"))
    done = vmgui("xml", "test", "--set", file, "--yes", "--json", *DEFAULT)
    assert done.returncode == FAILED
    assert json.loads(done.stdout)["results"][0]["error"]["line"] == 2
    done = vmgui("xml", "test", "--set", written(tmp_path / "b.xml", told["xml"]), *DEFAULT)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert vmgui("xml", "test", "--check", *DEFAULT).returncode == 2


def test_it_reads_what_is_typed_in(tmp_path: Path) -> None:
    uri = machines(tmp_path, "lab", "web")
    xml = vmgui("xml", "web", "--saved", "--connect", uri).stdout
    wanted = xml.replace("1048576</memory>", "2097152</memory>")
    words = ("xml", "web", "--set", "-", "--connect", uri, "--json")
    checked = vmgui(*words, "--check", typed=wanted)
    assert checked.returncode == DONE, checked.stderr
    assert "+  <memory unit='KiB'>2097152</memory>" in json.loads(checked.stdout)["xml_diff"]
    done = vmgui(*words, "--yes", typed=wanted)
    assert json.loads(done.stdout)["results"][0]["ok"]
    wrong = vmgui(*words, "--check", typed="<domain>")
    assert wrong.returncode == FAILED
    assert json.loads(wrong.stdout)["line"] == 1
    # Nobody can be asked where the answer would come from: nothing is done.
    assert vmgui(*words, typed=wanted).returncode != DONE
