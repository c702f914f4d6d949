"""A host dies and another hangs: only their rows are old, everything else goes on, and so does closing."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.helpers.hosts_file import write_hosts
from tests.lab.lab_host import LabHost

# libvirt's keepalive gives up after 15 to 20 s; that nothing is heard is said long before.
SILENT_S = 40


def test_hosts_that_die_and_hang(screen: Desktop, host_a: LabHost, host_b: LabHost, tmp_path: Path) -> None:
    host_a.define_tiny("web")
    host_b.define_tiny("db", start=True)
    write_hosts(tmp_path / "config", {"attic": host_a.tcp_uri, "cellar": host_b.tcp_uri})
    with screen.program(home=tmp_path) as program:
        program.wait_row("^web, Off, attic")
        program.wait_row("^db, Running, cellar")
        program.select("web")
        program.wait_text("^Identifier: ")
        program.wait_enabled("Start", "push button")

        host_a.kill_daemon()
        program.wait_row("^attic, Unreachable")
        program.wait_row("^web, Off, attic, last known state")
        assert "last known" not in program.row("db")["name"]
        # What was read of it stays to be read, and nothing is offered that cannot be done.
        program.find("Identifier: ", "label", starts=True)
        program.wait_enabled("Start", "push button", enabled=False)
        program.wait_text("1 of 2 hosts · .*1 host without an answer")
        program.wait_text("^1 active alert")
        program.click("1 active alert", "push button")
        program.find("The connection to attic is lost", "list item", starts=True)
        program.key("Delete")
        program.wait_text("^Nothing is amiss")
        program.key("Escape")
        program.wait_gone("Nothing is amiss", starts=True)
        program.find("No active alerts", "push button")

        # The other one works meanwhile.
        program.select("db")
        program.press("Pause", "push button")
        program.wait_row("^db, Paused, cellar")

        program.select("attic")
        program.find("Retry now", "push button")
        host_a.start_daemon()
        program.wait_row("^attic, Connected")
        program.wait_row("^web, Off, attic(?!, last)")
        program.wait_gone("Retry now", "push button")

        # Hung, not dead: its values are old after some seconds.
        host_b.pause_daemon()
        program.wait_row("^cellar, (No answer|Unreachable) · .*, 1 virtual machine$", SILENT_S)
        program.wait_row("^db, Paused, cellar, last known state")
        assert "last known" not in program.row("web")["name"]
        # Closing does not wait for it: it is silent until the test is over.
