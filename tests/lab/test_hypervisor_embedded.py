"""The hypervisor inside our own process, where no daemon runs: the demo stands on it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def root() -> Iterator[Path]:
    """Short, unlike pytest's own: QEMU's sockets lie deep in it, and their paths end at 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="vmgui-e-") as folder:
        yield Path(folder) / "root"


@pytest.mark.timeout(300)
def test_an_embedded_hypervisor(root: Path) -> None:
    # Under a process 1 that buries nobody, the worst there is: libvirt then waits for its dead emulators.
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.helpers.careless_parent"),
            *(sys.executable, "-m", "tests.lab.embedded_session", str(root)),
        ],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "error" not in told, told
    assert told.pop("kvm") in {"works", "lies", "missing"}
    assert told == {
        "features": ["events", "graphics_fd", "managed_save", "screenshot", "serial_console"],
        "pools": 0,
        "networks": 0,
        "memory": True,
        "display": "RFB 003",
        "picture": True,
        "serial": True,
        "sampled": True,
        "names": ["plain"],
        "events": ["domain_defined", "domain_lifecycle", "domain_undefined"],
        "threads": [],
    }
    # Neither libvirt's warnings nor its errors run down a person's terminal.
    assert done.stderr == ""
    assert not [file for file in root.rglob("*.xml") if "plain" in file.name]
