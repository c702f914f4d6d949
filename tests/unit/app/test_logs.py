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


def test_no_name_forges_a_line_or_steers_a_terminal(tmp_path: Path) -> None:
    """A machine's name stands in its own record, whether it comes as a word of it, in an error or as a thread's."""
    code = """
import logging, sys, threading
from pathlib import Path
from vmgui.app.logs import Logs
name = "web\\n2026-01-01 00:00:00,000 ERROR forged\\x1b[2J\\u202e" + "x" * 100_000
logs = Logs(Path(sys.argv[1]), debug=False)
log = logging.getLogger("vmgui.test")
log.warning("%s was lost", name)
log.warning(f"{name} was lost")
try:
    raise RuntimeError(name)
except RuntimeError:
    log.exception("it failed")
thread = threading.Thread(target=log.warning, args=("from a thread",), name=name)
thread.start(); thread.join()
logs.close()
"""
    assert run(code, str(tmp_path)).returncode == 0
    text = (tmp_path / "vmgui.log").read_text("utf-8")
    assert "forged" in text
    assert "RuntimeError" in text
    for line in text.splitlines():
        assert line.startswith("    ") or " vmgui.test [" in line, line[:200]
    assert not any(ord(one) < 32 and one != "\n" for one in text)
    assert "\u202e" not in text
    assert len(text) < 100_000


def test_a_disk_that_hangs_does_not_hold_the_end(tmp_path: Path) -> None:
    code = """
import logging, logging.handlers, os, sys, threading
from pathlib import Path
from vmgui.app.logs import Logs
logs = Logs(Path(sys.argv[1]), debug=False)
begun = threading.Event()
def hang(_handler, _record):
    begun.set()
    threading.Event().wait()
logging.handlers.RotatingFileHandler.emit = hang
logging.warning("into a disk that hangs")
assert begun.wait(30)
logs.close(timeout_s=0.1)
logs.close(timeout_s=0.1)
print("ended")
sys.stdout.flush()
os._exit(0)
"""
    done = run(code, str(tmp_path))
    assert done.stdout == "ended\n", done.stderr
