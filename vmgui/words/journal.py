"""Entries of the log in words: cells of the table, the whole story of one, lines of the export."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication

from vmgui.model.domain import DomainKey
from vmgui.model.job import Job, JobKind, JobLine, JobState, JobTarget, LineKind
from vmgui.model.journal import EntryKind, JournalEntry, Outcome, StoredError, StoredLine, restore_error
from vmgui.words import jobs as job_words
from vmgui.words import quantities as fmt
from vmgui.words.errors import ErrorText, explain
from vmgui.words.journal_events import EventWords

translate = QCoreApplication.translate

_JOB_KINDS = frozenset(kind.value for kind in JobKind)
_LINE_KINDS = frozenset(kind.value for kind in LineKind)
STATES = {
    Outcome.UNDER_WAY: JobState.RUNNING,
    Outcome.DONE: JobState.DONE,
    Outcome.FAILED: JobState.FAILED,
    Outcome.CANCELLED: JobState.CANCELLED,
}


def kind_words(kind: EntryKind) -> str:
    """ "Virtual machines"."""
    match kind:
        case EntryKind.JOB:
            return translate("Journal", "Jobs")
        case EntryKind.DOMAIN:
            return translate("Journal", "Virtual machines")
        case EntryKind.HOST:
            return translate("Journal", "Connections")
        case EntryKind.STORAGE:
            return translate("Journal", "Storage")
        case EntryKind.NETWORK:
            return translate("Journal", "Networks")
        case EntryKind.ALERT:
            return translate("Journal", "Alerts")
        case EntryKind.OTHER:
            return translate("Journal", "Other")


def outcome_words(outcome: Outcome) -> str:
    """ "Failed"."""
    match outcome:
        case Outcome.UNDER_WAY:
            return translate("Journal", "Under way")
        case Outcome.DONE:
            return translate("Journal", "Done")
        case Outcome.FAILED:
            return translate("Journal", "Failed")
        case Outcome.CANCELLED:
            return translate("Journal", "Cancelled")
        case Outcome.INTERRUPTED:
            return translate("Journal", "Interrupted")
        case Outcome.NOTED:
            return translate("Journal", "Noted")
        case Outcome.PROBLEM:
            return translate("Journal", "Problem")


def what_words(entry: JournalEntry, events: EventWords) -> str:
    """ "Start web-01", "Stopped: it crashed"."""
    if entry.kind is EntryKind.JOB:
        job = _job_of(entry)
        return job_words.title(job) if job is not None else f"{entry.what} {entry.subject}"
    return events.what(entry.what, entry.detail)


def took_words(entry: JournalEntry) -> str:
    """ "12 s"; under a second "0.3 s", "0.02 s"."""
    if entry.took_s is None:
        return ""
    if entry.took_s < 1:
        return translate("Format", "{n} s", "seconds").format(
            n=fmt.number(max(0.01, entry.took_s), 1 if entry.took_s >= 0.1 else 2)
        )
    return fmt.duration(entry.took_s)


def error_words(entry: JournalEntry) -> ErrorText | None:
    """Why it failed, headed by what was tried."""
    if entry.error is None:
        return None
    error = restore_error(entry.error)
    job = _job_of(entry, error) if entry.kind is EntryKind.JOB else None
    if job is not None:
        return job_words.error_of(job, entry.host)
    return explain(error, subject=entry.subject, host=entry.host)


def story(entry: JournalEntry, events: EventWords) -> str:
    """All that is known of it, for the details and the clipboard."""
    lines = [f"{label}: {value}" for label, value in facts(entry, events) if value]
    error = error_words(entry)
    if error is not None:
        lines += ["", error.as_text()]
    if entry.log:
        lines += ["", *(f"{fmt.moment(line.at_unix_s)}  {_line_words(line)}" for line in entry.log)]
    return "\n".join(lines)


def facts(entry: JournalEntry, events: EventWords) -> tuple[tuple[str, str], ...]:
    """Label and value of each."""
    names = entry.subject
    if len(entry.targets) > 1:
        names = "\n".join(target.name for target in entry.targets)
    return (
        (translate("Journal", "Time"), exact_time(entry.at_unix_s)),
        (translate("Journal", "What"), what_words(entry, events)),
        (translate("Journal", "Result"), outcome_words(entry.outcome)),
        (translate("Journal", "Name"), names),
        (translate("Journal", "Host"), entry.host),
        (translate("Journal", "Who"), entry.who),
        (translate("Journal", "Took"), took_words(entry)),
        (translate("Journal", "Told by the host"), _detail(entry)),
    )


def exact_time(unix_s: float) -> str:
    """ISO 8601 with the offset of this computer: "2026-03-02 14:05:09+01:00"."""
    return datetime.datetime.fromtimestamp(unix_s).astimezone().isoformat(" ", "seconds")


def csv_header() -> tuple[str, ...]:
    """The titles of the export's columns."""
    return (
        translate("Journal", "Time"),
        translate("Journal", "Kind"),
        translate("Journal", "What"),
        translate("Journal", "Result"),
        translate("Journal", "Name"),
        translate("Journal", "Host"),
        translate("Journal", "Who"),
        translate("Journal", "Took (s)"),
        translate("Journal", "Error"),
        translate("Journal", "Code"),
        translate("Journal", "Detail"),
    )


class CsvWords:
    """Makes the cells of one exported entry; of no Qt object, called in a thread."""

    def __init__(self, events: EventWords) -> None:
        self._events = events

    def __call__(self, entry: JournalEntry) -> tuple[str, ...]:
        error = error_words(entry)
        return (
            exact_time(entry.at_unix_s),
            kind_words(entry.kind),
            what_words(entry, self._events),
            outcome_words(entry.outcome),
            entry.subject,
            entry.host,
            entry.who,
            f"{entry.took_s:.3f}" if entry.took_s is not None else "",
            error.as_text() if error is not None else "",
            entry.what,
            entry.detail,
        )


def codes_with(term: str, events: EventWords) -> tuple[str, ...]:
    """Codes of entries whose words have `term`."""
    folded = term.casefold()
    jobs = [
        kind.value
        for kind in JobKind
        if any(
            folded in job_words.title(Job(0, kind, (JobTarget("", ""),), state)).casefold()
            for state in (JobState.RUNNING, JobState.DONE)
        )
    ]
    return (*jobs, *events.codes_with(term))


def _detail(entry: JournalEntry) -> str:
    if entry.kind is EntryKind.JOB or entry.detail.isdigit():
        return ""
    return entry.detail


def _job_of(entry: JournalEntry, error: Exception | None = None) -> Job | None:
    """The job as far as words need it; None: of a kind not known here."""
    if entry.what not in _JOB_KINDS:
        return None
    targets = tuple(
        JobTarget(target.name, target.host_id, DomainKey(target.host_id, target.uuid))
        for target in entry.targets
    ) or (JobTarget(entry.subject, ""),)
    state = STATES.get(entry.outcome, JobState.CANCELLED)
    return Job(0, JobKind(entry.what), targets, state, error=error)


def _line_words(line: StoredLine) -> str:
    kind = LineKind(line.kind) if line.kind in _LINE_KINDS else LineKind.NOTE
    error: StoredError | None = line.error
    return job_words.line_words(
        JobLine(
            line.at_unix_s, line.text, kind, line.subject, restore_error(error) if error is not None else None
        )
    )
