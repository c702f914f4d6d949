"""Dead daemons of the embedded driver are buried; children that somebody waits for are not touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# A program of its own: taking in orphans cannot be undone.
PROGRAM = """
import os, shutil, subprocess, sys, time
from vmgui.hypervisor import orphans

folder = sys.argv[1]
for name in ("qemu-guest", "other"):
    shutil.copy("/bin/sh", f"{folder}/{name}")
orphans.bury()
orphans.bury()


def daemon(name):
    # As libvirt does it: the one in between is waited for, the daemon has a session of its own.
    # It lives longer than the one in between, which would else bury it itself.
    script = f'setsid {folder}/{name} -c "while kill -0 $$; do :; done" >/dev/null 2>&1 & echo $!'
    shell = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    return int(shell.stdout)


mine = subprocess.Popen([f"{folder}/qemu-guest", "-c", "exit 3"])
dead, strange = daemon("qemu-guest"), daemon("other")
deadline = time.monotonic() + 10
while os.path.exists(f"/proc/{dead}") and time.monotonic() < deadline:
    time.sleep(0.02)
print(os.path.exists(f"/proc/{dead}"), os.path.exists(f"/proc/{strange}"), mine.wait())
"""


def test_only_dead_daemons_of_the_driver_are_buried(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["False", "True", "3"], done.stderr
