"""Where ssh really goes for a host, as the person's own settings of it say (ssh(1): -G)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from vmgui.hypervisor.ssh.target import read_own_program, read_target

_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class SshGoal:
    """The host behind an alias; not `is_direct`: another host or a program stands between."""

    hostname: str
    port: int
    is_direct: bool


def ssh_goal(uri: str) -> SshGoal | None:
    """None where it cannot be told, or OpenSSH is not the way there; blocks for some milliseconds, 5 s at most."""
    program, target = read_own_program(uri) or ("ssh", read_target(uri))
    if target is None:
        return None
    try:
        told = subprocess.run(
            [program, "-G", *target.arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_LIMIT_S,
            text=True,
            errors="replace",
        ).stdout
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    settings = dict(line.split(" ", 1) for line in told.lower().splitlines() if " " in line)
    port = settings.get("port", "")
    if not port.isdecimal():
        return None
    between = {settings.get(key, "none").strip() for key in ("proxyjump", "proxycommand")}
    return SshGoal(settings.get("hostname", target.host), int(port), between == {"none"})
