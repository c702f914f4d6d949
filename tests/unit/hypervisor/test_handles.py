"""Handles kept between polls: found once, true as long as they are used, and given back."""

from pathlib import Path

import libvirt
import pytest

from tests.helpers.libvirt_calls import libvirt_calls
from tests.perf.fleet import make_fleet
from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import event_loop, handles, lifecycle
from vmgui.hypervisor import performance as performance

NOBODY = "00000000-0000-0000-0000-000000000001"


def test_who_is_not_there_is_not_looked_for_every_time(conn: libvirt.virConnect) -> None:
    assert len(handles.running_handles(conn, [UUID, NOBODY])) == 1
    with libvirt_calls() as calls:
        assert len(handles.running_handles(conn, [UUID, NOBODY])) == 1
        assert handles.running_handles(conn, []) == []
    assert not calls


def test_who_comes_back_is_found(conn: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch) -> None:
    lifecycle.destroy(conn, UUID)
    assert handles.running_handles(conn, [UUID]) == []
    lifecycle.start(conn, UUID)
    monkeypatch.setattr(handles, "ABSENT_S", 0.0)
    assert len(handles.running_handles(conn, [UUID])) == 1


def test_a_kept_handle_of_a_machine_that_is_gone_harms_nobody(tmp_path: Path) -> None:
    event_loop.start()
    conn = libvirt.open(make_fleet(tmp_path, 10).uris[0])
    first, second = conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE)[:2]
    uuids = [first.UUIDString(), second.UUIDString()]
    assert set(performance.sample(conn, uuids)) == set(uuids)
    first.destroy()
    assert set(performance.sample(conn, uuids)) == {uuids[1]}
    first.undefine()
    assert set(performance.sample(conn, uuids)) == {uuids[1]}
    del first, second
    handles.forget(conn)
    assert conn.close() == 0
