"""Removes a lab when its owner is gone: waits for the end of its input, then sweeps.

Run as ``python -m tests.lab.guard NUMBER`` with a pipe that only the owner holds open. However the owner ends,
even by SIGKILL, the kernel closes the pipe.
"""

from __future__ import annotations

import signal
import sys

from tests.lab.plan import plan_lab
from tests.lab.sweep import sweep


def main() -> None:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        # Meant for the owner; its end is what counts.
        signal.signal(number, signal.SIG_IGN)
    plan = plan_lab(int(sys.argv[1]))
    while sys.stdin.buffer.read(4096):
        pass
    sweep(plan)


if __name__ == "__main__":
    main()
