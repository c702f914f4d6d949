"""`python -m tests ARGUMENTS`: pytest, and an end that nothing can spoil; what packaging/test starts.

Threads may be inside libvirt, GnuTLS or Qt for as long as a host is silent. At a normal end the interpreter takes
itself down under their feet, and now and then crashes: after a green run, which then counts as a red one. The
program ends in the same way (vmgui/app/main.py).
"""

import atexit
import os
import sys

import pytest


def main() -> None:
    status = pytest.main(sys.argv[1:])
    # What is registered there removes folders.
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
