"""Buries the emulators that the driver inside this process leaves behind.

libvirt starts each emulator as a daemon and later waits until its process number is free. Dead daemons are for
process 1 to bury; one that does not (a container's shell, many a CI machine) makes libvirt wait 20 s for each,
and the first look at the emulators takes minutes. So this process takes in its orphans
(PR_SET_CHILD_SUBREAPER, https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html) and buries
those, and only those: what libvirt or Python wait for themselves is left to them.
"""

from __future__ import annotations

import ctypes
import logging
import os
import threading
import time
from pathlib import Path

log = logging.getLogger(__name__)

THREAD_NAME = "vmgui-orphans"
LOOK_S = 0.1
_PR_SET_CHILD_SUBREAPER = 36
# What the driver starts as daemons.
_PROGRAMS = ("qemu-", "swtpm", "virtiofsd", "passt", "slirp-helper", "dbus-daemon")

_lock = threading.Lock()
_started = False


def bury() -> None:
    """Begin, for as long as the process lives; does nothing the second time. Any thread."""
    global _started
    with _lock:
        if _started:
            return
        _started = True
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        log.info("orphans stay with process 1: %s", os.strerror(ctypes.get_errno()))
        return
    try:
        threading.Thread(target=_run, name=THREAD_NAME, daemon=True).start()
    except (RuntimeError, MemoryError, OSError) as error:
        log.warning("orphans are not buried yet: %s", error)
        with _lock:
            _started = False


def _run() -> None:
    while True:
        time.sleep(LOOK_S)
        try:
            # Only a look: whose child it is, is not known yet.
            if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
        except ChildProcessError:
            continue
        for pid in _children():
            if _is_dead_daemon(pid):
                _bury(pid)


def _children() -> list[int]:
    """Living and dead children of this process, whichever of its threads has them."""
    found: list[int] = []
    for task in _tasks():
        try:
            found += [int(word) for word in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _tasks() -> list[Path]:
    try:
        return list(Path("/proc/self/task").iterdir())
    except OSError:
        return []


def _is_dead_daemon(pid: int) -> bool:
    """A daemon has a session of its own; what libvirt waits for by itself shares ours."""
    try:
        head, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except OSError:
        return False
    state, _parent, _group, session = rest.split()[:4]
    program = head.partition("(")[2]
    return state == "Z" and int(session) != os.getsid(0) and program.startswith(_PROGRAMS)


def _bury(pid: int) -> None:
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG)
    except ChildProcessError:
        return
    log.debug("buried %d", pid)
