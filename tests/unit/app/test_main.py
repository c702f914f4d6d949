"""How the process ends: quietly, with what it had to say said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import vmgui


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(("end", "status"), [("return 0", 0), ("return 3", 3), ("raise SystemExit(2)", 2)])
def test_nothing_is_taken_down_under_the_feet_of_threads(end: str, status: int) -> None:
    done = run(
        "import atexit, sys\n"
        "from vmgui.app import main as app\n"
        "def main():\n"
        "    sys.stdout.write('said')\n"
        "    atexit.register(print, 'taken down')\n"
        f"    {end}\n"
        "app.main = main\n"
        "app.run()\n"
    )
    assert done.returncode == status, done.stderr
    assert done.stdout == "said"


def test_words_at_the_end_are_said() -> None:
    done = run(
        "from vmgui.app import main as app\n"
        "def main():\n"
        "    raise SystemExit('no more')\n"
        "app.main = main\n"
        "app.run()\n"
    )
    assert (done.returncode, done.stderr) == (1, "vmgui: no more\n")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        ("PermissionError(13, 'Permission denied', '/run/libvirt/libvirt-sock')", 1, "ended by an error"),
        ("asyncio.CancelledError()", 1, "ended by an error"),
        ("KeyboardInterrupt()", 130, "stopped"),
    ],
)
def test_whatever_ends_it_is_said(error: str, status: int, words: str, tmp_path: Path) -> None:
    done = run(
        "import asyncio, os\n"
        f"os.environ.update(XDG_STATE_HOME={str(tmp_path)!r}, QT_QPA_PLATFORM='offscreen')\n"
        "from vmgui.app import main as app, program\n"
        "async def run_program(*_):\n"
        f"    raise {error}\n"
        "program.run_program = run_program\n"
        "app.main.__defaults__ = ([],)\n"
        "app.run()\n"
    )
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_ends_qt_is_said(tmp_path: Path) -> None:
    """Qt aborts the process itself, before the log is written."""
    done = run(
        "import os\n"
        f"os.environ.update(XDG_STATE_HOME={str(tmp_path)!r}, QT_QPA_PLATFORM='nonsense', DISPLAY=':nowhere')\n"
        "from vmgui.app import main as app\n"
        "app.main.__defaults__ = ([],)\n"
        "app.run()\n"
    )
    assert done.returncode != 0
    assert "platform plugin" in done.stderr


def test_no_module_of_the_current_folder_is_taken_for_pythons(tmp_path: Path) -> None:
    for name in (
        "json",
        "argparse",
        "dataclasses",
        "sitecustomize",
        "vmgui_x",
        "qasync",
        "PySide6",
        "logging",
    ):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from the current folder')")
    (tmp_path / "vmgui").symlink_to(Path(vmgui.__file__).parent, target_is_directory=True)
    command = [sys.executable, "-m", "vmgui", "--version"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split()[0], done.stderr) == ("vmgui", "")
