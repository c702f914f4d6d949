"""Disks on a host without storage pools (the embedded hypervisor): files of this computer, made by qemu-img.

All functions block: run them in a thread.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

from vmgui.model.errors import (
    AlreadyExists,
    NoSpace,
    NotProvenOurs,
    PermissionDenied,
    StorageFailure,
    TimedOut,
    Unsupported,
)

QEMU_IMG_TIMEOUT_S = 300.0
_MAX_WORDS = 2000


FileNumber = tuple[int, int]
"""Device and inode: the file itself, whatever it is called."""


def make_disk(path: str, disk_format: str, capacity_bytes: int, backing_path: str = "") -> FileNumber:
    """A new image, never over an existing file; `backing_path`: a qcow2 whose contents it starts with.

    Which file it is; nothing of it stays when this raises.
    """
    arguments = ["create", "-q", "-f", disk_format]
    if backing_path:
        arguments += ["-F", "qcow2", "-b", backing_path]
    arguments += ["--", path]
    if capacity_bytes:
        arguments.append(str(capacity_bytes))
    number = _reserve(Path(path))
    try:
        run_qemu_img(arguments, path)
    except BaseException:
        remove_disk(path, number)
        raise
    return number


def remove_disk(path: str, number: FileNumber) -> bool:
    """Remove an image we made; False if it is gone. Raises NotProvenOurs if that name is another file's now."""
    try:
        found = os.lstat(path)
        if (found.st_dev, found.st_ino) != number:
            raise NotProvenOurs("another file of that name is there now", subject=path)
        os.unlink(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _explained(error, path) from error
    return True


def run_qemu_img(arguments: list[str], subject: str) -> None:
    """Run qemu-img to its end; raises Unsupported where it is not installed, NoSpace, StorageFailure."""
    program = shutil.which("qemu-img")
    if program is None:
        raise Unsupported("qemu-img is not installed", subject=subject)
    try:
        done = subprocess.run(
            [program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=QEMU_IMG_TIMEOUT_S,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise TimedOut("qemu-img does not end", subject=subject) from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[-_MAX_WORDS:]
        kind = NoSpace if os.strerror(errno.ENOSPC) in words else StorageFailure
        raise kind(words or f"qemu-img ended with {done.returncode}", subject=subject)


def _reserve(path: Path) -> FileNumber:
    """qemu-img writes over what is there: take the name first."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            found = os.fstat(descriptor)
            return found.st_dev, found.st_ino
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _explained(error, str(path)) from error


def _explained(error: OSError, path: str) -> Exception:
    kinds = {
        errno.EEXIST: AlreadyExists,
        errno.ENOSPC: NoSpace,
        errno.EACCES: PermissionDenied,
        errno.EPERM: PermissionDenied,
        errno.EROFS: PermissionDenied,
    }
    return kinds.get(error.errno or 0, StorageFailure)(str(error), subject=path)
