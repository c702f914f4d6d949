"""What of all that happens is worth an entry of the log, and what must never stand in it.

Left out as noise: the guest's clock, balloon and migration rounds, growing memory devices, a viewer's login
after its arrival, refreshed pools, and node devices (each started machine makes and removes some).
Secrets are masked: the log is a file that people send around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import Host, HostState
from vmgui.model.job import Job, JobResult, JobState, JobTarget
from vmgui.model.journal import (
    EntryKind,
    EntryTarget,
    JournalEntry,
    Outcome,
    StoredError,
    StoredLine,
    store_error,
)
from vmgui.policy.plain_text import NAME_CHARS, bounded, visible, visible_lines

NOT_RECORDED = "not_recorded"
"""Code of an entry that says how many others could not be kept (`detail`)."""
RESTARTED = "restarted"
"""Code of the first entry after a broken file was put aside (`detail`: its new name)."""

LONGEST_DETAIL = 4_000
LONGEST_LINE = 1_000
MOST_LINES = 1_000
MOST_TARGETS = 20_000
NAMED_TARGETS = 20
LONGEST_NAMED = 100
"""Of a name that stands among others."""
LONGEST_SUBJECT = NAMED_TARGETS * (LONGEST_NAMED + 2)
_CUT = "…"

_NOISE = frozenset({
    EventKind.DOMAIN_CLOCK,
    EventKind.DOMAIN_BALLOON,
    EventKind.DOMAIN_MIGRATION_ITERATION,
    EventKind.NODE_DEVICE,
})  # fmt: skip
_PROBLEMS = frozenset({
    EventKind.DOMAIN_WATCHDOG,
    EventKind.DOMAIN_IO_ERROR,
    EventKind.DOMAIN_CONTROL_ERROR,
    EventKind.DOMAIN_DEVICE_REMOVAL_FAILED,
    EventKind.LOST,
})  # fmt: skip
# virDomainEvent*DetailType: the endings that nobody asked for.
_BAD_LIFECYCLE = frozenset({
    ("stopped", "2"), ("stopped", "5"),
    ("suspended", "2"), ("suspended", "3"), ("suspended", "6"), ("suspended", "8"),
    ("resumed", "4"),
})  # fmt: skip
_LIFECYCLE = frozenset({EventKind.DOMAIN_LIFECYCLE, EventKind.DOMAIN_DEFINED, EventKind.DOMAIN_UNDEFINED})
_WITH_STATE = frozenset({EventKind.DOMAIN_AGENT, EventKind.NETWORK, EventKind.POOL, EventKind.SECRET})
_VIEWER_CONNECTED, _VIEWER_LEFT = "0", "2"
_ENTRY_KINDS = {
    EventKind.NETWORK: EntryKind.NETWORK,
    EventKind.POOL: EntryKind.STORAGE,
    EventKind.SECRET: EntryKind.OTHER,
    EventKind.LOST: EntryKind.OTHER,
}
_OUTCOMES = {
    JobState.DONE: Outcome.DONE,
    JobState.FAILED: Outcome.FAILED,
    JobState.CANCELLED: Outcome.CANCELLED,
    JobState.INTERRUPTED: Outcome.INTERRUPTED,
}


def entry_of_event(event: HostEvent, host_id: str, host: str, at_unix_s: float) -> JournalEntry | None:
    """The entry for an event; None: noise.

    `what` is the event's kind, with what it became where that is one of a few: `domain_lifecycle.stopped`.
    """
    coded = _code(event)
    if coded is None:
        return None
    what, detail, is_problem = coded
    kind = EntryKind.DOMAIN if event.kind.is_domain else _ENTRY_KINDS[event.kind]
    return JournalEntry(
        at_unix_s=at_unix_s,
        kind=kind,
        what=what,
        outcome=Outcome.PROBLEM if is_problem else Outcome.NOTED,
        targets=(EntryTarget(host_id, event.uuid if event.kind.is_domain else "", event.name),),
        host=host,
        subject=event.name or (event.uuid if event.kind is EventKind.SECRET else ""),
        detail=without_secrets(detail),
    )


def _code(event: HostEvent) -> tuple[str, str, bool] | None:
    """Code, detail and whether it is a problem."""
    kind, what = event.kind, event.kind.value
    first, _, rest = event.detail.partition(" ")
    if kind in _NOISE:
        return None
    if kind in _LIFECYCLE:
        bad = first == "crashed" or (first, rest) in _BAD_LIFECYCLE
        return f"{EventKind.DOMAIN_LIFECYCLE.value}.{first}", rest, bad
    if kind in _WITH_STATE:
        if kind is EventKind.POOL and first == "refreshed":
            return None
        return (f"{what}.{first}" if first else what), rest, False
    if kind is EventKind.DOMAIN_BLOCK_JOB:
        target, _, state = event.detail.rpartition(" ")
        return (f"{what}.{state}" if state else what), target, state == "failed"
    if kind is EventKind.DOMAIN_GRAPHICS:
        if first == _VIEWER_CONNECTED:
            return f"{what}.connected", "", False
        return (f"{what}.left", "", False) if first == _VIEWER_LEFT else None
    if kind is EventKind.DOMAIN_JOB_COMPLETED:
        # How it ended is told by who began it.
        return what, "", False
    if kind is EventKind.DOMAIN_MEMORY:
        # A failure tells three numbers; a device that grew its alias and size.
        return (what, event.detail, True) if first.isdigit() else None
    return what, event.detail, kind in _PROBLEMS


def entry_of_job(job: Job, host: str, who: str, token: str) -> JournalEntry:
    """The entry for a job as it is now; the same token when it begins and when it has ended."""
    most = NAME_CHARS if len(job.targets) == 1 else LONGEST_NAMED
    names = [visible(target.name, most) for target in job.targets[:NAMED_TARGETS]]
    if len(job.targets) > NAMED_TARGETS:
        names.append(_CUT)
    outcome = _OUTCOMES.get(job.state, Outcome.UNDER_WAY)
    ended = job.state.is_final
    return JournalEntry(
        at_unix_s=job.created_unix_s,
        kind=EntryKind.JOB,
        what=job.kind.value,
        outcome=outcome,
        targets=tuple(map(_entry_target, job.targets[:MOST_TARGETS])),
        host=host,
        subject=", ".join(names),
        who=who,
        took_s=max(0.0, job.finished_unix_s - job.created_unix_s) if ended else None,
        error=clean_error(store_error(job.error)) if job.error is not None else None,
        log=tuple(
            StoredLine(
                line.at_unix_s,
                line.kind.value,
                bounded(without_secrets(line.text), LONGEST_LINE),
                line.subject,
                clean_error(store_error(line.error)) if line.error is not None else None,
            )
            for line in job.log[-MOST_LINES:]
        )
        if ended
        else (),
        results=tuple(map(_entry_target, job.results[:MOST_TARGETS])),
        token=token,
    )


def _entry_target(thing: JobTarget | JobResult) -> EntryTarget:
    uuid = thing.key.uuid if thing.key is not None else ""
    return EntryTarget(thing.host_id, uuid, thing.name, thing.kind.value, thing.id)


def connection_code(before: HostState | None, now: HostState) -> str:
    """What the step from one settled state to the next is called; empty: nothing worth an entry.

    `before` is the last settled state told, None at first; `connecting` is none: it lasts for moments.
    """
    if now is before or now is HostState.CONNECTING:
        return ""
    match now:
        case HostState.CONNECTED:
            was_lost = before in (HostState.UNREACHABLE, HostState.REFUSED)
            return "host.recovered" if was_lost else "host.connected"
        case HostState.UNREACHABLE:
            return "host.lost" if before is HostState.CONNECTED else "host.unreachable"
        case HostState.REFUSED:
            return "host.refused"
        case HostState.DISCONNECTED:
            return "" if before is None else "host.disconnected"


def entry_of_host(host: Host, code: str, at_unix_s: float) -> JournalEntry:
    """The entry for what became of a connection."""
    bad = code in ("host.lost", "host.unreachable", "host.refused")
    return JournalEntry(
        at_unix_s=at_unix_s,
        kind=EntryKind.HOST,
        what=code,
        outcome=Outcome.PROBLEM if bad else Outcome.NOTED,
        targets=(EntryTarget(host.id, "", host.name),),
        host=host.name,
        error=clean_error(store_error(host.error)) if bad and host.error is not None else None,
    )


# What must not be kept.

_MASK = "***"
_IN_URI = re.compile(r"(?<=://)([^\s/@:'\"]*):[^\s/@'\"]+(?=@)")
_NAMED = re.compile(
    r"(?i)\b([\w-]*(?:passw(?:or)?d|passphrase|secret|token|credential)s?[\"']?)"
    r"(\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&'\"<>]+)"
)


def without_secrets(text: str) -> str:
    """`text` with passwords in addresses and after names like `password=` masked; of an endless one the beginning.

    What is kept of it is cut, too, and looking for secrets in a name of 2 MB would take seconds.
    """
    text = bounded(text, 2 * LONGEST_DETAIL)
    text = _IN_URI.sub(lambda found: f"{found[1]}:{_MASK}", text)
    return _NAMED.sub(lambda found: f"{found[1]}{found[2]}{_MASK}", text)


def clean_error(error: StoredError, longest: int = LONGEST_DETAIL, deepest: int = 2) -> StoredError:
    """The same error without secrets, of bounded size, with nothing in it that cannot be seen."""
    return StoredError(
        visible(error.name),
        visible_lines(without_secrets(error.detail), longest),
        visible(without_secrets(error.subject)),
        visible(error.host),
        error.code,
        tuple(map(visible, error.done[:MOST_LINES])),
        # Of many that failed each tells less.
        tuple(
            (visible(subject), clean_error(inner, LONGEST_LINE, deepest - 1))
            for subject, inner in error.failed[: MOST_LINES if deepest else 0]
        ),
    )


def kept(entry: JournalEntry) -> JournalEntry:
    """The entry as it is written: names and words of others bounded, with nothing in them that cannot be seen.

    Names are anybody's: 100 entries of a machine with a name of 2 MB would fill a disk, and a line break in one
    would forge a line of what is exported.
    """
    return replace(
        entry,
        host=visible(entry.host),
        subject=visible(entry.subject, LONGEST_SUBJECT),
        detail=visible(entry.detail, LONGEST_DETAIL),
        who=visible(entry.who),
        error=clean_error(entry.error) if entry.error is not None else None,
        targets=tuple(map(_bounded_target, entry.targets[:MOST_TARGETS])),
        results=tuple(map(_bounded_target, entry.results[:MOST_TARGETS])),
        log=tuple(
            replace(
                line,
                text=visible_lines(line.text, LONGEST_LINE),
                subject=visible(line.subject),
                error=clean_error(line.error, LONGEST_LINE) if line.error is not None else None,
            )
            for line in entry.log[-MOST_LINES:]
        ),
    )


def _bounded_target(target: EntryTarget) -> EntryTarget:
    return replace(
        target, uuid=target.uuid[:NAME_CHARS], name=visible(target.name), id=visible(target.id, LONGEST_LINE)
    )


# Export.

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_line(cells: Sequence[str]) -> str:
    """One record of RFC 4180 with its CRLF; no cell is a formula to a spreadsheet."""
    return ",".join(_csv_cell(cell) for cell in cells) + "\r\n"


def _csv_cell(text: str) -> str:
    # A leading apostrophe is what spreadsheets hide and what keeps them from computing.
    if text.lstrip(" ").startswith(_FORMULA):
        text = f"'{text}"
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def searched_text(entry: JournalEntry) -> str:
    """What the words a person types are looked for in, besides the words shown."""
    parts: Iterable[str] = (entry.subject, entry.host, entry.who, entry.detail)
    if entry.error is not None:
        parts = (*parts, entry.error.subject, entry.error.detail)
    return bounded(" ".join(part for part in parts if part), LONGEST_DETAIL).casefold()
