"""What files of this computer are, and what disk images among them name: where a host's files are ours to read.

A file is told by device and inode, whatever links lead to it; an image's header names what it is based on and what
else holds its data. Blocking: for `background.in_thread`.
"""

from __future__ import annotations

import errno
import os
import platform
import posixpath
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from vmgui.hypervisor.connection import Connection
from vmgui.policy.file_identity import LocalFile
from vmgui.policy.file_names import files_named
from vmgui.policy.image_names import HEAD_BYTES, image_names

MAX_FILES = 10_000


def has_our_files(connection: Connection) -> bool:
    """Whether a path on the host is the same file here.

    A local socket may lead into a container with files of its own: that one has another name.
    """
    info = connection.info
    if info is None or not info.hostname or not connection.facts.is_local:
        return False
    return info.hostname.split(".")[0].lower() == platform.node().split(".")[0].lower()


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found under names; `gone` are those under which there is nothing."""

    files: dict[str, LocalFile]
    gone: frozenset[str]
    missing: frozenset[str] = field(default=frozenset(), compare=False)
    """Those of the gone whose directory is empty or is not there: a disk that would be mounted there is away."""
    away: frozenset[str] = frozenset()  # by way of a link that leads nowhere, as to a disk that is away
    perhaps_away: frozenset[str] = frozenset()  # the same, where others may see more than we do


def look_at(paths: Iterable[str], only_which: Iterable[str] = ()) -> Looked:
    """Those of `paths`, of what they are based on and of what holds their data.

    `only_which`: others of which is told only which file they are.
    """
    found: dict[str, LocalFile] = {}
    gone: set[str] = set()
    away: set[str] = set()
    waiting = list(dict.fromkeys(paths))
    while waiting and len(found) < MAX_FILES:
        path = waiting.pop()
        if path in found or path in gone | away or not os.path.isabs(path) or "\0" in path:
            continue
        file = _look_at(path)
        if file is None:
            if _is_nowhere(path):
                (away if _has_link_to_nowhere(path) else gone).add(path)
            continue
        found[path] = file
        for name in (file.backing_path, *file.parts):
            waiting += files_named(name, path).paths
    for path in only_which:
        if path not in found and (file := _status(path)) is not None:
            found[path] = file
    missing = frozenset(path for path in gone if not _has_entries(posixpath.dirname(path)))
    return Looked(found, frozenset(gone), missing, frozenset(away))


def _is_nowhere(path: str) -> bool:
    try:
        os.stat(path)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
    except ValueError:
        return False
    return False


def _has_link_to_nowhere(path: str) -> bool:
    """Whether the last that is there of a path that leads nowhere is a link."""
    while path not in ("", "/"):
        try:
            return stat.S_ISLNK(os.lstat(path).st_mode)
        except OSError:
            path = posixpath.dirname(path)
    return False


def _has_entries(directory: str) -> bool:
    try:
        with os.scandir(directory) as entries:
            return any(True for _ in entries)
    except OSError:
        return False


def delete(path: str) -> None:
    """Delete a regular file of this computer; raises OSError, also for what is no regular file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(f"{path} is not a regular file")
    os.unlink(path)


def _look_at(path: str) -> LocalFile | None:
    file = _status(path)
    if file is None or file.is_special:
        return file
    try:
        names = image_names(_head(path))
    except OSError:
        return replace(file, is_unclear=True)
    named = files_named(names.backing, path)
    # One path is kept as a path; options that name several, and what is no file, as they are.
    backing = named.paths[0] if len(named.paths) == 1 and not named.unclear else names.backing
    return replace(file, backing_path=backing, parts=names.parts, is_unclear=names.is_unclear)


def _status(path: str) -> LocalFile | None:
    try:
        status = os.stat(path)
        itself = os.lstat(path).st_mode
        link_to = os.path.realpath(path) if stat.S_ISLNK(itself) else ""
    except (OSError, ValueError):
        return None
    inode = (status.st_dev, status.st_ino)
    if not stat.S_ISREG(status.st_mode):
        return LocalFile(0, is_regular=False, link_to=link_to, inode=inode, is_special=True)
    return LocalFile(status.st_blocks * 512, is_regular=stat.S_ISREG(itself), link_to=link_to, inode=inode)


def _head(path: str) -> bytes:
    # Not waiting for a writer, should a pipe have come in the file's place.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        return file.read(HEAD_BYTES)
