"""What one process changed in a document, put into the document as another one left it: a three-way merge on keys.

    ("theme",): "dark"                  one value
    ("last", "sort"): "name"            one value of a table
    ("host", "3f2a"): Record(...)       an entry of the list [[host]]: only the fields that changed
    ("host", "3f2a"): GONE              it was taken off
    ("host",): Order(("b", "a"))        the entries' order

All else in the document stays as it is: unknown keys, entries that make no sense, comments.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final, cast

import tomlkit
from tomlkit.items import AoT, Array

Value = str | int | float | bool | list[str]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a list; None in `changed`: the field is empty now."""

    changed: Mapping[str, Value | None]
    whole: Mapping[str, Value]  # for the case that another process has taken the entry off meanwhile


@dataclass(frozen=True, slots=True)
class Order:
    """Entries by their ids; those it does not name follow as they were."""

    ids: tuple[str, ...]


class Gone:
    """It was taken off."""


GONE: Final = Gone()
Change = Value | Record | Order | Gone
Changes = dict[Path, Change]


def joined(older: Changes, newer: Changes) -> Changes:
    """Both, one after the other, as one."""
    result = dict(older)
    for path, change in newer.items():
        before = result.get(path)
        if isinstance(change, Record) and isinstance(before, Record):
            cleared = {name for name, value in change.changed.items() if value is None}
            whole = {name: value for name, value in before.whole.items() if name not in cleared}
            change = Record({**before.changed, **change.changed}, {**whole, **change.whole})
        elif isinstance(change, Record) and isinstance(before, Gone):
            change = Record(change.whole, change.whole)
        result[path] = change
    return result


def without(pending: Changes, written: Changes) -> Changes:
    """What is left once `written` is on the disk: what was changed since."""
    return {path: change for path, change in pending.items() if written.get(path) is not change}


def apply(document: MutableMapping[str, Any], changes: Changes, ids: Mapping[str, str]) -> None:
    """Put the changes into a document of tomlkit's, or into plain dicts; `ids`: the id's field of each list."""
    # Orders last: they are about what is there then.
    for path, change in sorted(changes.items(), key=lambda item: isinstance(item[1], Order)):
        if path[0] in ids:
            _change_list(document, path, change, ids[path[0]])
        else:
            _set_value(document, path, change)


def _set_value(document: MutableMapping[str, Any], path: Path, value: Any) -> None:
    table = document
    for name in path[:-1]:
        if not isinstance(table.get(name), MutableMapping):
            table[name] = tomlkit.table() if _is_styled(document) else {}
        table = cast("MutableMapping[str, Any]", table[name])
    _set(table, path[-1], value)


def _set(table: MutableMapping[str, Any], name: str, value: Any) -> None:
    if isinstance(value, Gone) or value is None:
        table.pop(name, None)
    elif name not in table or type(_plain(table[name])) is not type(value) or table[name] != value:
        table[name] = value


def _change_list(document: MutableMapping[str, Any], path: Path, change: Change, field: str) -> None:
    name = path[0]
    if name not in document:
        if not isinstance(change, Record):
            return
        document[name] = tomlkit.aot() if _is_styled(document) else []
    entries: Any = document[name]
    if isinstance(change, Order):
        _put_in_order(document, name, change.ids, field)
        return
    places = [place for place, entry in enumerate(entries) if entry_id(entry, field) == path[1]]
    if isinstance(change, Gone):
        for place in reversed(places):
            del entries[place]
        if not entries:
            # The text of an empty list of tables is nothing.
            del document[name]
    elif isinstance(change, Record):
        if places:
            # Of two with one id the later one counts.
            for each, value in change.changed.items():
                _set(entries[places[-1]], each, value)
        else:
            entries.append(_new_entry(document, entries, {field: path[1], **change.whole}))


def _new_entry(document: MutableMapping[str, Any], entries: Any, values: Mapping[str, Value]) -> Any:
    if not _is_styled(document):
        return dict(values)
    table: Any = tomlkit.inline_table() if isinstance(entries, Array) else tomlkit.table()
    for name, value in values.items():
        table[name] = value
    return table


def _put_in_order(document: MutableMapping[str, Any], name: str, ids: tuple[str, ...], field: str) -> None:
    entries: Any = document[name]
    place = {each: number for number, each in enumerate(ids)}
    before = list(entries)
    after = sorted(before, key=lambda entry: place.get(entry_id(entry, field), len(place)))
    if all(old is new for old, new in zip(before, after, strict=True)):
        return
    if isinstance(entries, AoT):
        ordered = tomlkit.aot()
        for entry in after:
            ordered.append(entry)
        document[name] = ordered
    else:
        # tomlkit's own arrays take no slice.
        entries.clear()
        entries.extend(after)


def entry_id(entry: object, field: str) -> str:
    """The id of an entry of a list; empty: it has none."""
    value = cast("MutableMapping[str, Any]", entry).get(field) if isinstance(entry, MutableMapping) else None
    return str(value).strip() if value is not None else ""


def _is_styled(document: MutableMapping[str, Any]) -> bool:
    return isinstance(document, tomlkit.TOMLDocument)


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value
