"""Languages, themes and sizes, and that every control has a name for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.e2e import wizard
from tests.e2e.desktop import Desktop
from tests.e2e.program import Node, Program
from tests.lab.domain_xml import Vnc
from tests.lab.lab_host import LabHost

# What a person works or reads as one thing; fillers, panels and the like only hold others.
CONTROLS = {
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "text",
    "combo box",
    "spin button",
    "slider",
    "list",
    "tree",
    "table",
    "tree table",
    "page tab",
    "menu item",
    "dialog",
    "frame",
}
TEST_URI = "test:///default"
PAGES = (
    "Source",
    "Operating system",
    "CPU and memory",
    "Storage",
    "Network",
    "Name and firmware",
    "Summary",
)


def nameless(program: Program) -> list[str]:
    """Controls on screen that a screen reader would call nothing."""
    found: list[str] = []
    above: list[Node] = []
    for node in program.nodes():
        role = node["role"]
        if role not in CONTROLS:
            continue
        # The name of a combo box is what is chosen in it: what it is for stands in its label.
        name = node["name"] if role != "combo box" else " ".join(node.get("labels", []))
        if not name.strip():
            found.append(f"{role} at {node.get('box')}, last before it {[one['name'] for one in above[-2:]]}")
        above.append(node)
    return found


@pytest.fixture
def program(screen: Desktop, host_a: LabHost) -> Iterator[Program]:
    host_a.define_tiny("web-01", start=True, vnc=Vnc(host_a.address))
    host_a.define_tiny("db-01")
    with screen.program("--connect", host_a.tcp_uri) as one:
        one.wait_row("^web-01, Running")
        yield one


def test_every_control_has_a_name(program: Program, tmp_path: Path) -> None:
    missing: dict[str, list[str]] = {}

    def look(where: str) -> None:
        missing[where] = nameless(program)
        program.screenshot(tmp_path / f"{where}.png")

    look("main window")
    program.select(program.wait_row(", Connected").partition(",")[0])
    program.wait_text("^Hardware")
    look("host")
    program.click("Virtual machines", "page tab")
    program.find("Columns")
    look("table")
    program.click("Capabilities", "page tab")
    program.find("Search capabilities")
    look("capabilities")
    program.click("Performance", "page tab")
    program.find("1 hour")
    look("performance")
    program.click("Log", "page tab")
    program.find("Search in the log")
    look("log")
    program.click("Overview", "page tab")
    program.key("ctrl+shift+h")
    program.find("Hosts", "list")
    look("all hosts")
    program.select("web-01")
    program.wait_text("^State: Running")
    look("overview")
    program.press("Console", "push button")
    program.find("Screen of web-01")
    look("console")
    program.press("Open the list of jobs")
    look("jobs")
    program.press("Close the list of jobs")
    program.click("File", "menu item")
    program.find("Quit", "menu item")
    look("menu")
    program.key("Escape")
    program.key("ctrl+k")
    program.find(None, "dialog")
    look("palette")
    program.key("Escape")
    program.wait_gone(None, "dialog")
    program.menu("File", "Connect to a host…")
    program.find("Connect to a host", "dialog", starts=True)
    look("connect")
    program.press("Cancel")
    program.wait_gone("Connect to a host", "dialog", starts=True)
    program.menu("Virtual machine", "Delete…")
    program.find("Delete web-01?", "dialog", starts=True)
    look("delete")
    program.press("Cancel")
    program.wait_gone("Delete web-01?", "dialog", starts=True)
    wizard.open_wizard(program)
    for page in PAGES:
        wizard.go_to(program, page)
        program.find(page, "list item")
        look(f"wizard, {page}")
    program.press("Cancel")
    print(f"pictures: {tmp_path}")
    assert not {where: names for where, names in missing.items() if names}


def test_starts_in_spanish(screen: Desktop, tmp_path: Path) -> None:
    with screen.program("--lang", "es", "--connect", TEST_URI) as program:
        program.wait_row("^test, ")
        for name in ("Archivo", "Ver", "Ayuda"):
            program.find(name, "menu item")
        program.select("test")
        program.find("Consola", "page tab")
        program.screenshot(tmp_path / "es.png")
        english = {node["name"] for node in program.nodes()} & {
            "Start",
            "Shut down",
            "Pause",
            "Overview",
            "Console",
            "Jobs",
            "Inventory",
            "Filter",
            "Running",
        }
        assert not english


def test_language_changes_without_restart(screen: Desktop) -> None:
    with screen.program("--lang", "en", "--connect", TEST_URI) as program:
        program.wait_row("^test, Running")
        program.select("test")
        program.find("Console", "page tab")
        program.menu("View", "Language", "Español")
        program.find("Archivo", "menu item")
        program.find("Consola", "page tab")
        program.menu("Ver", "Idioma", "English")
        program.find("File", "menu item")
        program.find("Console", "page tab")
        program.wait_row("^test, Running")


def brightness(picture: Path) -> float:
    """The mean of all pixels, 0 black to 255 white."""
    return float(np.asarray(Image.open(picture).convert("L")).mean())


def test_dark_and_light_and_remembered(screen: Desktop, tmp_path: Path) -> None:
    with screen.program("--connect", TEST_URI) as program:
        program.maximize()
        program.wait_row("^test, Running")
        program.menu("View", "Theme", "Theme: dark")
        program.select("test")
        dark = brightness(program.screenshot(tmp_path / "dark.png"))
        home = program.home
    assert dark < 80
    with screen.program("--connect", TEST_URI, home=home) as program:
        program.wait_row("^test, Running")
        program.maximize()
        program.select("test")
        again = brightness(program.screenshot(tmp_path / "dark-again.png"))
        assert again < 80
        program.menu("View", "Theme", "Theme: light")
        assert brightness(program.screenshot(tmp_path / "light.png")) > 170


def test_usable_at_900_by_600(program: Program, tmp_path: Path) -> None:
    """Nothing that has to be worked lies outside the window, and nothing covers anything else."""
    program.resize(900, 600)
    program.select("web-01")
    program.wait_text("^State: Running")
    frame = program.find(None, "frame")["box"]
    assert frame[2] <= 900
    assert frame[3] <= 600
    program.screenshot(tmp_path / "small.png")
    for name in ("New VM", "Start", "Shut down", "Pause", "Console"):
        x, y, width, height = program.find(name, "push button")["box"]
        assert x >= frame[0]
        assert x + width <= frame[0] + frame[2]
        assert y + height <= frame[1] + frame[3]
    wizard.open_wizard(program)
    for page in PAGES:
        wizard.go_to(program, page)
        program.screenshot(tmp_path / f"small-{page}.png")
    dialog = program.find(wizard.TITLE, "dialog", starts=True)["box"]
    for name in ("Cancel", "Back", "Create"):
        x, y, width, height = program.find(name, "push button")["box"]
        assert x + width <= dialog[0] + dialog[2]
        assert y + height <= dialog[1] + dialog[3]
    program.press("Cancel")
