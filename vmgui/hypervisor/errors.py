"""libvirt's errors -> vmgui.model.errors: one table for all `VIR_ERR_*`, then what the number hides.

libvirt uses a few numbers (1 internal error, 38 system error, 9 operation failed) for everything
that has no number of its own. For those the errno it passes in `int1` decides, and where there is
none (ssh, QEMU, TLS) the words do; they are looked for in English, which is what a daemon speaks.
(https://libvirt.org/html/libvirt-virterror.html)
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Generator
from contextlib import contextmanager

import libvirt

from vmgui.hypervisor.error_subjects import subject_of
from vmgui.model.errors import (
    Aborted,
    AgentUnavailable,
    AlreadyExists,
    AuthFailed,
    Busy,
    ConnectionLost,
    DiskLocked,
    HostKeyRejected,
    HostUnreachable,
    InvalidConfig,
    InvalidState,
    LibvirtFailure,
    NetworkFailure,
    NetworkInactive,
    NoSpace,
    NotFound,
    PermissionDenied,
    PoolInactive,
    RiskyRevert,
    StorageFailure,
    TimedOut,
    Unsupported,
    VmguiError,
)
from vmgui.policy.error_words import without_names

log = logging.getLogger(__name__)

MAX_DETAIL_CHARS = 4000

# What the binding throws beside libvirtError: at a text that is no UTF-8 (a file's name, the words of an error),
# at a value that does not fit or has a zero in it, and where it is wrong itself. UnicodeError is a ValueError.
BINDING_ERRORS = (ValueError, TypeError, OverflowError, SystemError)

# By name: older and newer bindings lack some. Tested to name every VIR_ERR_* there is.
TABLE: dict[str, type[VmguiError]] = {
    "VIR_ERR_OK": LibvirtFailure,
    "VIR_ERR_INTERNAL_ERROR": LibvirtFailure,
    "VIR_ERR_NO_MEMORY": NoSpace,
    "VIR_ERR_NO_SUPPORT": Unsupported,
    "VIR_ERR_UNKNOWN_HOST": HostUnreachable,
    "VIR_ERR_NO_CONNECT": HostUnreachable,
    "VIR_ERR_INVALID_CONN": ConnectionLost,
    "VIR_ERR_INVALID_DOMAIN": NotFound,
    "VIR_ERR_INVALID_ARG": InvalidConfig,
    "VIR_ERR_OPERATION_FAILED": LibvirtFailure,
    "VIR_ERR_GET_FAILED": HostUnreachable,
    "VIR_ERR_POST_FAILED": HostUnreachable,
    "VIR_ERR_HTTP_ERROR": HostUnreachable,
    "VIR_ERR_SEXPR_SERIAL": LibvirtFailure,
    "VIR_ERR_NO_XEN": HostUnreachable,
    "VIR_ERR_XEN_CALL": LibvirtFailure,
    "VIR_ERR_OS_TYPE": Unsupported,
    "VIR_ERR_NO_KERNEL": InvalidConfig,
    "VIR_ERR_NO_ROOT": InvalidConfig,
    "VIR_ERR_NO_SOURCE": InvalidConfig,
    "VIR_ERR_NO_TARGET": InvalidConfig,
    "VIR_ERR_NO_NAME": InvalidConfig,
    "VIR_ERR_NO_OS": InvalidConfig,
    "VIR_ERR_NO_DEVICE": InvalidConfig,
    "VIR_ERR_NO_XENSTORE": HostUnreachable,
    "VIR_ERR_DRIVER_FULL": LibvirtFailure,
    "VIR_ERR_CALL_FAILED": LibvirtFailure,
    "VIR_ERR_XML_ERROR": InvalidConfig,
    "VIR_ERR_DOM_EXIST": AlreadyExists,
    "VIR_ERR_OPERATION_DENIED": PermissionDenied,
    "VIR_ERR_OPEN_FAILED": StorageFailure,
    "VIR_ERR_READ_FAILED": StorageFailure,
    "VIR_ERR_PARSE_FAILED": InvalidConfig,
    "VIR_ERR_CONF_SYNTAX": InvalidConfig,
    "VIR_ERR_WRITE_FAILED": StorageFailure,
    "VIR_ERR_XML_DETAIL": InvalidConfig,
    "VIR_ERR_INVALID_NETWORK": NotFound,
    "VIR_ERR_NETWORK_EXIST": AlreadyExists,
    "VIR_ERR_SYSTEM_ERROR": LibvirtFailure,
    "VIR_ERR_RPC": ConnectionLost,
    "VIR_ERR_GNUTLS_ERROR": HostUnreachable,
    "VIR_WAR_NO_NETWORK": NetworkFailure,
    "VIR_ERR_NO_DOMAIN": NotFound,
    "VIR_ERR_NO_NETWORK": NotFound,
    "VIR_ERR_INVALID_MAC": InvalidConfig,
    "VIR_ERR_AUTH_FAILED": AuthFailed,
    "VIR_ERR_INVALID_STORAGE_POOL": NotFound,
    "VIR_ERR_INVALID_STORAGE_VOL": NotFound,
    "VIR_WAR_NO_STORAGE": StorageFailure,
    "VIR_ERR_NO_STORAGE_POOL": NotFound,
    "VIR_ERR_NO_STORAGE_VOL": NotFound,
    "VIR_WAR_NO_NODE": Unsupported,
    "VIR_ERR_INVALID_NODE_DEVICE": NotFound,
    "VIR_ERR_NO_NODE_DEVICE": NotFound,
    "VIR_ERR_NO_SECURITY_MODEL": Unsupported,
    "VIR_ERR_OPERATION_INVALID": InvalidState,
    "VIR_WAR_NO_INTERFACE": NetworkFailure,
    "VIR_ERR_NO_INTERFACE": NotFound,
    "VIR_ERR_INVALID_INTERFACE": NotFound,
    "VIR_ERR_MULTIPLE_INTERFACES": AlreadyExists,
    "VIR_WAR_NO_NWFILTER": Unsupported,
    "VIR_ERR_INVALID_NWFILTER": NotFound,
    "VIR_ERR_NO_NWFILTER": NotFound,
    "VIR_ERR_BUILD_FIREWALL": NetworkFailure,
    "VIR_WAR_NO_SECRET": Unsupported,
    "VIR_ERR_INVALID_SECRET": NotFound,
    "VIR_ERR_NO_SECRET": NotFound,
    "VIR_ERR_CONFIG_UNSUPPORTED": Unsupported,
    "VIR_ERR_OPERATION_TIMEOUT": Busy,  # "cannot acquire state change lock": another job holds it
    "VIR_ERR_MIGRATE_PERSIST_FAILED": LibvirtFailure,
    "VIR_ERR_HOOK_SCRIPT_FAILED": LibvirtFailure,
    "VIR_ERR_INVALID_DOMAIN_SNAPSHOT": NotFound,
    "VIR_ERR_NO_DOMAIN_SNAPSHOT": NotFound,
    "VIR_ERR_INVALID_STREAM": ConnectionLost,
    "VIR_ERR_ARGUMENT_UNSUPPORTED": Unsupported,
    "VIR_ERR_STORAGE_PROBE_FAILED": StorageFailure,
    "VIR_ERR_STORAGE_POOL_BUILT": AlreadyExists,
    "VIR_ERR_SNAPSHOT_REVERT_RISKY": RiskyRevert,
    "VIR_ERR_OPERATION_ABORTED": Aborted,
    "VIR_ERR_AUTH_CANCELLED": AuthFailed,
    "VIR_ERR_NO_DOMAIN_METADATA": NotFound,
    "VIR_ERR_MIGRATE_UNSAFE": RiskyRevert,
    "VIR_ERR_OVERFLOW": InvalidConfig,
    "VIR_ERR_BLOCK_COPY_ACTIVE": Busy,
    "VIR_ERR_OPERATION_UNSUPPORTED": Unsupported,
    "VIR_ERR_SSH": HostUnreachable,
    "VIR_ERR_AGENT_UNRESPONSIVE": AgentUnavailable,
    "VIR_ERR_RESOURCE_BUSY": Busy,
    "VIR_ERR_ACCESS_DENIED": PermissionDenied,
    "VIR_ERR_DBUS_SERVICE": LibvirtFailure,
    "VIR_ERR_STORAGE_VOL_EXIST": AlreadyExists,
    "VIR_ERR_CPU_INCOMPATIBLE": Unsupported,
    "VIR_ERR_XML_INVALID_SCHEMA": InvalidConfig,
    "VIR_ERR_MIGRATE_FINISH_OK": LibvirtFailure,
    "VIR_ERR_AUTH_UNAVAILABLE": AuthFailed,
    "VIR_ERR_NO_SERVER": NotFound,
    "VIR_ERR_NO_CLIENT": NotFound,
    "VIR_ERR_AGENT_UNSYNCED": AgentUnavailable,
    "VIR_ERR_LIBSSH": HostUnreachable,
    "VIR_ERR_DEVICE_MISSING": NotFound,
    "VIR_ERR_INVALID_NWFILTER_BINDING": NotFound,
    "VIR_ERR_NO_NWFILTER_BINDING": NotFound,
    "VIR_ERR_INVALID_DOMAIN_CHECKPOINT": NotFound,
    "VIR_ERR_NO_DOMAIN_CHECKPOINT": NotFound,
    "VIR_ERR_NO_DOMAIN_BACKUP": NotFound,
    "VIR_ERR_INVALID_NETWORK_PORT": NotFound,
    "VIR_ERR_NETWORK_PORT_EXIST": AlreadyExists,
    "VIR_ERR_NO_NETWORK_PORT": NotFound,
    "VIR_ERR_NO_HOSTNAME": LibvirtFailure,
    "VIR_ERR_CHECKPOINT_INCONSISTENT": StorageFailure,
    "VIR_ERR_MULTIPLE_DOMAINS": AlreadyExists,
    # Levels of an error, not errors; they share the prefix.
    "VIR_ERR_NONE": LibvirtFailure,
    "VIR_ERR_WARNING": LibvirtFailure,
    "VIR_ERR_ERROR": LibvirtFailure,
}

_LEVELS = frozenset({"VIR_ERR_NONE", "VIR_ERR_WARNING", "VIR_ERR_ERROR"})
_BY_CODE: dict[int, type[VmguiError]] = {
    getattr(libvirt, name): kind
    for name, kind in TABLE.items()
    if name not in _LEVELS and hasattr(libvirt, name)
}

_INVALID_ARG = libvirt.VIR_ERR_INVALID_ARG
# Numbers that say nothing by themselves: errno and words decide first.
_VAGUE = frozenset(
    {
        libvirt.VIR_ERR_INTERNAL_ERROR,
        libvirt.VIR_ERR_OPERATION_FAILED,
        libvirt.VIR_ERR_SYSTEM_ERROR,
        libvirt.VIR_ERR_RPC,
        libvirt.VIR_ERR_OPEN_FAILED,
        libvirt.VIR_ERR_READ_FAILED,
        libvirt.VIR_ERR_WRITE_FAILED,
        libvirt.VIR_ERR_GNUTLS_ERROR,
        libvirt.VIR_ERR_LIBSSH,
        libvirt.VIR_ERR_SSH,
        libvirt.VIR_ERR_AUTH_FAILED,
        libvirt.VIR_ERR_AUTH_UNAVAILABLE,
        libvirt.VIR_ERR_INVALID_ARG,
        libvirt.VIR_ERR_CONFIG_UNSUPPORTED,
        libvirt.VIR_ERR_OPERATION_INVALID,
        libvirt.VIR_ERR_RESOURCE_BUSY,
    }
)
_WIRE = frozenset({libvirt.VIR_FROM_RPC, libvirt.VIR_FROM_REMOTE})

_BY_ERRNO: dict[int, type[VmguiError]] = {
    errno.EACCES: PermissionDenied,
    errno.EPERM: PermissionDenied,
    errno.EROFS: PermissionDenied,
    errno.ENOSPC: NoSpace,
    errno.EDQUOT: NoSpace,
    errno.ENOMEM: NoSpace,
    errno.EEXIST: AlreadyExists,
    errno.EBUSY: Busy,
    errno.ETXTBSY: Busy,
    errno.EADDRINUSE: AlreadyExists,
}
_LOST_ERRNO = frozenset(
    {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.ESHUTDOWN, errno.EBADF, errno.EIO}
)

# First match wins; all lower case. Words of ssh, GnuTLS, libssh, QEMU and libvirt itself.
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


def from_libvirt(error: libvirt.libvirtError, *, opening: bool = False) -> VmguiError:
    """The error a person can react to; `opening`: while connecting, where a broken wire means
    the host cannot be reached rather than that it was lost."""
    code = error.get_error_code() or 0
    detail = (error.get_error_message() or str(error))[:MAX_DETAIL_CHARS]
    kind = _kind(error, code, detail)
    if opening:
        if kind in (ConnectionLost, StorageFailure, LibvirtFailure, NotFound, TimedOut):
            kind = HostUnreachable
        elif kind is InvalidConfig and code == _INVALID_ARG and "credentials" in detail:
            kind = AuthFailed
    return kind(detail, subject=subject_of(kind, detail), code=code)


def from_binding(error: Exception) -> VmguiError:
    """One of `BINDING_ERRORS` as an error a person can react to."""
    if isinstance(error, UnicodeDecodeError):
        return LibvirtFailure(f"a text of the host is not UTF-8: {bytes(error.object)[:200]!r}")
    if isinstance(error, UnicodeEncodeError | OverflowError) or "embedded null" in str(error):
        return InvalidConfig(f"cannot be told to libvirt: {error}")
    return LibvirtFailure(f"{type(error).__name__}: {error}")


@contextmanager
def door(*, opening: bool = False) -> Generator[None]:
    """Whatever libvirt and its binding throw inside becomes one of our errors."""
    try:
        yield
    except libvirt.libvirtError as error:
        raise from_libvirt(error, opening=opening) from None
    except BINDING_ERRORS as error:
        # It may as well be a fault of ours, which only the traceback tells.
        log.warning("libvirt's binding: %s", error, exc_info=True)
        raise from_binding(error) from None


def kind_of_words(words: str) -> type[VmguiError] | None:
    """What the words of ssh, GnuTLS and the like mean, whatever names stand in them; None: nothing known."""
    lower = without_names(words)
    # "network '' is not active": also without the place where a name stood.
    bare = lower.replace("'' ", "")
    return next((kind for needle, kind in _WORDS if needle in lower or needle in bare), None)


def is_unsupported(error: libvirt.libvirtError) -> bool:
    """Whether the driver just does not have this call."""
    return error.get_error_code() in (
        libvirt.VIR_ERR_NO_SUPPORT,
        libvirt.VIR_ERR_OPERATION_UNSUPPORTED,
        libvirt.VIR_ERR_ARGUMENT_UNSUPPORTED,
        libvirt.VIR_ERR_CONFIG_UNSUPPORTED,
    )


def is_gone(error: libvirt.libvirtError) -> bool:
    """Whether the object of the call does not exist (any more)."""
    return _BY_CODE.get(error.get_error_code() or 0) is NotFound


def _kind(error: libvirt.libvirtError, code: int, detail: str) -> type[VmguiError]:
    known = _BY_CODE.get(code, LibvirtFailure)
    if code not in _VAGUE:
        return known
    on_wire = error.get_error_domain() in _WIRE
    number = error.get_int1() if code == libvirt.VIR_ERR_SYSTEM_ERROR else -1
    # ssh's own words come inside "Cannot recv data: ...: Connection reset by peer": they know better
    # than the errno of the pipe.
    if not on_wire and number in _BY_ERRNO:
        return _BY_ERRNO[number]
    kind = kind_of_words(detail)
    if kind is not None:
        return kind
    if number in _BY_ERRNO:
        return _BY_ERRNO[number]
    if on_wire:
        return ConnectionLost if number in _LOST_ERRNO or code == libvirt.VIR_ERR_RPC else _wire_kind(known)
    if number == errno.ENOENT or number == errno.EIO:
        return StorageFailure
    return known


def _wire_kind(known: type[VmguiError]) -> type[VmguiError]:
    """Trouble of the transport itself that nothing else explains."""
    return HostUnreachable if known is LibvirtFailure else known
