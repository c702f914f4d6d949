"""Where a look for disks leads, and what it says that it failed."""

from __future__ import annotations

import errno

import libvirt
import pytest

from tests.unit.hypervisor.test_errors import failure
from vmgui.hypervisor.pool_looks import is_directory_there
from vmgui.hypervisor.storage_evidence import may_hold_disks
from vmgui.model.errors import InvalidConfig, StorageFailure

STORAGE = libvirt.VIR_FROM_STORAGE


@pytest.mark.parametrize(
    ("directory", "may"),
    [
        ("/data", True),
        ("/home/me", True),
        ("/run/media/me/usb", True),
        ("/run/media", True),
        ("/runs", True),
        ("/run/media-center", False),
        ("/run/libvirt", False),
        ("/run", False),
        ("/dev/vg", False),
        ("/proc/1", False),
        ("/", False),
        ("", False),
    ],
)
def test_where_disks_may_be(directory: str, may: bool) -> None:
    assert may_hold_disks(directory) is may


@pytest.mark.parametrize(
    ("code", "number", "is_there"),
    [
        (libvirt.VIR_ERR_SYSTEM_ERROR, errno.EACCES, True),
        (libvirt.VIR_ERR_SYSTEM_ERROR, errno.EIO, True),
        (libvirt.VIR_ERR_INTERNAL_ERROR, -1, True),  # an image in it that is cut off
        (libvirt.VIR_ERR_SYSTEM_ERROR, errno.ENOENT, False),
        (libvirt.VIR_ERR_SYSTEM_ERROR, errno.ENOTDIR, False),
        # Nobody looked: no pools may be made here, or others are at it.
        (libvirt.VIR_ERR_ACCESS_DENIED, -1, None),
        (libvirt.VIR_ERR_OPERATION_DENIED, -1, None),
        (libvirt.VIR_ERR_NO_SUPPORT, -1, None),
        (libvirt.VIR_ERR_OPERATION_FAILED, -1, None),
    ],
)
def test_what_a_look_that_fails_says_of_the_directory(code: int, number: int, is_there: bool | None) -> None:
    error = failure(code, "no", domain=STORAGE, int1=number)
    assert is_directory_there(error) is is_there
    wrapped = StorageFailure("not everything can be read")
    wrapped.__cause__ = error
    assert is_directory_there(wrapped) is is_there


def test_what_is_not_understood_says_nothing() -> None:
    assert is_directory_there(InvalidConfig("no XML")) is None
