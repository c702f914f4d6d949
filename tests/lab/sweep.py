"""Finding what belongs to a lab, and removing all of it: after a test run, after a crash, by hand."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.helpers.looks import entries
from tests.lab.plan import MARKER, HostPlan, LabPlan, plan_lab, state_base

_KILL_DEADLINE_S = 60.0


def members(value_prefix: str) -> list[int]:
    """Process ids whose environment names them as part of a lab ("0/") or of one host ("0/host-a")."""
    needle = f"\0{MARKER}={value_prefix}".encode()
    found = []
    for entry in os.scandir("/proc"):
        if not entry.name.isdecimal():
            continue
        try:
            environment = Path(entry.path, "environ").read_bytes()
        except OSError:
            continue  # gone, or not ours to look at
        if needle in b"\0" + environment:
            found.append(int(entry.name))
    return found


def namespace_pid(pid: int) -> int | None:
    """The process id that `pid` has in its innermost namespace, None when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("NSpid:"):
                ids = line.split()[1:]
                return int(ids[-1]) if len(ids) > 1 else None
    return None


def first_process(host: HostPlan) -> int | None:
    """The host's process 1 as the machine numbers it, None when the host is down."""
    for pid in members(host.marker):
        if namespace_pid(pid) == 1:
            return pid
    return None


def kill_members(value_prefix: str) -> None:
    """Kill and wait until none is left. A host's process 1 takes all processes of the host with it."""
    deadline = time.monotonic() + _KILL_DEADLINE_S
    while pids := members(value_prefix):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            raise TimeoutError(f"processes of lab {value_prefix} do not die: {pids}")
        time.sleep(0.01)


def remove_cgroups(name: str) -> None:
    """Remove a lab's control groups from every hierarchy, deepest first; the kernel frees them a bit late."""
    top = Path("/sys/fs/cgroup")
    roots = [top / name, *(group / name for group in entries(top))]
    deadline = time.monotonic() + _KILL_DEADLINE_S
    for root in roots:
        while os.path.isdir(root):
            for folder, _, _ in os.walk(root, topdown=False):
                with contextlib.suppress(OSError):
                    Path(folder).rmdir()
            if not os.path.isdir(root):
                break
            if time.monotonic() > deadline:
                raise TimeoutError(f"control group {root} stays busy")
            time.sleep(0.01)


def sweep(plan: LabPlan) -> None:
    """Remove everything of a lab, whatever state it is in. Safe to call when there is nothing."""
    kill_members(f"{plan.lab_id}/")
    if Path("/sys/class/net", plan.gateway_link).exists():
        # It goes by itself with the switch, but only when the kernel gets to it.
        subprocess.run(["ip", "link", "delete", plan.gateway_link], check=False, capture_output=True)
    remove_cgroups(plan.cgroup)
    _remove_tree(plan.root)
    with contextlib.suppress(OSError):
        plan.base.rmdir()


def _remove_tree(root: Path) -> None:
    """Another sweep of the same lab (its guard's, say) may be at it, too."""

    def on_error(
        _call: object, _path: object, info: tuple[type[BaseException], BaseException, object]
    ) -> None:
        if not isinstance(info[1], FileNotFoundError):
            raise info[1]

    shutil.rmtree(root, onerror=on_error)


def existing_labs() -> list[LabPlan]:
    """Labs that left files, up or not."""
    return [plan_lab(int(entry.name)) for entry in sorted(entries(state_base())) if entry.name.isdecimal()]
