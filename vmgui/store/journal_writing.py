"""What is done to the log's database while it is open: entries are put in, and the oldest taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from vmgui.model.journal import JournalEntry, JournalWritten, Outcome
from vmgui.policy.journal import kept
from vmgui.store.journal_rows import (
    FINISH,
    FORGET_RESULTS,
    INSERT,
    INSERT_TARGET,
    INSERT_THING,
    to_finish,
    to_row,
    to_things,
)

PRUNE_AT_ONCE = 5_000


def write_batch(connection: sqlite3.Connection, entries: Sequence[JournalEntry]) -> JournalWritten:
    """One transaction; what is told of a job later changes the entry of its beginning."""
    changed: list[int] = []
    newest = 0
    connection.execute("BEGIN IMMEDIATE")
    for entry in map(kept, entries):
        if entry.token and connection.execute(FINISH, to_finish(entry)).rowcount:
            found = connection.execute("SELECT id FROM entry WHERE token = ?", (entry.token,)).fetchone()
            changed.append(int(found[0]))
            connection.execute(FORGET_RESULTS, found)
            connection.executemany(INSERT_THING, to_things(int(found[0]), replace(entry, targets=())))
            continue
        newest = connection.execute(INSERT, to_row(entry)).lastrowid or newest
        if len(entry.targets) > 1:
            connection.executemany(
                INSERT_TARGET,
                [(newest, target.host_id, target.uuid, target.name) for target in entry.targets],
            )
        connection.executemany(INSERT_THING, to_things(newest, entry))
    connection.execute("COMMIT")
    return JournalWritten(newest, tuple(changed))


def interrupt_all(connection: sqlite3.Connection) -> tuple[int, ...]:
    """What an earlier run began and never ended, for it was killed, or the computer was: the ids."""
    # In one transaction instead of by RETURNING, which SQLite has since 3.35 only.
    connection.execute("BEGIN IMMEDIATE")
    found = connection.execute(
        "SELECT id FROM entry WHERE outcome = ? ORDER BY id", (Outcome.UNDER_WAY.value,)
    ).fetchall()
    connection.execute(
        "UPDATE entry SET outcome = ? WHERE outcome = ?", (Outcome.INTERRUPTED.value, Outcome.UNDER_WAY.value)
    )
    connection.execute("COMMIT")
    return tuple(int(entry_id) for (entry_id,) in found)


def prune(connection: sqlite3.Connection, max_entries: int, oldest_unix_s: float) -> None:
    """Forget what is too old or too much."""
    newest = connection.execute("SELECT max(id) FROM entry").fetchone()[0] or 0
    for condition, value in (("id <= ?", newest - max_entries), ("at < ?", oldest_unix_s)):
        gone = PRUNE_AT_ONCE
        while gone == PRUNE_AT_ONCE:
            gone = connection.execute(
                f"DELETE FROM entry WHERE id IN (SELECT id FROM entry WHERE {condition} LIMIT ?)",  # noqa: S608 - constants
                (value, PRUNE_AT_ONCE),
            ).rowcount
