"""What a refresh asks of a host: as many calls for a thousand machines as for ten."""

from collections import Counter
from pathlib import Path

import libvirt
import pytest

from tests.helpers.libvirt_calls import libvirt_calls
from tests.perf.fleet import make_fleet
from vmgui.hypervisor import domains, event_loop, handles
from vmgui.hypervisor import performance as performance
from vmgui.hypervisor.node import read_usage

# Of this driver alone: its statistics have no sizes, so each machine is asked (in this process, without a wire).
_OF_TEST_DRIVER = "virDomainGetInfo"


def fleet(tmp_path: Path, machines: int) -> libvirt.virConnect:
    event_loop.start()
    return libvirt.open(make_fleet(tmp_path, machines).uris[0])


@pytest.mark.parametrize("machines", [10, 1000])
def test_the_list_costs_one_call_for_all_and_one_per_property(tmp_path: Path, machines: int) -> None:
    conn = fleet(tmp_path, machines)
    with libvirt_calls() as calls:
        assert len(domains.list_domains(conn, "h")) == machines
    assert calls.pop(_OF_TEST_DRIVER) == machines
    assert calls == Counter({"virConnectGetAllDomainStats": 1, "virConnectListAllDomains": 3})
    conn.close()


@pytest.mark.parametrize("machines", [10, 1000])
def test_a_poll_of_all_is_one_call(tmp_path: Path, machines: int) -> None:
    conn = fleet(tmp_path, machines)
    with libvirt_calls() as calls:
        assert len(performance.sample_all(conn)) == machines * 7 // 10
    assert calls == Counter({"virConnectGetAllDomainStats": 1})
    conn.close()


@pytest.mark.parametrize("machines", [100, 1000])
def test_a_poll_of_some_does_not_look_each_up(tmp_path: Path, machines: int) -> None:
    conn = fleet(tmp_path, machines)
    wanted = [domain.UUIDString() for domain in conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE)]
    for some, lists in ((wanted[:40], 1), (wanted[:40], 0), (wanted[:20], 0), (wanted[20:60], 1)):
        with libvirt_calls() as calls:
            assert set(performance.sample(conn, some)) == set(some)
        assert calls == +Counter({"virConnectListAllDomains": lists, "virDomainListGetStats": 1})
    handles.forget(conn)
    conn.close()


def test_the_host_itself_is_asked_little(tmp_path: Path) -> None:
    conn = fleet(tmp_path, 10)
    with libvirt_calls() as calls:
        read_usage(conn)
    assert max(calls.values()) == 1
    assert calls.total() <= 6
    conn.close()
