"""The host itself."""

import libvirt
import pytest

from vmgui.hypervisor import node
from vmgui.hypervisor.errors import from_libvirt
from vmgui.hypervisor.uri import read_uri
from vmgui.model.errors import Unsupported


def test_info(conn: libvirt.virConnect) -> None:
    info = node.read_host_info(conn, read_uri("test:///default"))
    assert (info.arch, info.cpus, info.cpu_mhz, info.memory_kib) == ("i686", 16, 1400, 3145728)
    assert (info.sockets, info.cores, info.threads, info.numa_nodes) == (4, 2, 2, 2)
    assert info.libvirt_version >= (9, 0, 0)
    assert [guest.os_type for guest in info.guests] == ["hvm", "xen"]


@pytest.mark.parametrize(
    ("cpus", "nodes", "sockets", "cores", "threads", "total"),
    [
        (160, 2, 1, 40, 2, 2),  # libvirt counts one node's
        (160, 2, 2, 40, 2, 2),  # already all of them
        (8, 1, 1, 4, 2, 1),
        (6, 2, 1, 8, 1, 1),  # some switched off: it does not add up, and nothing is made up
    ],
)
def test_sockets_are_those_of_the_whole_computer(
    cpus: int, nodes: int, sockets: int, cores: int, threads: int, total: int
) -> None:
    assert node.total_sockets(cpus, nodes, sockets, cores, threads) == total


def test_usage(conn: libvirt.virConnect) -> None:
    usage = node.read_usage(conn)
    assert 0 <= usage.memory_free_kib <= usage.memory_total_kib == 3145728
    assert usage.cpu_busy_ns is not None
    assert usage.cpu_total_ns is not None
    assert 0 < usage.cpu_busy_ns < usage.cpu_total_ns


def test_a_driver_that_cannot_tell_its_machine_types(conn: libvirt.virConnect) -> None:
    with pytest.raises(libvirt.libvirtError) as caught:
        node.domain_capabilities_xml(conn, "x86_64", "q35", "kvm")
    assert isinstance(from_libvirt(caught.value), Unsupported)


def test_it_answers(conn: libvirt.virConnect) -> None:
    assert node.answers(conn) > 0
