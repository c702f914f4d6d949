"""What packaging/run decides on machines that are not this one: fake package managers and a fake Python.

The scripts are the real ones, in a copy of the checkout whose path has spaces. Only programs listed here are on
PATH, so nothing of this machine is asked and nothing on it is changed.
"""

import os
import pty
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from vmgui.cli.call import WITH_VALUE

ROOT = Path(__file__).resolve().parents[2]
REAL_TOOLS = (
    "awk",
    "basename",
    "bash",
    "cat",
    "env",
    "find",
    "flock",
    "head",
    "mkdir",
    "mv",
    "readlink",
    "rm",
    "sed",
    "sha256sum",
    "sleep",
    "stat",
    "tail",
    "touch",
    "tr",
)

PYTHON = r"""
echo "python $*" >>"$WORLD/log"
case "$*" in
    *"-m venv"*) mkdir -p "${*: -1}/bin"; cp "$0" "${*: -1}/bin/python" ;;
    *"-m pip"*) [[ ! -e $WORLD/no-network ]] || { echo "no route to host"; exit 1; } ;;
    *"-m vmgui"*) printf 'started:'; shift 3; printf ' [%s]' "$@"; printf ' PYTHONPATH=%s\n' "$PYTHONPATH" ;;
    "-I -c"*) [[ ! -e $WORLD/old-python ]] || exit 1
        complete=yes
        [[ -e $WORLD/complete-python ]] || grep_line python3.11-dev || grep_line 'pkgconfig(python-3.11)' ||
            grep_line python311-devel || grep_line python || complete=no
        echo "3.11 $complete $0" ;;
esac
"""
GREP_LINE = """
grep_line() { while IFS= read -r line; do [[ $line != "$1" ]] || return 0; done <"$WORLD/installed"; return 1; }
"""
INSTALL = r"""
echo "${0##*/} $*" >>"$WORLD/log"
case "$*" in
    *update*|*makecache*|*refresh*|"-Sy") cp "$WORLD/in-repository" "$WORLD/available"; exit ;;
    *repoquery*|*search*|"-Sp "*|policy*) for last; do :; done
        while IFS= read -r line; do [[ $line != "$last" ]] || { echo "  Candidate: 1.0"; exit 0; }; done <"$WORLD/available"
        exit 1 ;;
    "-T "*) grep_line "$2"; exit ;;
    *install*|"-S "*)
        [[ ! -e $WORLD/broken-manager ]] || { echo "E: everything is broken"; exit 100; }
        for word; do case $word in -*|install|*=*) ;; *) echo "$word" >>"$WORLD/installed" ;; esac; done ;;
esac
"""
# A person who is not root; root never asks for it.
SUDO = 'echo "sudo $*" >>"$WORLD/log"; exec "$@"'
SHIMS = {
    "sudo": SUDO,
    "python3": PYTHON,
    "pkg-config": "[[ -e $WORLD/complete-python ]] || grep_line libvirt-dev || grep_line 'pkgconfig(libvirt)' || grep_line libvirt",
    "cp": 'while IFS= read -r line || [[ $line ]]; do printf "%s\\n" "$line"; done <"$1" >"$2"; /bin/chmod +x "$2"',
}
QUERY = 'for last; do :; done; if grep_line "$last"; then echo "installed "; else echo "not-installed "; exit 1; fi'
MANAGERS = {
    "apt": {"apt-get": INSTALL, "apt-cache": INSTALL, "dpkg-query": QUERY},
    "dnf": {"dnf": INSTALL, "rpm": QUERY},
    "zypper": {"zypper": INSTALL, "rpm": QUERY},
    "pacman": {"pacman": INSTALL},
}


