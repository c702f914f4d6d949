"""Runs a program under a parent that takes in orphans and never buries them, as process 1 of many containers.

python -m tests.helpers.careless_parent PROGRAM ARGUMENTS...; ends with the program's exit status.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys

_PR_SET_CHILD_SUBREAPER = 36


def main() -> int:
    if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        return 99
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
