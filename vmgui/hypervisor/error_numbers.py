"""What an error's numbers tell in any language: its code, what of libvirt it comes from (the domain), the errno.

A daemon speaks the language of its own host. What each driver uses a code for is read in libvirt's source, 9.0 to
12 (src/conf/vir*obj*.c, network/bridge_driver.c, storage/storage_driver.c, util/virlockspace.c, util/virpolkit.c).
"""

from __future__ import annotations

import errno
import re

import libvirt

from vmgui.hypervisor.error_subjects import quoted
from vmgui.model.errors import (
    AlreadyExists,
    AuthCancelled,
    Busy,
    Clue,
    DiskLocked,
    NetworkFailure,
    NetworkInactive,
    NoSpace,
    PermissionDenied,
    PoolInactive,
    StorageFailure,
    VmguiError,
)

BY_ERRNO: dict[int, type[VmguiError]] = {
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
LOST_ERRNO = frozenset(
    {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.ESHUTDOWN, errno.EBADF, errno.EIO}
)
# A file that is not there, no file, or on something that does not answer.
FILE_ERRNO = frozenset(
    {
        errno.ENOENT,
        errno.EIO,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.ESTALE,
    }
)

# One thing only, whatever is said about it.
_SURE: dict[tuple[int, int], type[VmguiError]] = {
    (libvirt.VIR_ERR_AUTH_FAILED, libvirt.VIR_FROM_POLKIT): PermissionDenied,
    (libvirt.VIR_ERR_AUTH_UNAVAILABLE, libvirt.VIR_FROM_POLKIT): PermissionDenied,
    (libvirt.VIR_ERR_AUTH_CANCELLED, libvirt.VIR_FROM_POLKIT): AuthCancelled,
    (libvirt.VIR_ERR_RESOURCE_BUSY, libvirt.VIR_FROM_LOCKSPACE): DiskLocked,
    (libvirt.VIR_ERR_RESOURCE_BUSY, libvirt.VIR_FROM_LOCKING): DiskLocked,
}
_CLUES: dict[int, Clue] = {
    libvirt.VIR_ERR_NO_CONNECT: Clue.NO_DRIVER,
    libvirt.VIR_ERR_DBUS_SERVICE: Clue.NO_POLKIT_ANSWER,
    libvirt.VIR_ERR_AUTH_UNAVAILABLE: Clue.NO_POLKIT_AGENT,
}
_NOBODY_ERRNO = frozenset({errno.ENOENT, errno.ECONNREFUSED})
# In any language: the socket of a daemon, and what a URI should look like.
_DAEMON_SOCKET = re.compile(r"/libvirt/(?:libvirt|virt\w+d)-sock\b")
_URI_EXPECTED = re.compile(r"\b[a-z]+:///(?:system|session)\b")
_LISTS = frozenset({libvirt.VIR_FROM_DOMAIN, libvirt.VIR_FROM_NETWORK, libvirt.VIR_FROM_STORAGE})
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)


def numbers_of(error: libvirt.libvirtError) -> tuple[int, int]:
    """Its code and its domain."""
    return error.get_error_code() or 0, error.get_error_domain() or 0


def sure_kind(error: libvirt.libvirtError) -> type[VmguiError] | None:
    """What the numbers say alone; None: not enough."""
    return _SURE.get(numbers_of(error))


def clue_of(error: libvirt.libvirtError, detail: str) -> Clue:
    """What the numbers say of a failed connecting, with the names that stand in words of any language."""
    code, _ = numbers_of(error)
    if code == libvirt.VIR_ERR_SYSTEM_ERROR and error.get_int1() in _NOBODY_ERRNO:
        return Clue.NO_DAEMON if _DAEMON_SOCKET.search(detail) else Clue.NONE
    if code == libvirt.VIR_ERR_INTERNAL_ERROR and _URI_EXPECTED.search(detail):
        return Clue.BAD_URI
    return _CLUES.get(code, Clue.NONE)


def likely_kind(error: libvirt.libvirtError, detail: str) -> type[VmguiError] | None:
    """What the numbers say of words that nobody here understands; None: not enough.

    | code              | domain                   | names in quotes | is                                            |
    |-------------------|--------------------------|-----------------|-----------------------------------------------|
    | operation invalid | network                  | one             | a network that is not started                 |
    | operation invalid | network                  | two             | an interface that it does not take            |
    | operation invalid | storage                  | one             | a pool that is not started (*)                |
    | operation failed  | domain, network, storage | one and a UUID  | a name that another one has (with that UUID)  |
    | system error      | storage                  | any             | a file or pool that cannot be used            |

    (*) Of a volume that is there: it is in use (`storage.delete_volume`).
    """
    code, domain = numbers_of(error)
    names = quoted(detail)
    if code == libvirt.VIR_ERR_OPERATION_INVALID and domain == libvirt.VIR_FROM_NETWORK and names:
        return NetworkInactive if len(names) == 1 else NetworkFailure
    if code == libvirt.VIR_ERR_OPERATION_INVALID and domain == libvirt.VIR_FROM_STORAGE and len(names) == 1:
        return PoolInactive
    if code == libvirt.VIR_ERR_OPERATION_FAILED and domain in _LISTS and names and _UUID.search(detail):
        return AlreadyExists
    if code == libvirt.VIR_ERR_SYSTEM_ERROR and domain == libvirt.VIR_FROM_STORAGE:
        return StorageFailure
    return None
