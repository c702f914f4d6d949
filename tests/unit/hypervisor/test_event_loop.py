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


def test_without_a_thread_it_says_so_and_the_next_start_has_one() -> None:
    code = """
import threading
from vmgui.hypervisor import event_loop
from vmgui.model.errors import Busy
real = threading.Thread.start
def refuse(thread):
    raise RuntimeError("can't start new thread")
threading.Thread.start = refuse
for _ in range(2):
    try:
        event_loop.start()
    except Busy as error:
        print(error)
threading.Thread.start = real
event_loop.start()
print([thread.name for thread in threading.enumerate()].count(event_loop.THREAD_NAME))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    lines = done.stdout.splitlines()
    assert lines == ["no thread can be started: can't start new thread"] * 2 + ["1"], done.stderr
