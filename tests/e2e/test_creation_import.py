"""An existing disk image, copied to a host on the network, booted and taken through all that a machine can do."""

from __future__ import annotations

import contextlib
import os
import time
from xml.etree import ElementTree

import libvirt
import pytest

from tests.e2e import pictures, wizard
from tests.e2e.desktop import Desktop
from tests.e2e.host_state import host_state
from tests.helpers.waiting import eventually_blocking
from tests.lab.alpine_guest import LOGIN_PROMPT, alpine_guest
from tests.lab.lab_host import LabHost

NAME = "alpine"
SCREEN = f"Screen of {NAME}"


@pytest.mark.timeout(2500)
def test_alpine_disk_from_import_to_shut_down(screen: Desktop, host_b: LabHost) -> None:
    image = alpine_guest().disk
    before = host_state(host_b)
    with screen.program("--connect", host_b.tcp_uri) as program:
        program.maximize()
        program.wait_row(", Connected")
        wizard.open_wizard(program)
        wizard.choose_disk(program, image)
        program.find("File is", "combo box")
        program.wait_text("^The file can be used")
        # Not recognised from its disk: said what it is, it gets the fast devices that it was made for.
        wizard.go_to(program, "Operating system")
        program.fill("Search operating systems", "linux 2022")
        program.key("Down")
        program.wait_text("^You chose Generic Linux 2022")
        wizard.name_it(program, NAME)
        wizard.go_to(program, "CPU and memory")
        program.set_value("CPUs", 1, "spin button")
        program.set_value("Memory", 0.5, "spin button")
        wizard.go_to(program, "Storage")
        program.wait_text("is copied to storage pool “default”")
        wizard.create(program)
        program.find(SCREEN)
        program.wait_row(f"^{NAME}, Running")
        volume = f"default/{NAME}.qcow2"
        assert volume in host_state(host_b).volumes
        wait_login(host_b, NAME)
        pictures.wait_settled(host_b, NAME, quiet_s=1.0)
        if "checked" in program.find("Fit to window", "check box")["states"]:
            program.press("Fit to window", "check box")
        pictures.wait_same(program, SCREEN, host_b, NAME, same=pictures.same_but_cursor)

        program.click("Pause", "push button")
        program.wait_row(f"^{NAME}, Paused")
        assert host_b.state(NAME) == libvirt.VIR_DOMAIN_PAUSED
        program.click("Resume", "push button")
        program.wait_row(f"^{NAME}, Running")
        assert host_b.state(NAME) == libvirt.VIR_DOMAIN_RUNNING

        program.menu("Virtual machine", "Save state")
        program.wait_row(f"^{NAME}, Saved")
        assert host_b.state(NAME) == libvirt.VIR_DOMAIN_SHUTOFF
        program.wait_text("off|saved")
        program.menu("Virtual machine", "Restore")
        program.wait_row(f"^{NAME}, Running")
        # It goes on where it was, and its screen comes back by itself.
        wait_login(host_b, NAME)
        pictures.wait_same(program, SCREEN, host_b, NAME, same=pictures.same_but_cursor)

        program.click("Shut down", "push button")
        program.wait_row(f"^{NAME}, Off")
        assert host_b.state(NAME) == libvirt.VIR_DOMAIN_SHUTOFF

        program.menu("Virtual machine", "Delete…")
        program.press("Delete with", "push button", starts=True)
        program.wait_text("^No virtual machines yet")
        program.wait_text("^No jobs under way")
    assert host_state(host_b) == before
    assert image.exists()


def wait_login(host: LabHost, name: str, timeout_s: float = 300) -> None:
    """Until the guest asks on its serial line for a login; reminded of it, with Enter, every second."""
    with host.connect() as connection:
        config = ElementTree.fromstring(connection.lookupByName(name).XMLDesc())
    source = config.find("devices/serial/source")
    assert source is not None
    line = os.open(host.inside(source.attrib["path"]), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    seen = bytearray()
    asked_s = 0.0

    def asks() -> bool:
        nonlocal asked_s
        with contextlib.suppress(BlockingIOError):
            seen.extend(os.read(line, 4096))
        if time.monotonic() - asked_s > 1.0:
            asked_s = time.monotonic()
            with contextlib.suppress(BlockingIOError):
                os.write(line, b"\n")
        return LOGIN_PROMPT in seen

    try:
        eventually_blocking(asks, timeout_s, interval_s=0.1)
    finally:
        os.close(line)
