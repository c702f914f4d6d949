"""libvirt's own jobs. The test driver has none: what libvirt says of one is written down here."""

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import domain_jobs
from vmgui.hypervisor.domain_jobs import DomainJob, JobEnd, Operation
from vmgui.hypervisor.event_stream import _job_end
from vmgui.model.errors import InvalidState
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.job import Phase, Progress

JOB = DomainJob(UUID)
DISK = DomainJob(UUID, "vda")


def test_no_job(conn: libvirt.virConnect) -> None:
    assert domain_jobs.progress(conn, JOB) is None


class JobStats:
    """What virDomainGetJobStats says, in the middle of a managed save."""

    def __init__(self, **stats: int) -> None:
        self.stats = stats
        self.aborts = 0

    def lookupByUUIDString(self, _uuid: str) -> "JobStats":
        return self

    def jobStats(self) -> dict[str, int]:
        return self.stats

    def abortJob(self) -> None:
        self.aborts += 1

    def name(self) -> str:
        return "web"


def test_progress_of_a_save() -> None:
    conn = JobStats(
        type=libvirt.VIR_DOMAIN_JOB_UNBOUNDED,
        operation=libvirt.VIR_DOMAIN_JOB_OPERATION_SAVE,
        data_total=1000,
        data_processed=250,
        data_remaining=750,
        time_elapsed=500,
    )
    found = domain_jobs.progress(conn, JOB)  # type: ignore[arg-type]
    assert found is not None
    assert found.phase is Phase.SAVING
    assert found.fraction == 0.25
    assert (found.bytes_per_s, found.seconds_left) == (500.0, 1.5)


def test_progress_of_nothing() -> None:
    assert domain_jobs.progress(JobStats(type=libvirt.VIR_DOMAIN_JOB_NONE), JOB) is None  # type: ignore[arg-type]
    assert domain_jobs.progress(JobStats(), JOB) is None  # type: ignore[arg-type]


def test_progress_of_a_backup_is_that_of_its_disks() -> None:
    conn = JobStats(
        type=libvirt.VIR_DOMAIN_JOB_UNBOUNDED, disk_total=1000, disk_processed=100, disk_remaining=900
    )
    found = domain_jobs.progress(conn, JOB)  # type: ignore[arg-type]
    assert found is not None
    assert found.fraction == 0.1


@pytest.mark.parametrize(
    ("operation", "does", "is_ours"),
    [
        (Operation.SAVE, {"operation": Operation.SAVE}, True),
        (Operation.SAVE, {"operation": Operation.BACKUP}, False),
        (Operation.BACKUP, {"operation": libvirt.VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT}, False),
        (Operation.ANY, {"operation": Operation.BACKUP}, True),
        # Older ones do not say.
        (Operation.SAVE, {}, True),
    ],
)
def test_the_job_of_another_client_is_left_alone(
    operation: Operation, does: dict[str, int], *, is_ours: bool
) -> None:
    conn = JobStats(type=libvirt.VIR_DOMAIN_JOB_UNBOUNDED, data_total=4, data_processed=1, **does)
    job = DomainJob(UUID, operation=operation)
    assert (domain_jobs.progress(conn, job) is not None) is is_ours  # type: ignore[arg-type]
    if is_ours:
        domain_jobs.abort(conn, job)  # type: ignore[arg-type]
    else:
        with pytest.raises(InvalidState):
            domain_jobs.abort(conn, job)  # type: ignore[arg-type]
    assert conn.aborts == is_ours


class BlockJobs(JobStats):
    """What virDomainGetBlockJobInfo says of each disk."""

    def __init__(self, **disks: dict[str, int]) -> None:
        super().__init__()
        self.disks = disks
        self.aborted: list[tuple[str, int]] = []

    def blockJobInfo(self, disk: str) -> dict[str, int]:
        return self.disks.get(disk, {})

    def blockJobAbort(self, disk: str, flags: int) -> None:
        self.aborted.append((disk, flags))


def test_a_block_job_is_that_of_its_disk() -> None:
    conn = BlockJobs(vda={"type": 2, "bandwidth": 0, "cur": 30, "end": 40})
    found = domain_jobs.progress(conn, DISK)  # type: ignore[arg-type]
    assert found is not None
    assert found.fraction == 0.75
    assert not domain_jobs.is_ready(DISK, found)
    assert domain_jobs.progress(conn, DomainJob(UUID, "vdb")) is None  # type: ignore[arg-type]
    domain_jobs.abort(conn, DISK)  # type: ignore[arg-type]
    # It does not wait until the copy has ended: the event tells.
    assert conn.aborted == [("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC)]


def test_a_copy_that_has_all_is_ready_and_nothing_else_is() -> None:
    assert domain_jobs.is_ready(DISK, Progress(done_bytes=40, total_bytes=40))
    # Not begun; not of a disk.
    assert not domain_jobs.is_ready(DISK, Progress(done_bytes=0, total_bytes=0))
    assert not domain_jobs.is_ready(JOB, Progress(done_bytes=40, total_bytes=40))


def test_a_machine_that_is_gone_has_no_job(conn: libvirt.virConnect) -> None:
    assert domain_jobs.progress(conn, DomainJob("00000000-0000-0000-0000-000000000001")) is None
    conn.lookupByUUIDString(UUID).destroy()
    assert domain_jobs.progress(conn, DISK) is None


@pytest.mark.parametrize(
    ("event", "job", "end"),
    [
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda completed"), DISK, (JobEnd.COMPLETED, "")),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda ready"), DISK, (JobEnd.READY, "")),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda canceled"), DISK, (JobEnd.CANCELED, "")),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda failed"), DISK, (JobEnd.FAILED, "")),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda "), DISK, None),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vdb completed"), DISK, None),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, "other", "db", "vda completed"), DISK, None),
        (HostEvent(EventKind.DOMAIN_BLOCK_JOB, UUID, "web", "vda completed"), JOB, None),
        (HostEvent(EventKind.DOMAIN_JOB_COMPLETED, UUID, "web", "completed"), DISK, None),
        (HostEvent(EventKind.DOMAIN_JOB_COMPLETED, UUID, "web", "completed"), JOB, (JobEnd.COMPLETED, "")),
        (HostEvent(EventKind.DOMAIN_JOB_COMPLETED, UUID), JOB, (JobEnd.COMPLETED, "")),
        (
            HostEvent(EventKind.DOMAIN_JOB_COMPLETED, UUID, "web", "failed no space left"),
            JOB,
            (JobEnd.FAILED, "no space left"),
        ),
    ],
)
def test_an_event_tells_of_one_job(event: HostEvent, job: DomainJob, end: tuple[JobEnd, str] | None) -> None:
    assert domain_jobs.end_told(event, job) == end


def test_how_a_job_ended_is_in_its_statistics() -> None:
    assert _job_end({"operation": 7}) == "completed", "an older libvirt does not say"
    assert _job_end({"success": True}) == "completed"
    assert _job_end({"success": False}) == "failed"
    assert _job_end({"success": False, "errmsg": "no space left"}) == "failed no space left"
