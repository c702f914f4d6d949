"""From click to libvirt, on the test driver."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import lifecycle
from vmgui.hypervisor.domains import read_domain
from vmgui.hypervisor.errors import from_libvirt
from vmgui.model.domain import DomainState
from vmgui.model.errors import InvalidState


def state(conn: libvirt.virConnect) -> DomainState:
    row = read_domain(conn, "h", UUID)
    assert row is not None
    return row.state


def test_the_ways_between_states(conn: libvirt.virConnect) -> None:
    lifecycle.suspend(conn, UUID)
    assert state(conn) is DomainState.PAUSED
    lifecycle.resume(conn, UUID)
    assert state(conn) is DomainState.RUNNING
    lifecycle.reboot(conn, UUID)
    assert state(conn) is DomainState.RUNNING
    lifecycle.shutdown(conn, UUID)
    assert state(conn) is DomainState.OFF
    lifecycle.start(conn, UUID)
    assert state(conn) is DomainState.RUNNING
    lifecycle.managed_save(conn, UUID)
    assert state(conn) is DomainState.SAVED
    lifecycle.start(conn, UUID)
    assert state(conn) is DomainState.RUNNING


@pytest.mark.parametrize(
    "action", [lifecycle.suspend, lifecycle.resume, lifecycle.shutdown, lifecycle.destroy]
)
def test_not_in_this_state(conn: libvirt.virConnect, action: object) -> None:
    lifecycle.destroy(conn, UUID)
    assert callable(action)
    with pytest.raises(libvirt.libvirtError) as caught:
        action(conn, UUID)
    assert isinstance(from_libvirt(caught.value), InvalidState)


@pytest.mark.parametrize("end", ["shutdown", "destroy"])
def test_a_guest_that_is_off_before_it_has_answered_was_shut_down(
    conn: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    goes_off, shutdown = getattr(libvirt.virDomain, end), libvirt.virDomain.shutdown

    def off_first(self: libvirt.virDomain) -> int:
        goes_off(self)
        return shutdown(self)

    monkeypatch.setattr(libvirt.virDomain, "shutdown", off_first)
    if end == "shutdown":
        lifecycle.shutdown(conn, UUID)
    else:  # whatever ended it, its guest was not asked
        with pytest.raises(libvirt.libvirtError):
            lifecycle.shutdown(conn, UUID)
    assert state(conn) is DomainState.OFF
