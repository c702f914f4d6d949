"""What a file is by its first bytes: an image format, a CD, a kernel, or something that only looks like one.

Magic numbers and headers: QEMU's docs/interop/qcow2.txt, ECMA-119 (ISO 9660), El Torito 1.0,
Documentation/arch/x86/boot.rst. The bytes are not trusted: nothing is followed, every number is bounded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from vmgui.model.creation import SourceKind
from vmgui.model.offer import MediumIssue, MediumIssueKind
from vmgui.model.os_variant import IsoIdentity

HEAD_BYTES = 68 * 1024
"""Enough for every header looked at; the last one is btrfs' at 64 KiB."""

_SECTOR = 2048
_FIRST_DESCRIPTOR = 16 * _SECTOR
_MAX_BACKING_NAME = 1023
_MAX_EXTENSIONS = 64

_COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x04\x22\x4d\x18": "lz4",
}
_IMAGES = {
    b"QFI\xfb": "qcow2",
    b"KDMV": "vmdk",
    b"COWD": "vmdk",
    b"# Disk DescriptorFile": "vmdk",
    b"vhdxfile": "vhdx",
    b"conectix": "vpc",
    b"QED\x00": "qed",
}
_SUFFIXES = {
    "qcow2": "qcow2",
    "vmdk": "vmdk",
    "vdi": "vdi",
    "vhdx": "vhdx",
    "vhd": "vpc",
    "iso": "iso",
    "raw": "raw",
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the first bytes tell; `compression` empty: not compressed."""

    format: str = ""
    virtual_bytes: int | None = None
    backing_path: str = ""
    broken: str = ""  # what is wrong with the header
    compression: str = ""
    iso: IsoIdentity | None = None
    looks_like_disk: bool = False  # raw, and something a machine could read is on it
    is_kernel: bool = False


def identify(head: bytes, size_bytes: int | None) -> FileFacts:
    """What a file is; `head`: its first HEAD_BYTES, `size_bytes`: of the whole file, None: not known."""
    if is_kernel(head):
        return FileFacts("kernel", is_kernel=True)
    for magic, name in _COMPRESSED.items():
        if head.startswith(magic):
            return FileFacts(compression=name)
    for magic, name in _IMAGES.items():
        if head.startswith(magic):
            return _qcow2(head, size_bytes) if name == "qcow2" else FileFacts(name)
    if head[0x40:0x44] == b"\x7f\x10\xda\xbe":
        size = struct.unpack_from("<Q", head, 0x170)[0] if len(head) >= 0x178 else None
        return FileFacts("vdi", virtual_bytes=size)
    iso = read_iso(head)
    if iso is not None:
        return FileFacts("iso", virtual_bytes=size_bytes, iso=iso)
    if _has_udf(head):
        return FileFacts("iso", virtual_bytes=size_bytes)
    return FileFacts("raw", virtual_bytes=size_bytes, looks_like_disk=_looks_like_disk(head))


def issues(
    facts: FileFacts,
    path: str,
    size_bytes: int | None,
    expected: SourceKind | None,
    *,
    is_initrd: bool = False,
) -> tuple[MediumIssue, ...]:
    """What speaks against using the file as what the person means it to be; None: as anything."""
    if size_bytes == 0:
        return (MediumIssue(MediumIssueKind.EMPTY, True, path),)
    if is_initrd:
        return ()
    if expected is SourceKind.KERNEL:
        # A compressed kernel (arm64 Image.gz) is one too.
        fine = facts.is_kernel or facts.compression == "gzip"
        return () if fine else (MediumIssue(MediumIssueKind.NOT_A_KERNEL, False, path, facts.format),)
    if facts.compression:
        return (MediumIssue(MediumIssueKind.COMPRESSED, True, path, facts.compression),)
    if facts.broken:
        return (MediumIssue(MediumIssueKind.BROKEN, True, path, facts.broken),)
    if expected is SourceKind.CDROM:
        return _cdrom_issues(facts, path)
    if expected is SourceKind.DISK_IMAGE:
        return _disk_issues(facts, path)
    return ()


def _cdrom_issues(facts: FileFacts, path: str) -> tuple[MediumIssue, ...]:
    if facts.format != "iso":
        # A raw stick image boots from a CD drive no more than a qcow2 does.
        return (MediumIssue(MediumIssueKind.NOT_AN_IMAGE, facts.format != "raw", path, facts.format),)
    if facts.iso is not None and not facts.iso.bootable:
        return (MediumIssue(MediumIssueKind.NOT_BOOTABLE, False, path),)
    return ()


def _disk_issues(facts: FileFacts, path: str) -> tuple[MediumIssue, ...]:
    found: list[MediumIssue] = []
    suffix = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    promised = _SUFFIXES.get(suffix, "")
    if facts.format == "kernel":
        found.append(MediumIssue(MediumIssueKind.NOT_AN_IMAGE, True, path, facts.format))
    elif facts.format == "iso":
        found.append(MediumIssue(MediumIssueKind.FORMAT_MISMATCH, False, path, "iso"))
    elif promised and promised != facts.format:
        found.append(MediumIssue(MediumIssueKind.FORMAT_MISMATCH, False, path, facts.format))
    elif facts.format == "raw" and not facts.looks_like_disk:
        found.append(MediumIssue(MediumIssueKind.NOT_AN_IMAGE, False, path, facts.format))
    if facts.backing_path:
        found.append(MediumIssue(MediumIssueKind.BACKING_FILE, False, facts.backing_path))
    return tuple(found)


# ISO 9660 ----------------------------------------------------------------------------------------------------


def read_iso(head: bytes) -> IsoIdentity | None:
    """The primary volume descriptor (ECMA-119 8.4), or None; bootable: El Torito or a boot sector."""
    primary = head[_FIRST_DESCRIPTOR : _FIRST_DESCRIPTOR + _SECTOR]
    if len(primary) < _SECTOR or primary[0] != 1 or primary[1:6] != b"CD001":
        return None
    blocks: int = struct.unpack_from("<I", primary, 80)[0]
    block_bytes: int = struct.unpack_from("<H", primary, 128)[0]
    return IsoIdentity(
        volume_id=_text(primary[40:72]),
        system_id=_text(primary[8:40]),
        publisher_id=_text(primary[318:446]),
        application_id=_text(primary[574:702]),
        volume_size_bytes=blocks * block_bytes,
        bootable=_has_el_torito(head) or _has_boot_sector(head),
    )


def _has_el_torito(head: bytes) -> bool:
    for sector in range(17, 32):
        descriptor = head[sector * _SECTOR : sector * _SECTOR + 64]
        if len(descriptor) < 64 or descriptor[1:6] != b"CD001" or descriptor[0] == 255:
            return False
        if descriptor[0] == 0 and descriptor[7:30] == b"EL TORITO SPECIFICATION":
            return True
    return False


def _has_boot_sector(head: bytes) -> bool:
    return head[510:512] == b"\x55\xaa" and any(head[:440])


def _has_udf(head: bytes) -> bool:
    """Large Windows CDs are UDF alone (ECMA-167 3/9.1)."""
    return any(
        head[sector * _SECTOR + 1 : sector * _SECTOR + 6] in (b"NSR02", b"NSR03") for sector in range(16, 32)
    )


def _text(field: bytes) -> str:
    text = field.split(b"\x00", 1)[0].decode("ascii", "replace")
    return "".join(character if character.isprintable() else " " for character in text).strip()


# Disks -------------------------------------------------------------------------------------------------------


def _qcow2(head: bytes, size_bytes: int | None) -> FileFacts:
    """The header of QEMU's docs/interop/qcow2.txt; version 1 (qcow) has not been written for ages."""
    if len(head) < 72:
        return FileFacts("qcow2", broken="the header is cut off")
    version, backing_offset, backing_length, cluster_bits, size = struct.unpack_from(">IQIIQ", head, 4)
    if version not in (2, 3):
        return FileFacts("qcow2", broken=f"version {version} of the format is not known")
    if not 9 <= cluster_bits <= 21:
        return FileFacts("qcow2", broken=f"clusters of 2^{cluster_bits} bytes are not possible")
    l1_entries, l1_offset, refcount_offset = struct.unpack_from(">IQQ", head, 36)
    facts = FileFacts("qcow2", virtual_bytes=size)
    if size_bytes is not None:
        # The L1 table is allocated whole; data beyond the end would be lost data.
        end = max(l1_offset + 8 * l1_entries, refcount_offset + 8)
        if end > size_bytes:
            return FileFacts(
                "qcow2", virtual_bytes=size, broken=f"the file ends at {size_bytes} of at least {end} bytes"
            )
    backing = ""
    if backing_offset:
        if backing_length > _MAX_BACKING_NAME or backing_offset + backing_length > len(head):
            return FileFacts(
                "qcow2", virtual_bytes=size, broken="the name of the backing file lies outside the header"
            )
        backing = head[backing_offset : backing_offset + backing_length].decode("utf-8", "replace")
    if version == 3 and not backing:
        backing = _external_data_file(head, backing_offset)
    return FileFacts(facts.format, facts.virtual_bytes, backing)


def _external_data_file(head: bytes, backing_offset: int) -> str:
    """A file the image keeps its contents in: to the guest as open as a backing file."""
    if len(head) < 104:
        return ""
    position: int = struct.unpack_from(">I", head, 100)[0]
    for _ in range(_MAX_EXTENSIONS):
        if position + 8 > len(head) or (backing_offset and position >= backing_offset):
            return ""
        kind, length = struct.unpack_from(">II", head, position)
        if kind == 0:
            return ""
        if kind == 0x44415441:
            return head[position + 8 : position + 8 + min(length, _MAX_BACKING_NAME)].decode(
                "utf-8", "replace"
            )
        position += 8 + (length + 7) // 8 * 8
    return ""


def _looks_like_disk(head: bytes) -> bool:
    """A partition table, a boot sector or a file system a machine could start from."""
    return (
        head[510:512] == b"\x55\xaa"
        or head[512:520] == b"EFI PART"
        or head[1080:1082] == b"\x53\xef"  # ext2..4
        or head[:4] == b"XFSB"
        or head[65600:65608] == b"_BHRfS_M"  # btrfs
        or b"LABELONE" in (head[:8], head[512:520])  # LVM
    )


def is_kernel(head: bytes) -> bool:
    """Linux for x86 (HdrS), arm64, RISC-V, or an ELF or EFI image."""
    return (
        head[0x202:0x206] == b"HdrS"
        or head[56:60] == b"ARM\x64"
        or head[56:60] == b"RSC\x05"
        or head[:4] == b"\x7fELF"
        or (head[:2] == b"MZ" and head[510:512] != b"\x55\xaa")
    )
