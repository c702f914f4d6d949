"""From click to libvirt, on the test driver."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import lifecycle
from vmgui.hypervisor.domains import read_domain
from vmgui.hypervisor.errors import from_libvirt
from vmgui.model.domain import DomainState
from vmgui.model.errors import InvalidState
from vmgui.model.job import Phase


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


def test_no_job(conn: libvirt.virConnect) -> None:
    assert lifecycle.job_progress(conn, UUID) is None


class JobStats:
    """What virDomainGetJobStats says, in the middle of a managed save."""

    def __init__(self, **stats: int) -> None:
        self.stats = stats

    def lookupByUUIDString(self, _uuid: str) -> "JobStats":
        return self

    def jobStats(self) -> dict[str, int]:
        return self.stats


def test_progress_of_a_save() -> None:
    conn = JobStats(
        type=libvirt.VIR_DOMAIN_JOB_UNBOUNDED,
        operation=libvirt.VIR_DOMAIN_JOB_OPERATION_SAVE,
        data_total=1000,
        data_processed=250,
        data_remaining=750,
        time_elapsed=500,
    )
    found = lifecycle.job_progress(conn, UUID)  # type: ignore[arg-type]
    assert found is not None
    assert found.phase is Phase.SAVING
    assert found.fraction == 0.25
    assert (found.bytes_per_s, found.seconds_left) == (500.0, 1.5)


def test_progress_of_nothing() -> None:
    assert lifecycle.job_progress(JobStats(type=libvirt.VIR_DOMAIN_JOB_NONE), UUID) is None  # type: ignore[arg-type]
    assert lifecycle.job_progress(JobStats(), UUID) is None  # type: ignore[arg-type]
