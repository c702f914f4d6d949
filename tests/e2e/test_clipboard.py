"""What was copied in the window is there after it was closed, where the desktop has a clipboard manager (X11)."""

import subprocess
import sys
from pathlib import Path

from tests.e2e.desktop import Desktop

ROOT = Path(__file__).resolve().parent.parent.parent
# The whole process but for its window: how it ends is what matters.
CODE = """
import asyncio, sys
from PySide6.QtGui import QGuiApplication
from vmgui.app import main, program
async def copy_and_leave(*arguments):
    # A loop that ends before its first round is over does not end well.
    await asyncio.sleep(0.1)
    QGuiApplication.clipboard().setText("copied in vmgui")
    await asyncio.sleep(0.1)
    return 0
program.run_program = copy_and_leave
sys.argv = ["vmgui"]
main.run()
"""


def test_it_is_left_to_the_clipboard_manager(screen: Desktop, tmp_path: Path) -> None:
    manager = subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).with_name("clipboard_manager.py"))],
        env=screen.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert manager.stdout is not None
    try:
        assert manager.stdout.readline() == "ready\n"
        places = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        done = subprocess.run(
            [sys.executable, "-P", "-c", CODE],
            env={**screen.environment, **places, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        # Else the end of the manager is all that can be read.
        manager.terminate()
        assert manager.stdout.read() == "copied in vmgui\n"
    finally:
        manager.kill()
        manager.communicate()
