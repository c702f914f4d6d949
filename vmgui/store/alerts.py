"""What a person wants to be told of, in `alerts.toml`; wrong values fall back to the default and are logged."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from vmgui.model.alerts import AlertKind, AlertRule, AlertSettings
from vmgui.policy.alerts import valid
from vmgui.store.toml_changes import Changes
from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1


class AlertStore:
    """The rules of this person; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "alerts.toml", version=VERSION)
        self._settings = _read(self.file.content)

    @property
    def settings(self) -> AlertSettings:
        """The rules as they are now."""
        return self._settings

    def save(self, settings: AlertSettings) -> None:
        """Use these from now on; written in the background."""
        before, after = _values(self._settings), _values(settings)
        self._settings = settings
        self.file.change({path: value for path, value in after.items() if before[path] != value})

    def refresh(self) -> None:
        """Take over what other processes changed."""
        self._settings = _read(self.file.content)

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


def _values(settings: AlertSettings) -> Changes:
    values: Changes = {("on_desktop",): settings.on_desktop}
    for kind in AlertKind:
        rule = settings.rule(kind)
        values[kind.value, "enabled"] = rule.enabled
        if kind.has_limit:
            values[kind.value, "limit_percent"] = rule.limit_percent
        values[kind.value, "hold_s"] = rule.hold_s
    return values


def _read(document: dict[str, Any]) -> AlertSettings:
    settings = AlertSettings()
    on_desktop = document.get("on_desktop", True)
    if isinstance(on_desktop, bool):
        settings = replace(settings, on_desktop=on_desktop)
    for kind in AlertKind:
        table = document.get(kind.value)
        if isinstance(table, dict):
            rule = _rule(kind, settings.rule(kind), cast("dict[str, Any]", table))
            settings = replace(settings, **{kind.value: rule})
        elif table is not None:
            log.warning("alerts.toml: %s is not understood; using the default", kind.value)
    return settings


def _rule(kind: AlertKind, default: AlertRule, table: dict[str, Any]) -> AlertRule:
    rule = default
    for name in ("enabled", "limit_percent", "hold_s"):
        value = table.get(name)
        if value is None:
            continue
        is_flag = isinstance(value, bool)
        if is_flag is (name == "enabled") and isinstance(value, bool | int | float) and value == value:
            rule = replace(rule, **{name: value if is_flag else float(value)})
        else:
            log.warning(
                "alerts.toml: %s.%s = %r is not understood; using the default", kind.value, name, value
            )
    return valid(kind, rule)
