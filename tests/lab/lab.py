"""A lab as a whole: its switch, its hosts, who owns it, and its end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.lab.host_machine import HostDoesNotStart
from tests.lab.keys import make_keys
from tests.lab.lab_host import LabHost
from tests.lab.plan import ALL_LETTERS, HOST_LETTERS, MARKER, TEST_LAB_IDS, LabPlan, LabUnavailable, plan_lab
from tests.lab.requirements import check_machine
from tests.lab.sweep import members, sweep

_PROJECT = Path(__file__).parents[2]
_DOWN_DEADLINE_S = 150.0

# The switch has a network namespace of its own, so the machine's firewall and bridges do not matter and one
# process is all there is to remove. Its first port is a wire to the machine, for clients.
_SWITCH_SCRIPT = """set -e
ip -batch - <<END
link set lo up
link add switch type bridge stp_state 0 forward_delay 0 mcast_snooping 0
link set switch up
link add uplink type veth peer name $LAB_LINK netns $LAB_OUTSIDE
link set uplink master switch up
END
echo ready
exec sleep infinity >/dev/null 2>&1
"""


class LabBusy(Exception):
    """Another program owns the lab of this number, or a person keeps it up."""


def _take_number(lab_id: int) -> socket.socket:
    """Own the number for as long as the socket is open; the kernel gives it back however we die."""
    lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    try:
        lock.bind(f"\0vmgui-lab-{lab_id}")
    except OSError as error:
        lock.close()
        raise LabBusy(f"lab {lab_id} is in use by another program") from error
    return lock


class Lab:
    """Some hosts on one switch. Make it with `open_lab`; hosts start when first asked for."""

    def __init__(self, plan: LabPlan, lock: socket.socket) -> None:
        self.plan = plan
        self._lock = lock
        self._hosts: dict[str, LabHost] = {}
        # Where a host once started, one that does not is an error, not a machine without a lab.
        self._has_worked = False
        self._switch: subprocess.Popen[bytes] | None = None
        self._switch_pid: int | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    def host(self, letter: str) -> LabHost:
        """The host, up with its daemon; started now if it is down (0.3 s)."""
        return self.hosts(letter)[0]

    def hosts(self, letters: str = "".join(HOST_LETTERS)) -> tuple[LabHost, ...]:
        """Several hosts, started side by side."""
        hosts = [self._host(letter) for letter in letters]
        try:
            with ThreadPoolExecutor(len(hosts)) as pool:
                for job in [pool.submit(host.start) for host in hosts]:
                    job.result()
        except HostDoesNotStart as error:
            if self._has_worked:
                raise
            raise LabUnavailable(str(error)) from error
        self._has_worked = True
        return tuple(hosts)

    def _host(self, letter: str) -> LabHost:
        if letter not in self._hosts:
            assert self._switch_pid is not None
            self._hosts[letter] = LabHost(self.plan, self.plan.host(letter), self._switch_pid)
        return self._hosts[letter]

    def running_hosts(self) -> tuple[LabHost, ...]:
        """Those that are up; none is started."""
        return tuple(host for host in map(self._host, ALL_LETTERS) if host.is_up)

    def open(self, *, detached: bool) -> None:
        """Clear away what an earlier lab of this number left, then make keys and the switch."""
        sweep(self.plan)
        self.plan.root.mkdir(parents=True)
        if detached:
            self.plan.detached_flag.touch()
        else:
            self._start_guard()
        with ThreadPoolExecutor(1) as pool:
            keys = pool.submit(make_keys, self.plan)
            self._start_switch()
            keys.result()

    def _start_guard(self) -> None:
        """A process that removes the lab when our end of its pipe closes: by close() or by our death."""
        lock = self._lock.fileno()
        self._guard = subprocess.Popen(
            [sys.executable, "-m", "tests.lab.guard", str(self.plan.lab_id)],
            cwd=_PROJECT,
            stdin=subprocess.PIPE,
            pass_fds=(lock,),
            start_new_session=True,
        )

    def _start_switch(self) -> None:
        environment = {
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
            MARKER: self.plan.switch_marker,
            "LAB_LINK": self.plan.gateway_link,
            "LAB_OUTSIDE": str(os.getpid()),
        }
        self._switch = subprocess.Popen(
            ["unshare", "--net", "bash", "-c", _SWITCH_SCRIPT],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._switch_pid = self._switch.pid
        assert self._switch.stdout is not None
        assert self._switch.stderr is not None
        with self._switch.stdout as output, self._switch.stderr as errors:
            if output.readline() != b"ready\n":
                raise LabUnavailable(f"no network namespaces here: {errors.read().decode().strip()}")
        link = self.plan.gateway_link
        batch = f"addr add {self.plan.gateway_address}/24 dev {link}\nlink set {link} up\n"
        subprocess.run(["ip", "-batch", "-"], input=batch.encode(), check=True, capture_output=True)

    def close(self) -> None:
        """Remove everything; returns when nothing is left. The same way as after a crash: by the guard."""
        for host in self._hosts.values():
            host.keep_capabilities()
        if self._guard is not None:
            assert self._guard.stdin is not None
            self._guard.stdin.close()
            self._guard.wait(_DOWN_DEADLINE_S)
            self._guard = None
        sweep(self.plan)
        for host in self._hosts.values():
            host.reap()
        if self._switch is not None:
            self._switch.wait(_DOWN_DEADLINE_S)
            self._switch = None
        self._hosts.clear()
        self._lock.close()

    def attach(self, switch_pid: int) -> None:
        """Use a switch that is already there."""
        self._switch_pid = switch_pid

    def leave(self) -> None:
        """Let a detached lab live on without us."""
        self._lock.close()


def _open(lab_id: int, *, detached: bool) -> Lab:
    plan = plan_lab(lab_id)
    lock = _take_number(lab_id)
    try:
        if plan.detached_flag.exists() and members(plan.switch_marker):
            raise LabBusy(f"lab {lab_id} is up: python -m tests.lab --id {lab_id} down")
        lab = Lab(plan, lock)
        try:
            lab.open(detached=detached)
        except BaseException:
            lab.close()
            raise
    except BaseException:
        lock.close()
        raise
    return lab


def open_lab(lab_id: int | None = None, *, detached: bool = False) -> Lab:
    """A new, empty lab. Without a number the first free one of those for tests is taken.

    Raises LabUnavailable when this machine cannot have one, LabBusy when that number is taken."""
    check_machine()
    if lab_id is not None:
        return _open(lab_id, detached=detached)
    for candidate in TEST_LAB_IDS:
        try:
            return _open(candidate, detached=detached)
        except LabBusy:
            continue
    raise LabUnavailable("all numbers for labs are taken")


def attach_lab(lab_id: int) -> Lab | None:
    """A detached lab that is up, or None; it takes no ownership, so it must not be closed, only left."""
    plan = plan_lab(lab_id)
    switch = members(plan.switch_marker)
    if not plan.detached_flag.exists() or not switch:
        return None
    lab = Lab(plan, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    lab.attach(switch[0])
    return lab
