"""Devices from the command line on a real hypervisor, as a script adds, changes and removes them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import libvirt
import pytest
from lxml import etree

from tests.helpers.command_line import ROOT, document, vmgui
from tests.lab.domain_xml import Disk, GuestSpec
from tests.lab.editing import in_guest
from tests.lab.generations import every_generation_if_long
from tests.lab.lab_host import LabHost

MAC = "52:54:00:00:00:77"
FLAGS = libvirt.VIR_DOMAIN_XML_INACTIVE
SECURE = libvirt.VIR_DOMAIN_XML_SECURE
PORTS = ("<controller type='pci' model='pcie-root-port'/>",) * 4
SECRET = "h0rses"  # noqa: S105 - of nobody


def device(host: LabHost, *words: str, status: int = 0) -> Any:
    return document("device", *words, "--connect", host.unix_uri, status=status)


def result(host: LabHost, *words: str, status: int = 0) -> dict[str, Any]:
    (one,) = device(host, *words, status=status)["results"]
    return one


def xml_of(host: LabHost, flags: int = FLAGS, name: str = "web") -> Any:
    with host.connect() as connection:
        return etree.fromstring(connection.lookupByName(name).XMLDesc(flags))


def texts(host: LabHost) -> tuple[str, str]:
    with host.connect() as connection:
        domain = connection.lookupByName("web")
        return domain.XMLDesc(SECURE), domain.XMLDesc(FLAGS | SECURE)


@every_generation_if_long
def test_a_disk_with_a_new_volume_comes_and_goes(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True, devices=PORTS)
    lab_host.wait_agent("web")
    before = texts(lab_host)
    files = {path.name for path in lab_host.images_path.iterdir()}

    words = ("add", "web", "disk", "size=64MiB,pool=default", "serial=AB12")
    told = device(lab_host, *words, "--check")
    assert told["possible"], told
    assert [(one["field"], one["when"]) for one in told["changes"]] == [("disk", "now")]
    assert "AB12" in told["xml_diff"]
    assert texts(lab_host) == before
    assert {path.name for path in lab_host.images_path.iterdir()} == files

    added = result(lab_host, *words)
    assert added["ok"], added
    id_ = added["id"]
    for flags in (0, FLAGS):
        (disk,) = xml_of(lab_host, flags).xpath(f"//disk[target/@dev='{id_}']")
        assert disk.findtext("serial") == "AB12"
    assert in_guest(lab_host, f"blockdev --getsize64 /dev/{id_}") == str(64 * 2**20)
    (made,) = {path.name for path in lab_host.images_path.iterdir()} - files

    told = device(lab_host, "change", "web", id_, "cache=none", "--check")
    assert [(one["field"], one["to"], one["when"]) for one in told["changes"]] == [
        (f"{id_}:cache", "none", "next-start")
    ]
    assert told["changes"][0]["because"]
    assert result(lab_host, "change", "web", id_, "cache=none")["ok"]
    assert xml_of(lab_host).xpath(f"string(//disk[target/@dev='{id_}']/driver/@cache)") == "none"

    assert result(lab_host, "remove", "web", id_, "--yes")["ok"]
    for flags in (0, FLAGS):
        assert not xml_of(lab_host, flags).xpath(f"//disk[target/@dev='{id_}']")
    # Its file is nobody's to delete here.
    assert (lab_host.images_path / made).exists()


@every_generation_if_long
def test_a_network_card_comes_changes_and_goes(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True, mac=MAC, devices=PORTS)
    lab_host.wait_agent("web")
    with lab_host.connect() as connection:
        connection.networkDefineXML("<network><name>lan</name><bridge name='lan0'/></network>").create()
    assert result(lab_host, "change", "web", MAC.upper(), "network=lan", "link=down")["ok"]
    for flags in (0, FLAGS):
        (card,) = xml_of(lab_host, flags).xpath(f"//interface[mac/@address='{MAC}']")
        assert (card.find("source").get("network"), card.find("link").get("state")) == ("lan", "down")

    added = result(lab_host, "add", "web", "nic", "network=lan", "mac=52:54:00:00:00:78")
    assert (added["ok"], added["id"]) == (True, "52:54:00:00:00:78")
    assert in_guest(lab_host, "cat /sys/class/net/*/address | grep -c :78") == "1"
    assert result(lab_host, "remove", "web", "52:54:00:00:00:78", "--yes", "--next-start")["ok"]
    assert xml_of(lab_host, 0).xpath("//interface[mac/@address='52:54:00:00:00:78']")
    assert not xml_of(lab_host).xpath("//interface[mac/@address='52:54:00:00:00:78']")

    failed = result(lab_host, "change", "web", MAC, "network=nowhere", status=1)
    assert failed["error"]["kind"] == "InvalidConfig"
    assert "lan" in failed["error"]["details"]


@every_generation_if_long
def test_a_random_number_generator_now_only(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True, devices=PORTS)
    lab_host.wait_agent("web")
    added = result(lab_host, "add", "web", "rng", "backend=builtin", "--now")
    assert added["ok"], added
    assert xml_of(lab_host, 0).xpath("//rng/backend[@model='builtin']")
    assert not xml_of(lab_host).xpath("//rng/backend[@model='builtin']")
    assert in_guest(lab_host, "ls /sys/bus/virtio/drivers/virtio_rng | grep -c virtio") == "2"
    assert result(lab_host, "remove", "web", added["id"], "--yes")["ok"]
    for flags in (0, FLAGS):
        assert xml_of(lab_host, flags).xpath("//rng/backend/@model") == ["random"]


def test_what_is_wrong_is_told_by_kind_and_status(host_a: LabHost) -> None:
    host_a.define_tiny("web", disks=(Disk(host_a.make_disk("one.qcow2")),), mac=MAC)
    before = texts(host_a)
    gone = result(host_a, "change", "web", "vdz", "cache=none", status=1)["error"]
    assert (gone["kind"], gone["subject"]) == ("NotFound", "vdz")
    twice = result(host_a, "add", "web", "disk", f"path={host_a.images_dir}/one.qcow2", status=1)["error"]
    assert twice["kind"] == "InvalidConfig"
    assert "vda" in twice["details"]
    now = device(host_a, "change", "web", MAC, "link=down", "--now", "--check", status=1)
    assert (now["possible"], now["changes"][0]["when"]) == (False, "impossible")
    assert now["because"]
    assert texts(host_a) == before


def test_what_is_doubtful_is_said(host_a: LabHost) -> None:
    """Files are looked into, and other machines are asked for, as the window does."""
    one = host_a.make_disk("one.qcow2")
    host_a.define_tiny("other", disks=(Disk(one),))
    host_a.define_tiny("web")
    before = texts(host_a)
    words = ("device", "add", "web", "disk", f"path={one},format=raw", "--check")
    told = vmgui(*words, "--connect", host_a.unix_uri)
    assert told.returncode == 0, told.stderr
    assert "other has it, too" in told.stderr, told.stderr
    words = ("add", "web", "disk", f"path={host_a.images_dir}/none.img")
    error = result(host_a, *words, status=1)["error"]
    assert "There is no file" in error["details"], error
    assert texts(host_a) == before


def test_what_the_machine_is_beside_its_devices(host_a: LabHost) -> None:
    host_a.define_tiny("web")
    told = device(host_a, "change", "web", "start", "title=The web", "--check")
    assert [(one["field"], one["to"], one["when"]) for one in told["changes"]] == [
        ("start:title", "The web", "next-start")
    ]
    assert result(host_a, "change", "web", "start", "title=The web")["ok"]
    assert xml_of(host_a).findtext("title") == "The web"


@pytest.mark.parametrize("verb", [pytest.param("add", marks=pytest.mark.long), "change"])
def test_a_password_is_nowhere_but_in_the_definition(host_a: LabHost, tmp_path: Path, verb: str) -> None:
    vnc = "<graphics type='vnc' port='-1' listen='127.0.0.1' passwd='0ld'/>"
    host_a.define_tiny("web", devices=(vnc,) if verb == "change" else ())
    words = ["device", verb, "web", "graphics-0" if verb == "change" else "graphics"]
    common = ["--connect", host_a.unix_uri, "--debug"]
    told = vmgui(*words, f"password={SECRET}", "--check", *common, home=tmp_path)
    assert told.returncode == 0, told.stderr
    done = vmgui(*words, "password=-", *common, home=tmp_path, typed=f"{SECRET}\n")
    assert done.returncode == 0, done.stderr
    assert xml_of(host_a, FLAGS | SECURE).xpath("string(//graphics/@passwd)") == SECRET
    said = told.stdout + told.stderr + done.stdout + done.stderr
    kept = "".join(
        Path(folder, name).read_bytes().decode(errors="replace")
        for folder, _, names in os.walk(tmp_path)
        for name in names
    )
    assert SECRET not in said + kept
    assert "0ld" not in said + kept


@pytest.mark.long  # it waits as long as a guest is waited for
def test_ctrl_c_while_a_guest_keeps_its_device(host_a: LabHost) -> None:
    """Nothing of it is done, or all; the status says that a person ended it."""
    host_a.define(GuestSpec("web"), start=True)  # without a system it lets go of nothing
    words = ("device", "remove", "web", "rng-0", "--yes", "--json", "--connect", host_a.unix_uri)
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "vmgui", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=120)
    assert process.returncode == 3, (printed, said)
    assert '"error"' in printed
    is_there = [bool(xml_of(host_a, flags).xpath("//rng")) for flags in (0, FLAGS)]
    assert is_there == [True, True], (printed, said)
