"""Every number libvirt has leads somewhere, and the vague ones lead where their words say."""

import errno

import libvirt
import pytest

from vmgui.hypervisor.errors import MAX_DETAIL_CHARS, TABLE, from_libvirt
from vmgui.model import errors
from vmgui.model.errors import VmguiError


def failure(
    code: int, message: str, *, domain: int = libvirt.VIR_FROM_QEMU, int1: int = -1
) -> libvirt.libvirtError:
    error = libvirt.libvirtError("call() failed")
    error.err = (code, domain, message, 2, "%s", message, None, int1, -1)
    return error


def test_the_table_names_every_error_there_is() -> None:
    known = {name for name in dir(libvirt) if name.startswith(("VIR_ERR_", "VIR_WAR_"))}
    assert known - set(TABLE) == set()


def test_the_table_invents_none() -> None:
    # Names of newer bindings than ours would be right too: then add the version here.
    assert {name for name in TABLE if not hasattr(libvirt, name)} == set()


def test_every_number_gives_an_error_that_keeps_the_words() -> None:
    for code in range(200):
        found = from_libvirt(failure(code, "what libvirt said"))
        assert isinstance(found, VmguiError)
        assert (found.detail, found.code) == ("what libvirt said", code)


def test_an_error_without_anything_in_it() -> None:
    found = from_libvirt(libvirt.libvirtError("virDomainFoo() failed"))
    assert type(found) is errors.LibvirtFailure
    assert found.detail == "virDomainFoo() failed"


def test_endless_words_are_cut() -> None:
    assert len(from_libvirt(failure(1, "x" * 100_000)).detail) == MAX_DETAIL_CHARS


RPC = libvirt.VIR_FROM_RPC

# As they were met: (code, domain, errno, message) -> class in use, class while opening (None: the same).
MET = [
    (42, libvirt.VIR_FROM_QEMU, -1, "Domain not found: no domain with matching uuid", errors.NotFound, errors.HostUnreachable),
    (55, libvirt.VIR_FROM_QEMU, -1, "Requested operation is not valid: domain is not running", errors.InvalidState, None),
    (9, libvirt.VIR_FROM_QEMU, -1, "operation failed: domain 'x' already exists with uuid 6695", errors.AlreadyExists, None),
    (38, libvirt.VIR_FROM_STORAGE, errno.ENOSPC, "cannot allocate 10 bytes in file '/x': No space left on device", errors.NoSpace, None),
    (38, libvirt.VIR_FROM_QEMU, errno.ENOSPC, "no se puede escribir: No queda espacio en el dispositivo", errors.NoSpace, None),
    (38, libvirt.VIR_FROM_STORAGE, errno.EACCES, "cannot open path '/x': Permission denied", errors.PermissionDenied, None),
    (38, libvirt.VIR_FROM_SECURITY, errno.EACCES, "Permiso denegado", errors.PermissionDenied, None),
    (38, libvirt.VIR_FROM_STORAGE, errno.ENOENT, "Cannot access storage file '/x.qcow2': No such file or directory", errors.StorageFailure, errors.HostUnreachable),
    (1, libvirt.VIR_FROM_QEMU, -1, "internal error: process exited while connecting to monitor: qemu: Could not open '/x': Permission denied", errors.PermissionDenied, None),
    (1, libvirt.VIR_FROM_QEMU, -1, "internal error: process exited: Failed to get \"write\" lock", errors.DiskLocked, None),
    (1, libvirt.VIR_FROM_QEMU, -1, "internal error: qemu: cannot set up guest memory 'pc.ram': Cannot allocate memory", errors.NoSpace, None),
    (1, libvirt.VIR_FROM_QEMU, -1, "internal error: something nobody has seen before", errors.LibvirtFailure, errors.HostUnreachable),
    (1, RPC, -1, "internal error: client socket is closed", errors.ConnectionLost, errors.HostUnreachable),
    (1, RPC, -1, "internal error: received hangup event on socket", errors.ConnectionLost, errors.HostUnreachable),
    (38, RPC, errno.EIO, "End of file while reading data: Input/output error", errors.ConnectionLost, errors.HostUnreachable),
    (38, RPC, errno.EPIPE, "Cannot write data: Broken pipe", errors.ConnectionLost, errors.HostUnreachable),
    (38, RPC, errno.EPIPE, "Tubería rota", errors.ConnectionLost, errors.HostUnreachable),
    (38, RPC, errno.ENOENT, "Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory", errors.HostUnreachable, None),
    (38, RPC, errno.EACCES, "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied", errors.PermissionDenied, None),
    (38, RPC, errno.ECONNREFUSED, "unable to connect to server at '127.0.0.1:1': Connection refused", errors.HostUnreachable, None),
    (38, RPC, -1, "Unable to resolve address 'nonexist.invalid' service '16509': Name or service not known", errors.HostUnreachable, None),
    (38, RPC, errno.ECONNRESET, "Cannot recv data: ssh: connect to host 127.0.0.1 port 1: Connection refused: Connection reset by peer", errors.HostUnreachable, None),
    (38, RPC, errno.ECONNRESET, "Cannot recv data: Host key verification failed.: Connection reset by peer", errors.HostKeyRejected, None),
    (38, RPC, errno.ECONNRESET, "Cannot recv data: root@h: Permission denied (publickey,password).: Connection reset by peer", errors.AuthFailed, None),
    (38, RPC, errno.ENOENT, "Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory", errors.AuthFailed, None),
    (45, libvirt.VIR_FROM_AUTH, -1, "authentication failed: authentication failed", errors.AuthFailed, None),
    (45, RPC, -1, "authentication failed: TLS handshake failed Error in the pull function.", errors.HostUnreachable, None),
    (45, RPC, -1, "authentication failed: TLS handshake failed Error in the push function.", errors.HostUnreachable, None),
    (45, RPC, -1, "authentication failed: TLS handshake failed The TLS connection was non-properly terminated.", errors.HostUnreachable, None),
    (45, RPC, -1, "authentication failed: TLS handshake failed A TLS fatal alert has been received.", errors.AuthFailed, None),
    (libvirt.VIR_ERR_AUTH_UNAVAILABLE, libvirt.VIR_FROM_POLKIT, -1, "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'", errors.PermissionDenied, None),
    (29, libvirt.VIR_FROM_RPC, -1, "operation virDomainCreate forbidden: read only access prevents virDomainCreate", errors.PermissionDenied, None),
    (86, libvirt.VIR_FROM_QEMU, -1, "Guest agent is not responding: QEMU guest agent is not connected", errors.AgentUnavailable, None),
    (68, libvirt.VIR_FROM_QEMU, -1, "Timed out during operation: cannot acquire state change lock (held by monitor=x)", errors.Busy, None),
    (78, libvirt.VIR_FROM_QEMU, -1, "operation aborted: migration out: canceled by client", errors.Aborted, None),
    (5, libvirt.VIR_FROM_NONE, -1, "no connection driver available for URI 'garbage' does not include a driver name", errors.HostUnreachable, None),
    (84, libvirt.VIR_FROM_QEMU, -1, "Operation not supported: nope", errors.Unsupported, None),
    (27, libvirt.VIR_FROM_XML, -1, "XML error: expecting root element of 'domain'", errors.InvalidConfig, None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "domain", "number", "message", "in_use", "opening"), MET)
