"""The lab from outside: its command line, and what it leaves on the machine."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.lab.plan import plan_lab
from tests.lab.sweep import members

_PROJECT = Path(__file__).parents[2]


def traces(lab_id: int) -> list[str]:
    """All that a lab could leave on the machine. Much of it is just going, and may vanish under our eyes."""
    plan = plan_lab(lab_id)
    traces = [f"process {pid}" for pid in members(f"{lab_id}/")]
    # Its guard holds it until it has ended, when all else is gone.
    sockets = Path("/proc/net/unix").read_text().splitlines()
    traces += [line for line in sockets if line.endswith(f" @vmgui-lab-{lab_id}")]
    traces += [str(path) for path in (plan.root, Path("/sys/class/net", plan.gateway_link)) if path.exists()]
    traces += [folder for folder, _, _ in os.walk("/sys/fs/cgroup") if Path(folder).name == plan.cgroup]
    traces += [line for line in Path("/proc/self/mounts").read_text().splitlines() if str(plan.root) in line]
    for device in Path("/sys/block").glob("loop*/loop/backing_file"):
        with contextlib.suppress(OSError):
            if str(plan.root) in device.read_text():
                traces.append(str(device))
    return traces


def lab_command(
    lab_id: int, *words: str, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``python -m tests.lab`` for the lab of that number, `settings` in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "tests.lab", "--id", str(lab_id), *words],
        cwd=_PROJECT,
        env=os.environ | (settings or {}),
        check=False,
        capture_output=True,
        text=True,
        timeout=400,
    )
