"""The machine around one lab libvirtd: start it, break it, run things in it. Its guests: lab_host.py."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import libvirt

from tests.helpers.looks import entries, text
from tests.lab.artifacts import cache_folder
from tests.lab.debian_tree import debian_tree
from tests.lab.host_files import write_host_files
from tests.lab.plan import MARKER, HostPlan, LabPlan
from tests.lab.sweep import first_process, kill_members, members, namespace_pid

# Only what hangs takes so long, also on a machine that has much else to do.
START_DEADLINE_S = 120.0
DAEMON_DEADLINE_S = 90.0
_SCRIPTS = Path(__file__).parent
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_DAEMON_PID_FILE = "libvirtd.pid"


class HostDoesNotStart(RuntimeError):
    """The host's first process or its libvirtd gave up; the text has what they wrote."""


class HostCommandFailed(RuntimeError):
    """A command inside a host ended with an error; the text has its words."""


class HostMachine:
    """A libvirtd with a machine of its own around it. Blocks; use one from one thread at a time."""

    # As the host sees it; the machine's path is `images_path`.
    images_dir = "/var/lib/libvirt/images"
    small_dir = "/var/lib/libvirt/small"

    def __init__(self, lab: LabPlan, plan: HostPlan, switch_pid: int) -> None:
        self.plan = plan
        self.name = plan.name
        self.address = plan.address
        self.uuid = plan.uuid
        self.lab = lab
        self._switch_pid = switch_pid
        # What one libvirtd learned about a QEMU is of use only to its own kind.
        self._capabilities = (
            cache_folder() / f"libvirt-capabilities{f'-{plan.release}' if plan.release else ''}"
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._pid: int | None = None

    # Addresses --------------------------------------------------------------------------------------------

    @property
    def unix_uri(self) -> str:
        return f"qemu+unix:///system?socket={self.plan.socket}"

    @property
    def tcp_uri(self) -> str:
        return f"qemu+tcp://{self.address}/system"

    @property
    def tls_uri(self) -> str:
        return f"qemu+tls://{self.address}/system?pkipath={self.lab.keys / 'pki'}"

    @property
    def stranger_tls_uri(self) -> str:
        """With a certificate of an authority that the host does not know: refused."""
        return f"qemu+tls://{self.address}/system?pkipath={self.lab.keys / 'strange-pki'}"

    @property
    def ssh_uri(self) -> str:
        return self._ssh_uri("ssh")

    @property
    def unknown_host_ssh_uri(self) -> str:
        """The host's key is not among the known ones: refused by ssh."""
        return self._ssh_uri("ssh-unknown-host")

    @property
    def wrong_key_ssh_uri(self) -> str:
        """With a key that the host does not accept: refused by sshd."""
        return self._ssh_uri("ssh-wrong-key")

    def _ssh_uri(self, wrapper: str) -> str:
        return f"qemu+ssh://root@{self.address}/system?command={self.lab.keys / 'ssh' / wrapper}"

    @property
    def images_path(self) -> Path:
        """The folder of the pool "default" as this machine sees it."""
        return self.plan.images

    @property
    def log_path(self) -> Path:
        """The host's /var/log/libvirt as this machine sees it."""
        return self.plan.root / "log"

    # The whole host ---------------------------------------------------------------------------------------

    @property
    def is_up(self) -> bool:
        return self.pid is not None

    @property
    def pid(self) -> int | None:
        """The host's process 1 as this machine numbers it."""
        if self._pid is None or namespace_pid(self._pid) != 1:
            self._pid = first_process(self.plan)
        return self._pid

    def start(self) -> None:
        """Bring the host up with nothing on it but its pools and network; a running one is left as it is.

        Raises LabUnavailable when its Debian release is not to be had here."""
        if self.is_up:
            return
        tree = debian_tree(self.plan.release) if self.plan.release else None
        if self.plan.root.exists():
            self.crash()
            shutil.rmtree(self.plan.root)
        write_host_files(self.lab, self.plan, self._capabilities, tree or Path("/"))
        environment = {
            "PATH": _PATH,
            MARKER: self.plan.marker,
            "LAB_NAME": self.name,
            "LAB_ROOT": str(self.plan.root),
            "LAB_ADDRESS": self.address,
            "LAB_MAC": self.plan.mac,
            "LAB_SWITCH_PID": str(self._switch_pid),
            "LAB_PORT": self.name,
            "LAB_CGROUP": self.lab.cgroup,
            "LAB_SCRIPTS": str(_SCRIPTS),
            "LAB_TREE": str(tree or ""),
            "LAB_CACHE": str(cache_folder()),
        }
        log = self.plan.root / "start.log"
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                ["unshare", "--net", "bash", str(_SCRIPTS / "host_outer.sh")],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        answer = _read_line(self._process, START_DEADLINE_S)
        if answer != b"ready\n":
            self.crash()
            words = log.read_text(errors="replace").strip() or f"it said {answer!r}"
            daemon_log = self.log_path / "libvirtd.log"
            if daemon_log.exists():
                words += "\n" + daemon_log.read_text(errors="replace")[-2000:]
            raise HostDoesNotStart(f"{self.name} does not start: {words}")

    def crash(self) -> None:
        """The whole host goes at once, as by a power cut: guests, daemon, network."""
        self.keep_capabilities()
        kill_members(self.plan.marker)
        self._pid = None
        if self._process is not None:
            self._process.wait(DAEMON_DEADLINE_S)
            self._process = None
        # The kernel removes a dead host's wire a moment later; a new host needs the port now.
        subprocess.run([*self._in_switch(), "delete", self.name], check=False, capture_output=True)

    def restart(self) -> None:
        """As after a new installation: nothing of what was on the host is kept."""
        self.crash()
        self.start()

    def reap(self, timeout_s: float = DAEMON_DEADLINE_S) -> None:
        """After someone else removed the host: do not leave a zombie."""
        if self._process is not None:
            self._process.wait(timeout_s)
            self._process = None

    def keep_capabilities(self) -> None:
        """What this libvirtd learned about QEMU saves the next one a second."""
        learned = self.plan.root / "cache" / "qemu" / "capabilities"
        self._capabilities.mkdir(parents=True, exist_ok=True)
        for file in entries(learned):
            if file.suffix != ".xml":
                continue
            kept = self._capabilities / file.name
            if kept.exists() and kept.stat().st_size == file.stat().st_size:
                continue
            partial = kept.with_suffix(f".{os.getpid()}.part")
            shutil.copy(file, partial)
            partial.replace(kept)

    # Commands inside --------------------------------------------------------------------------------------

    def command(self, argv: Sequence[str]) -> list[str]:
        """The same command, to be started from outside but run inside the host."""
        pid = self.pid
        if pid is None:
            raise HostCommandFailed(f"{self.name} is down")
        spaces = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup")
        inside = ["/usr/bin/env", "-i", f"PATH={_PATH}", "HOME=/run/lab/home", "LC_ALL=C.UTF-8"]
        inside.append(f"{MARKER}={self.plan.marker}")
        return ["nsenter", f"--target={pid}", *spaces, "--wd=/", *inside, *argv]

    def run(
        self, argv: Sequence[str], *, stdin: bytes = b"", check: bool = True, timeout_s: float = 60.0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the host. Raises HostCommandFailed when it fails and `check` is set."""
        done = subprocess.run(
            self.command(argv), input=stdin, check=False, capture_output=True, timeout=timeout_s
        )
        text = subprocess.CompletedProcess(
            list(argv),
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )
        if check and text.returncode:
            raise HostCommandFailed(
                f"{self.name}: {argv[0]} ended with {text.returncode}: {text.stderr.strip()}"
            )
        return text

    def inside(self, path: str) -> Path:
        """A file or folder of the host, reachable from this machine while the host is up."""
        return Path(f"/proc/{self.pid}/root{path}")

    def put_image(self, source: Path, name: str | None = None) -> str:
        """Copy a file into the pool "default" (85 MB: 0.1 s); returns its path as the host sees it."""
        name = name or source.name
        subprocess.run(
            ["cp", "--reflink=auto", "--sparse=auto", str(source), str(self.images_path / name)], check=True
        )
        with self.connect() as connection:
            connection.storagePoolLookupByName("default").refresh()
        return f"{self.images_dir}/{name}"

    # The daemon -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def connect(self, uri: str | None = None) -> Iterator[libvirt.virConnect]:
        """A connection over the host's socket (or `uri`) for the time of a with block."""
        connection = libvirt.open(uri or self.unix_uri)
        try:
            yield connection
        finally:
            with contextlib.suppress(libvirt.libvirtError):
                connection.close()

    @property
    def daemon_pid(self) -> int | None:
        """libvirtd's process id as this machine numbers it, None when it does not run."""
        try:
            inside = int((self.plan.root / "run" / _DAEMON_PID_FILE).read_text())
        except (OSError, ValueError):
            return None
        for pid in members(self.plan.marker):
            if namespace_pid(pid) == inside and text(Path(f"/proc/{pid}/comm")).strip() == "libvirtd":
                return pid
        return None

    def _signal_daemon(self, number: signal.Signals, *, wait: bool) -> None:
        pid = self.daemon_pid
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                signal.pidfd_send_signal(handle, number)
                if wait and not select.select([handle], [], [], DAEMON_DEADLINE_S)[0]:
                    raise TimeoutError(f"libvirtd of {self.name} does not end on {number.name}")
            finally:
                os.close(handle)

    def stop_daemon(self) -> None:
        """End libvirtd in an orderly way; guests run on. That of libvirt 12.8 now and then waits for a thread of
        its own that does not end, until its own limit of 30 s."""
        self.resume_daemon()
        self._signal_daemon(signal.SIGTERM, wait=True)

    def kill_daemon(self) -> None:
        """As if libvirtd had crashed; guests run on."""
        self._signal_daemon(signal.SIGKILL, wait=True)

    def pause_daemon(self) -> None:
        """libvirtd answers no more, but its connections stay open."""
        self._signal_daemon(signal.SIGSTOP, wait=False)

    def resume_daemon(self) -> None:
        self._signal_daemon(signal.SIGCONT, wait=False)

    def start_daemon(self, **environment: str) -> None:
        """Start libvirtd if it does not run; returns when it answers."""
        if self.daemon_pid is None:
            more = [f"{name}={value}" for name, value in environment.items()]
            self.run(
                ["/usr/bin/env", *more, "sh", str(_SCRIPTS / "libvirtd_start.sh")],
                timeout_s=DAEMON_DEADLINE_S,
            )

    def kill_ssh(self) -> None:
        """sshd and all that came in through it end; nobody listens there any more."""
        inside = os.readlink(f"/proc/{self.pid}/ns/pid")
        for entry in os.listdir("/proc"):
            with contextlib.suppress(OSError):
                if (
                    entry.isdecimal()
                    and os.readlink(f"/proc/{entry}/ns/pid") == inside
                    # Newer ones have a program of its own for each session: sshd-session.
                    and Path(f"/proc/{entry}/comm").read_text().startswith("sshd")
                ):
                    os.kill(int(entry), signal.SIGKILL)

    def start_ssh(self) -> None:
        """Start sshd again."""
        self.run(["/usr/sbin/sshd", "-f", "/etc/lab/sshd_config", "-E", "/run/lab/sshd.log"])

    def restart_daemon(self) -> None:
        self.stop_daemon()
        self.start_daemon()

    @contextlib.contextmanager
    def daemon_settings(self, file: str = "qemu.conf", **settings: str | int) -> Iterator[None]:
        """Other settings in qemu.conf or libvirtd.conf for the time of a with block, e.g.
        daemon_settings(vnc_tls=1), daemon_settings("libvirtd.conf", auth_tcp="sasl"). Restarts libvirtd."""
        path = self.plan.root / "libvirt" / file
        before = path.read_text()
        lines = [line for line in before.splitlines() if line.split(" = ")[0] not in settings]
        for key, value in settings.items():
            lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}")
        path.write_text("\n".join(lines) + "\n")
        with self.connect():
            pass  # it has started: of one that is stopped before, its network stays half made
        try:
            self.restart_daemon()
            yield
        finally:
            path.write_text(before)
            self.restart_daemon()

    @contextlib.contextmanager
    def password_on_tcp(self, user: str, password: str) -> Iterator[None]:
        """The tcp address asks for a name and a password (SASL) for the time of a with block."""
        etc = self.inside("/etc")
        (etc / "sasl2").mkdir(exist_ok=True)
        (etc / "sasl2" / "libvirt.conf").write_text(
            "mech_list: digest-md5\nsasldb_path: /etc/libvirt/passwd.db\n"
        )
        self.run(
            [
                "saslpasswd2",
                "-p",
                "-c",
                "-a",
                "libvirt",
                "-u",
                self.name,
                "-f",
                "/etc/libvirt/passwd.db",
                user,
            ],
            stdin=password.encode(),
        )
        with self.daemon_settings("libvirtd.conf", auth_tcp="sasl"):
            yield

    # The wire ---------------------------------------------------------------------------------------------

    def cut_network(self) -> None:
        """Pull the host's plug out of the switch: packets vanish, nobody is told."""
        self._port("down")

    def mend_network(self) -> None:
        self._port("up")

    def _port(self, state: str) -> None:
        subprocess.run([*self._in_switch(), "set", self.name, state], check=True, capture_output=True)

    def _in_switch(self) -> list[str]:
        return ["nsenter", f"--target={self._switch_pid}", "--net", "ip", "link"]


def _read_line(process: subprocess.Popen[bytes], timeout_s: float) -> bytes:
    """The first line that a process writes, or what there is of it when it ends or time is up."""
    assert process.stdout is not None
    line = b""
    deadline = time.monotonic() + timeout_s
    with process.stdout as pipe:
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                break
            piece = os.read(pipe.fileno(), 4096)
            if not piece:
                break
            line += piece
    return line