@dataclass
class Machine:
    """A make-believe computer."""

    folder: Path
    manager: str

    @property
    def checkout(self) -> Path:
        return self.folder / "a check out"

    def build(self) -> None:
        tools = self.folder / "bin"
        tools.mkdir()
        for name in REAL_TOOLS:
            path = shutil.which(name)
            assert path is not None
            (tools / name).symlink_to(path)
        for name, body in {**SHIMS, **MANAGERS.get(self.manager, {})}.items():
            shim = tools / name
            shim.write_text(f"#!/bin/bash\n{GREP_LINE}\n{body}\n")
            shim.chmod(0o755)
        for name in ("packaging", "resources/i18n"):
            (self.checkout / name).mkdir(parents=True)
        for name in ("run", "setup.sh", "system-packages.txt"):
            shutil.copy(ROOT / "packaging" / name, self.checkout / "packaging" / name)
        shutil.copy(ROOT / "pyproject.toml", self.checkout)
        for name in ("installed", "log"):
            (self.folder / name).touch()
        (self.folder / "in-repository").write_text("\n".join(self.packages()) + "\n")
        shutil.copy(self.folder / "in-repository", self.folder / "available")

    def packages(self) -> list[str]:
        """All names of the table for this manager, and those of Python."""
        column = 2 + list(MANAGERS).index(self.manager) if self.manager else 2
        names = [
            name
            for row in table()
            for requirement in row[column].split()
            for name in ([requirement] if requirement.startswith("/") else requirement.split("/"))
        ]
        return [*names, "python3.11-venv", "python3.11-dev", "pkgconfig(python-3.11)", "python311-devel", "python3.12",
                "python3.12-venv", "python3.12-dev", "python"]  # fmt: skip

    def environment(self, **extra: str) -> dict[str, str]:
        return {
            "PATH": str(self.folder / "bin"),
            "SYSTEM_BIN": str(self.folder / "bin"),
            "WORLD": str(self.folder),
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache dir"),
            "DISPLAY": ":9",
            **extra,
        }

    def run(
        self, *arguments: str, answer: str | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        """Run packaging/run; with an answer, on a terminal where a person types it."""
        own, typed = pty.openpty() if answer is not None else (None, subprocess.DEVNULL)
        try:
            if own is not None and answer is not None:
                os.write(own, f"{answer}\n".encode())
            return subprocess.run(
                [str(self.checkout / "packaging" / "run"), *arguments],
                cwd="/",
                env=self.environment(**extra),
                stdin=typed,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        finally:
            if own is not None:
                os.close(own)
                os.close(typed)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def forget_log(self) -> None:
        (self.folder / "log").write_text("")

    def installed(self) -> set[str]:
        return set((self.folder / "installed").read_text().split())

    def has(self, name: str) -> None:
        (self.folder / name).touch()


def table() -> list[list[str]]:
    lines = (ROOT / "packaging" / "system-packages.txt").read_text().splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


def make(folder: Path, manager: str) -> Machine:
    machine = Machine(folder, manager)
    machine.build()
    return machine


@pytest.fixture
def debian(tmp_path: Path) -> Machine:
    return make(tmp_path, "apt")


def test_the_table_is_whole() -> None:
    for row in table():
        assert len(row) == 6, row
        assert row[0] in {"run", "local", "test"}, row
        assert all(row), row


@pytest.mark.parametrize("manager", MANAGERS)
def test_first_start_installs_and_second_only_starts(manager: str, tmp_path: Path) -> None:
    machine = make(tmp_path, manager)
    first = machine.run("-y", "--new", "two words")
    assert first.returncode == 0, first.stderr + machine.log()
    assert first.stdout == f"started: [--new] [two words] PYTHONPATH={machine.checkout}\n"
    assert "not in this system's repositories" not in first.stderr
    wanted = {"apt": "libvirt-daemon-system", "dnf": "libvirt-daemon-kvm", "zypper": "libvirt-daemon-qemu",
              "pacman": "qemu-system-x86"}  # fmt: skip
    assert wanted[manager] in machine.installed()

    machine.forget_log()
    second = machine.run("--new")
    assert second.stdout.startswith("started: [--new]")
    assert second.stderr == ""
    assert machine.log().splitlines() == ["python -P -m vmgui --new"]


def test_starts_through_a_link(debian: Machine) -> None:
    link = debian.folder / "link"
    link.symlink_to(debian.checkout / "packaging" / "run")
    result = subprocess.run(
        [link, "-y"], env=debian.environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert result.stdout.startswith("started:"), result.stderr


def test_nobody_to_ask(debian: Machine) -> None:
    result = debian.run()
    assert result.returncode == 1
    assert "run it again with -y" in result.stderr
    assert "apt-get install" in result.stderr
    assert debian.installed() == set()


def test_yes(debian: Machine) -> None:
    result = debian.run(answer="")
    assert result.returncode == 0, result.stderr
    assert {"libvirt-dev", "python3.11-dev", "qemu-system-x86"} <= debian.installed()


def test_no(debian: Machine) -> None:
    result = debian.run(answer="n")
    assert result.returncode == 1
    assert debian.installed() == set()


def test_only_what_the_program_needs_until_the_demo_needs_more(debian: Machine) -> None:
    assert debian.run(answer="o").returncode == 0
    assert "libvirt-dev" in debian.installed()
    assert "qemu-system-x86" not in debian.installed()

    debian.forget_log()
    assert debian.run().stdout.startswith("started:"), "declined once is not asked again"
    assert "apt" not in debian.log()

    demo = debian.run("-y", "--demo")
    assert demo.stdout.startswith("started: [--demo]"), demo.stderr
    assert "qemu-system-x86" in debian.installed()


def test_no_display_is_said_in_one_line_before_anything_else(debian: Machine) -> None:
    result = debian.run("-y", DISPLAY="")
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "no display" in result.stderr
    assert "--demo --screenshot" in result.stderr
    assert debian.log() == ""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--demo", "--screenshot", "x.png"], {}),
        (["--help"], {}),
        (["--version"], {}),
        (["list"], {}),
        *(([option, "x", "--json", "list"], {}) for option in sorted(WITH_VALUE)),
        ([], {"QT_QPA_PLATFORM": "offscreen"}),
        ([], {"WAYLAND_DISPLAY": "wayland-0"}),
    ],
)
def test_starts_without_an_x_display(
    arguments: list[str], environment: dict[str, str], debian: Machine
) -> None:
    result = debian.run("-y", *arguments, DISPLAY="", **environment)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("option", sorted(WITH_VALUE - {"--screenshot"}))
def test_the_value_of_an_option_is_no_verb(option: str, debian: Machine) -> None:
    assert "no display" in debian.run("-y", option, "list", DISPLAY="").stderr


def test_lists_are_fetched_only_when_needed(debian: Machine) -> None:
    debian.run("-y")
    assert "update" not in debian.log()


def test_a_bare_machine_has_no_lists_yet(debian: Machine) -> None:
    (debian.folder / "available").write_text("")
    result = debian.run("-y")
    assert result.returncode == 0, result.stderr
    updates = [line for line in debian.log().splitlines() if line.startswith("apt-get") and " update" in line]
    assert len(updates) == 1


def test_python_too_old_gets_a_newer_one(debian: Machine) -> None:
    debian.has("old-python")
    result = debian.run("-y")
    assert result.returncode == 1
    assert "needs Python 3.11 or newer" in result.stderr
    assert "python3.12" in debian.installed()


def test_unknown_distribution_goes_on_with_what_is_there(tmp_path: Path) -> None:
    machine = make(tmp_path, "")
    machine.has("complete-python")
    result = machine.run()
    assert result.stdout.startswith("started:"), result.stderr
    assert "no package manager known" in result.stderr


def test_unknown_distribution_without_headers_says_what_is_missing(tmp_path: Path) -> None:
    result = make(tmp_path, "").run()
    assert result.returncode == 1
    assert "python3-dev" in result.stderr


def test_broken_package_manager(debian: Machine) -> None:
    debian.has("broken-manager")
    result = debian.run("-y")
    assert result.returncode == 1
    assert "could not be installed: libvirt-dev" in result.stderr


def test_failed_download_is_tried_again_at_the_next_start(debian: Machine) -> None:
    debian.has("no-network")
    result = debian.run("-y")
    assert result.returncode == 1
    assert "no route to host" in result.stderr
    assert "is the network up?" in result.stderr
    (debian.folder / "no-network").unlink()
    assert debian.run().stdout.startswith("started:")


def test_environment_that_lost_its_python_is_made_again(debian: Machine) -> None:
    debian.run("-y")
    (environment,) = (debian.folder / "cache dir" / "vmgui").glob("env-*")
    (environment / "bin" / "python").unlink()
    assert debian.run().stdout.startswith("started:")


def test_changed_dependencies_make_a_new_environment(debian: Machine) -> None:
    debian.run("-y")
    project = debian.checkout / "pyproject.toml"
    project.write_text(project.read_text().replace('"keyring>=25,<26"', '"keyring>=26,<27"'))
    assert debian.run().stdout.startswith("started:")
    assert len(list((debian.folder / "cache dir" / "vmgui").glob("env-*"))) == 2


def test_other_settings_of_the_project_do_not(debian: Machine) -> None:
    debian.run("-y")
    project = debian.checkout / "pyproject.toml"
    project.write_text(project.read_text().replace("line-length = 110", "line-length = 111"))
    debian.forget_log()
    debian.run()
    assert "venv" not in debian.log()


def as_an_ordinary_user(machine: Machine, *words: str) -> list[str]:
    """The command, given up to nobody where we are root."""
    if os.geteuid() != 0:
        return list(words)
    for path in (machine.folder, *machine.folder.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)
    setpriv = shutil.which("setpriv")
    assert setpriv is not None, "util-linux is everywhere"
    return [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", *words]


def test_an_ordinary_user_without_sudo_is_told_what_root_must_do() -> None:
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory(prefix="vmgui-user-") as folder:
        debian = make(Path(folder), "apt")
        sudo = debian.folder / "bin" / "sudo"
        sudo.rename(debian.folder / "kept")
        command = as_an_ordinary_user(debian, str(debian.checkout / "packaging/run"), "-y")
        run = {
            "env": debian.environment(),
            "capture_output": True,
            "text": True,
            "check": False,
            "timeout": 60,
        }
        told = subprocess.run(command, **run)
        assert told.returncode == 1
        assert "As root: apt-get install" in told.stderr

        (debian.folder / "kept").rename(sudo)
        done = subprocess.run(command, **run)
        assert done.returncode == 0, done.stderr
        assert "sudo env DEBIAN_FRONTEND=noninteractive apt-get" in debian.log()
