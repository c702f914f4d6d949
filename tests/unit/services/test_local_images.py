"""Backing files named in image headers, real ones and hostile ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.deletion import LocalFile
from vmgui.services import local_images

needs_qemu_img = pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img is not installed")


def make(path: Path, *arguments: str) -> str:
    subprocess.run(["qemu-img", "create", "-q", *arguments[:-1], str(path), *arguments[-1:]], check=True)
    return str(path)


@needs_qemu_img
@pytest.mark.parametrize("kind", ["qcow2", "qed"])
def test_a_chain_is_followed_to_its_end(tmp_path: Path, kind: str) -> None:
    base = make(tmp_path / "base.img", "-f", "raw", "1M")
    middle = make(tmp_path / "middle", "-f", kind, "-b", base, "-F", "raw", "1M")
    top = make(tmp_path / "top", "-f", kind, "-b", "middle", "-F", kind, "1M")
    found = local_images.look_at([top]).files
    assert {path: file.backing_path for path, file in found.items()} == {top: middle, middle: base, base: ""}


@needs_qemu_img
def test_an_image_without_backing_file(tmp_path: Path) -> None:
    plain = make(tmp_path / "plain.qcow2", "-f", "qcow2", "1M")
    assert local_images.look_at([plain]).files[plain].backing_path == ""


def test_what_is_not_there_is_left_out_and_a_directory_is_no_file(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    found = local_images.look_at([gone, str(tmp_path), "relative"])
    assert found == local_images.Looked({str(tmp_path): LocalFile(0, is_regular=False)}, frozenset({gone}))


def test_a_name_that_is_no_path_stays_as_it_is(tmp_path: Path) -> None:
    name = b"nbd://server/export"
    image = tmp_path / "x.qcow2"
    image.write_bytes(
        b"QFI\xfb" + (3).to_bytes(4, "big") + (64).to_bytes(8, "big") + len(name).to_bytes(4, "big")
    )
    with image.open("r+b") as file:
        file.seek(64)
        file.write(name)
    assert local_images.look_at([str(image)]).files[str(image)].backing_path == name.decode()


def test_an_image_based_on_itself_ends(tmp_path: Path) -> None:
    image = tmp_path / "x"
    name = str(image).encode()
    head = b"QFI\xfb" + (3).to_bytes(4, "big") + (64).to_bytes(8, "big") + len(name).to_bytes(4, "big")
    image.write_bytes(head.ljust(64, b"\0") + name)
    assert list(local_images.look_at([str(image)]).files) == [str(image)]


@given(st.binary(max_size=200), st.sampled_from([b"QFI\xfb", b"QED\0", b""]))
def test_any_header_at_all(tmp_path_factory: pytest.TempPathFactory, rest: bytes, magic: bytes) -> None:
    image = tmp_path_factory.mktemp("images") / "x"
    image.write_bytes(magic + rest)
    assert str(image) in local_images.look_at([str(image)]).files


def test_only_regular_files_are_deleted(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    link = tmp_path / "link"
    link.symlink_to(file)
    for wrong in (link, tmp_path):
        with pytest.raises(OSError, match="not a regular file"):
            local_images.delete(str(wrong))
    assert file.exists()
    local_images.delete(str(file))
    assert not file.exists()
    with pytest.raises(FileNotFoundError):
        local_images.delete(str(file))


def test_a_link_says_where_it_leads_in_the_end(tmp_path: Path) -> None:
    file, middle, link = (tmp_path / name for name in ("file", "middle", "link"))
    file.write_text("x")
    middle.symlink_to("file")
    link.symlink_to(middle)
    found = local_images.look_at([], [str(file), str(link)]).files
    assert (found[str(file)].link_to, found[str(link)].link_to) == ("", str(file))


def test_what_is_perhaps_only_away_is_told_from_what_is_gone(tmp_path: Path) -> None:
    """A link to a disk that is not mounted, to a file on it or to a directory; a directory that waits for one."""
    (tmp_path / "there").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").symlink_to("empty/file")
    (tmp_path / "folder").symlink_to("nowhere")
    (tmp_path / "circle").symlink_to("circle")
    away = {str(tmp_path / name) for name in ("file", "folder/x", "circle")}
    missing = {str(tmp_path / name) for name in ("empty/x", "no/x")}
    gone = {str(tmp_path / name) for name in ("gone", "there/x")}
    looked = local_images.look_at(sorted(away | missing | gone))
    assert looked.away == away
    assert looked.gone - looked.missing >= {str(tmp_path / "gone")}
    assert looked.gone == missing | gone
    assert looked.missing >= missing
