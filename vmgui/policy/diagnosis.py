"""Makes a diagnosis of the words of libvirt, ssh and the resolver.

The numbers say too little: 38 "system error" is a missing CA file, a refused socket and a broken ssh alike. The
words are those of libvirt 9, OpenSSH 9 and glibc in English, as real hosts gave them (tests/lab/test_diagnosis.py).
"""

from __future__ import annotations

import re

from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import (
    AuthCancelled,
    AuthFailed,
    Clue,
    HostKeyRejected,
    HostUnreachable,
    PermissionDenied,
    TimedOut,
    VmguiError,
)
from vmgui.policy.error_words import without_names

# First match wins; all lower case. What comes from behind the login stands before the login itself.
_WORDS: tuple[tuple[tuple[str, ...], Diagnosis], ...] = (
    (("no polkit agent",), Diagnosis.NO_POLKIT_AGENT),
    (("unable to get", "system bus connection"), Diagnosis.NO_SYSTEM_BUS),
    (("unable to connect to system bus",), Diagnosis.NO_SYSTEM_BUS),
    (("this account is currently not available",), Diagnosis.NO_SHELL),
    (("this account has been disabled",), Diagnosis.NO_SHELL),
    (("allows sftp connections only",), Diagnosis.NO_SHELL),
    (("interactive git shell is not enabled",), Diagnosis.NO_SHELL),
    (("git-shell",), Diagnosis.NO_SHELL),
    (("fatal: unrecognized command",), Diagnosis.NO_SHELL),
    (("password has expired",), Diagnosis.PASSWORD_EXPIRED),
    (("password change required",), Diagnosis.PASSWORD_EXPIRED),
    (("account has expired",), Diagnosis.NO_SHELL),
    (("nc: invalid option", "u"), Diagnosis.NETCAT_OLD),
    (("nc: unrecognized option",), Diagnosis.NETCAT_OLD),
    (("nc: unix domain sockets",), Diagnosis.NETCAT_OLD),
    (("libvirt-sock", "permission denied"), Diagnosis.NO_PERMISSION),
    (("cannot connect to", "permission denied"), Diagnosis.NO_PERMISSION),
    (("failed to connect socket", "permission denied"), Diagnosis.NO_PERMISSION),
    (("unix connect failed: permission denied",), Diagnosis.NO_PERMISSION),
    (("polkit",), Diagnosis.NO_PERMISSION),
    (("access denied",), Diagnosis.NO_PERMISSION),
    (("failed to connect socket", "no such file or directory"), Diagnosis.LIBVIRT_STOPPED),
    (("failed to connect socket", "connection refused"), Diagnosis.LIBVIRT_STOPPED),
    (("unix connect failed: no such file",), Diagnosis.LIBVIRT_STOPPED),
    (("virt-ssh-helper: not found",), Diagnosis.LIBVIRT_MISSING),
    (("virt-ssh-helper: command not found",), Diagnosis.LIBVIRT_MISSING),
    (("nc: not found",), Diagnosis.LIBVIRT_MISSING),
    (("nc: command not found",), Diagnosis.LIBVIRT_MISSING),
    (("could not find executable",), Diagnosis.LIBVIRT_MISSING),
    (("bad configuration option",), Diagnosis.SSH_SETTINGS),
    (("bad owner or permissions on",), Diagnosis.SSH_SETTINGS),
    (("terminating", "bad configuration options"), Diagnosis.SSH_SETTINGS),
    (("unable to negotiate with", "no matching"), Diagnosis.SSH_TOO_OLD),
    # Refused by a packet filter: nobody was logged in.
    (("ssh: connect to host", "permission denied"), Diagnosis.NO_ROUTE),
    (("ssh: connect to host", "operation not permitted"), Diagnosis.NO_ROUTE),
    (("remote host identification has changed",), Diagnosis.HOST_KEY_CHANGED),
    (("host key for", "has changed"), Diagnosis.HOST_KEY_CHANGED),
    (("host key verification failed",), Diagnosis.HOST_KEY_UNKNOWN),
    (("host key is known for",), Diagnosis.HOST_KEY_UNKNOWN),
    (("identity file", "not accessible", "permission denied"), Diagnosis.KEY_FILE_MISSING),
    (("unprotected private key file",), Diagnosis.KEY_FILE_MISSING),
    (("permission denied (",), Diagnosis.SSH_REFUSED),
    (("too many authentication failures",), Diagnosis.SSH_REFUSED),
    (("no supported authentication methods",), Diagnosis.SSH_REFUSED),
    (("permission denied, please try again",), Diagnosis.SSH_REFUSED),
    (("client certificate", "expired"), Diagnosis.OWN_CERTIFICATE_EXPIRED),
    (("our own certificate", "expired"), Diagnosis.OWN_CERTIFICATE_EXPIRED),
    (("our own certificate", "failed validation"), Diagnosis.OWN_CERTIFICATE_REFUSED),
    (("unable to read tls confirmation",), Diagnosis.OWN_CERTIFICATE_REFUSED),
    (("cannot read ca certificate",), Diagnosis.AUTHORITY_MISSING),
    (("cannot read client certificate",), Diagnosis.OWN_CERTIFICATE_MISSING),
    (("cannot read client key",), Diagnosis.OWN_CERTIFICATE_MISSING),
    (("certificate has expired",), Diagnosis.CERTIFICATE_EXPIRED),
    (("certificate is not yet valid",), Diagnosis.CERTIFICATE_NOT_YET_VALID),
    (("certificate is not valid for",), Diagnosis.CERTIFICATE_OTHER_NAME),
    (("owner does not match the hostname",), Diagnosis.CERTIFICATE_OTHER_NAME),
    (("failed to verify peer's certificate",), Diagnosis.CERTIFICATE_UNTRUSTED),
    (("certificate failed validation",), Diagnosis.CERTIFICATE_UNTRUSTED),
    (("tls handshake failed",), Diagnosis.WRONG_SERVICE),
    (("no worthy mechs",), Diagnosis.NO_COMMON_LOGIN),
    (("no mechanism available",), Diagnosis.NO_COMMON_LOGIN),
    (("unsupported authentication type",), Diagnosis.NO_COMMON_LOGIN),
    (("no connection driver available",), Diagnosis.NO_DRIVER),
    (("unexpected", "uri path"), Diagnosis.BAD_ADDRESS),
    (("transport methods",), Diagnosis.BAD_ADDRESS),
    (("transport in url not recognised",), Diagnosis.BAD_ADDRESS),
    (("could not resolve hostname",), Diagnosis.NAME_NOT_FOUND),
    (("name or service not known",), Diagnosis.NAME_NOT_FOUND),
    (("temporary failure in name resolution",), Diagnosis.NAME_NOT_FOUND),
    (("no address associated with hostname",), Diagnosis.NAME_NOT_FOUND),
    (("nodename nor servname",), Diagnosis.NAME_NOT_FOUND),
    (("no route to host",), Diagnosis.NO_ROUTE),
    (("network is unreachable",), Diagnosis.NO_ROUTE),
    (("connection timed out",), Diagnosis.NO_ANSWER),
    (("operation timed out",), Diagnosis.NO_ANSWER),
    (("no answer within",), Diagnosis.NO_ANSWER),
    (("still waiting for an answer",), Diagnosis.NO_ANSWER),
    (("connection refused",), Diagnosis.REFUSED),
    (("invalid ssh identification string",), Diagnosis.WRONG_SERVICE),
    # Somebody who does speak ssh, or who says nothing at all: sshd's MaxStartups and penalties, fail2ban, hosts.deny.
    (("exceeded maxstartups",), Diagnosis.SHUT_OUT),
    (("not allowed at this time",), Diagnosis.SHUT_OUT),
    # The same without a word; or what forwards a port (NAT, containers) while nobody is behind it, or it restarts.
    (("exchange_identification: connection closed by remote host",), Diagnosis.ENDED_EARLY),
    (("exchange_identification: read: connection reset by peer",), Diagnosis.ENDED_EARLY),
    (("exchange_identification",), Diagnosis.WRONG_SERVICE),
    (("banner exchange", "invalid format"), Diagnosis.WRONG_SERVICE),
)
# For daemons whose words are of another language.
_BY_CLUE: dict[Clue, Diagnosis] = {
    Clue.NO_DRIVER: Diagnosis.NO_DRIVER,
    Clue.NO_DAEMON: Diagnosis.LIBVIRT_STOPPED,
    Clue.NO_POLKIT_ANSWER: Diagnosis.NO_PERMISSION,
    Clue.NO_POLKIT_AGENT: Diagnosis.NO_POLKIT_AGENT,
    Clue.BAD_URI: Diagnosis.BAD_ADDRESS,
}
# D-Bus's own errors (their names are the same in all languages): it did not come to polkit, which refused nothing.
_DBUS_FAILED = (
    "timed out",
    "timeout was reached",
    "failed to activate service",
    "could not activate remote peer",
    "dbus.error.timedout",
    "dbus.error.timeout",
    "dbus.error.noreply",
    "dbus.error.spawn.",
)
UNSURE_SHUT_OUTS = 3
"""So often in a row what may have another cause is taken for being shut out."""
# Where others than sshd listen, who end a connection that does not begin as theirs do: libvirt, web servers, displays.
_PORT = re.compile(r"(?:closed|reset) by \S+ port (\d+)")
_PORTS_OF_OTHERS = frozenset({80, 443, 8080, 16509, 16514, *range(5900, 6000)})
# In words that say what went wrong only together with the way there.
_SSH = "+ssh:"
# How OpenSSH calls the other end when it has no address: a program's (ProxyCommand, ProxyJump), not a host's.
_THROUGH_ANOTHER = "unknown port 65535"
# Where nothing was heard of the host itself.
_BEFORE_THE_HOST = frozenset(
    {
        Diagnosis.WRONG_SERVICE,
        Diagnosis.SHUT_OUT,
        Diagnosis.ENDED_EARLY,
        Diagnosis.NO_ANSWER,
        Diagnosis.REFUSED,
        Diagnosis.NO_ROUTE,
        Diagnosis.NAME_NOT_FOUND,
    }
)
_SHUT_OUTS = frozenset({Diagnosis.SHUT_OUT, Diagnosis.ENDED_EARLY})


