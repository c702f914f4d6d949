"""The test command counts truly, goes on after a failure, and leaves nothing running."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stages", ROOT / "packaging" / "stages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up.
    sys.modules["stages"] = module
    spec.loader.exec_module(module)
    return module


def run_in_copy(tmp_path: Path, files: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "stages.py").write_text((ROOT / "packaging" / "stages.py").read_text())
    for name, text in files.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "packaging/stages.py", *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


MIXED = """
import pytest
def test_good(): pass
def test_bad(): assert 0
def test_skipped(): pytest.skip("why")
@pytest.fixture
def late():
    yield
    assert 0
def test_bad_twice(late): assert 0
def test_bad_at_the_end(late): pass
"""


def test_sums_up_and_fails(tmp_path: Path) -> None:
    files = {"unit/test_a.py": MIXED, "ui/test_b.py": "def test_b(): pass"}
    result = run_in_copy(tmp_path, files, "--only", "unit,ui")
    assert result.stdout.splitlines()[-1] == "2 passed, 3 failed, 1 skipped"
    assert result.returncode == 1


def test_all_good(tmp_path: Path) -> None:
    result = run_in_copy(tmp_path, {"unit/test_a.py": "def test_a(): pass"}, "--only", "unit,ui")
    assert result.stdout.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"
    assert result.returncode == 0


def test_what_this_machine_cannot_try_is_said_at_the_end_although_others_passed(tmp_path: Path) -> None:
    skip = 'import pytest\ndef test_{0}(): pytest.skip("LAB NOT RUN: no host of that kind")\n'
    source = skip.format("a") + skip.format("b") + "def test_c(): pass\n"
    result = run_in_copy(tmp_path, {"ui/test_a.py": source}, "--only", "ui")
    assert "!!! NOT RUN: ui: no host of that kind (2 tests)" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 passed, 0 failed, 2 skipped"


def test_a_crash_is_a_failure(tmp_path: Path) -> None:
    crash = "import os\ndef test_crash(): os.kill(os.getpid(), 11)\n"
    result = run_in_copy(tmp_path, {"ui/test_a.py": crash}, "--only", "ui")
    assert result.stdout.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"
    assert result.returncode == 1


def test_what_is_left_running_is_ended_and_said(tmp_path: Path) -> None:
    leak = """
import subprocess
def test_leak():
    subprocess.Popen(["sleep", "98765"], start_new_session=True)
"""
    result = run_in_copy(tmp_path, {"ui/test_a.py": leak}, "--only", "ui")
    assert "left running and ended" in result.stdout
    assert "sleep 98765" in result.stdout
    assert result.returncode == 1


def test_orphans_that_die_are_buried_at_once(tmp_path: Path) -> None:
    # A process that waits until the number of its dead daemon is free (libvirt does) must not wait for ever.
    orphan = """
import os, subprocess, time
def test_orphan():
    shell = subprocess.run(["sh", "-c", "sleep 0.1 & echo $!"], stdout=subprocess.PIPE, check=True)
    deadline = time.monotonic() + 20
    while os.path.exists(f"/proc/{int(shell.stdout)}"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
"""
    result = run_in_copy(tmp_path, {"ui/test_a.py": orphan}, "--only", "ui")
    assert result.returncode == 0, result.stdout


def test_arguments_reach_pytest_in_every_stage(tmp_path: Path) -> None:
    files = {"unit/test_a.py": MIXED, "ui/test_b.py": "def test_good_too(): pass"}
    result = run_in_copy(tmp_path, files, "--", "-k", "good")
    assert result.stdout.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"
    assert "=== lint" not in result.stdout


def test_a_path_runs_alone(tmp_path: Path) -> None:
    files = {"unit/test_a.py": MIXED, "ui/test_b.py": "def test_b(): pass"}
    result = run_in_copy(tmp_path, files, "--", "tests/ui/test_b.py")
    assert result.stdout.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_no_match_is_a_failure(tmp_path: Path) -> None:
    result = run_in_copy(tmp_path, {"unit/test_a.py": MIXED}, "--", "-k", "nothing_of_that_name")
    assert result.returncode == 1


def test_time_limit(stages: ModuleType) -> None:
    assert stages.execute([sys.executable, "-c", "import time; time.sleep(60)"], 0.5) == 124


@pytest.mark.parametrize(("arguments", "limit_s"), [([], 10), (["--long"], 17), (["--long", "-x"], 17)])
def test_what_is_long_has_more_time(
    stages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], limit_s: float
) -> None:
    limits: list[float] = []

    def execute(_command: list[str], limit: float) -> int:
        limits.append(limit)
        return stages.NO_TESTS

    monkeypatch.setattr(stages, "execute", execute)
    stages.run_stage(stages.Stage("ui", 10, folders=["ui"], long_s=7), stages.Run(arguments, tmp_path))
    assert limits == [limit_s]


def test_no_test_may_take_longer_than_its_stage(stages: ModuleType) -> None:
    for stage in stages.all_stages():
        files = [file for folder in stage.folders for file in (ROOT / "tests" / folder).rglob("test_*.py")]
        for file in files:
            for own_s in re.findall(r"mark\.timeout\((\d+)\)", file.read_text()):
                assert int(own_s) < stage.limit_s, file


def test_without_root_it_says_what_was_not_run(
    stages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "test_a.py").touch()
    monkeypatch.setattr(stages, "TESTS", tmp_path)
    monkeypatch.setattr(stages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(stages, "may_use_sudo", lambda: False)
    run = stages.Run([], tmp_path)
    counts = stages.run_stage(stages.Stage("lab", 10, folders=["lab"], needs_root=True), run)
    assert counts.skipped == 1
    assert "needs root" in run.not_run[0]


def test_every_folder_of_tests_belongs_to_a_stage(stages: ModuleType) -> None:
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert folders <= {name for stage in stages.all_stages() for name in stage.folders}
