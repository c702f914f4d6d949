"""Steps through the wizard for a new machine, as a person takes them."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program

TITLE = "New virtual machine"
KVM_NOTICE = "offers hardware acceleration, but machines hang on it"


def open_wizard(program: Program) -> None:
    """New VM; until the host has said what it has."""
    program.press("New VM")
    program.find(TITLE, "dialog", starts=True)
    program.wait_text(KVM_NOTICE)


def choose_cd(program: Program, path: Path | str) -> None:
    """An installer CD; the page for sources is shown."""
    program.click("Installer CD", "radio button")
    program.fill("Path of the CD image", str(path))


def choose_disk(program: Program, path: Path | str) -> None:
    """An existing disk image."""
    program.click("Existing disk image", "radio button")
    program.fill("Path of the disk image", str(path))


def go_to(program: Program, step: str) -> None:
    """Jump to a page by the list of steps."""
    program.click(step, "list item")


def name_it(program: Program, name: str, *, start: bool = True) -> None:
    """On the page for the name; `start` as wanted."""
    go_to(program, "Name and firmware")
    program.fill("Name", name)
    if not start:
        program.press("Start the machine now", "check box")


def create(program: Program) -> None:
    """The button, and the wizard closes."""
    program.press("Create", "push button")
    program.wait_gone(TITLE, "dialog", starts=True)
