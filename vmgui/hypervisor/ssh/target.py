"""A qemu+ssh URI as OpenSSH's arguments, the same that libvirt makes of it (virNetSocketNewConnectSSH, 9.0):

    ssh [-p PORT] [-l USER] [-i KEYFILE] -T -e none [-o BatchMode=yes] [-o StrictHostKeyChecking=no] -- HOST COMMAND

`no_tty=1` and `no_verify=1` give the two options. `known_hosts=` and `sshauth=` mean something to libssh only.
libvirt asks no questions there: it drops SSH_ASKPASS_REQUIRE from the environment, and has no terminal to ask on.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class SshTarget:
    """Where to log in, and how."""

    host: str
    user: str = ""
    port: int = 0  # 0: ssh's own choice
    key_file: str = ""
    may_ask: bool = True
    verify_host: bool = True

    @property
    def arguments(self) -> list[str]:
        """ssh's options and the host."""
        words: list[str] = []
        if self.port:
            words += ["-p", str(self.port)]
        if self.user:
            words += ["-l", self.user]
        if self.key_file:
            # With many keys in the agent the host would give up before it is offered this one.
            words += ["-i", self.key_file, "-o", "IdentitiesOnly=yes"]
        if not self.may_ask:
            words += ["-o", "BatchMode=yes"]
        if not self.verify_host:
            words += ["-o", "StrictHostKeyChecking=no"]
        return [*words, "--", self.host]


def read_target(uri: str) -> SshTarget | None:
    """None where OpenSSH is not used, or by a program of the person's own (`command=`)."""
    program, target = _read(uri)
    return target if not program else None


def read_own_program(uri: str) -> tuple[str, SshTarget] | None:
    """The program that a URI names for ssh (`command=`), and where it is to log in; None where it names none."""
    program, target = _read(uri)
    return (program, target) if program and target is not None else None


def read_library_target(uri: str) -> SshTarget | None:
    """Where a library inside libvirt logs in (+libssh, +libssh2), as OpenSSH would; None where none does."""
    return _read(uri, ("+libssh", "+libssh2"))[1]


def uses_openssh(uri: str) -> bool:
    """Whether OpenSSH, or a program in its place, is the way there; not a library inside libvirt (+libssh)."""
    return _read(uri)[1] is not None


def _read(uri: str, ways: tuple[str, ...] = ("+ssh",)) -> tuple[str, SshTarget | None]:
    try:
        parts = urlsplit(uri.strip())
        port = parts.port or 0
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError:
        return "", None
    if not parts.scheme.endswith(ways) or not parts.hostname:
        return "", None
    return query.get("command", ""), _target(parts, port, query)


def _target(parts: SplitResult, port: int, query: dict[str, str]) -> SshTarget:
    # urlsplit makes the name lower case; aliases in ~/.ssh/config are matched as they are written.
    netloc = parts.netloc.rpartition("@")[2]
    written = netloc[1:].partition("]")[0] if netloc.startswith("[") else netloc.partition(":")[0]
    return SshTarget(
        host=unquote(written),
        user=unquote(parts.username or ""),
        port=port,
        key_file=query.get("keyfile", ""),
        may_ask=query.get("no_tty", "0") != "1",
        verify_host=query.get("no_verify", "0") != "1",
    )


def with_command(uri: str, program: str) -> str:
    """The URI that makes libvirt use `program` for ssh."""
    parts = urlsplit(uri.strip())
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("command", program)]
    # libvirt wants spaces as %20.
    encoded = urlencode(query).replace("+", "%20")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, encoded, ""))
