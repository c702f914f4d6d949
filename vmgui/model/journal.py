"""The log of what was done and what happened: one entry per job, per event of a host, per alert.

An entry is data; its words are made when it is shown, so they follow the language.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import Enum

from vmgui.model import errors
from vmgui.model.host import HostId


class EntryKind(Enum):
    """What an entry is about."""

    JOB = "job"
    DOMAIN = "domain"  # an event of a virtual machine
    HOST = "host"  # the connection to a host
    STORAGE = "storage"  # pools
    NETWORK = "network"
    OTHER = "other"  # secrets, and that something could not be recorded
    ALERT = "alert"


class Outcome(Enum):
    """How it ended; events are either worth noting or a problem."""

    UNDER_WAY = "under_way"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # the program ended before the job did
    NOTED = "noted"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class StoredError:
    """An error as it is kept: the name of its class and what it knew, no object that may be gone later."""

    name: str  # of a class in model.errors, or of one that is not ours
    detail: str = ""
    subject: str = ""
    host: str = ""
    code: int = 0
    done: tuple[str, ...] = ()
    failed: tuple[tuple[str, StoredError], ...] = ()  # of PartlyDone


@dataclass(frozen=True, slots=True)
class StoredLine:
    """One line of a job's log as it is kept."""

    at_unix_s: float
    kind: str  # LineKind's value
    text: str = ""
    subject: str = ""
    error: StoredError | None = None


@dataclass(frozen=True, slots=True)
class EntryTarget:
    """What an entry is about, or what a job has made: a machine or host, or what `kind` says."""

    host_id: HostId
    uuid: str  # of a machine, or of the one it belongs to
    name: str
    kind: str = "machine"  # ThingKind's value
    id: str = ""  # what its host knows it by, where it is no machine


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the log; `id` 0: not kept yet. A greater id was recorded later."""

    at_unix_s: float
    kind: EntryKind
    what: str  # JobKind's value, or a code of policy.journal
    outcome: Outcome
    targets: tuple[EntryTarget, ...] = ()
    host: str = ""  # the host's name at the time
    subject: str = ""  # name of the machine, pool or network; of several the first few
    detail: str = ""  # what the event carried
    who: str = ""  # user@computer of who asked for it; empty: it happened by itself
    took_s: float | None = None
    error: StoredError | None = None
    log: tuple[StoredLine, ...] = ()  # only where one entry is read
    results: tuple[EntryTarget, ...] = ()  # what a job has made; only where one entry is read
    token: str = ""  # of a job: which one, so that its end finds its beginning
    id: int = 0


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries; an empty field asks for nothing."""

    terms: tuple[str, ...] = ()  # each must occur in a name, an error ... or its entry be in `codes`
    codes: tuple[tuple[str, ...], ...] = ()  # for each term the codes whose words, as shown, have it
    kinds: tuple[EntryKind, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    host_id: HostId = ""
    uuid: str = ""
    from_unix_s: float | None = None
    until_unix_s: float | None = None


@dataclass(frozen=True, slots=True)
class JournalWritten:
    """What has just been kept: the newest id, the ids of entries that changed; `problem`: why it is not.

    `interrupted`: the ids of jobs that ran when an earlier program ended; told once, when the log is opened.
    """

    newest_id: int = 0
    changed: tuple[int, ...] = ()
    interrupted: tuple[int, ...] = ()
    problem: str = ""


def store_error(error: BaseException) -> StoredError:
    """What is kept of an error; of a class of ours the nearest one in model.errors."""
    if not isinstance(error, errors.VmguiError):
        return StoredError(type(error).__name__, str(error))
    name = next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == errors.__name__)
    done: tuple[str, ...] = ()
    failed: tuple[tuple[str, StoredError], ...] = ()
    if isinstance(error, errors.PartlyDone):
        done = error.done
        failed = tuple((subject, store_error(inner)) for subject, inner in error.failed)
    return StoredError(name, error.detail, error.subject, error.host, error.code, done, failed)


def restore_error(stored: StoredError) -> Exception:
    """The error again, as far as it was kept; one of no class known here is told by its name."""
    kind = getattr(errors, stored.name, None)
    if kind is errors.PartlyDone:
        failed = tuple((subject, restore_error(inner)) for subject, inner in stored.failed)
        return errors.PartlyDone(
            stored.detail,
            done=stored.done,
            failed=tuple((name, error) for name, error in failed if isinstance(error, errors.VmguiError)),
            subject=stored.subject,
        )
    if isinstance(kind, type) and issubclass(kind, errors.VmguiError):
        return kind(stored.detail, subject=stored.subject, host=stored.host, code=stored.code)
    known = getattr(builtins, stored.name, None)
    if known in (ValueError, TypeError, RuntimeError, KeyError, IndexError, AttributeError, OSError):
        return known(stored.detail)
    return RuntimeError(f"{stored.name}: {stored.detail}")
