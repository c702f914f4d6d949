"""What becomes an entry, what is noise, and that no secret and no formula gets out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable, NoSpace
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.model.job import Job, JobKind, JobLine, JobResult, JobState, JobTarget, LineKind, ThingKind
from vmgui.model.journal import EntryKind, EntryTarget, Outcome
from vmgui.policy import journal


def entry(kind: EventKind, detail: str = "") -> tuple[str, str, Outcome] | None:
    made = journal.entry_of_event(HostEvent(kind, "uuid", "web-01", detail), "h1", "host-a", 5.0)
    return (made.what, made.detail, made.outcome) if made is not None else None


@pytest.mark.parametrize(
    ("kind", "detail", "expected"),
    [
        (EventKind.DOMAIN_LIFECYCLE, "started 0", ("domain_lifecycle.started", "0", Outcome.NOTED)),
        (EventKind.DOMAIN_LIFECYCLE, "stopped 2", ("domain_lifecycle.stopped", "2", Outcome.PROBLEM)),
        (EventKind.DOMAIN_LIFECYCLE, "suspended 2", ("domain_lifecycle.suspended", "2", Outcome.PROBLEM)),
        (EventKind.DOMAIN_LIFECYCLE, "crashed 0", ("domain_lifecycle.crashed", "0", Outcome.PROBLEM)),
        (EventKind.DOMAIN_DEFINED, "defined 1", ("domain_lifecycle.defined", "1", Outcome.NOTED)),
        (EventKind.DOMAIN_WATCHDOG, "3", ("domain_watchdog", "3", Outcome.PROBLEM)),
        (
            EventKind.DOMAIN_IO_ERROR,
            "/a b vda 1 enospc",
            ("domain_io_error", "/a b vda 1 enospc", Outcome.PROBLEM),
        ),
        (EventKind.DOMAIN_BLOCK_JOB, "vda failed", ("domain_block_job.failed", "vda", Outcome.PROBLEM)),
        (EventKind.DOMAIN_AGENT, "connected", ("domain_agent.connected", "", Outcome.NOTED)),
        (EventKind.DOMAIN_GRAPHICS, "0", ("domain_graphics.connected", "", Outcome.NOTED)),
        (EventKind.DOMAIN_MEMORY, "1 0 4", ("domain_memory", "1 0 4", Outcome.PROBLEM)),
        (EventKind.POOL, "stopped", ("pool.stopped", "", Outcome.NOTED)),
        (EventKind.NETWORK, "", ("network", "", Outcome.NOTED)),
        (EventKind.LOST, "", ("lost", "", Outcome.PROBLEM)),
        (EventKind.DOMAIN_CLOCK, "3", None),
        (EventKind.DOMAIN_BALLOON, "3", None),
        (EventKind.DOMAIN_MIGRATION_ITERATION, "3", None),
        (EventKind.DOMAIN_MEMORY, "ua-mem0 1024", None),
        (EventKind.DOMAIN_GRAPHICS, "1", None),
        (EventKind.POOL, "refreshed", None),
        (EventKind.NODE_DEVICE, "created", None),
    ],
)
def test_events(kind: EventKind, detail: str, expected: tuple[str, str, Outcome] | None) -> None:
    assert entry(kind, detail) == expected


@given(st.sampled_from(EventKind), st.text(max_size=40))
def test_no_event_breaks_it(kind: EventKind, detail: str) -> None:
    made = journal.entry_of_event(HostEvent(kind, "u", "n", detail), "h", "host", 1.0)
    assert made is None or made.what.startswith(kind.value) or made.what.startswith("domain_lifecycle")


def test_machines_have_a_target_pools_only_their_host() -> None:
    made = journal.entry_of_event(
        HostEvent(EventKind.POOL, "p-uuid", "images", "started"), "h1", "host-a", 5.0
    )
    assert made is not None
    assert (made.kind, made.targets[0].uuid, made.subject) == (EntryKind.STORAGE, "", "images")


STEPS = [
    (None, HostState.DISCONNECTED, ""),
    (None, HostState.CONNECTED, "host.connected"),
    (HostState.DISCONNECTED, HostState.CONNECTED, "host.connected"),
    (HostState.DISCONNECTED, HostState.UNREACHABLE, "host.unreachable"),
    (HostState.CONNECTED, HostState.UNREACHABLE, "host.lost"),
    (HostState.UNREACHABLE, HostState.CONNECTED, "host.recovered"),
    (HostState.UNREACHABLE, HostState.UNREACHABLE, ""),
    (HostState.CONNECTED, HostState.CONNECTING, ""),
    (HostState.CONNECTED, HostState.REFUSED, "host.refused"),
    (HostState.CONNECTED, HostState.DISCONNECTED, "host.disconnected"),
]


@pytest.mark.parametrize(("before", "now", "code"), STEPS)
def test_connections(before: HostState | None, now: HostState, code: str) -> None:
    assert journal.connection_code(before, now) == code


def test_a_lost_host_keeps_why() -> None:
    host = Host(
        HostConfig("h1", "host-a", "qemu+ssh://root:hunter2@a/system"),
        HostState.UNREACHABLE,
        error=HostUnreachable("cannot reach qemu+ssh://root:hunter2@a/system"),
    )
    made = journal.entry_of_host(host, "host.lost", 1.0)
    assert made.outcome is Outcome.PROBLEM
    assert made.error is not None
    assert made.error.detail == "cannot reach qemu+ssh://root:***@a/system"


def job(state: JobState, count: int = 1) -> Job:
    return Job(
        id=3,
        kind=JobKind.START,
        targets=tuple(JobTarget(f"vm-{n}", "h1", DomainKey("h1", f"u{n}")) for n in range(count)),
        state=state,
        error=NoSpace("no room, password=abc") if state is JobState.FAILED else None,
        created_unix_s=100.0,
        finished_unix_s=107.5 if state.is_final else 0.0,
        log=(JobLine(101.0, "asked", LineKind.STARTED, "vm-0"),),
    )


def test_a_job_begins_and_ends_under_one_token() -> None:
    begun = journal.entry_of_job(job(JobState.QUEUED), "host-a", "ana@desk", "t:3")
    ended = journal.entry_of_job(job(JobState.FAILED), "host-a", "ana@desk", "t:3")
    assert (begun.outcome, begun.took_s, begun.log) == (Outcome.UNDER_WAY, None, ())
    assert (ended.outcome, ended.took_s, ended.token) == (Outcome.FAILED, 7.5, begun.token)
    assert ended.error is not None
    assert (ended.error.name, ended.error.detail) == ("NoSpace", "no room, password=***")
    assert ended.log[0].kind == "started"


def test_what_a_job_works_on_and_has_made_is_kept_as_what_it_is() -> None:
    target = JobTarget("images", "h1", kind=ThingKind.POOL, id="p-uuid")
    snapshot = JobResult(ThingKind.SNAPSHOT, "before", "h1", DomainKey("h1", "u1"))
    volume = JobResult(ThingKind.VOLUME, "disk", "h1", id="/images/disk")
    made = journal.entry_of_job(Job(1, JobKind.CREATE, (target,), results=(snapshot, volume)), "", "", "t")
    assert made.targets == (EntryTarget("h1", "", "images", "pool", "p-uuid"),)
    assert made.results == (
        EntryTarget("h1", "u1", "before", "snapshot"),
        EntryTarget("h1", "", "disk", "volume", "/images/disk"),
    )


def test_one_that_ran_when_the_program_ended_was_interrupted() -> None:
    assert journal.entry_of_job(job(JobState.INTERRUPTED), "", "", "t").outcome is Outcome.INTERRUPTED


def test_a_job_on_many_names_a_few_and_targets_all() -> None:
    made = journal.entry_of_job(job(JobState.DONE, 500), "", "", "t")
    assert len(made.targets) == 500
    assert made.subject.endswith("vm-19, …")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("qemu+ssh://root@host/system", "qemu+ssh://root@host/system"),
        ("https://me:pass:word@host/x and vnc://a:b@c", "https://me:***@host/x and vnc://a:***@c"),
        ("http://[::1]:80/a@b", "http://[::1]:80/a@b"),
        ("passwd='s3 cret' port=1", "passwd=*** port=1"),
        ('{"password":"x, y", "a": 1}', '{"password":***, "a": 1}'),
        ("vnc_password: hunter2", "vnc_password: ***"),
        ("no secret with uuid 5", "no secret with uuid 5"),
    ],
)  # fmt: skip
def test_secrets(text: str, clean: str) -> None:
    assert journal.without_secrets(text) == clean


@given(st.text(st.characters(blacklist_characters=" ,;&'\"<>", blacklist_categories=("Z", "C")), min_size=1))
def test_no_password_survives(secret: str) -> None:
    assert journal.without_secrets(f"x password={secret} y") == "x password=*** y"


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=4), max_size=5))
def test_csv_is_read_back_and_computes_nothing(rows: list[list[str]]) -> None:
    text = "".join(journal.csv_line(row) for row in rows)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(read) == len(rows)
    for row, cells in zip(rows, read, strict=True):
        assert [cell.removeprefix("'") for cell in cells] == [cell.removeprefix("'") for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)


def test_csv_line() -> None:
    assert journal.csv_line(["a", 'say "x", y', "=1+1", "", "-3"]) == 'a,"say ""x"", y",\'=1+1,,\'-3\r\n'
