"""What is written of machines' definitions: the last one seen of each, and every change of it with what was before.

Several processes see the same change: who writes it second finds it written. Nobody's reading is taken for a change
unless what the file has is what that reader knew: what is older than the file would be a change backwards. Of a machine
that was gone nobody knows anything.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from vmgui.libvirtxml.undo import is_normalised
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.model.undo import Author, Entry, Growth
from vmgui.policy.undo import mark_of

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS machine (
  id INTEGER PRIMARY KEY, host TEXT NOT NULL, uuid TEXT NOT NULL, mark BLOB NOT NULL, xml BLOB NOT NULL,
  gone_unix_s REAL, UNIQUE (host, uuid));
CREATE TABLE IF NOT EXISTS change (
  id INTEGER PRIMARY KEY AUTOINCREMENT, machine INTEGER NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
  at_unix_s REAL NOT NULL, author TEXT NOT NULL, is_late INTEGER NOT NULL, before_mark BLOB NOT NULL,
  after_mark BLOB NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL, bytes INTEGER NOT NULL,
  grown TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS change_of_machine ON change (machine, id);
"""
GONE_KEPT_S = 90 * 86_400.0
"""So long after a machine has gone what it was is kept."""
_ROOM = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """A definition as it was read. `expected`: the mark of what the reader knew before; None: nothing."""

    key: DomainKey
    text: str = field(repr=False)
    at_unix_s: float
    expected: bytes | None = None
    is_late: bool = False  # nobody looked since the last one was seen


