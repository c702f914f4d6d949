"""What a desktop and a distribution read is valid and says the same as the program."""

import importlib.util
import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest

from vmgui import __version__
from vmgui.cli.call import parser_of
from vmgui.cli.main import all_verbs

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


@pytest.fixture(scope="module")
def manual() -> ModuleType:
    spec = importlib.util.spec_from_file_location("manual", PACKAGING / "manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_manual_says_of_verbs_what_they_are(manual: ModuleType) -> None:
    page = (PACKAGING / "vmgui.1").read_text()
    assert page == manual.page(), "packaging/manual"
    verbs = manual.section().partition(".Ss Kinds of devices")[0]  # of which a list follows
    assert re.findall(r"^\.It Cm ([a-z -]+?)(?= [A-Z]|$)", verbs, re.MULTILINE) == list(all_verbs())


def test_manual_names_every_option() -> None:
    page = (PACKAGING / "vmgui.1").read_text()
    named = set(re.findall(r"Fl -([a-z-]+)", page))
    window = set(re.findall(r'"--([a-z-]+)"', (ROOT / "vmgui" / "app" / "arguments.py").read_text()))
    of_verbs = {
        option
        for verb in all_verbs().values()
        for option in re.findall(r"--([a-z-]+)", parser_of(verb).format_usage())
    }
    assert named == window | of_verbs | {"help"}


def test_one_version_everywhere() -> None:
    newest = ElementTree.parse(METAINFO).find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__


def test_installed_files_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert [path for path in shared if not (ROOT / path).exists()] == []
