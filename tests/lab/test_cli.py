"""Verbs of the command line on real hypervisors, as a script uses them."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import libvirt

from tests.helpers.command_line import ROOT, document, vmgui
from tests.helpers.waiting import eventually_blocking
from tests.lab.domain_xml import Disk, TinyWords
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost


def result(host: LabHost, *words: str, status: int = 0) -> dict[str, Any]:
    (one,) = document(*words, "--connect", host.unix_uri, status=status)["results"]
    return one


@every_generation
def test_a_machine_is_started_shut_down_and_forced_off(lab_host: LabHost) -> None:
    lab_host.define_tiny("web")
    assert result(lab_host, "start", "web")["state"] == "running"
    assert result(lab_host, "start", "web")["ok"]
    lab_host.wait_serial("web")
    # It is asked, and nobody waits for it.
    assert result(lab_host, "shutdown", "web", "--no-wait")["ok"]
    eventually_blocking(lambda: lab_host.state("web") == libvirt.VIR_DOMAIN_SHUTOFF)
    assert result(lab_host, "start", "web")["ok"]
    asked = vmgui("force-off", "web", "--connect", lab_host.unix_uri)
    assert (asked.returncode, lab_host.state("web")) == (2, libvirt.VIR_DOMAIN_RUNNING)
    assert result(lab_host, "force-off", "web", "--yes")["state"] == "off"
    assert lab_host.state("web") == libvirt.VIR_DOMAIN_SHUTOFF


def test_a_saved_machine_goes_on(host_a: LabHost) -> None:
    host_a.define_tiny("web", start=True)
    assert result(host_a, "save", "web")["state"] == "saved"
    assert result(host_a, "rename", "web", "shop", status=1)["error"]["kind"] == "InvalidState"
    assert result(host_a, "restore", "web")["state"] == "running"


def test_ctrl_c_ends_the_waiting_and_says_so(host_a: LabHost) -> None:
    host_a.define_tiny("web", start=True, words=TinyWords(stubborn=True))
    host_a.wait_serial("web")
    command = [sys.executable, "-P", "-m", "vmgui", "shutdown", "web", "--connect", host_a.unix_uri, "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stderr is not None
        # Told after two seconds: by then it waits.
        assert "Shutting down web" in process.stderr.readline()
        os.kill(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert '"kind": "Aborted"' in printed
    assert host_a.state("web") == libvirt.VIR_DOMAIN_RUNNING


@every_generation
def test_tags_are_listed_and_found(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True)
    lab_host.define_tiny("db")
    words = ("--add", "shop,front end", "--folder", "Customers")
    told = document("tag", "web", "db", *words, "--connect", lab_host.unix_uri)
    assert [one["ok"] for one in told["results"]] == [True, True]
    assert result(lab_host, "tag", "db", "--remove", "shop")["ok"]
    listed = document("list", "--where", "tag:shop", "--connect", lab_host.unix_uri)
    assert [(one["name"], one["tags"], one["folder"]) for one in listed] == [
        ("web", ["shop", "front end"], "Customers")
    ]
    assert result(lab_host, "autostart", "--where", "tag:shop", "on")["name"] == "web"


@every_generation
def test_what_was_foreseen_is_deleted(lab_host: LabHost) -> None:
    own, template = lab_host.make_disk("own.qcow2"), lab_host.make_disk("template.qcow2")
    disks = (Disk(own), Disk(template, "vdb"))
    # Off: started, both disks would change in one moment, and then may be one file under two names.
    uuid = lab_host.define_tiny("web", disks=disks)
    overlay = Path(lab_host.images_path) / "clone.qcow2"
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "qcow2", "-u", "-b", template, "-F", "qcow2", str(overlay), "64M"],
        check=True,
    )
    lab_host.define_tiny("clone", disks=(Disk(f"{lab_host.images_dir}/clone.qcow2"),))
    told = document("delete", uuid, "--check", "--connect", lab_host.unix_uri)
    assert [(file["path"], file["pool"]) for file in told["removes"]] == [(own, "default")]
    assert told["removes"][0]["bytes"] > 0
    assert [file["path"] for file in told["keeps"]] == [template]
    assert "clone" in told["keeps"][0]["because"]
    assert vmgui("delete", uuid, "--connect", lab_host.unix_uri).returncode == 2
    assert lab_host.state("web") == libvirt.VIR_DOMAIN_SHUTOFF
    assert result(lab_host, "delete", uuid, "--yes")["ok"]
    left = {path.name for path in lab_host.images_path.iterdir()}
    assert "own.qcow2" not in left
    assert {"template.qcow2", "clone.qcow2"} <= left
    assert [one["name"] for one in document("list", "--connect", lab_host.unix_uri)] == ["clone"]


@every_generation
def test_a_running_machine_goes_with_its_disk(lab_host: LabHost) -> None:
    own = lab_host.make_disk("own.qcow2")
    lab_host.define_tiny("web", disks=(Disk(own),), start=True)
    assert document("delete", "web", "--check", "--connect", lab_host.unix_uri)["running"]
    assert result(lab_host, "delete", "web", "--yes")["ok"]
    assert document("list", "--connect", lab_host.unix_uri) == []
    assert "own.qcow2" not in {path.name for path in lab_host.images_path.iterdir()}


@every_generation
def test_a_machine_is_created_and_runs(lab_host: LabHost) -> None:
    words = ("--empty", "--memory", "128MiB", "--disk-size", "1GiB", "--network", "none")
    told = document("create", "made", *words, "--check", "--connect", lab_host.unix_uri)
    assert (told["possible"], told["disk"]["pool"]) == (True, "default")
    made = result(lab_host, "create", "made", *words, "--start")
    assert (made["ok"], made["state"]) == (True, "running")
    assert lab_host.state("made") == libvirt.VIR_DOMAIN_RUNNING
    shown = document("show", made["uuid"], "--connect", lab_host.unix_uri)
    assert [disk["source"] for disk in shown["saved"]["disks"]] == [f"{lab_host.images_dir}/made.qcow2"]
    assert shown["saved"]["nics"] == []
    assert result(lab_host, "delete", "made", "--yes")["ok"]
    assert "made.qcow2" not in {path.name for path in lab_host.images_path.iterdir()}


def read_iops_burst(domain: libvirt.virDomain, target: str) -> int:
    limits: Any = domain.blockIoTune(target)
    return limits["read_iops_sec_max"]


@every_generation
def test_what_a_running_machine_has_is_changed(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("own.qcow2")),), start=True)
    where = ("--connect", lab_host.unix_uri)
    (disk,) = document("show", "web", *where)["live"]["disks"]
    target = disk["target"]
    words = ("--cpu-weight", "300", "--disk", f"{target}:size=96MiB,read-iops=500,read-iops-burst=900")
    told = document("set", "web", *words, "--vcpus-max", "4", "--check", *where)
    when = {change["field"]: change["when"] for change in told["changes"]}
    assert when == {
        "vcpus_max": "next-start",
        "cpu_weight": "now",
        f"{target}:size": "now",
        f"{target}:read-iops": "now",
        f"{target}:read-iops-burst": "now",
    }
    assert result(lab_host, "set", "web", *words, "--vcpus-max", "4")["ok"]
    shown = document("show", "web", *where)
    assert (shown["live"]["cpu_weight"], shown["saved"]["cpu_weight"]) == (300, 300)
    assert (shown["live"]["vcpus_max"], shown["saved"]["vcpus_max"]) == (1, 4)
    assert shown["pending"] == ["vcpus_max"]
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        assert domain.blockInfo(target)[0] == 96 * 2**20
        assert read_iops_burst(domain, target) == 900
    again = document("set", "web", *words, "--vcpus-max", "4", "--check", *where)
    assert (again["possible"], again["changes"]) == (True, [])
    shrunk = result(lab_host, "set", "web", "--disk", f"{target}:size=1MiB", status=1)
    assert "96 MiB" in shrunk["error"]["details"]
    # The burst goes with its limit.
    assert result(lab_host, "set", "web", "--disk", f"{target}:read-iops=none")["ok"]
    with lab_host.connect() as connection:
        assert read_iops_burst(connection.lookupByName("web"), target) == 0


@every_generation
def test_the_commands_that_are_shown_do_the_same(lab_host: LabHost) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("own.qcow2")),), start=True)
    where = ("--connect", lab_host.unix_uri)
    (disk,) = document("show", "web", *where)["live"]["disks"]
    words = (
        "--cpu-weight",
        "300",
        "--cpu-limit",
        "50%",
        "--disk",
        f"{disk['target']}:size=96MiB,write-bps=5MB",
    )
    told = document("set", "web", *words, "--check", *where)
    assert told["virsh"]
    for line in told["virsh"]:
        command = ["virsh", "-c", lab_host.unix_uri, *shlex.split(line)[1:]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
    assert document("set", "web", *words, "--check", *where)["changes"] == []
