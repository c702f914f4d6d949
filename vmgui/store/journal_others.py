"""What other processes write into the log: SQLite's own counter says that they did, two questions say what."""

from __future__ import annotations

import sqlite3

from vmgui.model.journal import JournalWritten, Outcome

LOOKED_AT = 5_000
"""So many of the newest entries may be jobs that end."""


class Others:
    """Between two looks on one connection; raises sqlite3.Error."""

    def __init__(self) -> None:
        self._version = -1
        self._newest = 0
        self._under_way: set[int] = set()

    def begin(self, connection: sqlite3.Connection) -> None:
        """What is there now is no news."""
        self._version = _version(connection)
        self._newest = _newest(connection)
        self._under_way = _under_way(connection, self._newest)

    def look(self, connection: sqlite3.Connection) -> JournalWritten | None:
        """What is new or has changed; None: nothing."""
        version = _version(connection)
        if version == self._version:
            return None
        before, ran = self._newest, self._under_way
        self._version = version
        self._newest = _newest(connection)
        self._under_way = _under_way(connection, self._newest)
        ended = tuple(sorted(ran - self._under_way))
        if self._newest == before and not ended:
            return None
        return JournalWritten(self._newest if self._newest > before else 0, ended)


def _version(connection: sqlite3.Connection) -> int:
    """Another one once another connection has written (https://sqlite.org/pragma.html#pragma_data_version)."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(id) FROM entry").fetchone()[0] or 0)


def _under_way(connection: sqlite3.Connection, newest: int) -> set[int]:
    found = connection.execute(
        "SELECT id FROM entry WHERE id > ? AND outcome = ?", (newest - LOOKED_AT, Outcome.UNDER_WAY.value)
    )
    return {int(entry_id) for (entry_id,) in found}
