"""What a file is by its first bytes: an image format, a CD, a kernel, or something that only looks like one.

Magic numbers and headers: QEMU's docs/interop/qcow2.txt, ECMA-119 (ISO 9660), El Torito 1.0,
Documentation/arch/x86/boot.rst. The bytes are not trusted: nothing is followed, every number is bounded.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
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
    b"LUKS\xba\xbe": "luks",
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
_QCOW_SUFFIXES = frozenset({"qcow", "qcow2"})
_UNUSABLE = frozenset({"vhdx"})
"""libvirt's definitions know no such format, whatever QEMU can read."""
_PADDING_BYTES = 150 * 2048
"""So much at its end a CD may lack and be whole: mkisofs pads it with so many sectors of zeros."""
_VMDK_COMPRESSED = 1 << 16


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
    is_encrypted: bool = False
    read_only: str = ""  # why nothing can be written to it
    archive: str = ""  # ova, tar


def identify(head: bytes, size_bytes: int | None) -> FileFacts:
    """What a file is; `head`: its first HEAD_BYTES, `size_bytes`: of the whole file, None: not known."""
    if is_kernel(head):
        return FileFacts("kernel", is_kernel=True)
    for magic, name in _COMPRESSED.items():
        if head.startswith(magic):
            return FileFacts(compression=name)
    for magic, name in _IMAGES.items():
        if head.startswith(magic):
            read = _IMAGE_READERS.get(name)
            return read(head, size_bytes) if read is not None else FileFacts(name)
    if head[0x40:0x44] == b"\x7f\x10\xda\xbe":
        size = struct.unpack_from("<Q", head, 0x170)[0] if len(head) >= 0x178 else None
        return FileFacts("vdi", virtual_bytes=size)
    if head[257:262] == b"ustar":
        return FileFacts(archive="ova" if _has_ovf(head) else "tar")
    iso = read_iso(head)
    if iso is not None:
        return FileFacts("iso", virtual_bytes=size_bytes, iso=iso)
    if _has_udf(head):
        return FileFacts("iso", virtual_bytes=size_bytes)
    return FileFacts("raw", virtual_bytes=size_bytes, looks_like_disk=_looks_like_disk(head))


def _has_ovf(head: bytes) -> bool:
    """Whether a tar has an appliance's description among its first files (OVF: it comes first)."""
    blocks = (head[place : place + 512] for place in range(0, len(head), 512))
    return any(
        block[257:262] == b"ustar" and block[:100].split(b"\0", 1)[0].lower().endswith(b".ovf")
        for block in blocks
    )


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
    if facts.archive:
        return (MediumIssue(MediumIssueKind.ARCHIVE, True, path, facts.archive),)
    if facts.broken:
        return (MediumIssue(MediumIssueKind.BROKEN, True, path, facts.broken),)
    if expected is SourceKind.CDROM:
        return _cdrom_issues(facts, path, size_bytes)
    if expected is SourceKind.DISK_IMAGE:
        return _disk_issues(facts, path)
    return ()


def _cdrom_issues(facts: FileFacts, path: str, size_bytes: int | None) -> tuple[MediumIssue, ...]:
    if facts.format != "iso":
        # A raw stick image boots from a CD drive no more than a qcow2 does.
        return (MediumIssue(MediumIssueKind.NOT_AN_IMAGE, facts.format != "raw", path, facts.format),)
    found: list[MediumIssue] = []
    if facts.iso is not None:
        whole_bytes = facts.iso.volume_size_bytes
        if size_bytes is not None and size_bytes + _PADDING_BYTES < whole_bytes:
            percent = str(100 * size_bytes // whole_bytes)
            found.append(MediumIssue(MediumIssueKind.CUT_OFF, False, path, percent))
        if not facts.iso.bootable:
            found.append(MediumIssue(MediumIssueKind.NOT_BOOTABLE, False, path))
    return tuple(found)


def _disk_issues(facts: FileFacts, path: str) -> tuple[MediumIssue, ...]:
    found: list[MediumIssue] = []
    if facts.is_encrypted:
        return (MediumIssue(MediumIssueKind.ENCRYPTED, True, path, facts.format),)
    if facts.format in _UNUSABLE:
        return (MediumIssue(MediumIssueKind.UNUSABLE_FORMAT, True, path, facts.format.upper()),)
    if facts.read_only:
        return (MediumIssue(MediumIssueKind.READ_ONLY_FORMAT, True, path, facts.read_only),)
    suffix = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    committed = _SUFFIXES.get(suffix, "")
    if facts.format == "kernel":
        found.append(MediumIssue(MediumIssueKind.NOT_AN_IMAGE, True, path, facts.format))
    elif facts.format == "iso":
        found.append(MediumIssue(MediumIssueKind.FORMAT_MISMATCH, False, path, "iso"))
    elif (
        committed and committed != facts.format and not (facts.format == "qcow" and suffix in _QCOW_SUFFIXES)
    ):
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
    """The header of QEMU's docs/interop/qcow2.txt; version 1 is a format of its own, qcow."""
    if len(head) < 72:
        return FileFacts("qcow2", broken="the header is cut off")
    version, backing_offset, backing_length, cluster_bits, size = struct.unpack_from(">IQIIQ", head, 4)
    if version == 1:
        return _qcow(head)
    if version not in (2, 3):
        return FileFacts("qcow2", broken=f"version {version} of the format is not known")
    encryption: int = struct.unpack_from(">I", head, 32)[0]
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
    return FileFacts(facts.format, facts.virtual_bytes, backing, is_encrypted=encryption != 0)


def _qcow(head: bytes) -> FileFacts:
    """QEMU's block/qcow.c: magic, version, backing file, time, size, cluster and L2 bits, encryption."""
    backing_offset, backing_length, _time, size = struct.unpack_from(">QIIQ", head, 8)
    encryption: int = struct.unpack_from(">I", head, 36)[0]
    backing = ""
    if backing_offset:
        if backing_length > _MAX_BACKING_NAME or backing_offset + backing_length > len(head):
            return FileFacts("qcow", virtual_bytes=size, broken="the name of the backing file lies outside")
        backing = head[backing_offset : backing_offset + backing_length].decode("utf-8", "surrogateescape")
    return FileFacts("qcow", size, backing, is_encrypted=encryption != 0)


def _vmdk(head: bytes, _size_bytes: int | None) -> FileFacts:
    """Virtual Disk Format 5.0: one made to be sent (stream-optimised) is compressed, and cannot be written to."""
    if head[:4] != b"KDMV" or len(head) < 20:
        return FileFacts("vmdk")
    flags, sectors = struct.unpack_from("<IQ", head, 8)
    read_only = "stream-optimised VMDK" if flags & _VMDK_COMPRESSED else ""
    return FileFacts("vmdk", virtual_bytes=sectors * 512 or None, read_only=read_only)


def _luks(_head: bytes, _size_bytes: int | None) -> FileFacts:
    return FileFacts("luks", is_encrypted=True)


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


_IMAGE_READERS: dict[str, Callable[[bytes, int | None], FileFacts]] = {
    "qcow2": _qcow2,
    "vmdk": _vmdk,
    "luks": _luks,
}
