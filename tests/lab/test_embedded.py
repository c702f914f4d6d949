"""The hypervisor inside our own process lives without pools and networks; the services cope."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def run(program: str) -> dict[str, object]:
    # A short path: it becomes part of those of sockets.
    with tempfile.TemporaryDirectory(prefix="vmgui-e-", dir="/var/tmp") as root:
        process = subprocess.run(
            [sys.executable, "-m", f"tests.lab.{program}", root],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert process.returncode == 0, process.stderr
    seen: dict[str, object] = json.loads(process.stdout.splitlines()[-1])
    return seen


def test_a_machine_lives_and_goes_with_its_plain_file() -> None:
    assert run("embedded_life") == {
        "start": "done",
        "save": "done",
        "restore": "done",
        "display": "fd",
        "files": {"web.qcow2": "none", "base.qcow2": "backing"},
        "delete": "done",
        "error": "",
        "left": ["base.qcow2"],
    }


def test_what_another_machine_needs_stays_under_whatever_name() -> None:
    seen = run("embedded_names")
    for name in ("by_link", "by_directory", "by_json", "by_dots", "by_file"):
        assert seen[name] == {"base.qcow2": "backing"}, name
        assert seen[f"{name} used"] == ["overlay"]
    assert seen["vmdk"] == {"base.vmdk": "backing"}
    assert seen["data of another"] == {"own.data": "shared"}
    assert seen["own data"] == {"own.qcow2": "none", "own.data": "none"}
    names = ("split.vmdk", "split-s001.vmdk", "split-s002.vmdk")
    assert seen["split"] == dict.fromkeys(names, "none")
    assert seen["deleted"] == ["done", "done"]
    assert (seen["link doubts"], seen["gone doubts"]) == ([["link_disk", "link.qcow2"]], [])
    assert seen["lonely"] == "done"
    assert seen["start"] == "done"
    assert seen["linked directory"] == {"run.qcow2": "shared"}
    # The base went with its own machine, once nobody else needed it; the link to it is nobody's.
    assert seen["left"] == ["base.vmdk", "link.qcow2", "run.qcow2", "top.vmdk"]


def test_machines_are_edited_where_there_are_neither_pools_nor_control_groups() -> None:
    """A weight or limit that was saved there would keep the machine from starting."""
    assert run("embedded_edits") == {
        "off, nobody runs": ["next-start", "", "not_on_host"],
        "off, size": ["impossible", "no_volume"],
        "running": ["impossible", "not_on_host"],
        "off, another runs": ["impossible", "not_on_host"],
        "card": ["impossible", "not_for_card"],
        "refused": "cpu-weight: not_on_host",
        "memory": "done",
        "size": "done",
        "now": [16 * 1024**2],
        "text": "done",
        "started again": "done",
    }
