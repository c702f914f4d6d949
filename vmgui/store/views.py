"""Saved views of the inventory and how it was left, in `views.toml`: a file a person may edit by hand."""

from __future__ import annotations

import logging
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import tomlkit

from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1
MAX_COLLAPSED = 500

E = TypeVar("E", bound=Enum)


class ViewStore:
    """The views of this person, in their order; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self._file = TomlFile(directory / "views.toml")
        self._document = self._file.read()
        document: dict[str, Any] = self._document.unwrap()
        self._views = {view.name: view for view in _read_views(document)}
        self._last = _read_last(document)

    @property
    def views(self) -> tuple[SavedView, ...]:
        """All saved views."""
        return tuple(self._views.values())

    @property
    def last(self) -> LastView:
        """How the inventory was left."""
        return self._last

    def save(self, view: SavedView) -> None:
        """Add, or replace the one of that name; written in the background."""
        self._views[view.name] = view
        self._write()

    def remove(self, name: str) -> None:
        """Forget a view; an unknown name is ignored."""
        if self._views.pop(name, None) is not None:
            self._write()

    def set_last(self, last: LastView) -> None:
        """Remember how the inventory is looked at now."""
        if last != self._last:
            self._last = last
            self._write()

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self._file.close()

    def _write(self) -> None:
        array = tomlkit.aot()
        for view in self._views.values():
            table = tomlkit.table()
            table["name"] = view.name
            table["filter"] = view.filter
            table["grouping"] = view.grouping.value
            table["sort"] = view.sort.value
            array.append(table)
        last = tomlkit.table()
        last["grouping"] = self._last.grouping.value
        last["sort"] = self._last.sort.value
        last["collapsed"] = sorted(self._last.collapsed)[:MAX_COLLAPSED]
        self._document["version"] = VERSION
        self._document["last"] = last
        self._document["view"] = array
        self._file.save(self._document)


def _read_views(document: dict[str, Any]) -> list[SavedView]:
    entries: object = document.get("view", [])
    found: list[SavedView] = []
    for entry in entries if isinstance(entries, list) else []:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name.strip():
            log.warning("views.toml: an entry without a name is ignored")
            continue
        found.append(
            SavedView(
                name.strip(),
                str(entry.get("filter", "")),
                _choice(entry.get("grouping"), Grouping.HOST),
                _choice(entry.get("sort"), Sort.NAME),
            )
        )
    return found


def _read_last(document: dict[str, Any]) -> LastView:
    last: object = document.get("last", {})
    if not isinstance(last, dict):
        return LastView()
    collapsed: object = last.get("collapsed", [])
    names = [str(name) for name in collapsed] if isinstance(collapsed, list) else []
    return LastView(
        _choice(last.get("grouping"), Grouping.HOST),
        _choice(last.get("sort"), Sort.NAME),
        frozenset(names[:MAX_COLLAPSED]),
    )


def _choice(value: object, default: E) -> E:
    if value is None:
        return default
    try:
        return type(default)(value)
    except ValueError:
        log.warning("views.toml: %r is not understood; using %s", value, default.value)
        return default
