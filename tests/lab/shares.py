"""The lab's guests behind everything else in the queue for processors."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from tests.lab.plan import LabPlan

# Of 1024: guests that are emulated on a small machine would take every processor from the window and make
# its gaps theirs. What has hardware acceleration or a machine of its own does not do that.
LAB_SHARES = int(os.environ.get("VMGUI_LAB_SHARES", "512"))


def put_guests_second(plan: LabPlan) -> None:
    """Give the lab's control group little weight against everything else; once one of its hosts is up."""
    group = plan.cgroup
    weights = {
        Path("/sys/fs/cgroup/cpu", group, "cpu.shares"): LAB_SHARES,
        Path("/sys/fs/cgroup/cpu,cpuacct", group, "cpu.shares"): LAB_SHARES,
        Path("/sys/fs/cgroup", group, "cpu.weight"): max(1, LAB_SHARES * 100 // 1024),
    }
    for file, weight in weights.items():
        if file.exists():
            with contextlib.suppress(OSError):
                file.write_text(str(weight))
