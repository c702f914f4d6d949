"""One look at a TOML file: what it says, or why it says nothing; and a second name for what is damaged.

Blocks; for worker threads.
"""

from __future__ import annotations

import os
import shutil
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vmgui.model.stored_files import FileTrouble

MAX_BYTES = 4 * 1024 * 1024
Signature = tuple[int, int, int]
"""Which file, when and how much: another one is another content."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the file found."""

    plain: dict[str, Any] = field(default_factory=dict[str, Any])
    text: str = ""
    signature: Signature | None = None
    trouble: FileTrouble | None = None
    reason: str = ""


def read(path: Path, version: int, ids: Mapping[str, str]) -> Seen:
    """What is there; `version`: the newest that is understood, `ids`: the names of its lists of tables."""
    signature: Signature | None = None
    try:
        text, signature = read_text(path)
        plain = tomllib.loads(text)
        wrong = [name for name in ids if not isinstance(plain.get(name, []), list)]
        if wrong:
            return Seen(
                signature=signature, trouble=FileTrouble.DAMAGED, reason=f"{wrong[0]} is not a list of tables"
            )
    except FileNotFoundError as error:
        if os.path.islink(path):
            # What it names may come back, as a disk that is not mounted yet.
            return Seen(trouble=FileTrouble.UNREADABLE, reason=error.strerror or str(error))
        return Seen()
    except OSError as error:
        return Seen(trouble=FileTrouble.UNREADABLE, reason=error.strerror or str(error))
    except (ValueError, RecursionError) as error:
        return Seen(
            signature=signature or signature_of(path), trouble=FileTrouble.DAMAGED, reason=str(error)[:200]
        )
    found = plain.get("version")
    if version and isinstance(found, int) and found > version:
        return Seen(plain, text, signature, FileTrouble.NEWER, f"version {found}")
    return Seen(plain, text, signature)


def read_text(path: Path) -> tuple[str, Signature]:
    """The text as it is; raises OSError, ValueError."""
    # A pipe in its place must not hold up the program.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, "not a regular file")
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError("the file is too large")
    return content.decode("utf-8-sig"), (status.st_ino, status.st_mtime_ns, status.st_size)


def signature_of(path: Path) -> Signature | None:
    """The signature of what is there now; None: nothing is."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def modified_unix_s(path: Path) -> float:
    """When it was written; 0: it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def put_aside(path: Path) -> str:
    """Give the damaged file a second name that no other one has; it is replaced only after that."""
    number = 1
    while os.path.exists(path):
        aside = path.with_suffix(".broken" if number == 1 else f".broken-{number}")
        if not os.path.lexists(aside):
            try:
                # Not the symbolic link that may stand there: that one will name the new file.
                os.link(os.path.realpath(path), aside)
            except OSError:
                # No hard links here, or another process took the name.
                if not os.path.lexists(aside):
                    shutil.copy2(path, aside)
        if os.path.exists(aside) and (
            os.path.samefile(aside, path) or aside.read_bytes() == path.read_bytes()
        ):
            return str(aside)
        number += 1
    return ""
