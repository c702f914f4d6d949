"""Somebody adds a host that is reached through SSH: all that ssh asks is asked in the window, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.program import Program
from tests.lab.domain_xml import Vnc
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.ssh_daemon import PASSWORD, PORT, SshDaemon, ssh_daemon

WRONG_NAME = "no-such-host.invalid"


@pytest.fixture
def daemon(lab: Lab, host_a: LabHost, tmp_path: Path) -> Iterator[SshDaemon]:
    """host-a's sshd, which takes passwords and which nobody here has connected to before."""
    with ssh_daemon(host_a, lab.plan.keys, tmp_path) as made:
        made.known.write_text("")
        made.program()
        yield made


def answer(program: Program, password: str) -> None:
    program.find("Log in to", "dialog", starts=True)
    program.wait_focus("Password", "password text")
    program.type(password)
    program.key("Return")


def test_adding_a_host_with_a_password(screen: Desktop, daemon: SshDaemon) -> None:
    path = f"{daemon.folder}:{screen.environment['PATH']}"
    with screen.program(PATH=path) as program:
        program.press("Connect to a host", "push button")
        program.choose("Where", "Another computer, through SSH")
        program.fill("Host name or address", WRONG_NAME)
        program.press("Test connection", "push button")
        program.wait_text(f"^There is no computer called “{WRONG_NAME}”")

        program.fill("Host name or address", daemon.host.address)
        program.wait_gone(f"There is no computer called “{WRONG_NAME}”", starts=True)
        program.fill("User", "root")
        program.press("More settings")
        program.fill("Port", str(PORT))
        program.fill("Name in the list", "office")

        # A key that nobody knows: shown, and "no" leaves nothing behind.
        shown = daemon.host.run(["ssh-keygen", "-lf", "/etc/lab/ssh_host_key"]).stdout.split()[1]
        program.press("Test connection", "push button")
        program.find("Is this really office?", "dialog", starts=True)
        program.find(f"Fingerprint {shown}", "label")
        program.wait_focus("Do not connect", "push button")
        program.key("Return")
        program.wait_gone("Is this really office?", "dialog", starts=True)
        program.wait_enabled("Test connection", "push button")
        assert daemon.known.read_text() == ""
        assert daemon.logins == 0

        program.press("Test connection", "push button")
        program.press("Trust and connect", "push button")
        answer(program, "wrong")
        program.wait_text("^That was not accepted")
        answer(program, PASSWORD)
        program.wait_text("^It works: host-a answers, with libvirt [0-9.]+ and QEMU")

        # Neither is asked again.
        program.press("Connect", "push button")
        program.wait_gone("Connect to a host", "dialog", starts=True)
        program.wait_row("^office, Connected")
        program.wait_text("^Name of the host: host-a")
        assert daemon.logins == 2

        # The screen of a machine that listens on that host only comes through the same login.
        daemon.host.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
        program.select("inward")
        program.press("Console", "page tab")
        program.find("Screen of inward")
        program.wait_text(r"^Ctrl\+Alt gives the keyboard back   ·   \d+ × \d+$")
        assert daemon.logins == 2
