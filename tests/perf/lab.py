"""A real libvirtd with a thousand defined machines and forty that run, for the benchmark; needs root (tests/lab)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import libvirt

from tests.lab.lab import Lab, LabBusy, open_lab
from tests.lab.plan import LabUnavailable, lab_id_from_environment
from tests.lab.shares import put_guests_second
from tests.perf.fleet import ROLES, Fleet

BOOT_TIMEOUT_S = 300.0
"""For forty emulated guests at once."""


class NoLab(Exception):
    """Why there is none on this machine."""


@contextmanager
def lab_fleet(defined: int, started: int) -> Iterator[Fleet]:
    """A host with `defined` machines, `started` of them tiny guests that run; raises NoLab."""
    try:
        lab = open_lab(lab_id_from_environment())
    except (LabUnavailable, LabBusy) as error:
        raise NoLab(str(error)) from error
    try:
        try:
            uri = _fill(lab, defined, started)
        except (LabUnavailable, TimeoutError, libvirt.libvirtError) as error:
            raise NoLab(str(error)) from error
        yield Fleet(f"libvirtd {defined:,}, {started} run", (uri,), defined)
    finally:
        lab.close()


def _fill(lab: Lab, defined: int, started: int) -> str:
    """The host with these machines, once the guests have booted; its URI."""
    host = lab.host("a")
    put_guests_second(lab.plan)
    names = [f"{ROLES[number % len(ROLES)]}-{number // len(ROLES) + 1}" for number in range(defined)]
    for number, name in enumerate(names):
        host.define_tiny(name, 96, start=number < started)
    for name in names[:started]:
        host.wait_serial(name, timeout_s=BOOT_TIMEOUT_S)
    return host.unix_uri
