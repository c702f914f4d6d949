"""What is done to the log's database while it is open: entries are put in, and the oldest taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from vmgui.model.journal import JournalEntry, JournalWritten, Outcome
from vmgui.policy.journal import kept
from vmgui.store.journal_rows import FINISH, INSERT, INSERT_TARGET, to_finish, to_row

PRUNE_AT_ONCE = 5_000


def write_batch(connection: sqlite3.Connection, entries: Sequence[JournalEntry]) -> JournalWritten:
    """One transaction; a job's end changes the entry of its beginning."""
    changed: list[int] = []
    newest = 0
    connection.execute("BEGIN IMMEDIATE")
    for entry in map(kept, entries):
        if entry.token and entry.outcome is not Outcome.UNDER_WAY:
            done = connection.execute(FINISH, to_finish(entry))
            if done.rowcount:
                found = connection.execute("SELECT id FROM entry WHERE token = ?", (entry.token,)).fetchone()
                changed.append(int(found[0]))
                continue
        newest = connection.execute(INSERT, to_row(entry)).lastrowid or newest
        if len(entry.targets) > 1:
            connection.executemany(
                INSERT_TARGET,
                [(newest, target.host_id, target.uuid, target.name) for target in entry.targets],
            )
    connection.execute("COMMIT")
    return JournalWritten(newest, tuple(changed))


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
