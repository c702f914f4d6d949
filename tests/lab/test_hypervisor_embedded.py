"""The hypervisor inside our own process, where no daemon runs: the demo stands on it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.looks import below


@pytest.fixture
def root() -> Iterator[Path]:
    """Short, unlike pytest's own: QEMU's sockets lie deep in it, and their paths end at 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="vmgui-e-") as folder:
        yield Path(folder) / "root"


# A /run of its own: nobody else's programs are seen there, and nothing else of the machine is touched. What is
# left there afterwards follows on the error output.
_OWN_RUN = 'mount -t tmpfs tmpfs /run && mkdir -m 1777 /run/lock && "$@" && find /run -mindepth 1 >&2'


def test_an_embedded_hypervisor(root: Path) -> None:
    # Under a process 1 that buries nobody, the worst there is: libvirt then waits for its dead emulators.
    done = subprocess.run(
        [
            *("unshare", "--mount", "sh", "-c", _OWN_RUN, "sh"),
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
        # A daemon would be found there, and nobody stands before the lock of a program that was killed.
        "run_mode": "0o755",
        "locks": [],
    }
    # Neither libvirt's warnings nor its errors run down a person's terminal; and of /run only ours is left.
    assert done.stderr == "/run/lock\n"
    assert not [file for file in below(root) if "plain" in file.name and file.suffix == ".xml"]
