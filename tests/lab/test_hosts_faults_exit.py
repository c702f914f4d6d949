"""The real program with dead hosts of every kind: its window never stands still, and it ends within two seconds."""

from __future__ import annotations

import json
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

from tests.e2e.processor_waits import ProcessorWaits
from tests.helpers.hosts_file import write_hosts
from tests.helpers.loop_gaps import LIMIT_MS
from tests.helpers.waiting import eventually_blocking
from tests.lab.lab_host import LabHost

EXIT_S = 2.0
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
        "VMGUI_STALL_LOG": str(home / "stalls"),
        "PYTHONPATH": str(PROGRAM),
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
        process.wait(10)


def stalls(home: Path, waits: ProcessorWaits) -> list[str]:
    """Gaps that are the program's own doing."""
    path = home / "stalls"
    bad: list[str] = []
    for line in path.read_text().splitlines() if path.exists() else ():
        gap = json.loads(line)
        begin, end = gap["at_unix_s"] - gap["gap_ms"] / 1000, gap["at_unix_s"]
        waited_ms = max(gap["waited_ms"], waits.between_ms(begin, end))
        own_ms = gap["busy_ms"] + max(0.0, gap["gap_ms"] - gap["busy_ms"] - waited_ms)
        if not gap["stack"]:
            own_ms = min(own_ms, waits.ran_between_ms(begin, end))
        if own_ms > LIMIT_MS:
            bad.append(f"{own_ms:.0f} ms: {line}")
    return bad


@pytest.mark.parametrize("fault", ["hung", "cut"])
def test_it_ends_in_time_whatever_hosts_do(
    host_a: LabHost, host_b: LabHost, tmp_path: Path, fault: str
) -> None:
    host_a.define_tiny("web", start=True)
    with ExitStack() as stack:
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=50))
        swallowing = stack.enter_context(socket.socket())
        swallowing.bind(("127.0.0.1", 0))
        swallowing.listen(0)
        for _ in range(3):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(swallowing.getsockname())
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
                "swallowing": f"qemu+tcp://127.0.0.1:{swallowing.getsockname()[1]}/system",
                "no-name": "qemu+tcp://no-such-host.invalid/system",
                "no-socket": "qemu+unix:///system?socket=/nowhere/libvirt-sock",
                "no-key": host_a.wrong_key_ssh_uri,
            },
        )
        process = stack.enter_context(running(tmp_path))
        waits = ProcessorWaits([process.pid])
        waits.start()
        log = tmp_path / "state" / "vmgui" / "vmgui.log"

        def are_open() -> bool:
            text = log.read_text() if log.exists() else ""
            return all(f"{name} is open" in text for name in ("good", "unix", "tcp", "tls", "ssh"))

        eventually_blocking(are_open, 30)
        (host_a.pause_daemon if fault == "hung" else host_a.cut_network)()
        # Long enough for samples to hang in the silent host, and tries to the dead ones.
        time.sleep(4.0)
        started_unix_s = time.time()
        process.send_signal(signal.SIGTERM)
        status = process.wait(20)
        ended_unix_s = time.time()
        waits.stop()
        took_s = ended_unix_s - started_unix_s - waits.between_ms(started_unix_s, ended_unix_s) / 1000
        crash = tmp_path / "state" / "vmgui" / "crash.log"
        assert status == 0, (tmp_path / "output").read_text() + crash.read_text()
        assert took_s < EXIT_S
        assert not stalls(tmp_path, waits)
        assert (tmp_path / "output").read_text() == ""
        # What the hosts had is kept for the next start.
        kept = list((tmp_path / "state" / "vmgui" / "last-seen").iterdir())
        assert len(kept) >= 1
