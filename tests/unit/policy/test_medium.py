"""Files are told by their first bytes, whatever their names say and however broken they are."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.creation import SourceKind
from vmgui.model.offer import MediumIssueKind
from vmgui.policy.medium import HEAD_BYTES, FileFacts, identify, issues

SECTOR = 2048


def qcow2(
    *,
    version: int = 3,
    cluster_bits: int = 16,
    backing: bytes = b"",
    size: int = 1 << 30,
    l1_offset: int = 196608,
) -> bytes:
    backing_offset = 512 if backing else 0
    head = b"QFI\xfb" + struct.pack(">IQIIQ", version, backing_offset, len(backing), cluster_bits, size)
    head += struct.pack(">IIQQIIQ", 0, 2, l1_offset, 65536, 1, 0, 0)
    head += struct.pack(">QQQII", 0, 0, 0, 4, 104)
    return head.ljust(512, b"\0") + backing.ljust(1024, b"\0")


def iso(volume_id: str = "A CD", *, el_torito: bool = True, mbr: bool = False) -> bytes:
    head = bytearray(HEAD_BYTES)
    if mbr:
        head[:4] = b"\xfa\xeb\x01\x02"
        head[510:512] = b"\x55\xaa"
    primary = bytearray(SECTOR)
    primary[:8] = b"\x01CD001\x01\x00"
    primary[8:40] = b"LINUX".ljust(32)
    primary[40:72] = volume_id.encode().ljust(32)
    struct.pack_into("<I", primary, 80, 1000)
    struct.pack_into("<H", primary, 128, SECTOR)
    primary[318:446] = b"PUBLISHER".ljust(128)
    primary[574:702] = b"APP".ljust(128)
    head[16 * SECTOR : 17 * SECTOR] = primary
    boot = b"\x00CD001\x01EL TORITO SPECIFICATION" if el_torito else b"\xffCD001\x01"
    head[17 * SECTOR : 17 * SECTOR + len(boot)] = boot
    return bytes(head)


def kinds(
    facts: FileFacts, path: str, expected: SourceKind | None, size: int | None = 10**9
) -> list[MediumIssueKind]:
    return [issue.kind for issue in issues(facts, path, size, expected)]


@pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")
@pytest.mark.parametrize("name", ["qcow2", "vmdk", "vdi", "vhdx", "qed"])
def test_what_qemu_img_makes_is_recognised(tmp_path: Path, name: str) -> None:
    path = tmp_path / "disk"
    subprocess.run(["qemu-img", "create", "-q", "-f", name, str(path), "64M"], check=True)
    with path.open("rb") as file:
        facts = identify(file.read(HEAD_BYTES), path.stat().st_size)
    assert (facts.format, facts.broken) == (name, "")
    if name in ("qcow2", "vdi"):
        assert facts.virtual_bytes == 64 * 1024**2


@pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")
def test_a_backing_file_and_a_cut_off_image_are_found_in_real_ones(tmp_path: Path) -> None:
    base, over = tmp_path / "base.qcow2", tmp_path / "over.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(base), "64M"], check=True)
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", str(base), str(over)], check=True
    )
    facts = identify(over.read_bytes(), over.stat().st_size)
    assert facts.backing_path == str(base)
    assert kinds(facts, str(over), SourceKind.DISK_IMAGE) == [MediumIssueKind.BACKING_FILE]
    head = base.read_bytes()[:100_000]
    facts = identify(head, len(head))
    assert facts.broken
    found = issues(facts, str(base), len(head), SourceKind.DISK_IMAGE)
    assert [(issue.kind, issue.blocks) for issue in found] == [(MediumIssueKind.BROKEN, True)]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (qcow2()[:40], "cut off"),
        (qcow2(version=7), "version 7"),
        (qcow2(cluster_bits=60), "clusters"),
        (qcow2(l1_offset=1 << 60), "ends at"),
        (qcow2()[:8] + struct.pack(">QI", 1 << 40, 10) + qcow2()[20:], "outside"),
        (qcow2()[:8] + struct.pack(">QI", 512, 60_000) + qcow2()[20:], "outside"),
    ],
)
def test_broken_qcow2(head: bytes, words: str) -> None:
    assert words in identify(head, 10**6).broken


def test_an_external_data_file_counts_as_a_backing_file() -> None:
    extension = (
        struct.pack(">II", 0x44415441, 11) + b"/etc/shadow".ljust(16, b"\0") + struct.pack(">II", 0, 0)
    )
    head = qcow2()[:104] + extension
    assert identify(head.ljust(1024, b"\0"), 10**6).backing_path == "/etc/shadow"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"BZh9", "bzip2"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_compressed_files_have_to_be_unpacked(head: bytes, words: str) -> None:
    facts = identify(head.ljust(HEAD_BYTES, b"\0"), 10**6)
    assert facts.compression == words
    assert kinds(facts, "/x.img", SourceKind.DISK_IMAGE) == [MediumIssueKind.COMPRESSED]
    assert kinds(facts, "/x.iso", SourceKind.CDROM) == [MediumIssueKind.COMPRESSED]
    assert issues(facts, "/initrd", 10**6, SourceKind.KERNEL, is_initrd=True) == ()


def test_cds() -> None:
    facts = identify(iso("Debian 12.5.0 amd64 n"), 2_048_000)
    assert facts.format == "iso"
    assert facts.iso is not None
    assert (facts.iso.volume_id, facts.iso.system_id) == ("Debian 12.5.0 amd64 n", "LINUX")
    assert (facts.iso.publisher_id, facts.iso.application_id) == ("PUBLISHER", "APP")
    assert facts.iso.volume_size_bytes == 2_048_000
    assert kinds(facts, "/x.iso", SourceKind.CDROM) == []
    assert kinds(identify(iso(el_torito=False), 1), "/x.iso", SourceKind.CDROM) == [
        MediumIssueKind.NOT_BOOTABLE
    ]
    assert kinds(identify(iso(el_torito=False, mbr=True), 1), "/x.iso", SourceKind.CDROM) == []
    assert kinds(facts, "/x.img", SourceKind.DISK_IMAGE) == [MediumIssueKind.FORMAT_MISMATCH]
    assert kinds(identify(qcow2(), 10**6), "/x.iso", SourceKind.CDROM) == [MediumIssueKind.NOT_AN_IMAGE]
    udf = bytearray(HEAD_BYTES)
    udf[17 * SECTOR : 17 * SECTOR + 6] = b"\x00NSR02"
    assert identify(bytes(udf), 1).format == "iso"


def test_formats_that_are_not_what_the_name_says() -> None:
    assert kinds(identify(qcow2(), 10**6), "/x.qcow2", SourceKind.DISK_IMAGE) == []
    assert kinds(identify(qcow2(), 10**6), "/x.img", SourceKind.DISK_IMAGE) == []
    assert kinds(identify(qcow2(), 10**6), "/x.vmdk", SourceKind.DISK_IMAGE) == [
        MediumIssueKind.FORMAT_MISMATCH
    ]
    raw = bytearray(HEAD_BYTES)
    raw[510:512] = b"\x55\xaa"
    assert kinds(identify(bytes(raw), 10**6), "/x.qcow2", SourceKind.DISK_IMAGE) == [
        MediumIssueKind.FORMAT_MISMATCH
    ]
    assert kinds(identify(bytes(raw), 10**6), "/x.raw", SourceKind.DISK_IMAGE) == []
    pdf = identify(b"%PDF-1.7".ljust(HEAD_BYTES, b"x"), 10**6)
    assert kinds(pdf, "/x.img", SourceKind.DISK_IMAGE) == [MediumIssueKind.NOT_AN_IMAGE]
    assert kinds(pdf, "/x.iso", SourceKind.CDROM) == [MediumIssueKind.NOT_AN_IMAGE]
    assert kinds(pdf, "/vmlinuz", SourceKind.KERNEL) == [MediumIssueKind.NOT_A_KERNEL]
    assert kinds(FileFacts(), "/x", SourceKind.CDROM, size=0) == [MediumIssueKind.EMPTY]


def test_kernels() -> None:
    head = bytearray(HEAD_BYTES)
    head[0x202:0x206] = b"HdrS"
    facts = identify(bytes(head), 10**6)
    assert facts.is_kernel
    assert kinds(facts, "/vmlinuz", SourceKind.KERNEL) == []
    found = issues(facts, "/vmlinuz", 10**6, SourceKind.DISK_IMAGE)
    assert [(issue.kind, issue.blocks) for issue in found] == [(MediumIssueKind.NOT_AN_IMAGE, True)]


@given(
    start=st.sampled_from(
        [b"", b"QFI\xfb\0\0\0\3", b"QFI\xfb\0\0\0\2", qcow2()[:104], iso()[: 17 * SECTOR], b"KDMV"]
    ),
    rest=st.binary(max_size=4096),
    size=st.one_of(st.none(), st.integers(0, 2**70)),
    expected=st.sampled_from([*SourceKind, None]),
)
def test_no_bytes_make_it_fail(
    start: bytes, rest: bytes, size: int | None, expected: SourceKind | None
) -> None:
    issues(identify(start + rest, size), "/x.qcow2", size, expected)
