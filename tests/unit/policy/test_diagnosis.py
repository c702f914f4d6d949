"""What real hosts answered (libvirt 9.0, OpenSSH 9.2, OpenSSL 3.0, glibc 2.36), and what it is taken for."""

from __future__ import annotations

import pytest

from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import (
    AuthCancelled,
    AuthFailed,
    ConnectionLost,
    HostKeyRejected,
    HostUnreachable,
    PermissionDenied,
    TimedOut,
    VmguiError,
)
from vmgui.policy.diagnosis import diagnose, is_shut_out

SSH = "qemu+ssh://root@host-a/system"
TLS = "qemu+tls://host-a/system"
TCP = "qemu+tcp://host-a/system"
HELPER = (
    "End of file while reading data: virt-ssh-helper: cannot connect to '/var/run/libvirt/libvirt-sock': "
)
SOCKET = "Failed to connect socket to '/var/run/libvirt/libvirt-sock': "
CHANGED = (
    "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nOffending ED25519 key in /k:1\n"
    "Host key for host-a has changed and you have requested strict checking.\nHost key verification failed."
)


@pytest.mark.parametrize(
    ("uri", "error", "found"),
    [
        (SSH, HostUnreachable("ssh: Could not resolve hostname nowhere: Name or service not known"), Diagnosis.NAME_NOT_FOUND),
        (SSH, HostUnreachable("ssh: connect to host host-a port 22: Connection refused"), Diagnosis.REFUSED),
        (SSH, HostUnreachable("ssh: connect to host host-a port 22: No route to host"), Diagnosis.NO_ROUTE),
        (SSH, HostUnreachable("ssh: connect to host host-a port 22: Connection timed out"), Diagnosis.NO_ANSWER),
        (SSH, HostUnreachable("Connection timed out during banner exchange"), Diagnosis.NO_ANSWER),
        (SSH, HostKeyRejected(CHANGED), Diagnosis.HOST_KEY_CHANGED),
        (SSH, HostKeyRejected("No ED25519 host key is known for host-a and you have requested strict checking.\nHost key verification failed."), Diagnosis.HOST_KEY_UNKNOWN),
        (SSH, AuthFailed("root@host-a: Permission denied (publickey)."), Diagnosis.SSH_REFUSED),
        (SSH, AuthFailed("Permission denied, please try again.\nroot@host-a: Permission denied (password)."), Diagnosis.SSH_REFUSED),
        (SSH + "?keyfile=/nowhere/key", AuthFailed("Warning: Identity file /nowhere/key not accessible: No such file or directory.\nroot@host-a: Permission denied (publickey)."), Diagnosis.KEY_FILE_MISSING),
        (SSH, HostUnreachable("ssh: [Errno 2] No such file or directory: 'ssh'"), Diagnosis.SSH_MISSING),
        (SSH, HostUnreachable("End of file while reading data: sh: 1: nc: not found: Input/output error"), Diagnosis.LIBVIRT_MISSING),
        (SSH, HostUnreachable("End of file while reading data: sh: 1: virt-ssh-helper: not found: Input/output error"), Diagnosis.LIBVIRT_MISSING),
        (SSH, HostUnreachable(HELPER + SOCKET + "No such file or directory: Input/output error"), Diagnosis.LIBVIRT_STOPPED),
        (SSH, PermissionDenied(HELPER + SOCKET + "Permission denied: Input/output error"), Diagnosis.NO_PERMISSION),
        (SSH, HostUnreachable("packet 1466266980 bytes received from server too large, want 33554432"), Diagnosis.LOGIN_PRINTS),
        (SSH, HostUnreachable("packet 1416128879 bytes received from server too large, want 33554432\nthe login runs no programs (status 1)"), Diagnosis.NO_SHELL),
        (SSH, AuthCancelled("given up by the person"), Diagnosis.CANCELLED),
        (SSH, HostUnreachable("kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535"), Diagnosis.JUMP_FAILED),
        # sshd's MaxStartups, its penalties (9.8 on), fail2ban's reset, hosts.deny; by its debug words where there are.
        (SSH, HostUnreachable("kex_exchange_identification: Connection closed by remote host\nConnection closed by 10.0.0.7 port 22"), Diagnosis.ENDED_EARLY),
        (SSH, HostUnreachable("kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.0.0.7 port 2222"), Diagnosis.ENDED_EARLY),
        (SSH, HostUnreachable("ssh_exchange_identification: Connection closed by remote host"), Diagnosis.ENDED_EARLY),
        (SSH, HostUnreachable("debug1: kex_exchange_identification: banner line 0: Not allowed at this time\nkex_exchange_identification: Connection closed by remote host"), Diagnosis.SHUT_OUT),
        (SSH, HostUnreachable("debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups"), Diagnosis.SHUT_OUT),
        # Ports of others, and what is no ssh at all.
        (SSH, HostUnreachable("kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.0.0.7 port 16509"), Diagnosis.WRONG_SERVICE),
        (SSH, HostUnreachable("kex_exchange_identification: Connection closed by remote host\nConnection closed by 10.0.0.7 port 443"), Diagnosis.WRONG_SERVICE),
        (SSH, HostUnreachable("kex_exchange_identification: banner line contains invalid characters\nbanner exchange: Connection to 10.0.0.7 port 22: invalid format"), Diagnosis.WRONG_SERVICE),
        (SSH, HostUnreachable("Connection timed out during banner exchange\nConnection to UNKNOWN port 65535 timed out"), Diagnosis.JUMP_FAILED),
        (SSH, AuthFailed("Received disconnect from UNKNOWN port 65535:2: Too many authentication failures\nDisconnected from UNKNOWN port 65535"), Diagnosis.SSH_REFUSED),
        (SSH, HostUnreachable("Connection closed by UNKNOWN port 65535"), Diagnosis.JUMP_FAILED),
        (SSH, HostUnreachable("Unable to negotiate with UNKNOWN port 65535: no matching host key type found. Their offer: ssh-rsa"), Diagnosis.SSH_TOO_OLD),
        (SSH, HostUnreachable("Unable to negotiate with 10.0.0.7 port 22: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1"), Diagnosis.SSH_TOO_OLD),
        (SSH, HostUnreachable("Bad owner or permissions on /home/ana/.ssh/config"), Diagnosis.SSH_SETTINGS),
        (SSH, HostUnreachable("/home/ana/.ssh/config: line 3: Bad configuration option: foo\n/home/ana/.ssh/config: terminating, 1 bad configuration options"), Diagnosis.SSH_SETTINGS),
        (SSH, PermissionDenied("ssh: connect to host host-a port 22: Permission denied"), Diagnosis.NO_ROUTE),
        (SSH, PermissionDenied("ssh: connect to host host-a port 22: Operation not permitted"), Diagnosis.NO_ROUTE),
        (SSH, HostUnreachable("End of file while reading data: This account is currently not available.: Input/output error"), Diagnosis.NO_SHELL),
        (SSH, HostUnreachable("End of file while reading data: This service allows sftp connections only.: Input/output error"), Diagnosis.NO_SHELL),
        (SSH, HostUnreachable("End of file while reading data: fatal: Interactive git shell is not enabled.: Input/output error"), Diagnosis.NO_SHELL),
        (SSH, HostUnreachable("End of file while reading data: WARNING: Your password has expired.\nPassword change required but no TTY available.: Input/output error"), Diagnosis.PASSWORD_EXPIRED),
        (SSH, HostUnreachable("End of file while reading data: nc: invalid option -- 'U'\nBusyBox v1.36: Input/output error"), Diagnosis.NETCAT_OLD),
        ("qemu:///system", PermissionDenied("authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'"), Diagnosis.NO_POLKIT_AGENT),
        ("qemu:///system", HostUnreachable("Unable to get system bus connection: Could not connect: No such file or directory"), Diagnosis.NO_SYSTEM_BUS),
        ("xen+ssh://root@host-a/system", HostUnreachable("no connection driver available for xen:///system"), Diagnosis.NO_DRIVER),
        ("qemu:///system", HostUnreachable(SOCKET + "No such file or directory"), Diagnosis.LIBVIRT_STOPPED),
        ("qemu:///system", PermissionDenied(SOCKET + "Permission denied"), Diagnosis.NO_PERMISSION),
        (TLS, HostUnreachable("nowhere: [Errno -2] Name or service not known"), Diagnosis.NAME_NOT_FOUND),
        (TLS, HostUnreachable("host-a, port 16514: Connection refused"), Diagnosis.REFUSED),
        (TLS, HostUnreachable("host-a, port 16514: Connection timed out"), Diagnosis.NO_ANSWER),
        (TLS, HostUnreachable("no answer within 20 s"), Diagnosis.NO_ANSWER),
        (TLS, HostKeyRejected("authentication failed: Failed to verify peer's certificate: certificate has expired"), Diagnosis.CERTIFICATE_EXPIRED),
        (TLS, HostKeyRejected("authentication failed: Failed to verify peer's certificate: certificate is not yet valid"), Diagnosis.CERTIFICATE_NOT_YET_VALID),
        (TLS, HostKeyRejected("authentication failed: Failed to verify peer's certificate: IP address mismatch, certificate is not valid for '10.77.21.11'."), Diagnosis.CERTIFICATE_OTHER_NAME),
        (TLS, HostKeyRejected("authentication failed: Failed to verify peer's certificate: unable to get local issuer certificate"), Diagnosis.CERTIFICATE_UNTRUSTED),
        (TLS, AuthFailed("Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory"), Diagnosis.AUTHORITY_MISSING),
        (TLS, AuthFailed("The client certificate /p/clientcert.pem has expired"), Diagnosis.OWN_CERTIFICATE_EXPIRED),
        (TLS, HostUnreachable("Our own certificate /p/clientcert.pem failed validation against /p/cacert.pem: The certificate hasn't got a known issuer."), Diagnosis.OWN_CERTIFICATE_REFUSED),
        (TLS, HostUnreachable("Unable to read TLS confirmation: Input/output error"), Diagnosis.OWN_CERTIFICATE_REFUSED),
        (TLS, HostUnreachable("authentication failed: TLS handshake failed Error in the pull function."), Diagnosis.WRONG_SERVICE),
        (TCP, AuthFailed("authentication failed: authentication failed"), Diagnosis.PASSWORD_REFUSED),
        (TCP, AuthFailed("authentication failed: Failed to start SASL negotiation: -4 (SASL(-4): no mechanism available: No worthy mechs found)"), Diagnosis.NO_COMMON_LOGIN),
        (TCP, HostUnreachable("Cannot recv data: Connection reset by peer"), Diagnosis.WRONG_SERVICE),
        (TCP, HostUnreachable("packet 1397966889 bytes received from server too large, want 33554432"), Diagnosis.WRONG_SERVICE),
        (TCP, HostUnreachable("internal error: unexpected qemu URI path '/nothing', try qemu:///system"), Diagnosis.BAD_ADDRESS),
        (TCP, TimedOut("x"), Diagnosis.NO_ANSWER),
        (TCP, ConnectionLost("x"), Diagnosis.UNKNOWN),
    ],
)  # fmt: skip
def test_real_words_are_understood(uri: str, error: VmguiError, found: Diagnosis) -> None:
    assert diagnose(error, uri) is found


def test_only_who_is_surely_shut_out_leaves_the_host_alone_at_once() -> None:
    assert is_shut_out(Diagnosis.SHUT_OUT, 0)
    assert [is_shut_out(Diagnosis.ENDED_EARLY, in_a_row) for in_a_row in (1, 2, 3, 4)] == [
        False,
        False,
        True,
        True,
    ]
    assert not is_shut_out(Diagnosis.REFUSED, 9)


def test_what_is_no_error_of_ours_is_not_explained() -> None:
    assert diagnose(ValueError("connection refused"), SSH) is Diagnosis.UNKNOWN
