"""Names of files under any spelling, and names in image headers, real ones and hostile ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.file_names import Named, files_named
from vmgui.policy.image_names import HEAD_BYTES, ImageNames, image_names

IMAGE = "/images/top.qcow2"
needs_qemu_img = pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("", ()),
        ("/a/base", ("/a/base",)),
        ("base", ("/images/base",)),
        ("sub/../base", ("/images/sub/../base",)),
        ("file:/a/base", ("/a/base",)),
        ("file:base", ("/images/base",)),
        ("file:///a/base", ("/a/base",)),
        ("host_device:/dev/vg/lv", ("/dev/vg/lv",)),
        ('json:{"driver":"qcow2","file":{"driver":"file","filename":"/a/base"}}', ("/a/base",)),
        ('json:{"driver":"qcow2","file.filename":"/a/base"}', ("/a/base",)),
        ('json:{"file.filename":"/a/base"}', ("/a/base",)),
        (
            'json:{"driver":"raw","file":{"driver":"blkdebug","image":{"filename":"file:/a/base"}}}',
            ("/a/base",),
        ),
        (
            'json:{"driver":"qcow2","file":{"filename":"/a/top"},"data-file":{"filename":"/a/data"},'
            '"backing":{"file":{"filename":"/a/base"}}}',
            ("/a/top", "/a/data", "/a/base"),
        ),
        (
            'json:{"driver":"quorum","children":[{"file":{"filename":"/a"}},{"file":{"filename":"/b"}}]}',
            ("/a", "/b"),
        ),
        ("nbd://server/export", ()),
        ("https://server/image", ()),
        ('json:{"driver":"raw","file":{"driver":"nbd","server":{"type":"unix","path":"/run/x"}}}', ()),
    ],
)
def test_what_a_name_means(name: str, paths: tuple[str, ...]) -> None:
    assert files_named(name, IMAGE) == Named(paths)


@pytest.mark.parametrize(
    "name",
    [
        "json:",
        "json:{",
        'json:{"driver":"raw","file":"node0"}x',
        "fat:/a",
        "blkverify:/a:/b",
        "json:" + "[" * 60_000,
    ],
)
def test_what_is_not_understood_is_handed_back(name: str) -> None:
    assert files_named(name, IMAGE).unclear == name


@given(st.text(max_size=60), st.sampled_from(("", "json:", "file:", 'json:{"file":')))
def test_any_name_at_all(rest: str, start: str) -> None:
    named = files_named(start + rest, IMAGE)
    assert all(path.startswith("/") for path in named.paths)


def head_of(*arguments: str, path: Path) -> ImageNames:
    subprocess.run(["qemu-img", "create", "-q", *arguments[:-1], str(path), *arguments[-1:]], check=True)
    return image_names(path.read_bytes()[:HEAD_BYTES])


@needs_qemu_img
def test_names_in_real_images(tmp_path: Path) -> None:
    base = tmp_path / "base.vmdk"
    assert head_of("-f", "vmdk", "1M", path=base) == ImageNames()
    top = head_of("-f", "vmdk", "-b", str(base), "-F", "vmdk", "1M", path=tmp_path / "top.vmdk")
    assert top == ImageNames(str(base))
    split = head_of("-f", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", "3G", path=tmp_path / "split.vmdk")
    assert split == ImageNames(parts=("split-s001.vmdk", "split-s002.vmdk"))
    flat = head_of("-f", "vmdk", "-o", "subformat=monolithicFlat", "1M", path=tmp_path / "flat.vmdk")
    assert flat == ImageNames(parts=("flat-flat.vmdk",))
    assert image_names((tmp_path / "split-s001.vmdk").read_bytes()[:HEAD_BYTES]) == ImageNames()
    data = head_of("-f", "qcow2", "-o", f"data_file={tmp_path}/d.raw", "1M", path=tmp_path / "data.qcow2")
    assert data == ImageNames(parts=(f"{tmp_path}/d.raw",))
    raw = tmp_path / "base.raw"
    head_of("-f", "raw", "1M", path=raw)
    for kind in ("qcow2", "qcow", "qed"):
        options = ("-f", kind, "-b", str(raw), "-F", "raw", "1M")
        assert head_of(*options, path=tmp_path / f"top.{kind}") == ImageNames(str(raw))
    for kind in ("raw", "vdi", "vpc", "vhdx", "parallels", "qcow2"):
        assert head_of("-f", kind, "2M", path=tmp_path / f"plain.{kind}") == ImageNames()


@needs_qemu_img
def test_an_image_cut_off_anywhere_in_its_header_is_unclear_or_tells_its_base(tmp_path: Path) -> None:
    image = tmp_path / "x.qcow2"
    names = head_of("-u", "-f", "qcow2", "-b", "/a/base", "-F", "raw", "1M", path=image)
    assert names == ImageNames("/a/base")
    head = image.read_bytes()[:HEAD_BYTES]
    for length in range(4, 400):
        cut = image_names(head[:length])
        assert cut.is_unclear or cut == names


@given(
    st.sampled_from((b"QFI\xfb", b"QED\0", b"KDMV", b"COWD", b"# Disk DescriptorFile", b"")),
    st.binary(max_size=600),
)
def test_any_header_at_all(magic: bytes, rest: bytes) -> None:
    image_names(magic + rest)
