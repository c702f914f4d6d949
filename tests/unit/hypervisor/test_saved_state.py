"""What libvirt 9.0 and 11.3 say of damaged files of saved states, each seen on a real host."""

from __future__ import annotations

from typing import cast

import libvirt
import pytest

from tests.unit.hypervisor.test_errors import failure
from vmgui.hypervisor import lifecycle
from vmgui.hypervisor.saved_state import why_not_restored
from vmgui.model.errors import (
    DiskLocked,
    NetworkInactive,
    PermissionDenied,
    PoolInactive,
    SavedStateDamaged,
    SavedStateUnfit,
    VmguiError,
)

FAILED = libvirt.VIR_ERR_OPERATION_FAILED
INTERNAL = libvirt.VIR_ERR_INTERNAL_ERROR
SYSTEM = libvirt.VIR_ERR_SYSTEM_ERROR


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (FAILED, "operation failed: image magic is incorrect"),
        (FAILED, "operation failed: failed to read qemu header"),
        (FAILED, "operation failed: failed to read domain XML"),
        (FAILED, "operation failed: failed to read cookie"),
        (FAILED, "operation failed: image version is not supported (1660944384 > 2)"),
        (FAILED, "operation failed: Invalid compressed save format 77"),
        (FAILED, "operation failed: unsupported save image format: 77"),
        (FAILED, "operation failed: invalid header data length: 0"),
        (FAILED, "operation failed: job 'start' failed: load of migration failed: Input/output error"),
        (INTERNAL, "internal error: qemu unexpectedly closed the monitor: 2026-11-29T23:25:49.798295Z qemu-system-x86_64: error while loading state section id 3(ram)\n2026-11-29T23:25:49.798938Z qemu-system-x86_64: load of migration failed: Input/output error"),
        (libvirt.VIR_ERR_XML_DETAIL, "(domain_definition):1: error parsing attribute name\n<domain <<<<garbage>>>><name>sv</name>\n--------^"),
        (libvirt.VIR_ERR_XML_ERROR, "XML error: missing domain type attribute"),
    ],
)  # fmt: skip
def test_what_can_never_be_restored(code: int, words: str) -> None:
    error = why_not_restored(failure(code, words))
    assert type(error) is SavedStateDamaged
    assert (error.detail, error.code) == (words, code)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (failure(SYSTEM, "Path '/images/one.qcow2' is not accessible: No such file or directory", domain=54, int1=2), SavedStateUnfit),
        (failure(libvirt.VIR_ERR_NO_NETWORK, "Network not found: no network with matching name 'lab'"), SavedStateUnfit),
        (failure(libvirt.VIR_ERR_CONFIG_UNSUPPORTED, "unsupported configuration: Emulator does not support machine type 'pc-q35-5.1'"), SavedStateUnfit),
        # A daemon that speaks Spanish.
        (failure(FAILED, "la operación falló: el encabezado de qemu no se pudo leer"), SavedStateUnfit),
        (failure(libvirt.VIR_ERR_OPERATION_INVALID, "Requested operation is not valid: network 'default' is not active"), NetworkInactive),
        (failure(libvirt.VIR_ERR_CONFIG_UNSUPPORTED, "unsupported configuration: storage pool 'default' containing volume 'a' is not active"), PoolInactive),
        (failure(INTERNAL, "internal error: unable to execute QEMU command 'cont': Failed to get \"write\" lock"), DiskLocked),
        (failure(SYSTEM, "Failed to open file '/var/lib/libvirt/qemu/save/load of migration failed.save': Permission denied", int1=13), PermissionDenied),
    ],
)  # fmt: skip
def test_what_is_not_the_fault_of_what_was_saved(error: libvirt.libvirtError, kind: type[VmguiError]) -> None:
    assert type(why_not_restored(error)) is kind


class _Machine:
    """One whose start is refused."""

    def __init__(self, error: libvirt.libvirtError) -> None:
        self._error = error

    def lookupByUUIDString(self, _uuid: str) -> _Machine:
        return self

    def hasManagedSaveImage(self) -> int:
        return 0

    def createWithFlags(self, _flags: int) -> None:
        raise self._error


def test_a_network_that_is_not_started_is_told_by_numbers_in_any_language() -> None:
    words = "la operación solicitada no es válida: la red 'mi red' no está activa"
    error = failure(libvirt.VIR_ERR_OPERATION_INVALID, words, domain=libvirt.VIR_FROM_NETWORK)
    with pytest.raises(NetworkInactive) as caught:
        lifecycle.start(cast("libvirt.virConnect", _Machine(error)), "uuid")
    assert caught.value.subject == "mi red"
