"""Looks at what others are just removing: what vanishes under one's eyes is not there, and no error.

pathlib's rglob raises when a folder goes that it is about to enter.
"""

from __future__ import annotations

import os
from pathlib import Path


def below(folder: Path) -> list[Path]:
    """All files and folders in it, at any depth; none where it is not there or closed."""
    return [Path(place, name) for place, folders, files in os.walk(folder) for name in (*folders, *files)]


def entries(folder: Path) -> list[Path]:
    """What lies directly in it; none where it is not there or closed."""
    try:
        return [folder / name for name in os.listdir(folder)]
    except OSError:
        return []


def text(file: Path) -> str:
    """What stands in it; empty where it is gone (also of a process that ends: read(2) says ESRCH)."""
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""
