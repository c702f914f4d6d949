"""A directory of a lab host that hangs when told to, as one on a dead file server does.

A file system in user space (https://docs.kernel.org/filesystems/fuse.html) with one file in it, served by a process in
the host: while that answers nothing, whoever looks at the directory waits inside the kernel. `python hanging_files.py
DIRECTORY` is that process: "hang" and "go" on its standard input, and the end of it ends the directory, too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import stat
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.lab.lab_host import LabHost

FILE = b"disk.img"
FILE_BYTES = 1 << 20

# linux/fuse.h
_LOOKUP, _FORGET, _GETATTR, _OPEN, _READ, _STATFS, _RELEASE = 1, 2, 3, 14, 15, 17, 18
_FLUSH, _INIT, _OPENDIR, _READDIR, _RELEASEDIR, _INTERRUPT, _BATCH_FORGET = 25, 26, 27, 28, 29, 36, 42
_SILENT = {_FORGET, _INTERRUPT, _BATCH_FORGET}
_ROOT_ID, _FILE_ID = 1, 2


class HangingFiles:
    """The directory `path` of a host; blocks."""

    def __init__(self, host: LabHost, path: str) -> None:
        self.path = path
        self._host = host
        host.run(["mkdir", "-p", path])
        self._server = subprocess.Popen(
            # A host of another Debian release has a Python of its own, and only that.
            host.command(["/usr/bin/python3" if host.plan.release else sys.executable, "-I", __file__, path]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._hear(b"serving")

    def hang(self) -> None:
        """Answer nothing from now on."""
        self._tell(b"hang")

    def go_on(self) -> None:
        """Answer what waits, and all that comes."""
        self._tell(b"go")

    def close(self) -> None:
        """What waits fails; the directory is empty."""
        self._server.communicate(timeout=20)
        self._host.run(["umount", "-l", self.path], check=False)

    def _tell(self, word: bytes) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(word + b"\n")
        self._server.stdin.flush()
        self._hear(word)

    def _hear(self, word: bytes) -> None:
        assert self._server.stdout is not None
        heard = self._server.stdout.readline().strip()
        if heard != word:
            raise RuntimeError(f"the file system in user space said {heard!r} instead of {word!r}")


# In the host -------------------------------------------------------------------------------------------------


def serve(path: str) -> None:
    """Until standard input ends."""
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"hanging", path.encode(), b"fuse", 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"cannot mount {path}")
    hangs = False
    # The first question is the kernel's own.
    _answer_one(device)
    _say(b"serving")
    while True:
        ready, _, _ = select.select([0] if hangs else [0, device], [], [])
        if 0 in ready:
            words = os.read(0, 4096)
            if not words:
                return
            for word in words.split():
                hangs = word == b"hang"
                _say(word)
        elif not _answer_one(device):
            return


def _say(word: bytes) -> None:
    os.write(1, word + b"\n")


def _answer_one(device: int) -> bool:
    try:
        request = os.read(device, 1 << 17)
    except OSError as error:
        # Interrupted before it was read; or unmounted.
        return error.errno in (errno.ENOENT, errno.EINTR, errno.EAGAIN)
    _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
    if opcode in _SILENT:
        return True
    answer = _answer(opcode, node, request[40:])
    error, data = (-answer, b"") if isinstance(answer, int) else (0, answer)
    os.write(device, struct.pack("<IiQ", 16 + len(data), error, unique) + data)
    return True


def _answer(opcode: int, node: int, body: bytes) -> bytes | int:
    """The data, or an error's number."""
    if opcode == _INIT:
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, 1 << 16, 0, 12, 10, 1 << 16, 1, 0, 0, 0)
    if opcode == _GETATTR:
        return struct.pack("<QII", 0, 0, 0) + _attributes(node)
    if opcode == _LOOKUP:
        if body.rstrip(b"\0") != FILE:
            return errno.ENOENT
        return struct.pack("<QQQQII", _FILE_ID, 0, 0, 0, 0, 0) + _attributes(_FILE_ID)
    if opcode in (_OPEN, _OPENDIR):
        return struct.pack("<QII", 0, 0, 0)
    if opcode == _READDIR:
        return b"" if struct.unpack_from("<QQ", body)[1] else _entries()
    if opcode == _READ:
        _, offset, size = struct.unpack_from("<QQI", body)
        return bytes(max(0, min(size, FILE_BYTES - offset)))
    if opcode == _STATFS:
        return struct.pack("<QQQQQIII28x", 1 << 20, 1 << 19, 1 << 19, 100, 50, 4096, 255, 4096)
    if opcode in (_RELEASE, _RELEASEDIR, _FLUSH):
        return b""
    return errno.ENOSYS


def _attributes(node: int) -> bytes:
    is_root = node == _ROOT_ID
    mode = stat.S_IFDIR | 0o755 if is_root else stat.S_IFREG | 0o644
    size = 0 if is_root else FILE_BYTES
    return struct.pack(
        "<QQQQQQIIIIIIIIII", node, size, size // 512, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0
    )


def _entries() -> bytes:
    found = b""
    for offset, (node, name, kind) in enumerate(
        ((_ROOT_ID, b".", stat.S_IFDIR), (_ROOT_ID, b"..", stat.S_IFDIR), (_FILE_ID, FILE, stat.S_IFREG)), 1
    ):
        entry = struct.pack("<QQII", node, offset, len(name), kind >> 12) + name
        found += entry + bytes(-len(entry) % 8)
    return found


if __name__ == "__main__":
    serve(sys.argv[1])