@dataclass(frozen=True, slots=True)
class Told:
    """A change that this program made; without texts: only disks have grown."""

    key: DomainKey
    before: str = field(repr=False)
    after: str = field(repr=False)
    at_unix_s: float
    grown: tuple[Growth, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A machine that is not there any more; it may come back."""

    key: DomainKey
    at_unix_s: float


@dataclass(frozen=True, slots=True)
class HostGone:
    """A host was taken off the list: all of its machines are forgotten."""

    host_id: HostId


Record = Seen | Told | Gone | HostGone


@dataclass(slots=True)
class Written:
    """What came of records: the marks that machines have in the file now, which have changes more, and of which the
    file had another definition than the reader knew: they are to be read once more."""

    marks: dict[DomainKey, bytes] = field(default_factory=dict[DomainKey, bytes])
    changed: set[DomainKey] = field(default_factory=set[DomainKey])
    stale: set[DomainKey] = field(default_factory=set[DomainKey])


@dataclass(slots=True)
class KnownIds:
    """The latest change in the file when this process last wrote something of a machine, or else opened the file."""

    opened: int
    of: dict[DomainKey, int] = field(default_factory=dict[DomainKey, int])

    def get(self, key: DomainKey) -> int:
        """Later changes of it are what other processes have read."""
        return max(self.opened, self.of.get(key, 0))


@dataclass(frozen=True, slots=True)
class _Machine:
    id: int
    mark: bytes
    xml: bytes
    is_gone: bool = False

    @property
    def text(self) -> str | None:
        """None: it cannot be read any more."""
        return _text_or_none(self.xml)


def packed(text: str) -> bytes:
    """As it stands in the file."""
    return zlib.compress(text.encode(errors="surrogatepass"))


def unpacked(data: bytes) -> str:
    """Raises zlib.error, UnicodeError."""
    return zlib.decompress(data).decode(errors="surrogatepass")


def write(connection: sqlite3.Connection, records: Iterable[Record], most: int, known: KnownIds) -> Written:
    """Write them as one transaction, and keep the `most` latest changes of each machine. Raises sqlite3.Error."""
    done = Written()
    found = KnownIds(known.opened, dict(known.of))
    connection.execute("BEGIN IMMEDIATE")
    for record in records:
        match record:
            case Seen():
                _see(connection, record, done)
            case Told():
                _tell(connection, record, done, found.get(record.key))
            case Gone():
                connection.execute(
                    "UPDATE machine SET gone_unix_s = ? WHERE host = ? AND uuid = ?",
                    (record.at_unix_s, record.key.host_id, record.key.uuid),
                )
            case HostGone():
                connection.execute("DELETE FROM machine WHERE host = ?", (record.host_id,))
        if isinstance(record, (Seen, Told)):
            found.of[record.key] = last_id(connection)
    for key in done.changed:
        connection.execute(
            "DELETE FROM change WHERE id IN (SELECT change.id FROM change JOIN machine ON machine.id = machine"
            " WHERE host = ? AND uuid = ? ORDER BY change.id DESC LIMIT -1 OFFSET ?)",
            (key.host_id, key.uuid, most),
        )
    connection.execute("COMMIT")
    known.of = found.of
    return done


def last_id(connection: sqlite3.Connection) -> int:
    """The latest change of all."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def prune(connection: sqlite3.Connection, max_bytes: int, now_unix_s: float) -> None:
    """Drop the oldest changes until they fit, and what is known of machines long gone."""
    connection.execute("DELETE FROM machine WHERE gone_unix_s < ?", (now_unix_s - GONE_KEPT_S,))
    (used,) = connection.execute("SELECT coalesce(sum(bytes), 0) FROM change").fetchone()
    if used <= max_bytes:
        return
    surplus, last = used - int(max_bytes * _ROOM), 0
    for number, size in connection.execute("SELECT id, bytes FROM change ORDER BY id"):
        last, surplus = number, surplus - size
        if surplus <= 0:
            break
    connection.execute("DELETE FROM change WHERE id <= ?", (last,))
    connection.execute("PRAGMA incremental_vacuum")


def marks_of(connection: sqlite3.Connection, host_id: HostId) -> Mapping[str, bytes]:
    """By UUID, the mark of the last definition of each machine of a host; not of those that are gone: one that comes
    back is read, whatever it is now."""
    return dict(
        connection.execute(
            "SELECT uuid, mark FROM machine WHERE host = ? AND gone_unix_s IS NULL", (host_id,)
        )
    )


def entries_of(connection: sqlite3.Connection, key: DomainKey) -> tuple[Entry, ...]:
    """A machine's changes, the latest first."""
    rows: Iterator[tuple[int, float, str, int, bytes, bytes, str]] = connection.execute(
        "SELECT change.id, at_unix_s, author, is_late, before, after, grown FROM change"
        " JOIN machine ON machine.id = machine WHERE host = ? AND uuid = ? ORDER BY change.id DESC",
        (key.host_id, key.uuid),
    )
    found: list[Entry] = []
    for number, at, author, is_late, old, new, grown in rows:
        before, after = _text_or_none(old), _text_or_none(new)
        if before is not None and after is not None:
            sizes = _growths(grown)
            found.append(Entry(number, key, at, Author(author), before, after, bool(is_late), sizes))
    return tuple(found)


def _growths(text: str) -> tuple[Growth, ...]:
    try:
        return tuple(Growth(*one) for one in json.loads(text)) if text else ()
    except (ValueError, TypeError):
        return ()


def _text_or_none(data: bytes) -> str | None:
    try:
        return unpacked(data)
    except (zlib.error, UnicodeError, TypeError):
        return None


def _see(connection: sqlite3.Connection, seen: Seen, done: Written) -> None:
    mark, machine = mark_of(seen.text), _machine(connection, seen.key)
    if machine is not None and machine.mark != mark:
        if seen.expected != machine.mark and not (seen.expected is None and machine.is_gone):
            done.stale.add(seen.key)
            done.marks[seen.key] = machine.mark
            return
        before = machine.text
        if before is not None and not is_normalised(before, seen.text):
            _insert(
                connection,
                machine.id,
                *(before, seen.text, seen.at_unix_s, Author.OTHERS),
                is_late=seen.is_late,
            )
            done.changed.add(seen.key)
    _keep(connection, seen.key, seen.text)
    done.marks[seen.key] = mark


def _tell(connection: sqlite3.Connection, told: Told, done: Written, known_id: int) -> None:
    """`known_id`: later changes are another process's reading, which may have ours in it."""
    machine = _machine(connection, told.key)
    if not told.before:
        if machine is None or (text := machine.text) is None:
            return
        told = replace(told, before=text, after=text)
    if machine is None:
        machine = _keep(connection, told.key, told.before)
    before_mark, after_mark = mark_of(told.before), mark_of(told.after)
    last = connection.execute(
        "SELECT id, before_mark, before FROM change WHERE machine = ? AND id > ? AND after_mark = ? AND author = ?"
        " ORDER BY id DESC LIMIT 1",
        (machine.id, known_id, machine.mark, Author.OTHERS.value),
    ).fetchone()
    first = _text_or_none(last[2]) if last is not None else None
    now = machine.text
    if now is None:
        texts = [told.before, told.after]
    elif last is not None and first is not None and (last[1] == before_mark or machine.mark == after_mark):
        texts = [first, told.before, told.after, now]
        connection.execute("DELETE FROM change WHERE id = ?", (last[0],))
    elif machine.mark == after_mark:
        texts = [told.before, told.after]
    else:
        texts = [now, told.before, told.after]
    _chain(connection, machine.id, texts, told)
    _keep(connection, told.key, texts[-1])
    done.changed.add(told.key)
    done.marks[told.key] = mark_of(texts[-1])


def _chain(connection: sqlite3.Connection, machine: int, texts: list[str], told: Told) -> None:
    """Each text is followed by the next; the step that was told is ours, the others are somebody else's."""
    for before, after in pairwise(texts):
        is_ours = before is told.before and after is told.after
        if is_normalised(before, after) and not (is_ours and told.grown):
            continue
        author, grown = (Author.US, told.grown) if is_ours else (Author.OTHERS, ())
        _insert(connection, machine, before, after, told.at_unix_s, author, grown=grown)


def _machine(connection: sqlite3.Connection, key: DomainKey) -> _Machine | None:
    row = connection.execute(
        "SELECT id, mark, xml, gone_unix_s IS NOT NULL FROM machine WHERE host = ? AND uuid = ?",
        (key.host_id, key.uuid),
    ).fetchone()
    return _Machine(row[0], row[1], row[2], bool(row[3])) if row is not None else None


def _keep(connection: sqlite3.Connection, key: DomainKey, text: str) -> _Machine:
    mark, xml = mark_of(text), packed(text)
    (number,) = connection.execute(
        "INSERT INTO machine (host, uuid, mark, xml) VALUES (?, ?, ?, ?) ON CONFLICT (host, uuid)"
        " DO UPDATE SET mark = excluded.mark, xml = excluded.xml, gone_unix_s = NULL RETURNING id",
        (key.host_id, key.uuid, mark, xml),
    ).fetchone()
    return _Machine(number, mark, xml)


def _insert(
    connection: sqlite3.Connection,
    machine: int,
    before: str,
    after: str,
    at: float,
    author: Author,
    *,
    is_late: bool = False,
    grown: tuple[Growth, ...] = (),
) -> None:
    sizes = json.dumps([[one.target, one.size_bytes, one.before_bytes] for one in grown]) if grown else ""
    old, new = packed(before), packed(after)
    connection.execute(
        "INSERT INTO change (machine, at_unix_s, author, is_late, before_mark, after_mark, before, after, bytes,"
        " grown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(machine, at, author.value, int(is_late), mark_of(before), mark_of(after)),
            *(old, new, len(old) + len(new), sizes),
        ),
    )
