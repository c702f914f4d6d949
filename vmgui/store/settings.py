"""What a person chose in the program, in `settings.toml`; no secrets, no window geometry.

A file a person may edit by hand: unknown keys stay, wrong values fall back to the default and are
named in the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from vmgui.store.toml_file import TomlFile

log = logging.getLogger(__name__)

VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    language: str = "system"  # system, en, es
    theme: str = "system"  # system, light, dark
    console_scale_to_fit: bool = True
    console_low_latency: bool = True
    performance_range: str = "1h"  # 10min, 1h, 1d, 1w, 1m


_CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("system", "en", "es"),
    "theme": ("system", "light", "dark"),
    "performance_range": ("10min", "1h", "1d", "1w", "1m"),
}


class SettingsStore:
    """The settings of this person; loop thread only."""

    def __init__(self, directory: Path) -> None:
        self.file = TomlFile(directory / "settings.toml", version=VERSION)
        self._settings = _from_document(self.file.content)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, **changes: str | bool) -> Settings:
        """Set fields; raises ValueError for a value that is not offered. Saved in the background."""
        for name, value in changes.items():
            if not _is_valid(name, value):
                raise ValueError(f"{name} cannot be {value!r}")
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        self.file.change({(name,): value for name, value in changes.items()})
        return self._settings

    def refresh(self) -> None:
        """Take over what other processes changed."""
        self._settings = _from_document(self.file.content)

    def close(self) -> None:
        """Finish the last write (bounded)."""
        self.file.close()


def _is_valid(name: str, value: Any) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    default = getattr(Settings(), name, None)
    return default is not None and type(value) is type(default)


def _from_document(document: dict[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in document:
            continue
        value = document[field.name]
        if _is_valid(field.name, value):
            known[field.name] = value
        else:
            log.warning("settings.toml: %s = %r is not understood; using the default", field.name, value)
    return Settings(**known)
