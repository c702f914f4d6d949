"""Runs the checks and tests stage by stage and sums them up: what `packaging/test` does once all is set up.

A stage that fails does not stop the next one, so that one run shows everything. Each stage has a time limit and
is a process group of its own; whatever it leaves running is ended, and counts as a failure. The last line of
the output is the sum of all stages, which the CI reads.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
PR_SET_CHILD_SUBREAPER = 36
# How tests/lab/fixtures.py begins the reason of a skip that must be seen.
LOUD = "LAB NOT RUN: "
# pytest's own: no test was collected.
NO_TESTS = 5


@dataclass(slots=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __iadd__(self, other: "Counts") -> "Counts":
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        return self

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: commands that check the whole tree, or else folders of tests for pytest."""

    name: str
    limit_s: float
    commands: Sequence[Sequence[str]] = ()
    folders: Sequence[str] = ()
    workers: int = 0
    needs_root: bool = False
    # How much longer it may take with the tests marked long.
    long_s: float = 0


@dataclass(slots=True)
class Run:
    """What is common to all stages of one run, and what came of them."""

    pytest_arguments: Sequence[str]
    scratch: Path
    total: Counts = field(default_factory=Counts)
    not_run: list[str] = field(default_factory=list)
    collected_nothing: list[str] = field(default_factory=list)


def all_stages() -> list[Stage]:
    python = [sys.executable, "-P", "-m"]
    shell_scripts = [
        "packaging/run",
        "packaging/test",
        "packaging/manual",
        "packaging/translate",
        "packaging/setup.sh",
        ".ci/run",
    ]
    lint = [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
    ]
    if shutil.which("shellcheck"):
        lint.append(["shellcheck", "--external-sources", *shell_scripts])
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        Stage("lint", 300, commands=lint),
        Stage("types", 1200, commands=[[*python, "pyright", "--pythonpath", sys.executable]]),
        Stage("contracts", 300, commands=[[sys.executable, "-c", lint_imports]]),
        # Two at least: a second process shows tests that lean on each other.
        Stage("unit", 1800, folders=["unit", "meta"], workers=max(2, min(os.cpu_count() or 2, 8))),
        # One after the other: they measure the window's reaction times.
        Stage("ui", 1800, folders=["ui", "perf"]),
        # Each worker has a lab of its own; guests that boot leave a processor idle half of the time.
        Stage("lab", 3600, folders=["lab"], workers=2, needs_root=True, long_s=3600),
        # Each worker has a screen of its own, too; one waits for its guest or host while the other works.
        Stage("e2e", 3600, folders=["e2e"], workers=2, needs_root=True),
    ]


def main() -> int:
    arguments = parse(sys.argv[1:])
    stages = all_stages()
    if arguments.only:
        wanted = arguments.only.split(",")
        unknown = set(wanted) - {stage.name for stage in stages}
        if unknown:
            print(f"no stage called {', '.join(sorted(unknown))}: {', '.join(s.name for s in stages)}")
            return 2
        stages = [stage for stage in stages if stage.name in wanted]
    pytest_arguments = [*(["--long"] if arguments.long else []), *arguments.pytest]
    if arguments.pytest:
        stages = [stage for stage in stages if stage.folders]
        if names_a_test(arguments.pytest):
            stages = [Stage("tests", 3600, folders=[""], long_s=3600)]

    os.chdir(ROOT)
    adopt_orphans()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vmgui-test-") as scratch:
        run = Run(pytest_arguments, Path(scratch))
        timings = []
        for stage in stages:
            print(f"\n=== {stage.name} " + "=" * (70 - len(stage.name)), flush=True)
            began = time.monotonic()
            counts = run_stage(stage, run)
            run.total += counts
            timings.append(f"  {stage.name:<10} {time.monotonic() - began:6.0f} s   {counts}")
    if arguments.pytest and not (run.total.passed or run.total.failed or run.total.skipped):
        print("\nNo test matches these arguments.")
        run.total.failed += 1
    print("\n" + "\n".join(timings) + f"\n  {'all':<10} {time.monotonic() - started:6.0f} s\n")
    if run.not_run:
        print("!!! NOT RUN: " + "\n!!!          ".join(run.not_run) + "\n")
    print(run.total, flush=True)
    return 1 if run.total.failed else 0


def parse(argv: Sequence[str]) -> argparse.Namespace:
    own, separator, rest = list(argv), False, []
    if "--" in own:
        position = own.index("--")
        own, separator, rest = own[:position], True, own[position + 1 :]
    parser = argparse.ArgumentParser(prog="packaging/test", add_help=False)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args(own)
    arguments.pytest = rest if separator else []
    return arguments


def names_a_test(arguments: Sequence[str]) -> bool:
    """Whether a file or folder is given, which then alone says what runs."""
    return any(
        not argument.startswith("-") and (ROOT / argument.split("::")[0]).exists() for argument in arguments
    )


