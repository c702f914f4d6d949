"""Where vmgui keeps things on this computer (XDG base directories)."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("vmgui", appauthor=False)


def config_dir() -> Path:
    """Settings and the list of hosts."""
    return _DIRS.user_config_path


def state_dir() -> Path:
    """Logs and what the program remembers between starts."""
    return _DIRS.user_state_path


def cache_dir() -> Path:
    """What can be fetched again."""
    return _DIRS.user_cache_path


def socket_dirs() -> tuple[Path, ...]:
    """Where sockets and small programs of this session may live, best first."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    first = (Path(session) / "vmgui",) if session and Path(session).is_absolute() else ()
    return (*first, cache_dir() / "run")


def data_dir() -> Path:
    """Disks of the embedded hypervisor."""
    return _DIRS.user_data_path
