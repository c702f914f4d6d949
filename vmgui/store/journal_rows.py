"""Entries of the log <-> rows of its database and the questions asked of it; no file is touched here."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, cast

from vmgui.model.job import ThingKind
from vmgui.model.journal import (
    EntryKind,
    EntryTarget,
    JournalEntry,
    JournalFilter,
    Outcome,
    StoredError,
    StoredLine,
)
from vmgui.policy.journal import LONGEST_DETAIL, LONGEST_SUBJECT, searched_text
from vmgui.policy.plain_text import NAME_CHARS

SCHEMA_VERSION = 1
"""Of a table that an older program need not know (`thing`), it stays the same: both write into one file."""
LONGEST_ERROR = 8_000_000
"""Characters of an error as JSON; a longer one is not read."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, outcome TEXT NOT NULL,
    host_id TEXT NOT NULL, uuid TEXT NOT NULL, host TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL, who TEXT NOT NULL, took REAL, error TEXT, log BLOB,
    token TEXT NOT NULL, searched TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS target (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL, uuid TEXT NOT NULL, name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS thing (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    is_result INTEGER NOT NULL, kind TEXT NOT NULL, host_id TEXT NOT NULL, uuid TEXT NOT NULL, name TEXT NOT NULL,
    key TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_host ON entry (host_id, id);
CREATE INDEX IF NOT EXISTS entry_uuid ON entry (uuid, id);
CREATE INDEX IF NOT EXISTS entry_at ON entry (at);
CREATE UNIQUE INDEX IF NOT EXISTS entry_token ON entry (token) WHERE token <> '';
CREATE INDEX IF NOT EXISTS thing_entry ON thing (entry);
CREATE INDEX IF NOT EXISTS target_entry ON target (entry);
CREATE INDEX IF NOT EXISTS target_host ON target (host_id, entry);
CREATE INDEX IF NOT EXISTS target_uuid ON target (uuid, entry);
"""
INSERT = (
    "INSERT INTO entry (at, kind, what, outcome, host_id, uuid, host, subject, detail, who, took, error, log,"
    " token, searched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_TARGET = "INSERT INTO target (entry, host_id, uuid, name) VALUES (?, ?, ?, ?)"
# What is no machine, and what a job has made.
INSERT_THING = (
    "INSERT INTO thing (entry, is_result, kind, host_id, uuid, name, key) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
FORGET_RESULTS = "DELETE FROM thing WHERE entry = ? AND is_result"
FINISH = "UPDATE entry SET outcome = ?, took = ?, error = ?, log = ?, searched = ? WHERE token = ?"
# An entry that a program of before wrote may be endless.
_COLUMNS = (
    f"id, at, kind, what, outcome, host_id, uuid, substr(host, 1, {NAME_CHARS}), substr(subject, 1, {LONGEST_SUBJECT}),"
    f" substr(detail, 1, {LONGEST_DETAIL}), substr(who, 1, {NAME_CHARS}), took,"
    f" CASE WHEN length(error) <= {LONGEST_ERROR} THEN error END, token"
)
SELECT_ONE = f"SELECT {_COLUMNS}, log FROM entry WHERE id = ?"  # noqa: S608 - constant
SELECT_TARGETS = (
    f"SELECT host_id, uuid, substr(name, 1, {NAME_CHARS}) FROM target WHERE entry = ? ORDER BY rowid"  # noqa: S608 - constant
)
SELECT_THINGS = (
    f"SELECT is_result, host_id, uuid, substr(name, 1, {NAME_CHARS}), kind, key FROM thing"  # noqa: S608 - constant
    " WHERE entry = ? ORDER BY rowid"
)

Row = tuple[Any, ...]


def to_row(entry: JournalEntry) -> Row:
    """The values for INSERT of an entry as it is `kept`; several targets have rows of their own."""
    hosts = {target.host_id for target in entry.targets}
    alone = entry.targets[0] if len(entry.targets) == 1 else None
    return (
        entry.at_unix_s,
        entry.kind.value,
        entry.what,
        entry.outcome.value,
        next(iter(hosts)) if len(hosts) == 1 else "",
        alone.uuid if alone is not None else "",
        entry.host,
        entry.subject,
        entry.detail,
        entry.who,
        entry.took_s,
        *_texts(entry),
        entry.token,
        searched_text(entry),
    )


def to_finish(entry: JournalEntry) -> Row:
    """The values for FINISH."""
    return (entry.outcome.value, entry.took_s, *_texts(entry), searched_text(entry), entry.token)


def to_things(entry_id: int, entry: JournalEntry) -> list[Row]:
    """The values for INSERT_THING: targets only where one of them is no machine, and the results."""
    targets = entry.targets if any(target.kind != _MACHINE for target in entry.targets) else ()
    return [
        (entry_id, is_result, thing.kind, thing.host_id, thing.uuid, thing.name, thing.id)
        for is_result, things in ((0, targets), (1, entry.results))
        for thing in things
    ]


def with_things(entry: JournalEntry, rows: Iterable[Row]) -> JournalEntry:
    """The entry, with what SELECT_THINGS found."""
    things = [(is_result, EntryTarget(*found)) for is_result, *found in rows]
    targets = tuple(thing for is_result, thing in things if not is_result)
    results = tuple(thing for is_result, thing in things if is_result)
    return replace(entry, targets=targets or entry.targets, results=results)


def _texts(entry: JournalEntry) -> tuple[str | None, bytes | None]:
    """The error as JSON; a long job's log, much the same line after line, compressed."""
    lines = json.dumps([asdict(line) for line in entry.log]) if entry.log else ""
    return (
        json.dumps(asdict(entry.error)) if entry.error is not None else None,
        zlib.compress(lines.encode()) if lines else None,
    )


def from_row(row: Row) -> JournalEntry:
    """The entry of a row of `select` or SELECT_ONE; what a newer program wrote is shown as well as possible."""
    entry_id, at, kind, what, outcome, host_id, uuid, host, subject, detail, who, took, error, token = row[
        :14
    ]
    log = row[14] if len(row) > 14 else None
    return JournalEntry(
        at_unix_s=float(at),
        kind=EntryKind(kind) if kind in _KINDS else EntryKind.OTHER,
        what=what,
        outcome=Outcome(outcome) if outcome in _OUTCOMES else Outcome.NOTED,
        targets=(EntryTarget(host_id, uuid, subject),) if host_id or uuid else (),
        host=host,
        subject=subject,
        detail=detail,
        who=who,
        took_s=took,
        error=_read_error(json.loads(error)) if error else None,
        log=tuple(_read_line(line) for line in json.loads(zlib.decompress(log))) if log else (),
        token=token,
        id=int(entry_id),
    )


_MACHINE = ThingKind.MACHINE.value
_KINDS = frozenset(kind.value for kind in EntryKind)
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)


def _read_error(data: dict[str, Any]) -> StoredError:
    return StoredError(
        str(data["name"]),
        str(data["detail"]),
        str(data["subject"]),
        str(data["host"]),
        int(data["code"]),
        tuple(str(name) for name in cast("list[object]", data["done"])),
        tuple(
            (str(name), _read_error(inner))
            for name, inner in cast("list[tuple[str, dict[str, Any]]]", data["failed"])
        ),
    )


def _read_line(data: dict[str, Any]) -> StoredLine:
    error = data["error"]
    return StoredLine(
        float(data["at_unix_s"]),
        str(data["kind"]),
        str(data["text"]),
        str(data["subject"]),
        _read_error(error) if error is not None else None,
    )


def select(
    wanted: JournalFilter, *, before_id: int | None, after_id: int | None, ids: Sequence[int], limit: int
) -> tuple[str, list[object]]:
    """SQL and its values: newest first, older than `before_id`, newer than `after_id`, or just these `ids`."""
    where: list[str] = []
    values: list[object] = []

    def also(condition: str, *given: object) -> None:
        where.append(condition)
        values.extend(given)

    if before_id is not None:
        also("id < ?", before_id)
    if after_id is not None:
        also("id > ?", after_id)
    if ids:
        also(f"id IN ({_marks(len(ids))})", *ids)
    if wanted.kinds:
        also(f"kind IN ({_marks(len(wanted.kinds))})", *(kind.value for kind in wanted.kinds))
    if wanted.outcomes:
        also(f"outcome IN ({_marks(len(wanted.outcomes))})", *(one.value for one in wanted.outcomes))
    if wanted.host_id:
        also("(host_id = ? OR id IN (SELECT entry FROM target WHERE host_id = ?))", *[wanted.host_id] * 2)
    if wanted.uuid:
        also("(uuid = ? OR id IN (SELECT entry FROM target WHERE uuid = ?))", *[wanted.uuid] * 2)
    if wanted.from_unix_s is not None:
        also("at >= ?", wanted.from_unix_s)
    if wanted.until_unix_s is not None:
        also("at < ?", wanted.until_unix_s)
    for number, term in enumerate(wanted.terms):
        codes = wanted.codes[number] if number < len(wanted.codes) else ()
        by_words = f" OR what IN ({_marks(len(codes))})" if codes else ""
        also(f"(instr(searched, ?) > 0{by_words})", term.casefold(), *codes)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {_COLUMNS} FROM entry{condition} ORDER BY id DESC LIMIT ?", [*values, limit]  # noqa: S608 - only constants and marks


def _marks(count: int) -> str:
    return ", ".join("?" * count)