def run_stage(stage: Stage, run: Run) -> Counts:
    if stage.commands:
        counts = Counts()
        for command in stage.commands:
            passed = execute(command, stage.limit_s) == 0
            counts += Counts(passed=1) if passed else Counts(failed=1)
        return counts
    folders = [str(TESTS / name) for name in stage.folders if any((TESTS / name).rglob("test_*.py"))]
    if not folders:
        print("no tests yet")
        return Counts()
    prefix: list[str] = []
    if stage.needs_root and os.geteuid() != 0:
        if not may_use_sudo():
            run.not_run.append(f"{stage.name}: needs root, and sudo is not to be had here")
            return Counts(skipped=1)
        kept = "PYTHONPATH,CI,VMGUI_LAB_KERNEL"
        prefix = ["sudo", f"--preserve-env={kept}", "env", "PYTHONDONTWRITEBYTECODE=1"]
    return run_pytest(stage, run, prefix, folders)


def run_pytest(stage: Stage, run: Run, prefix: Sequence[str], folders: Sequence[str]) -> Counts:
    report = run.scratch / f"{stage.name}.xml"
    command = [*prefix, sys.executable, "-P", "-m", "tests", "-q", f"--junitxml={report}"]
    if prefix:
        # Run as root, it would leave files the person cannot remove.
        command += ["-p", "no:cacheprovider"]
    if stage.workers and run.pytest_arguments in ([], ["--long"]):
        # Neighbours stay together, for what they share, until one process has nothing left to do.
        command += ["-n", str(stage.workers), "--dist", "worksteal"]
    if stage.name != "tests":
        command += folders
    limit_s = stage.limit_s + (stage.long_s if "--long" in run.pytest_arguments else 0)
    status = execute([*command, *run.pytest_arguments], limit_s)
    if status == NO_TESTS:
        return Counts()
    if status not in (0, 1) or not report.exists():
        print(f"{stage.name}: pytest ended with status {status} and without a full report")
        counts = read_report(report) if report.exists() else Counts()
        counts += Counts(failed=1)
        return counts
    counts = read_report(report)
    if status == 1 and not counts.failed:
        counts.failed = 1
    run.not_run += [f"{stage.name}: {reason}" for reason in loud_skips(report)]
    if counts.skipped and not counts.passed and not counts.failed:
        run.not_run.append(f"{stage.name}: every test was skipped, the reasons stand above")
    return counts


def read_report(path: Path) -> Counts:
    """A test that fails and then fails again in its teardown has two entries: it is one failed test."""
    failed: set[tuple[str, str]] = set()
    skipped: set[tuple[str, str]] = set()
    every: set[tuple[str, str]] = set()
    for case in ElementTree.parse(path).iter("testcase"):
        name = (case.get("classname", ""), case.get("name", ""))
        every.add(name)
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            failed.add(name)
        elif "skipped" in kinds:
            skipped.add(name)
    skipped -= failed
    return Counts(len(every) - len(failed) - len(skipped), len(failed), len(skipped))


def loud_skips(path: Path) -> list[str]:
    """Why some tests could not be tried on this machine, each reason once."""
    messages = [case.get("message", "") for case in ElementTree.parse(path).iter("skipped")]
    reasons = Counter(message.partition(LOUD)[2] for message in messages if LOUD in message)
    return [f"{reason} ({count} tests)" for reason, count in reasons.items()]


def may_use_sudo() -> bool:
    if not shutil.which("sudo"):
        return False
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    if quiet.returncode == 0:
        return True
    if not sys.stdin.isatty():
        return False
    print("The lab makes network and mount namespaces and needs root.")
    return subprocess.run(["sudo", "-v"], check=False).returncode == 0


def execute(command: Sequence[str], limit_s: float) -> int:
    """Run one command in a process group of its own; nothing of it outlives this call.

    A time-out and left-over processes are said and make the status 124 and 125.
    """
    process = subprocess.Popen(
        command,
        env=os.environ | {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        # A background group of the terminal may not read it; sudo has asked before.
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = wait_for(process, limit_s)
    except subprocess.TimeoutExpired:
        print(f"took longer than {limit_s:.0f} s: ended", flush=True)
        status = 124
    finally:
        end_group(process)
        left = list(end_orphans())
    if left:
        print("left running and ended: " + "; ".join(left), flush=True)
        status = status or 125
    return status


def wait_for(process: subprocess.Popen[bytes], limit_s: float) -> int:
    """Its exit status. Orphans that die meanwhile are buried at once: some wait until theirs are gone."""
    deadline = time.monotonic() + limit_s
    while (status := process.poll()) is None:
        for pid in listed_children():
            if pid != process.pid:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > deadline:
            raise subprocess.TimeoutExpired(process.args, limit_s)
        time.sleep(0.05)
    return status


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask the command's process group to end, then make it; one that ended by itself is gone already."""
    for number, patience_s in ((signal.SIGTERM, 20.0), (signal.SIGKILL, 5.0)):
        if process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_s)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends (prctl(2)), so that none is lost sight of."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans() -> Iterator[str]:
    """End adopted processes, oldest first, and name them; some only need a moment to end by themselves."""
    deadline = time.monotonic() + 3.0
    while children() and time.monotonic() < deadline:
        time.sleep(0.05)
    while found := children():
        for pid in found:
            yield describe(pid)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        if time.monotonic() > deadline + 10:
            return


def children() -> list[int]:
    """Our living children; those that have ended are reaped on the way."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    return listed_children()


def listed_children() -> list[int]:
    """Our children, living and dead."""
    path = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in path.read_text().split()]


def describe(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        command = ""
    return f"{pid} {command.strip()[:120]}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nstopped", flush=True)
        sys.exit(130)
