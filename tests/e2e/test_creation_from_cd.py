"""The main job: a real installer CD, from the empty window to the installer's second page and back to nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.e2e import pictures, wizard
from tests.e2e.desktop import Desktop
from tests.e2e.host_state import host_state
from tests.lab.installer_cd import PAGE_BYTES, installer_cd
from tests.lab.lab_host import LabHost

NAME = "installer"
# The page after it has a shorter list, but is more than an empty frame.
NEXT_PAGE_BYTES = 52_000
SCREEN = f"Screen of {NAME}"


def wait_for_page(host: LabHost) -> None:
    """Wait until the installer shows its first page.

    QEMU 7.2 crashes now and then while it emulates two processors (a segmentation fault of its own, in the kernel's
    log): such a machine is started again, and its console comes back by itself.
    """
    for crashes_left in (2, 1, 0):
        try:
            host.wait_screen(NAME, PAGE_BYTES, timeout_s=1500)
        except libvirt.libvirtError:
            with host.connect() as connection:
                machine = connection.lookupByName(NAME)
                answer: Any = machine.state()
                state, reason = answer
                crashed = (libvirt.VIR_DOMAIN_SHUTOFF_CRASHED, libvirt.VIR_DOMAIN_SHUTOFF_FAILED)
                if not crashes_left or state != libvirt.VIR_DOMAIN_SHUTOFF or reason not in crashed:
                    raise
                machine.create()
        else:
            return


@pytest.mark.timeout(2500)
def test_installer_cd_from_wizard_to_deletion(
    screen: Desktop, host_a: LabHost, named_as_host_a: tuple[str, ...], public_folder: Path
) -> None:
    cd = Path(shutil.copy(installer_cd(), public_folder))
    before = host_state(host_a)
    with screen.program(inside=named_as_host_a) as program:
        program.maximize()
        program.press("Connect to a host", "push button")
        program.choose("Where", "An address of my own")
        program.fill("Address (URI)", host_a.unix_uri)
        program.fill("Name in the list", "host-a")
        program.press("Connect", "push button", contains=False)
        program.wait_row("^host-a, Connected")

        wizard.open_wizard(program)
        wizard.choose_cd(program, cd)
        program.wait_text("Detected: Debian 12")
        program.press("Next")
        program.wait_text("^Which operating system")
        program.press("Next")
        program.wait_text("^How much of the host")
        program.set_value("CPUs", 2, "spin button")
        program.set_value("Memory", 1, "spin button")
        for question in ("^Where does it keep", "^Which network", "^What is it called"):
            program.press("Next")
            program.wait_text(question)
        program.fill("Name", NAME)
        program.press("Next")
        program.wait_text("^This will be made")
        program.wait_text("2 CPUs .*, 1 GiB of memory")
        wizard.create(program)

        # The console opens by itself.
        program.find(SCREEN)
        program.wait_row(f"^{NAME}, Running")
        fit = program.find("Fit to window", "check box")
        if "checked" in fit["states"]:
            program.press("Fit to window", "check box")
        wait_for_page(host_a)
        first = pictures.wait_settled(host_a, NAME)
        pictures.wait_same(program, SCREEN, host_a, NAME)

        # Typed into the window, answered by the guest.
        program.click(SCREEN)
        program.key("Down")
        second = pictures.wait_changed(host_a, NAME, first)
        pictures.wait_same(program, SCREEN, host_a, NAME)
        program.key("Return")
        pictures.wait_changed(host_a, NAME, second)
        host_a.wait_screen(NAME, NEXT_PAGE_BYTES)
        pictures.wait_settled(host_a, NAME)
        pictures.wait_same(program, SCREEN, host_a, NAME)
        program.screenshot(program.home / "second-page.png")

        # Give the keyboard back, then away with it.
        program.key("ctrl+alt")
        program.menu("Virtual machine", "Force off…")
        program.find(f"Force off {NAME}?", "dialog", starts=True)
        program.press("Force off", "push button")
        program.wait_row(f"^{NAME}, Off")
        program.menu("Virtual machine", "Delete…")
        program.find(f"Delete {NAME}?", "dialog", starts=True)
        program.find(f"Disk vda: {host_a.images_dir}/{NAME}.qcow2", "check box")
        program.wait_text(f"{cd.name}")
        program.press("Delete with", "push button", starts=True)
        program.wait_text("^No virtual machines yet")
        program.wait_text("^No jobs under way")
    assert host_state(host_a) == before
    assert cd.exists()
