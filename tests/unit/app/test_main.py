"""How the process ends: quietly, with what it had to say said."""

import subprocess
import sys

import pytest


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
