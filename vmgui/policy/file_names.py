"""What the names of files mean that machines and disk images give: pure.

A disk image names its backing file as QEMU understands it: a path, relative to the image's own directory;
`file:` before it; or `json:` with block driver options, nested or dotted (QEMU's docs/system/images, "block device
options"). What stands for no file of the host (nbd:, https: ...) names nothing here; what is not understood is
handed back as text, so that whoever judges can stay on the safe side.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

MAX_NAME_CHARS = 64 * 1024
_ODD = re.compile(r"//|/\.|/$|^/dev/mapper/")
"""What a path has that has another spelling."""
_MAPPER = re.compile(r"^/dev/mapper/(?P<name>.+)$")
_PROTOCOL = re.compile(r"^(?P<protocol>[A-Za-z][A-Za-z0-9+._-]*):(?P<rest>.*)$", re.DOTALL)
_FILE_PROTOCOLS = frozenset({"file", "host_device", "host_cdrom"})
_NO_FILE = frozenset(
    {
        "nbd", "nbd+tcp", "nbd+unix", "http", "https", "ftp", "ftps", "tftp", "ssh", "sftp", "iscsi", "rbd", "nfs",
        "gluster", "gluster+tcp", "gluster+unix", "gluster+rdma", "sheepdog", "vxhs", "null-co", "null-aio", "nvme",
    }
)  # fmt: skip
"""Protocols and block drivers whose data is in no file of the host."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means."""

    paths: tuple[str, ...] = ()  # of the host; more than one where options name several
    unclear: str = ""  # the name itself, if it may mean a file but cannot be understood


def same_place(path: str) -> str:
    """One spelling for a path: normalised, device-mapper names turned into /dev/group/volume.

    A `..` after a symbolic link leads elsewhere than its text says: `is_plain` tells whether there is one.
    """
    if path.startswith("/") and not _ODD.search(path):
        return path
    path = posixpath.normpath(path) if path else ""
    if path.startswith("//"):
        path = path[1:]
    match = _MAPPER.match(path)
    if match is None:
        return path
    # LVM doubles the hyphens of names and joins group and volume by a single one.
    parts = re.split(r"(?<!-)-(?!-)", match["name"], maxsplit=1)
    if len(parts) != 2:
        return path
    group, volume = (part.replace("--", "-") for part in parts)
    return f"/dev/{group}/{volume}"


def is_plain(path: str) -> bool:
    """Whether the text of a path alone tells which it is."""
    return ".." not in path.split("/")


def place_of(path: str) -> str:
    """One spelling, but for a path whose text alone does not tell which file it is."""
    return same_place(path) if is_plain(path) else path


def stem_of(path: str) -> str:
    """What files made from one another have in common: libvirt calls an overlay of `web.qcow2` `web.snapshot`."""
    name = posixpath.basename(path)
    return name.split(".", maxsplit=1)[0] or name


def files_named(name: str, image_path: str) -> Named:
    """The files that an image at `image_path` (absolute) means by `name`."""
    if not name:
        return Named()
    if len(name) > MAX_NAME_CHARS or "\0" in name:
        return Named(unclear=name[:MAX_NAME_CHARS])
    if name.startswith("json:"):
        return _of_json(name, image_path)
    match = _PROTOCOL.match(name)
    if match is None or "/" in match["protocol"]:
        return Named((_beside(name, image_path),))
    protocol = match["protocol"].lower()
    if protocol in _FILE_PROTOCOLS:
        rest = match["rest"]
        # file:///path, as other programs write it.
        return (
            Named((_beside(rest[2:] if rest.startswith("///") else rest, image_path),)) if rest else Named()
        )
    return Named() if protocol in _NO_FILE else Named(unclear=name)


def _of_json(name: str, image_path: str) -> Named:
    try:
        options: object = json.loads(name.removeprefix("json:"))
    except (ValueError, RecursionError):
        return Named(unclear=name)
    paths: list[str] = []
    unclear = False
    drivers: list[str] = []
    try:
        for key, value in _leaves(options):
            if key == "driver":
                drivers.append(value)
            elif key in {"filename", "file", "backing", "image", "data-file"} and value:
                named = files_named(value, image_path)
                paths += named.paths
                unclear = unclear or bool(named.unclear)
    except RecursionError:
        return Named(unclear=name)
    if not unclear and (paths or any(driver in _NO_FILE for driver in drivers)):
        return Named(tuple(dict.fromkeys(paths)))
    return Named(tuple(dict.fromkeys(paths)), unclear=name)


def _leaves(options: object) -> Iterator[tuple[str, str]]:
    """Every text of the options with the last part of its key."""
    if isinstance(options, dict):
        for key, value in cast("dict[str, object]", options).items():
            if isinstance(value, str):
                yield key.rpartition(".")[2], value
            else:
                yield from _leaves(value)
    elif isinstance(options, list):
        for value in cast("list[object]", options):
            yield from _leaves(value)


def _beside(name: str, image_path: str) -> str:
    return name if name.startswith("/") else posixpath.join(posixpath.dirname(image_path), name)
