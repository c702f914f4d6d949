"""Guests that are asked to shut down, on a real host's own connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.lab.editing import in_guest
from tests.lab.generations import every_generation_if_long
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import lifecycle

GOING, DOWN = b"it is asked", b"Power down"  # the kernel's last words
# The agent answers before its guest is off, which its host sees first afterwards.
_SAYS_NO = f"""#!/bin/sh
echo 7 >/proc/sys/kernel/printk
(sleep 2; poweroff -f) &
echo '{GOING.decode()}' >/dev/ttyS0
sleep 1
exit 1
"""
# Which of the two the host's threads come upon first is not ours to say: of four some find it off.
NAMES = tuple(f"vm{number}" for number in range(4))


@every_generation_if_long
def test_guests_that_go_off_although_their_agents_say_no_were_shut_down(lab_host: LabHost) -> None:
    with lab_host.connect() as connection, ThreadPoolExecutor(len(NAMES)) as threads:
        ids = [lab_host.define_tiny(name, memory_mib=96, start=True) for name in NAMES]
        for name in NAMES:
            lab_host.wait_agent(name)
            write = f"rm /sbin/shutdown; cat >/sbin/shutdown <<'END'\n{_SAYS_NO}END\nchmod +x /sbin/shutdown"
            in_guest(lab_host, write, name)
        asked = [threads.submit(lifecycle.shutdown, connection, uuid) for uuid in ids]
        try:
            for name in NAMES:
                lab_host.wait_serial(name, GOING)
            lab_host.pause_daemon()
            for name in NAMES:
                lab_host.wait_serial(name, DOWN)
        finally:
            lab_host.resume_daemon()
        for one in asked:
            one.result()
