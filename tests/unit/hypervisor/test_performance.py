"""Counters, from the keys libvirt gives."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import lifecycle
from vmgui.hypervisor import performance as performance
from vmgui.hypervisor.performance import _sample


def test_only_running_machines(conn: libvirt.virConnect) -> None:
    assert set(performance.sample_all(conn)) == {UUID}
    lifecycle.destroy(conn, UUID)
    assert performance.sample_all(conn) == {}


def test_some_machines(conn: libvirt.virConnect) -> None:
    # The test driver has no statistics of chosen machines; QEMU does (tests/lab).
    assert performance.sample(conn, []) == {}
    assert set(performance.sample(conn, [UUID, "00000000-0000-0000-0000-000000000001"])) <= {UUID}


def test_slices_of_a_driver_that_has_none(conn: libvirt.virConnect) -> None:
    assert set(performance.sample_in_slices(conn)) <= {UUID}


def test_devices_are_added_up() -> None:
    found = _sample(
        {
            "cpu.time": 5,
            "block.count": 2,
            "block.0.rd.bytes": 1,
            "block.1.rd.bytes": 2,
            "block.1.wr.bytes": 7,
            "net.count": 1,
            "net.0.rx.bytes": 9,
        },
        1.0,
    )
    assert (found.cpu_time_ns, found.disk_read_bytes, found.disk_write_bytes) == (5, 3, 7)
    assert (found.net_rx_bytes, found.net_tx_bytes) == (9, None)


@pytest.mark.parametrize(
    ("stats", "used"),
    [
        ({}, None),
        ({"balloon.rss": 40}, 40),
        ({"balloon.available": 100, "balloon.unused": 30, "balloon.last-update": 5, "balloon.rss": 1}, 70),
        ({"balloon.available": 100, "balloon.usable": 60, "balloon.unused": 30}, 40),
        ({"balloon.available": 100, "balloon.unused": 30, "balloon.last-update": 0, "balloon.rss": 9}, 9),
    ],
)
def test_memory_as_the_guest_sees_it_or_as_the_host_does(stats: dict[str, int], used: int | None) -> None:
    assert _sample(stats, 1.0).memory_used_kib == used


def test_a_count_from_a_hostile_host_is_bounded() -> None:
    assert _sample({"net.count": 2**62}, 1.0).net_rx_bytes is None