def is_shut_out(found: Diagnosis, in_a_row: int) -> bool:
    """Whether to leave the host alone for a while; `in_a_row`: how often it has been found the last times."""
    return found is Diagnosis.SHUT_OUT or (found is Diagnosis.ENDED_EARLY and in_a_row >= UNSURE_SHUT_OUTS)


def diagnose(error: BaseException, uri: str = "") -> Diagnosis:
    """Why connecting to `uri` failed; UNKNOWN where nothing more than the error's class is known."""
    if isinstance(error, AuthCancelled):
        return Diagnosis.CANCELLED
    if not isinstance(error, VmguiError):
        return Diagnosis.UNKNOWN
    words = error.detail.lower()
    over_ssh = _SSH in uri.partition("//")[0]
    if over_ssh and "too large" in words and "packet" in words:
        return Diagnosis.NO_SHELL if "the login runs no programs" in words else Diagnosis.LOGIN_PRINTS
    if not over_ssh and ("too large" in words or "connection reset by peer" in words):
        return Diagnosis.WRONG_SERVICE
    if over_ssh and "keyfile=" in uri and "not accessible: no such file" in words:
        return Diagnosis.KEY_FILE_MISSING
    if over_ssh and words.startswith("ssh: [errno 2]"):
        return Diagnosis.SSH_MISSING
    if error.clue is Clue.NO_POLKIT_ANSWER and any(needle in words for needle in _DBUS_FAILED):
        return Diagnosis.UNKNOWN
    found = _by_words(without_names(words))
    if over_ssh and _THROUGH_ANOTHER in words and (found is None or found in _BEFORE_THE_HOST):
        return Diagnosis.JUMP_FAILED
    if found in _SHUT_OUTS and (port := _PORT.search(words)) and int(port[1]) in _PORTS_OF_OTHERS:
        return Diagnosis.WRONG_SERVICE
    return found or _by_numbers(error) or _by_class(error, over_ssh)


def _by_numbers(error: VmguiError) -> Diagnosis | None:
    """What a daemon says in a language that is not understood here."""
    if not isinstance(error, HostUnreachable | PermissionDenied):
        return None
    return _BY_CLUE.get(error.clue)


def _by_words(words: str) -> Diagnosis | None:
    return next((found for needles, found in _WORDS if all(needle in words for needle in needles)), None)


def _by_class(error: VmguiError, over_ssh: bool) -> Diagnosis:
    if isinstance(error, PermissionDenied):
        return Diagnosis.NO_PERMISSION
    if isinstance(error, AuthFailed):
        return Diagnosis.SSH_REFUSED if over_ssh else Diagnosis.PASSWORD_REFUSED
    if isinstance(error, HostKeyRejected):
        return Diagnosis.HOST_KEY_UNKNOWN if over_ssh else Diagnosis.CERTIFICATE_UNTRUSTED
    if isinstance(error, TimedOut):
        return Diagnosis.NO_ANSWER
    if isinstance(error, HostUnreachable) and not error.detail:
        return Diagnosis.NO_ANSWER
    return Diagnosis.UNKNOWN
