"""libvirt's errors -> vmgui.model.errors: one table for all `VIR_ERR_*`, then what the number hides.

libvirt uses a few numbers (1 internal error, 38 system error, 9 operation failed) for everything
that has no number of its own. For those the other numbers decide (error_numbers.py), and where they
say nothing (ssh, QEMU, TLS) the words (error_words.py); of a daemon that speaks another language than
English only the numbers are understood.
(https://libvirt.org/html/libvirt-virterror.html)
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

import libvirt

from vmgui.hypervisor.error_numbers import (
    BY_ERRNO,
    FILE_ERRNO,
    LOST_ERRNO,
    clue_of,
    likely_kind,
    sure_kind,
)
from vmgui.hypervisor.error_subjects import subject_of
from vmgui.hypervisor.error_words import kind_of_words
from vmgui.model.errors import (
    Aborted,
    AgentUnavailable,
    AlreadyExists,
    AuthFailed,
    Busy,
    ConnectionLost,
    HostUnreachable,
    InvalidConfig,
    InvalidState,
    LibvirtFailure,
    NetworkFailure,
    NoSpace,
    NotFound,
    PermissionDenied,
    RiskyRevert,
    StorageFailure,
    TimedOut,
    Unsupported,
    VmguiError,
)

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

# Of libvirt 9.1 to 12; the binding gives no names for what its own library does not know.
_NEWER: dict[int, type[VmguiError]] = {
    111: NotFound,  # VIR_ERR_NO_NETWORK_METADATA
    112: AgentUnavailable,  # VIR_ERR_AGENT_COMMAND_TIMEOUT
    113: LibvirtFailure,  # VIR_ERR_AGENT_COMMAND_FAILED
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
        libvirt.VIR_ERR_AUTH_CANCELLED,
        libvirt.VIR_ERR_INVALID_ARG,
        libvirt.VIR_ERR_CONFIG_UNSUPPORTED,
        libvirt.VIR_ERR_OPERATION_INVALID,
        libvirt.VIR_ERR_RESOURCE_BUSY,
    }
)
_WIRE = frozenset({libvirt.VIR_FROM_RPC, libvirt.VIR_FROM_REMOTE})


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
    found = kind(detail, subject=subject_of(kind, detail), code=code)
    found.clue = clue_of(error, detail)
    return found


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


def is_cut_off(error: libvirt.libvirtError) -> bool:
    """Whether the connection is at fault: the next call would fare no better."""
    return isinstance(from_libvirt(error), (ConnectionLost, HostUnreachable))


def _kind(error: libvirt.libvirtError, code: int, detail: str) -> type[VmguiError]:
    known = _BY_CODE.get(code) or _NEWER.get(code, LibvirtFailure)
    if code not in _VAGUE:
        return known
    if (sure := sure_kind(error)) is not None:
        return sure
    on_wire = error.get_error_domain() in _WIRE
    number = error.get_int1() if code == libvirt.VIR_ERR_SYSTEM_ERROR else -1
    # ssh's own words come inside "Cannot recv data: ...: Connection reset by peer": they know better
    # than the errno of the pipe.
    if not on_wire and number in BY_ERRNO:
        return BY_ERRNO[number]
    kind = kind_of_words(detail) or likely_kind(error, detail)
    if kind is not None:
        return kind
    if number in BY_ERRNO:
        return BY_ERRNO[number]
    if on_wire:
        return ConnectionLost if number in LOST_ERRNO or code == libvirt.VIR_ERR_RPC else _wire_kind(known)
    return StorageFailure if number in FILE_ERRNO else known


def _wire_kind(known: type[VmguiError]) -> type[VmguiError]:
    """Trouble of the transport itself that nothing else explains."""
    return HostUnreachable if known is LibvirtFailure else known
