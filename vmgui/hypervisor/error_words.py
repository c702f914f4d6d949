"""What the words of an error mean, where its numbers say nothing: those of ssh, GnuTLS, libssh, QEMU and libvirt.

In English: libraries of this process speak it whatever the desktop does, and so does QEMU wherever libvirt starts
it. A host's libvirt may speak another language; what it says is understood by its numbers or not at all.
"""

from __future__ import annotations

from vmgui.model.errors import (
    AgentUnavailable,
    AlreadyExists,
    AuthFailed,
    Busy,
    ConnectionLost,
    DiskLocked,
    HostKeyRejected,
    HostUnreachable,
    InvalidState,
    NetworkInactive,
    NoSpace,
    NotFound,
    PermissionDenied,
    PoolInactive,
    ProgramMissing,
    StorageFailure,
    Unsupported,
    VmguiError,
)
from vmgui.policy.error_words import without_names

# First match wins; all lower case.
_WORDS: tuple[tuple[str, type[VmguiError]], ...] = (
    ("host key verification failed", HostKeyRejected),
    ("remote host identification has changed", HostKeyRejected),
    ("host key did not match", HostKeyRejected),
    ("!!!host key", HostKeyRejected),
    ("not verify known_hosts", HostKeyRejected),
    ("unknown ssh key", HostKeyRejected),
    ("failed to verify peer's certificate", HostKeyRejected),
    ("certificate failed validation", HostKeyRejected),
    ("certificate is not trusted", HostKeyRejected),
    ("certificate has expired", HostKeyRejected),
    ("certificate is not yet active", HostKeyRejected),
    ("certificate has been revoked", HostKeyRejected),
    ("certificate issuer", HostKeyRejected),
    ("ertificate owner does not match", HostKeyRejected),
    # libvirt calls every end of a TLS handshake a failed authentication, also where the daemon just ended.
    ("error in the pull function", HostUnreachable),
    ("error in the push function", HostUnreachable),
    ("connection was non-properly terminated", HostUnreachable),
    ("ca certificate", AuthFailed),
    ("client certificate", AuthFailed),
    ("x509", AuthFailed),
    ("unable to find a satisfying", ProgramMissing),  # libvirt: virtiofsd, vhost-user-gpu
    ("no polkit agent", PermissionDenied),
    ("polkit", PermissionDenied),
    ("access denied by policy", PermissionDenied),
    ("permission denied (", AuthFailed),  # ssh: the methods tried follow in brackets
    ("permission denied, please try again", AuthFailed),
    ("too many authentication failures", AuthFailed),
    ("no supported authentication methods", AuthFailed),
    ("authentication failed", AuthFailed),
    ("read only access prevents", PermissionDenied),
    ("permission denied", PermissionDenied),
    ("operation not permitted", PermissionDenied),
    ("read-only file system", PermissionDenied),
    ("no space left on device", NoSpace),
    ("disk quota exceeded", NoSpace),
    ("not enough free space", NoSpace),
    ("not enough space", NoSpace),
    ("cannot allocate memory", NoSpace),
    ("cannot set up guest memory", NoSpace),
    ("could not resolve hostname", HostUnreachable),
    ("name or service not known", HostUnreachable),
    ("temporary failure in name resolution", HostUnreachable),
    ("no address associated with hostname", HostUnreachable),
    ("unable to resolve address", HostUnreachable),
    ("connection refused", HostUnreachable),
    ("no route to host", HostUnreachable),
    ("network is unreachable", HostUnreachable),
    ("connection timed out", HostUnreachable),
    ("connection closed by", HostUnreachable),
    ("exchange_identification: ", HostUnreachable),  # before the login: "... read: connection reset by peer"
    ("connection reset", ConnectionLost),
    ("broken pipe", ConnectionLost),
    ("end of file while reading data", ConnectionLost),
    ("client socket is closed", ConnectionLost),
    ("connection to libvirtd was lost", ConnectionLost),
    ("keepalive", ConnectionLost),
    ("received hangup", ConnectionLost),
    ("guest agent", AgentUnavailable),
    ("already in use by", AlreadyExists),
    ("already exists", AlreadyExists),
    ('failed to get "', DiskLocked),  # "write" lock, shared "write" lock, "consistent read" lock
    ('failed to get shared "', DiskLocked),
    ("is another process using the image", DiskLocked),
    ("lockspace resource '' is locked", DiskLocked),  # virtlockd
    ("failed to acquire lock", DiskLocked),  # sanlock
    ("cannot acquire state change lock", Busy),
    ("domain is already running", InvalidState),
    ("domain is not running", InvalidState),
    ("' not running", InvalidState),
    ("' not paused", InvalidState),
    ("storage pool is not active", PoolInactive),
    ("storage pool containing volume is not active", PoolInactive),
    ("network is not active", NetworkInactive),
    ("is not active", InvalidState),
    ("is already active", InvalidState),
    ("is still active", InvalidState),
    ("is starting up", Busy),
    ("is still in use", Busy),
    ("is still being allocated", Busy),
    ("could not open", StorageFailure),
    ("cannot access storage file", StorageFailure),
    ("image is not in", StorageFailure),
    ("could not read", StorageFailure),
    ("is not in qcow2 format", StorageFailure),
    ("qemu-img", StorageFailure),
    ("network not found", NotFound),
    ("kvm kernel module", Unsupported),
    ("failed to initialize kvm", Unsupported),
    ("not supported", Unsupported),
    ("unsupported", Unsupported),
)


def kind_of_words(words: str) -> type[VmguiError] | None:
    """What the words of ssh, GnuTLS and the like mean, whatever names stand in them; None: nothing known."""
    lower = without_names(words)
    # "network '' is not active": also without the place where a name stood.
    bare = lower.replace("'' ", "")
    return next((kind for needle, kind in _WORDS if needle in lower or needle in bare), None)
