"""Why a machine with a saved state did not start: because of what was saved, or of something else.

libvirt reads its own header and the machine's definition from the file (qemu_saveimage.c), the hypervisor reads the
memory behind it. What it can tell to be incomplete it discards by itself, and the machine boots.
"""

from __future__ import annotations

import libvirt

from vmgui.hypervisor.errors import from_libvirt, is_unsupported
from vmgui.model.errors import (
    InvalidConfig,
    LibvirtFailure,
    NotFound,
    PoolInactive,
    SavedStateDamaged,
    SavedStateUnfit,
    StorageFailure,
    Unsupported,
    VmguiError,
)
from vmgui.policy.error_words import without_names

# All lower case, of libvirt 9.0 to 12 and QEMU.
_DAMAGED = (
    "image magic is incorrect",
    "failed to read qemu header",
    "failed to read domain xml",
    "failed to read cookie",
    "save image is incomplete",
    "invalid header data length",
    "image version is not supported",
    "invalid compressed save format",
    "unsupported save image format",
    "load of migration failed",
    "error while loading state",
)
_XML = frozenset({libvirt.VIR_ERR_XML_ERROR, libvirt.VIR_ERR_XML_DETAIL})
# What is wrong with the definition that was saved with it, which is not the one of today.
_UNFIT = (StorageFailure, NotFound, Unsupported, InvalidConfig)


def has_saved_state(domain: libvirt.virDomain) -> bool:
    """Whether the next start continues what was saved."""
    try:
        return bool(domain.hasManagedSaveImage())
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return False
        raise


def why_not_restored(error: libvirt.libvirtError) -> VmguiError:
    """The error of a machine that has a saved state and did not start."""
    told = from_libvirt(error)
    words = without_names(told.detail)
    if told.code in _XML or any(needle in words for needle in _DAMAGED):
        return SavedStateDamaged(told.detail, code=told.code)
    # In the words of a daemon that speaks another language the number is all there is; to discard it helps in any case.
    is_unknown = type(told) is LibvirtFailure and told.code == libvirt.VIR_ERR_OPERATION_FAILED
    if is_unknown or (isinstance(told, _UNFIT) and not isinstance(told, PoolInactive)):
        return SavedStateUnfit(told.detail, code=told.code)
    return told
