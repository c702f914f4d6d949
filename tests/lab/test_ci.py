"""What the CI runs: parts as root and as an ordinary user made for it, in a copy with a make-believe test command."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually_blocking

ROOT = Path(__file__).resolve().parents[2]
PERSON = f"vmgui-ci-{os.getpid()}"
"""Of this run of the suite: another may go on beside it."""

TEST_COMMAND = r"""#!/bin/bash
echo "$* | $(id -un) | $HOME | $PWD | $(ulimit -Hn) | stdin $(readlink /proc/self/fd/0)"
[[ $* == *lab* ]] || {
    touch "$PWD/mine" && echo "writes here"
    grep -q 'NoNewPrivs:.1' /proc/self/status && echo "never root"
    setsid sleep 98765 </dev/null >/dev/null 2>&1 &
}
[[ ! -e $PWD/slow || $* == *unit* ]] || { echo $$ >"$PWD/slow"; exec sleep 98765; }
[[ ! -e $PWD/broken || $* != *unit* ]] || { echo "no sum"; exit 3; }
[[ $* == *lab* ]] && echo "3 passed, 0 failed, 1 skipped" || echo "20 passed, 0 failed, 5 skipped"
"""


@pytest.fixture
def checkout() -> Iterator[Path]:
    """In a folder that only root may enter."""
    with tempfile.TemporaryDirectory(prefix="vmgui-ci-") as folder:
        copy = Path(folder) / "check out"
        (copy / ".ci").mkdir(parents=True)
        shutil.copy(ROOT / ".ci" / "run", copy / ".ci" / "run")
        (copy / "packaging").mkdir()
        command = copy / "packaging" / "test"
        command.write_text(TEST_COMMAND)
        command.chmod(0o755)
        yield copy
        subprocess.run(["userdel", "--remove", PERSON], check=False, capture_output=True)


def start(checkout: Path) -> subprocess.Popen[str]:
    # With its input closed, as some machines start it.
    words = ["sh", "-c", 'exec "$0" <&-', str(checkout / ".ci" / "run")]
    environment = {**os.environ, "CI": "true", "VMGUI_CI_USER": PERSON, "XDG_CACHE_HOME": "/root/closed"}
    return subprocess.Popen(
        words, env=environment, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def processes_of_the_person() -> list[str]:
    uid = pwd.getpwnam(PERSON).pw_uid
    found: list[str] = []
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdecimal() and entry.stat().st_uid == uid:
                state = Path(entry.path, "stat").read_text().rpartition(")")[2].split()[0]
                # One that is dead and waits to be buried does nothing any more.
                found += [entry.name] if state not in "ZX" else []
        except OSError:
            # Gone meanwhile.
            continue
    return found


def test_root_and_an_ordinary_user_each_run_their_part(checkout: Path) -> None:
    process = start(checkout)
    said, _ = process.communicate(timeout=60)
    lines = said.splitlines()
    home = f"/home/{PERSON}"
    assert any(line.startswith("-y --only lab,e2e | root | ") and str(checkout) in line for line in lines), (
        said
    )
    person = f"-y --only lint,types,contracts,unit,ui | {PERSON} | {home} | {home}/checkout | 1024 | stdin /dev/null"
    assert person in lines
    assert "writes here" in lines
    assert "never root" in lines
    assert [line.split() for line in lines[-4:-2]] == [
        ["as", "root", "3", "passed,", "0", "failed,", "1", "skipped"],
        f"as {PERSON} 20 passed, 0 failed, 5 skipped".split(),
    ]
    assert lines[-1] == "23 passed, 0 failed, 6 skipped"
    assert process.returncode == 0
    eventually_blocking(lambda: not processes_of_the_person())
    assert not Path(home, "checkout").exists()
    # The same person again, and a part that breaks off counts as failed.
    (checkout / "broken").touch()
    process = start(checkout)
    said, _ = process.communicate(timeout=60)
    assert said.splitlines()[-1] == "3 passed, 1 failed, 1 skipped"
    assert process.returncode == 1


def test_nothing_outlives_a_run_that_is_stopped(checkout: Path) -> None:
    slow = checkout / "slow"
    slow.touch()
    process = start(checkout)
    eventually_blocking(slow.read_text)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert not Path("/proc", slow.read_text().strip()).exists()
    eventually_blocking(lambda: not processes_of_the_person())