def test_met_before(
    code: int,
    domain: int,
    number: int,
    message: str,
    in_use: type[VmguiError],
    opening: type[VmguiError] | None,
) -> None:
    error = failure(code, message, domain=domain, int1=number)
    assert type(from_libvirt(error)) is in_use
    assert type(from_libvirt(error, opening=True)) is (opening or in_use)


@pytest.mark.parametrize(
    ("code", "words", "kind", "subject"),
    [
        (55, "Requested operation is not valid: network 'default' is not active", errors.NetworkInactive, "default"),
        (9, "operation failed: Unable to find a satisfying virtiofsd", errors.ProgramMissing, "virtiofsd"),
        (55, "Requested operation is not valid: network 'it's' is not active' is not active", errors.NetworkInactive, "it's' is not active"),
        (67, "unsupported configuration: storage pool 'my pool' containing volume 'one.qcow2' is not active", errors.PoolInactive, "my pool"),
        (55, "Requested operation is not valid: storage pool 'default' is not active", errors.PoolInactive, "default"),
        (1, 'internal error: process exited while connecting to monitor: qemu-system-x86_64: -blockdev {"node-name":"libvirt-1-format"}: Failed to get shared "write" lock\nIs another process using the image [/images/a [1].qcow2]?', errors.DiskLocked, "/images/a [1].qcow2"),
        (1, "internal error: unable to execute QEMU command 'cont': Failed to get \"write\" lock", errors.DiskLocked, ""),
        (87, "resource busy: Lockspace resource '/images/a.qcow2' is locked", errors.DiskLocked, "/images/a.qcow2"),
    ],
)  # fmt: skip
def test_what_is_held_or_not_started_is_named(
    code: int, words: str, kind: type[VmguiError], subject: str
) -> None:
    found = from_libvirt(failure(code, words))
    assert (type(found), found.subject) == (kind, subject)
