"""Saved views of the inventory and how it was left, in `views.toml`: a file a person may edit by hand."""

from __future__ import annotations

import logging
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.store.toml_changes import GONE, Record, Value
from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1
MAX_COLLAPSED = 500

E = TypeVar("E", bound=Enum)


class ViewStore:
    """The views of this person, in their order; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "views.toml", version=VERSION, ids={"view": "name"})
        self._views: dict[str, SavedView] = {}
        self._last = LastView()
        self.refresh()

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
        before, whole = self._views.get(view.name), _fields(view)
        known = _fields(before) if before is not None else {}
        self._views[view.name] = view
        changed = {name: value for name, value in whole.items() if known.get(name) != value}
        if changed or before is None:
            self.file.change({("view", view.name): Record(changed, whole)})

    def remove(self, name: str) -> None:
        """Forget a view; an unknown name is ignored."""
        if self._views.pop(name, None) is not None:
            self.file.change({("view", name): GONE})

    def set_last(self, last: LastView) -> None:
        """Remember how the inventory is looked at now."""
        before, self._last = _last_fields(self._last), last
        after = _last_fields(last)
        self.file.change(
            {("last", name): value for name, value in after.items() if before.get(name) != value}
        )

    def refresh(self) -> None:
        """Take over what other processes changed."""
        content = self.file.content
        self._views = {view.name: view for view in _read_views(content)}
        self._last = _read_last(content)

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


def _fields(view: SavedView) -> dict[str, Value]:
    return {"filter": view.filter, "grouping": view.grouping.value, "sort": view.sort.value}


def _last_fields(last: LastView) -> dict[str, Value]:
    return {
        "grouping": last.grouping.value,
        "sort": last.sort.value,
        "collapsed": sorted(last.collapsed)[:MAX_COLLAPSED],
    }


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
