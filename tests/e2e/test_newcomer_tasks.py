"""The five things a newcomer does first, counted: no more clicks, keys and typed texts than in virt-manager 4.1."""

from __future__ import annotations

from pathlib import Path

from tests.e2e import wizard
from tests.e2e.counter import Counter, Task
from tests.e2e.desktop import Desktop
from tests.lab.domain_xml import Vnc
from tests.lab.installer_cd import ipxe_cd
from tests.lab.lab_host import LabHost

CONNECT_LOCAL = Task("connect to this computer", ())
CONNECT_OTHER = Task(
    "connect to another computer (SSH)",
    ("File", "Add Connection...", "Connect to remote host over SSH", "type the host", "Connect"),
)
CREATE = Task(
    "create from a CD, started",
    ("New VM", "Forward", "type the path", "Forward", "Forward", "Forward", "Finish"),
)
CONSOLE = Task("open the console", ("double click",))
SHUT_DOWN = Task("shut down", ("Shut Down",))
DELETE = Task("delete with its disk", ("right click", "Delete", "Delete", "Yes"))


def test_no_task_takes_more_than_in_virt_manager(
    screen: Desktop, host_a: LabHost, host_b: LabHost, as_host_a: tuple[str, ...], tmp_path: Path
) -> None:
    host_a.define_tiny("old-one", start=True, vnc=Vnc())
    # ssh as a person has it set up: key and known hosts in place.
    wrapper = tmp_path / "bin" / "ssh"
    wrapper.parent.mkdir()
    wrapper.write_text(
        f'#!/bin/sh\nPATH=/usr/bin:/bin\nexec {host_b.ssh_uri.partition("command=")[2]} "$@"\n'
    )
    wrapper.chmod(0o755)
    path = f"{wrapper.parent}:{screen.environment['PATH']}"
    # The first start of all, on host-a itself: nothing is set up, libvirt's socket is where it always is.
    with screen.program(inside=as_host_a, PATH=path) as program:
        counter = Counter(program)
        counter.begin()
        program.wait_row("^This computer, Connected")
        counter.done(CONNECT_LOCAL)
        program.maximize()

        counter.begin()
        program.click("New VM", "push button")
        program.find(wizard.TITLE, "dialog", starts=True)
        program.wait_focus("Path of the CD image")
        program.type(str(ipxe_cd()))
        program.wait_enabled("Create", "push button")
        program.click("Create", "push button")
        program.wait_row("^machine, Running")
        counter.done(CREATE)
        program.find("Screen of machine")

        counter.begin()
        program.click_at(program.row("old-one"), times=2)
        program.find("Screen of old-one")
        counter.done(CONSOLE)

        host_a.wait_serial("old-one")
        counter.begin()
        program.click("Shut down", "push button")
        program.wait_row("^old-one, Off")
        counter.done(SHUT_DOWN)

        counter.begin()
        program.select("machine")
        program.key("Delete")
        program.find("Delete machine?", "dialog", starts=True)
        program.wait_text("It is running and is forced off first")
        program.click("Delete with", "push button", starts=True)
        program.wait_gone("machine, ", "table cell", starts=True)
        counter.done(DELETE)

        counter.begin()
        program.click("File", "menu item")
        program.click("Connect to a host…", "menu item")
        program.click("Host name or address", "text")
        program.type(host_b.address)
        program.click("Connect", "push button")
        program.wait_row(f"^{host_b.address}, Connected")
        counter.done(CONNECT_OTHER)
        counter.check()
    assert host_a.state("machine") is None
