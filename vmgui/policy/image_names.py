"""Which other files a disk image consists of or is based on, by its first bytes: pure.

qcow2: QEMU's docs/interop/qcow2.rst (backing file, external data file); QED: docs/interop/qed_spec.rst; VMDK: the
Virtual Disk Format 5.0 specification (parent, extents). The bytes are not trusted: every number is bounded.
Formats that QEMU reads whole from one file (VDI, VHD, VHDX, raw ...) name nothing.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

HEAD_BYTES = 68 * 1024
"""Enough for every name looked at: a qcow2 header is one cluster, a VMDK descriptor 20 sectors."""

_QCOW = struct.Struct(">4sIQI")  # magic, version, offset and size of the backing file's name
_QED = struct.Struct("<4s12xQQQQQII")  # ... features ..., offset and size of the backing file's name
_VMDK4 = struct.Struct(
    "<4sIIQQQQ"
)  # magic, version, flags, capacity, grain, descriptor's offset and size in sectors
_EXTENSION = struct.Struct(">II")
_QCOW_MAGIC = b"QFI\xfb"
_QED_MAGIC = b"QED\0"
_VMDK4_MAGIC = b"KDMV"
_VMDK3_MAGIC = b"COWD"
_DESCRIPTOR = b"# Disk DescriptorFile"
_QED_HAS_BACKING_FILE = 1
_HAS_DATA_FILE = 1 << 2
_DATA_FILE = 0x44415441
_MAX_EXTENSIONS = 256
_MAX_NAME_BYTES = 4096
_SECTOR = 512
_PARENT = re.compile(rb'^[ \t]*parentFileNameHint[ \t]*=[ \t]*"(?P<name>[^"\r\n]*)"', re.MULTILINE)
_EXTENT = re.compile(
    rb'^[ \t]*(?:RW|RDONLY|NOACCESS)[ \t]+\d+[ \t]+(?P<kind>\w+)(?:[ \t]+"(?P<name>[^"\r\n]*)")?',
    re.MULTILINE,
)
_EXTENTS_IN_FILES = frozenset({b"FLAT", b"SPARSE", b"VMFS", b"VMFSSPARSE", b"SESPARSE"})


@dataclass(frozen=True, slots=True)
class ImageNames:
    """Names as the image gives them, for `file_names.files_named`."""

    backing: str = ""
    parts: tuple[str, ...] = ()  # files that hold its data
    is_unclear: bool = False  # it may name more: it could not be understood to the end


UNCLEAR = ImageNames(is_unclear=True)


def image_names(head: bytes) -> ImageNames:
    """What the image names; `head`: its first HEAD_BYTES, or all of a shorter one."""
    if head.startswith(_QCOW_MAGIC):
        return _qcow(head)
    if head.startswith(_QED_MAGIC):
        return _qed(head)
    if head.startswith(_VMDK4_MAGIC):
        return _vmdk4(head)
    if head.startswith(_DESCRIPTOR):
        return _descriptor(head)
    # VMware's oldest: its parent's place in the header differs by who wrote it.
    return UNCLEAR if head.startswith(_VMDK3_MAGIC) else ImageNames()


def _qcow(head: bytes) -> ImageNames:
    if len(head) < _QCOW.size:
        return UNCLEAR
    _, version, offset, length = _QCOW.unpack_from(head)
    backing = _name(head, offset, length) if offset else ""
    if backing is None:
        return UNCLEAR
    if version < 3:
        return ImageNames(backing)
    if len(head) < 104:
        return ImageNames(backing, is_unclear=True)
    incompatible, header_bytes = struct.unpack_from(">Q20xI", head, 72)
    data_file = _data_file(head, header_bytes)
    if data_file:
        return ImageNames(backing, (data_file,))
    # It has one, and does not say which: whoever runs it must.
    return ImageNames(backing, is_unclear=bool(incompatible & _HAS_DATA_FILE) or data_file is None)


def _data_file(head: bytes, at: int) -> str | None:
    """The external data file's name; empty: none; None: not to be found in what was read."""
    if at < 104:
        return None
    for _ in range(_MAX_EXTENSIONS):
        if at + _EXTENSION.size > len(head):
            return None
        kind, length = _EXTENSION.unpack_from(head, at)
        if kind == 0:
            return ""
        if kind == _DATA_FILE:
            return _name(head, at + _EXTENSION.size, length)
        at += _EXTENSION.size + (length + 7) // 8 * 8
    return None


def _qed(head: bytes) -> ImageNames:
    if len(head) < _QED.size:
        return UNCLEAR
    _, features, _, _, _, _, offset, length = _QED.unpack_from(head)
    if not features & _QED_HAS_BACKING_FILE:
        return ImageNames()
    backing = _name(head, offset, length)
    return ImageNames(backing) if backing else UNCLEAR


def _vmdk4(head: bytes) -> ImageNames:
    if len(head) < _VMDK4.size:
        return UNCLEAR
    _, _, _, capacity, _, offset, size = _VMDK4.unpack_from(head)
    if not offset:
        # One of a split image's files: the descriptor is a file of its own.
        return ImageNames()
    start, end = offset * _SECTOR, (offset + size) * _SECTOR
    if not size or end > len(head):
        return UNCLEAR
    names = _descriptor(head[start:end])
    # With a capacity the data is in this very file, whatever it was called when it was made.
    return ImageNames(names.backing, () if capacity else names.parts, names.is_unclear)


def _descriptor(text: bytes) -> ImageNames:
    parent = _PARENT.search(text)
    parts: list[str] = []
    is_unclear = False
    for extent in _EXTENT.finditer(text):
        if extent["kind"].upper() == b"ZERO":
            continue
        if not extent["name"] or extent["kind"].upper() not in _EXTENTS_IN_FILES:
            is_unclear = True
            continue
        parts.append(_decoded(extent["name"]))
    return ImageNames(_decoded(parent["name"]) if parent else "", tuple(dict.fromkeys(parts)), is_unclear)


def _name(head: bytes, offset: int, length: int) -> str | None:
    """None: not to be found in what was read."""
    if not 0 < length <= _MAX_NAME_BYTES or offset + length > len(head):
        return None
    return _decoded(head[offset : offset + length])


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
