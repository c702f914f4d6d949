"""Files shipped with the program: `resources/` in a checkout, `vmgui/_resources` in a wheel."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOTS = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource_path(name: str) -> Path:
    """The path of a shipped file or folder, e.g. "icons/play.svg"; it may not exist."""
    for root in _ROOTS:
        if os.path.isdir(root):
            return root / name
    return _ROOTS[-1] / name
