"""The real program with dead hosts of every kind: nothing waits for them, neither its window nor its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.e2e.desktop import WATCH
from tests.helpers import window_thread
from tests.helpers.figures import figure
from tests.helpers.hosts_file import write_hosts
from tests.helpers.silent_servers import swallowing
from tests.helpers.waiting import eventually_blocking
from tests.lab.lab_host import LabHost

TCP_PORT = "407D"  # 16509
PROGRAM = Path(__file__).parent.parent.parent


@contextmanager
def running(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "QT_QPA_PLATFORM": "offscreen",
        window_thread.VARIABLE: str(home / "window-thread"),
        "PYTHONPATH": f"{WATCH}{os.pathsep}{PROGRAM}",
    }
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "vmgui"], env=environment, stdout=output, stderr=output, cwd=home
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(120)


def owes_an_answer(host: LabHost, fault: str) -> bool:
    """Whether something sent to the host lies unread there, or unreceived on the way (proc_net_tcp)."""
    reader = host.pid if fault == "hung" else "self"
    for line in Path(f"/proc/{reader}/net/tcp").read_text().splitlines()[1:]:
        _, here, there, _, queues, *_ = line.split()
        unsent, unread = (int(size, 16) for size in queues.split(":"))
        if (unread and here.endswith(TCP_PORT)) if fault == "hung" else (unsent and there.endswith(TCP_PORT)):
            return True
    return False


@pytest.mark.parametrize("fault", ["hung", "cut"])
def test_it_ends_whatever_hosts_do(host_a: LabHost, host_b: LabHost, tmp_path: Path, fault: str) -> None:
    host_a.define_tiny("web", start=True)
    with ExitStack() as stack:
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=50))
        swallowing_port = stack.enter_context(swallowing())
        write_hosts(
            tmp_path / "config",
            {
                "good": host_b.tcp_uri,
                "unix": host_a.unix_uri,
                "tcp": host_a.tcp_uri,
                "tls": host_a.tls_uri,
                "ssh": host_a.ssh_uri,
                "refused": "qemu+tcp://127.0.0.1:1/system",
                "silent": f"qemu+tcp://127.0.0.1:{silent.getsockname()[1]}/system",
                "silent-tls": f"qemu+tls://127.0.0.1:{silent.getsockname()[1]}/system",
                "swallowing": f"qemu+tcp://127.0.0.1:{swallowing_port}/system",
                "no-name": "qemu+tcp://no-such-host.invalid/system",
                "no-socket": "qemu+unix:///system?socket=/nowhere/libvirt-sock",
                "no-key": host_a.wrong_key_ssh_uri,
            },
        )
        process = stack.enter_context(running(tmp_path))
        log = tmp_path / "state" / "vmgui" / "vmgui.log"

        def are_open() -> bool:
            text = log.read_text() if log.exists() else ""
            return all(f"{name} is open" in text for name in ("good", "unix", "tcp", "tls", "ssh"))

        eventually_blocking(are_open)
        (host_a.pause_daemon if fault == "hung" else host_a.cut_network)()
        # A sample hangs in the silent host, and tries in the dead ones.
        eventually_blocking(lambda: owes_an_answer(host_a, fault))
        started_s = time.monotonic()
        process.send_signal(signal.SIGTERM)
        # The hosts stay as they are: an end that waited for one of them would never come.
        status = process.wait(120)
        figure("closing the program with dead hosts", time.monotonic() - started_s, "s")
        crash = tmp_path / "state" / "vmgui" / "crash.log"
        assert status == 0, (tmp_path / "output").read_text() + crash.read_text()
        assert (tmp_path / "window-thread").read_text() == ""
        assert (tmp_path / "output").read_text() == ""
        # What the hosts had is kept for the next start.
        kept = list((tmp_path / "state" / "vmgui" / "last-seen").iterdir())
        assert len(kept) >= 1
