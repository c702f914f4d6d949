"""What a crash leaves behind, and logs that cannot be written."""

import subprocess
import sys
from pathlib import Path


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


LOGGING = (
    "import faulthandler, logging, sys\n"
    "from pathlib import Path\n"
    "from vmgui.app.logs import Logs\n"
    "logs = Logs(Path(sys.argv[1]), debug=False)\n"
)


def test_a_crash_says_where_and_the_next_start_tells(tmp_path: Path) -> None:
    crash = tmp_path / "crash.log"
    crashed = run(LOGGING + "def at_fault():\n    faulthandler._sigsegv()\nat_fault()\n", str(tmp_path))
    assert crashed.returncode == -11
    assert "in at_fault" in crash.read_text()
    good = run(LOGGING + "logs.close()\n", str(tmp_path))
    assert good.returncode == 0, good.stderr
    assert crash.read_text() == ""
    assert "in at_fault" in (tmp_path / "crash.1.log").read_text()
    assert "an earlier run crashed" in (tmp_path / "vmgui.log").read_text()
    run(LOGGING + "logs.close()\n", str(tmp_path))
    assert (tmp_path / "vmgui.log").read_text().count("an earlier run crashed") == 1


def test_where_nothing_can_be_written_it_starts_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = run(LOGGING + "logging.warning('still told'); logs.close()\n", str(file))
    assert done.returncode == 0
    assert "still told" in done.stderr
