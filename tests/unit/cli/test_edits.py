"""`vmgui set` on the test driver: what is typed, what is foreseen, what is done and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.command_line import DEFAULT, Shell, document, machines, vmgui
from vmgui.cli.edits import read_listed, read_value
from vmgui.cli.verb import DONE, FAILED
from vmgui.model.edit import Setting, SettingKey, Value
from vmgui.policy.settings import RULES, Owner

MAC = "52:54:00:12:34:56"
MACHINE = f"""<domain type='test'><name>web</name><memory>4194304</memory><currentMemory>2097152</currentMemory>
<vcpu current='2'>4</vcpu><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/default-pool/one'/><target dev='vda'/></disk>
<interface type='network'><mac address='{MAC}'/><source network='default'/></interface></devices></domain>"""
GIB = 2**30


@pytest.fixture
def host() -> Iterator[libvirt.virConnect]:
    other = libvirt.open("test:///default")
    other.defineXML(MACHINE)
    yield other
    other.close()


async def checked(shell: Shell, *words: str, status: int = DONE) -> dict[str, Any]:
    answer = await shell.run("set", *words, "--check")
    assert isinstance(answer.document, dict)
    assert answer.status == status, answer.document
    assert answer.table().rows
    return answer.document


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (Setting.VCPUS, "4", 4),
        (Setting.VCPUS, "0", 0),
        (Setting.CPU_LIMIT_PERCENT, "50%", 50),
        (Setting.CPU_LIMIT_PERCENT, "50", 50),
        (Setting.CPU_WEIGHT, "none", None),
        (Setting.CPU_WEIGHT, "0", None),
        (Setting.MEMORY_KIB, "4GiB", 4 * 2**20),
        (Setting.MEMORY_KIB, "1025", 2),
        (Setting.DISK_BYTES, "10MB", 10_000_000),
        (Setting.READ_BYTES_PER_S, "50MB/s", 50_000_000),
        (Setting.READ_IOPS, "500", 500),
        (Setting.IN_AVERAGE_KB_PER_S, "10MB", 10000),
        (Setting.IN_AVERAGE_KB_PER_S, "None", None),
        (Setting.IN_BURST_KIB, "1MiB", 1024),
    ],
)
def test_what_is_typed(setting: Setting, text: str, value: Value) -> None:
    assert read_value(setting, text) == value


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        *((Setting.VCPUS, text) for text in ("", "x", "-1", "1.5", "none", "5%", "²", "9" * 30)),
        *((Setting.MEMORY_KIB, text) for text in ("4G", "none", "4GiB/s", "")),
        *((Setting.READ_IOPS, text) for text in ("5MB", "-1")),
        (Setting.READ_BYTES_PER_S, "5/h"),
    ],
)
def test_what_nobody_can_mean(setting: Setting, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_value(setting, text)


def test_lists_of_settings() -> None:
    assert read_listed(Owner.DISK, "vda:size=2GiB,read-iops=5,write-bps-burst=none") == {
        SettingKey(Setting.DISK_BYTES, "vda"): 2 * GIB,
        SettingKey(Setting.READ_IOPS, "vda"): 5,
        SettingKey(Setting.WRITE_BYTES_PER_S_MAX, "vda"): None,
    }
    assert read_listed(Owner.CARD, f"{MAC.upper()}:in=1kB,out-peak=2kB") == {
        SettingKey(Setting.IN_AVERAGE_KB_PER_S, MAC): 1,
        SettingKey(Setting.OUT_PEAK_KB_PER_S, MAC): 2,
    }
    for wrong in (
        "vda",
        "vda:",
        "vda:size",
        ":size=1",
        "vda=1",
        "vda:in=5",
        "vda:size=1,size=2",
        "a:size=1,",
    ):
        with pytest.raises(ValueError, match=r"."):
            read_listed(Owner.DISK, wrong)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_value_or_wrong(text: str) -> None:
    for owner in (Owner.DISK, Owner.CARD):
        try:
            found = read_listed(owner, text)
        except ValueError:
            continue
        assert all(RULES[key.setting].owner is owner for key in found)


@pytest.mark.parametrize(
    "words",
    [
        ("web",),
        ("--vcpus", "2"),
        ("web", "--vcpus", "x"),
        ("web", "--memory", "4G"),
        ("web", "--disk", "vda:size=1GiB", "--disk", "vda:size=2GiB"),
        ("web", "--disk", "vda:colour=2"),
        ("web", "--vcpus", "2", "--now", "--next-start"),
    ],
)
def test_wrong_use(words: tuple[str, ...]) -> None:
    assert vmgui("set", *words, *DEFAULT).returncode == 2


async def test_check_says_what_and_when(shell: Shell, host: libvirt.virConnect) -> None:
    told = await checked(
        shell, "web", "--vcpus", "3", "--memory-max", "4GiB", "--memory", "3GiB", "--nic", f"{MAC}:in=1MB"
    )
    assert (told["name"], told["possible"]) == ("web", True)
    assert told["changes"] == [
        {"field": "vcpus", "from": 2, "to": 3, "when": "next-start"},
        {"field": "memory_bytes", "from": 2 * GIB, "to": 3 * GIB, "when": "next-start"},
        {
            "field": f"{MAC}:in",
            "from": None,
            "to": 1_000_000,
            "when": "next-start",
            "because": "Whether this host can do it is not known. If not, the machine will not start.",
        },
    ]
    assert told["virsh"] == [
        "virsh setvcpus web 3 --config",
        "virsh setmem web 3145728 --config",
        f"virsh domiftune web {MAC} --inbound 1000,0,0 --config",
    ]
    assert "\n-  <currentMemory" in told["xml_diff"]
    assert host.lookupByName("web").XMLDesc(0).count("3145728") == 0


async def test_what_is_impossible_says_why(shell: Shell, host: libvirt.virConnect) -> None:
    told = await checked(shell, "web", "--vcpus", "9", "--memory", "1GiB", status=FAILED)
    assert not told["possible"]
    first, second = told["changes"]
    assert (first["when"], first["because"]) == ("impossible", "the maximum is 4")
    assert second["when"] == "next-start"
    assert (told["xml_diff"], told["virsh"]) == ("", [])
    result = await shell.result("set", "web", "--vcpus", "9", "--memory", "1GiB")
    assert result["error"]["kind"] == "InvalidConfig"
    assert "the maximum is 4" in result["error"]["details"]
    assert host.lookupByName("web").maxMemory() == 4 * 2**20
    assert "2097152" in host.lookupByName("web").XMLDesc(0)


async def test_it_is_done_and_done_again_is_nothing(shell: Shell, host: libvirt.virConnect) -> None:
    words = ("set", "web", "--vcpus", "3", "--vcpus-max", "8", "--memory", "1GiB")
    for _ in range(2):
        assert (await shell.result(*words))["ok"]
        xml = host.lookupByName("web").XMLDesc(0)
        assert "<vcpu placement='static' current='3'>8</vcpu>" in xml
        assert "<currentMemory unit='KiB'>1048576</currentMemory>" in xml
    assert (await checked(shell, *words[1:]))["changes"] == []


async def test_now_and_next_start_are_apart(shell: Shell, host: libvirt.virConnect) -> None:
    machine = host.lookupByName("web")
    machine.create()
    assert (await shell.result("set", "web", "--memory", "1GiB", "--now"))["ok"]
    assert "1048576" in machine.XMLDesc(0)
    assert "2097152" in machine.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    assert (await shell.result("set", "web", "--memory", "3GiB", "--next-start"))["ok"]
    assert "1048576" in machine.XMLDesc(0)
    assert "3145728" in machine.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    told = await checked(shell, "web", "--vcpus-max", "8", "--now", status=FAILED)
    assert told["changes"][0]["because"] == "it cannot change while the machine runs"


async def test_a_limit_comes_and_goes(shell: Shell, host: libvirt.virConnect) -> None:
    disk = ("set", "web", "--disk")
    assert (await shell.result(*disk, "vda:read-iops=5,read-iops-burst=10", "--nic", f"{MAC}:out=2kB"))["ok"]
    xml = host.lookupByName("web").XMLDesc(0)
    assert "<read_iops_sec>5</read_iops_sec>" in xml
    assert "<outbound average='2'/>" in xml
    # The burst goes with its limit.
    assert (await shell.result(*disk, "vda:read-iops=none", "--nic", f"{MAC}:out=0"))["ok"]
    xml = host.lookupByName("web").XMLDesc(0)
    assert "iotune" not in xml
    assert "bandwidth" not in xml


async def test_several_give_results(shell: Shell, host: libvirt.virConnect) -> None:
    answer = await shell.run("set", "web", "test", "--vcpus", "4", "--check")
    assert isinstance(answer.document, dict)
    found = {one["name"]: [change["when"] for change in one["changes"]] for one in answer.document["results"]}
    assert found == {"web": ["next-start"], "test": ["impossible"]}
    assert answer.status == FAILED
    answer = await shell.run("set", "web", "test", "--vcpus", "4")
    assert isinstance(answer.document, dict)
    assert [one["ok"] for one in answer.document["results"]] == [True, False]


def test_from_outside(tmp_path: Path) -> None:
    uri = machines(tmp_path, "lab", "web")
    told = document("set", "web", "--vcpus", "2", "--check", "--connect", uri, status=1)
    assert told["changes"][0]["because"] == "the maximum is 1"
    done = vmgui(
        "set", "web", "--vcpus", "1", "--memory", "512MiB", "--json", "--connect", uri, "--lang", "es"
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["ok"]
    assert "Memoria: 1 GiB → 512 MiB" in done.stderr
    unknown = document("set", "nobody", "--vcpus", "2", "--check", "--connect", uri, status=1)
    assert unknown["error"]["kind"] == "NotFound"
