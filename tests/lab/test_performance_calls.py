"""What a refresh asks of a real hypervisor: a constant number of calls, and one for all that is measured."""

from __future__ import annotations

from collections import Counter

from tests.helpers.libvirt_calls import libvirt_calls
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import domains, handles
from vmgui.hypervisor import performance as performance


def test_calls_do_not_grow_with_the_machines(host_a: LabHost) -> None:
    running = host_a.define_tiny("runs", start=True)
    for defined in (1, 20):
        for number in range(defined):
            host_a.define_tiny(f"vm-{defined}-{number}")
        with host_a.connect() as conn:
            with libvirt_calls() as calls:
                rows = domains.list_domains(conn, "h")
            assert len(rows) > defined
            assert calls == Counter({"virConnectGetAllDomainStats": 1, "virConnectListAllDomains": 3})
            with libvirt_calls() as calls:
                assert set(performance.sample_all(conn)) == {running}
            assert calls == Counter({"virConnectGetAllDomainStats": 1})
            for lists in (1, 0):
                with libvirt_calls() as calls:
                    assert set(performance.sample(conn, [row.key.uuid for row in rows])) == {running}
                assert calls == +Counter({"virConnectListAllDomains": lists, "virDomainListGetStats": 1})
            handles.forget(conn)
