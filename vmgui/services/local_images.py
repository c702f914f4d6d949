"""What a disk image on this computer says about itself, for hypervisors that have no storage pools.

Reads the header of qcow2 (https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst) and QED
images for the name of their backing file, and nothing else. Blocking: for `background.in_thread`.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from vmgui.policy.deletion import MAX_CHAIN, LocalFile

_QCOW2 = struct.Struct(">4sIQI")  # magic, version, offset and size of the backing file's name
_QED = struct.Struct("<4s12xQQQQQII")  # ... features ..., offset and size of the backing file's name
_QCOW2_MAGIC = b"QFI\xfb"
_QED_MAGIC = b"QED\0"
_HAS_BACKING_FILE = 1
MAX_NAME_BYTES = 1023
MAX_FILES = 10_000


def look_at(paths: Iterable[str]) -> dict[str, LocalFile]:
    """Those of `paths`, and of what they are based on, that exist here."""
    found: dict[str, LocalFile] = {}
    waiting = [(path, 0) for path in dict.fromkeys(paths)]
    while waiting and len(found) < MAX_FILES:
        path, depth = waiting.pop()
        if path in found or not os.path.isabs(path):
            continue
        file = _look_at(path)
        if file is None:
            continue
        found[path] = file
        if file.backing_path and depth < MAX_CHAIN:
            waiting.append((file.backing_path, depth + 1))
    return found


def delete(path: str) -> None:
    """Delete a regular file of this computer; raises OSError, also for what is no regular file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(f"{path} is not a regular file")
    os.unlink(path)


def _look_at(path: str) -> LocalFile | None:
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode):
            return LocalFile(0, is_regular=False)
        return LocalFile(status.st_blocks * 512, _backing_path(path))
    except OSError:
        return None


def _backing_path(path: str) -> str:
    """The backing file's absolute path; empty: none. Its own kind of name (json:, nbd:...) is left as it is."""
    with open(path, "rb") as file:
        head = file.read(max(_QCOW2.size, _QED.size))
        offset = length = 0
        if head.startswith(_QCOW2_MAGIC) and len(head) >= _QCOW2.size:
            _, _, offset, length = _QCOW2.unpack_from(head)
        elif head.startswith(_QED_MAGIC) and len(head) >= _QED.size:
            _, features, _, _, _, _, offset, length = _QED.unpack_from(head)
            if not features & _HAS_BACKING_FILE:
                return ""
        if not offset or not 0 < length <= MAX_NAME_BYTES:
            return ""
        file.seek(offset)
        name = file.read(length).decode("utf-8", "surrogateescape")
    if name.startswith("file:"):
        name = name.removeprefix("file:")
    if ":" in name.split("/", maxsplit=1)[0]:
        return name
    return os.path.normpath(os.path.join(os.path.dirname(path), name))
