"""libvirt's loop and its habit of printing."""

import subprocess
import sys
import threading

from vmgui.hypervisor import event_loop

CODE = """
from vmgui.hypervisor import event_loop
import libvirt
event_loop.start()
event_loop.start()
for uri in ("garbage", "qemu+tcp://127.0.0.1:1/system", "test:///nonexistent.xml"):
    try:
        libvirt.open(uri)
    except libvirt.libvirtError:
        pass
try:
    libvirt.open("test:///default").lookupByName("nothing")
except libvirt.libvirtError:
    pass
"""


def test_one_thread_however_often() -> None:
    event_loop.start()
    event_loop.start()
    names = [thread.name for thread in threading.enumerate()]
    assert names.count(event_loop.THREAD_NAME) == 1


def test_errors_do_not_run_down_the_terminal_and_the_exit_is_free() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=30, check=False
    )
    # libxml2 itself complains of the missing file; libvirt must not.
    said = [line for line in done.stderr.splitlines() if "I/O warning" not in line]
    assert (done.returncode, done.stdout, said) == (0, "", [])
