"""The hypervisor inside our own process lives without pools and networks; the services cope."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest


@pytest.mark.timeout(300)
def test_a_machine_lives_and_goes_with_its_plain_file() -> None:
    # A short path: it becomes part of those of sockets.
    with tempfile.TemporaryDirectory(prefix="vmgui-e-", dir="/var/tmp") as root:
        process = subprocess.run(
            [sys.executable, "-m", "tests.lab.embedded_life", root],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert process.returncode == 0, process.stderr
    seen = json.loads(process.stdout.splitlines()[-1])
    assert seen == {
        "start": "done",
        "save": "done",
        "restore": "done",
        "display": "fd",
        "files": {"web.qcow2": "none", "base.qcow2": "backing"},
        "delete": "done",
        "error": "",
        "left": ["base.qcow2"],
    }
