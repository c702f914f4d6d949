"""What a desktop and a distribution read is valid and says the same as the program."""

import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from vmgui import __version__
from vmgui.cli.main import VERBS

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
METAINFO = PACKAGING / "org.vmgui.vmgui.metainfo.xml"


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", PACKAGING / "vmgui.desktop"],
        ["appstreamcli", "validate", "--no-net", METAINFO],
        ["mandoc", "-T", "lint", "-W", "warning", PACKAGING / "vmgui.1"],
    ],
    ids=lambda command: command[0],
)
def test_is_valid(command: list[str]) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stdout + result.stderr


def test_manual_names_every_option_and_verb() -> None:
    sources = (ROOT / "vmgui" / "app" / "arguments.py", *(ROOT / "vmgui" / "cli").glob("*.py"))
    options = {found for path in sources for found in re.findall(r'"--([a-z-]+)"', path.read_text())} | {
        "help"
    }
    manual = set(re.findall(r"Fl -([a-z-]+)", (PACKAGING / "vmgui.1").read_text()))
    assert manual == options
    assert set(re.findall(r"^\.It Cm ([a-z-]+)", (PACKAGING / "vmgui.1").read_text(), re.MULTILINE)) == set(
        VERBS
    )


def test_one_version_everywhere() -> None:
    newest = ElementTree.parse(METAINFO).find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__


def test_installed_files_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert [path for path in shared if not (ROOT / path).exists()] == []
