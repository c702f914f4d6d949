"""The probe against this machine's own /dev/kvm, whatever it is worth, and against a control."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from tests.helpers.figures import figure
from tests.helpers.looks import below
from tests.helpers.waiting import eventually
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor import domains, kvm_probe
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import SLOW
from vmgui.model.host import GuestCapability, KvmState


def expected_state() -> set[KvmState]:
    """What is known of this machine without the probe: real acceleration needs the processor's help."""
    if not Path("/dev/kvm").exists():
        return {KvmState.MISSING}
    flags = Path("/proc/cpuinfo").read_text().split()
    return {KvmState.WORKS} if "vmx" in flags or "svm" in flags else {KvmState.LIES, KvmState.MISSING}


async def test_this_machine(connection: Connection, host_a: LabHost) -> None:
    started = time.monotonic()
    # On a busy machine emulation, too, may take longer than the program waits.
    state = await connection.run(partial(kvm_probe.probe, limit_s=200.0), lane=SLOW, timeout_s=None)
    figure("probe of acceleration", time.monotonic() - started, "s")
    assert state in expected_state()
    # Nobody sees it, nothing is left.
    assert await connection.run(domains.list_domains, "h") == ()
    listener = connection._listener
    assert isinstance(listener, Recorder)
    assert listener.events == []
    with host_a.connect() as other:
        assert other.listAllDomains() == []
    assert not [file for file in below(host_a.plan.root / "lib" / "qemu") if "kvm-probe" in file.name]


@every_generation
async def test_emulation_is_quick_enough_to_be_the_control(connection: Connection, lab_host: LabHost) -> None:
    info = connection.info
    assert info is not None
    guest = next(guest for guest in info.guests if guest.arch == "x86_64" and "qemu" in guest.domain_types)
    took_s = await connection.run(kvm_probe._boot_s, guest, "qemu", 200.0, lane=SLOW, timeout_s=None)
    assert took_s is not None
    figure("start of the emulated probe", took_s, "s")


async def test_a_bios_that_never_ends_is_killed(
    connection: Connection, host_a: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kvm_probe, "_END", b"what it never says")
    info = connection.info
    assert info is not None
    guest = next(guest for guest in info.guests if guest.arch == "x86_64" and "qemu" in guest.domain_types)
    assert await connection.run(kvm_probe._boot_s, guest, "qemu", 0.0, lane=SLOW) is None
    with host_a.connect() as other:
        assert other.listAllDomains() == []


async def test_another_processor_cannot_be_told(connection: Connection) -> None:
    assert await connection.run(partial(kvm_probe.probe, arch="aarch64"), lane=SLOW) in (
        KvmState.MISSING,
        KvmState.UNKNOWN,
    )


async def test_it_goes_with_its_connection(host_a: LabHost) -> None:
    """As when the program is killed in the middle."""
    connection = Connection(host(host_a.unix_uri), Recorder())
    info = await connection.open()
    guest = next(guest for guest in info.guests if guest.arch == "x86_64" and "qemu" in guest.domain_types)
    await connection.run(_leave_one, guest)
    with host_a.connect() as other:
        assert len(other.listAllDomains()) == 1
    await connection.close()

    def gone() -> bool:
        with host_a.connect() as other:
            return other.listAllDomains() == []

    await eventually(gone)


def _leave_one(conn: object, guest: GuestCapability) -> None:
    kvm_probe._create_paused(conn, guest, "qemu")  # type: ignore[arg-type]
