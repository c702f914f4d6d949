"""A second sshd in a lab host, which takes passwords; and ways for ssh to reach it that leave ~/.ssh alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.waiting import eventually_blocking
from tests.lab.lab_host import LabHost

PORT = 2222
PASSWORD = "right"  # noqa: S105 - of a machine that lives for a test
_STRANGER = "ana"
_DROPPED = ("PasswordAuthentication", "PermitRootLogin", "PidFile")


@dataclass
class SshDaemon:
    """One host's sshd for passwords; root and ana (who may not use libvirt) have the same."""

    host: LabHost
    keys: Path
    folder: Path

    @property
    def uri(self) -> str:
        return f"qemu+ssh://root@{self.host.address}:{PORT}/system"

    @property
    def stranger_uri(self) -> str:
        return f"qemu+ssh://{_STRANGER}@{self.host.address}:{PORT}/system"

    @property
    def logins(self) -> int:
        """How often somebody has logged in."""
        return self._log().count("Accepted ")

    @property
    def logouts(self) -> int:
        return self._log().count("Disconnected from user ")

    @property
    def known(self) -> Path:
        """The known_hosts file in use; empty when nothing is known."""
        return self.folder / "known_hosts"

    def know(self, key: str = "host") -> None:
        """Know the host's key, or one that it does not have ("stranger")."""
        host_key = self.keys / self.host.name / "ssh_host_key.pub"
        file = host_key if key == "host" else self.keys / "ssh" / "stranger.pub"
        kind, public = file.read_text().split()[:2]
        address = self.host.address
        self.known.write_text(f"[{address}]:{PORT} {kind} {public}\n{address} {kind} {public}\n")

    def program(self, *options: str) -> str:
        """What to use for ssh: never reads or writes the files of who runs the tests."""
        file = self.folder / "ssh"
        words = " ".join(options)
        file.write_text(
            # The whole path: it may itself be the first "ssh" of who runs it.
            f"#!/bin/sh\nexec {shutil.which('ssh')} -F none {words} -o GlobalKnownHostsFile=none -o IdentityAgent=none"
            f' -o UserKnownHostsFile={self.known} "$@"\n'
        )
        file.chmod(0o755)
        return str(file)

    def key_with_passphrase(self, passphrase: str) -> Path:
        """The client's key, locked."""
        file = self.folder / "locked"
        shutil.copy(self.keys / "ssh" / "client", file)
        file.chmod(0o600)
        subprocess.run(
            ["ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase, "-f", str(file)],
            check=True,
            capture_output=True,
        )
        return file

    def _log(self) -> str:
        return self.host.inside(f"/run/lab/sshd-{PORT}.log").read_text(errors="replace")


@contextlib.contextmanager
def ssh_daemon(host: LabHost, keys: Path, folder: Path, *settings: str) -> Iterator[SshDaemon]:
    """An sshd on port 2222 of the host for the time of a with block."""
    etc = host.inside("/etc")
    hashed = subprocess.run(
        ["openssl", "passwd", "-6", PASSWORD], check=True, capture_output=True, text=True
    ).stdout.strip()
    before = {name: (etc / name).read_text() for name in ("passwd", "shadow")}
    shadow = [line for line in before["shadow"].splitlines() if not line.startswith("root:")]
    shadow += [f"{name}:{hashed}:19000:0:99999:7:::" for name in ("root", _STRANGER)]
    (etc / "shadow").write_text("\n".join(shadow) + "\n")
    (etc / "passwd").write_text(before["passwd"] + f"{_STRANGER}:x:1001:1001::/tmp:/bin/sh\n")
    plain = (etc / "lab" / "sshd_config").read_text().splitlines()
    kept = [line for line in plain if line.split()[0] not in _DROPPED]
    pid_file = f"/run/lab/sshd-{PORT}.pid"
    kept += [
        f"Port {PORT}",
        f"PidFile {pid_file}",
        "PasswordAuthentication yes",
        "PermitRootLogin yes",
        *settings,
    ]
    (etc / "lab" / "sshd_password").write_text("\n".join(kept) + "\n")
    host.inside(pid_file).unlink(missing_ok=True)
    host.run(["/usr/sbin/sshd", "-f", "/etc/lab/sshd_password", "-E", f"/run/lab/sshd-{PORT}.log"])
    # It listens after it has left its parent, and writes this file after that.
    eventually_blocking(lambda: host.inside(pid_file).exists())
    made = SshDaemon(host, keys, folder)
    made.know()
    try:
        yield made
    finally:
        with contextlib.suppress(OSError, ValueError):
            host.run(["kill", host.inside(pid_file).read_text().strip()], check=False)
        host.inside(f"/run/lab/sshd-{PORT}.log").unlink(missing_ok=True)
        for name, text in before.items():
            (etc / name).write_text(text)


def ssh_processes(folder: Path) -> list[int]:
    """Those of ssh that have to do with a folder: as their program, or for their socket."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                if str(folder).encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return [pid for pid in found if pid != os.getpid()]
