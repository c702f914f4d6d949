"""Deleting on a host whose files are this computer's, too: links, devices, and files that we may not read."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.world import World
from vmgui.hypervisor.storage_evidence import FoundStorage, look_at_storage
from vmgui.model.deletion import DoomedFile, Doubt
from vmgui.services import local_images
from vmgui.services.deletion import DeletionService, evidence

NOBODY = 65534
SIZE = 3 << 30
NODE = """<node><cpu><mhz>1000</mhz><model>x</model><active>2</active><nodes>1</nodes><sockets>1</sockets>
  <cores>2</cores><threads>1</threads></cpu><memory>1000000</memory>{machines}
  <pool type='{kind}'><name>vg</name><source><device path='/dev/sdx'/><name>vg</name></source>
    <target><path>{at}</path></target>{volumes}</pool></node>"""
MACHINE = """<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>{name}</name><memory>1024</memory><os><type>hvm</type></os>
  <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{path}'/>
    <target dev='vda'/></disk></devices><test:runstate>5</test:runstate></domain>"""
"""One that is off."""
VOLUME = """<volume><name>{name}</name><capacity>{size}</capacity><allocation>{size}</allocation></volume>"""
Host = Callable[..., str]


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that everybody may look into."""
    made = Path(tempfile.mkdtemp(prefix="vmgui-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def host(folder: Path, tmp_path: Path) -> Host:
    """The URI of a hypervisor with a pool of these volumes in the folder, and machines with one disk each."""

    def make(*volumes: str, kind: str = "dir", **machines: Path) -> str:
        path = tmp_path / "host.xml"
        path.write_text(
            NODE.format(
                kind=kind,
                at=folder,
                machines="".join(MACHINE.format(name=name, path=disk) for name, disk in machines.items()),
                volumes="".join(VOLUME.format(name=name, size=SIZE) for name in volumes),
            )
        )
        return f"test://{path}"

    return make


async def file_of_web(world: World, uri: str) -> DoomedFile:
    """What is said of the only file of the machine `web`."""
    world.add(uri, "h1")
    await world.connected("h1")
    plan = await DeletionService(world.hosts, world.inventory, world.jobs).plan(await world.seen("web"))
    (file,) = plan.files
    return file


async def test_a_volume_that_is_a_device_is_its_data_though_its_name_is_a_link(
    world: World, host: Host, folder: Path
) -> None:
    (folder / "web").symlink_to("/dev/null")
    file = await file_of_web(world, host("web", kind="disk", web=folder / "web"))
    assert file.is_chosen
    assert (file.link_to, file.other_names, file.allocation_bytes) == ("", (), SIZE)


async def test_a_link_to_a_file_in_a_directory_goes_by_itself(world: World, host: Host, folder: Path) -> None:
    (folder / "real.qcow2").write_bytes(b"x")
    (folder / "link.qcow2").symlink_to("real.qcow2")
    file = await file_of_web(world, host("real.qcow2", "link.qcow2", web=folder / "link.qcow2"))
    assert (file.is_chosen, file.allocation_bytes) == (True, 0)
    assert Path(file.link_to).name == "real.qcow2"


@pytest.mark.parametrize("link", ["vms", "vms/deep", "far.qcow2"])
@pytest.mark.parametrize("has_looked", [False, True])
async def test_a_disk_by_way_of_a_linked_directory_that_is_away_may_need_any_file(
    world: World, host: Host, folder: Path, monkeypatch: pytest.MonkeyPatch, link: str, has_looked: bool
) -> None:
    (folder / "web.qcow2").write_bytes(b"x")
    outside = folder / "outside"
    (outside / link).parent.mkdir(parents=True)
    (outside / link).symlink_to("/nowhere/vms")
    far = outside / link if link.endswith("qcow2") else outside / link / "far.qcow2"
    if has_looked:

        def look(*arguments: Any, **more: Any) -> FoundStorage:
            """As a real host: such a directory is not there for it."""
            found = look_at_storage(*arguments, **more)
            found.no_directories.append(str(far.parent))
            return found

        monkeypatch.setattr(evidence, "look_at_storage", look)
    file = await file_of_web(world, host("web.qcow2", web=folder / "web.qcow2", db=far))
    assert (file.can_delete, file.doubts) == (True, (Doubt("db", str(far)),))


def _look_as_nobody(paths: Iterable[str], only_which: Iterable[str] = ()) -> local_images.Looked:
    """Of this thread only: whoever may read files is told by the kernel's own user of each thread."""
    libc = ctypes.CDLL(None)
    libc.setfsuid(NOBODY)
    try:
        return REAL_LOOK(paths, only_which)
    finally:
        libc.setfsuid(0)


def _no_head(path: str) -> bytes:
    raise PermissionError(13, "Permission denied", path)


REAL_LOOK = local_images.look_at


@pytest.mark.parametrize(
    "as_nobody",
    [
        pytest.param(
            True, marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
        ),
        False,
    ],
)
async def test_images_that_only_the_hosts_daemon_may_read(
    world: World, host: Host, folder: Path, monkeypatch: pytest.MonkeyPatch, as_nobody: bool
) -> None:
    """Those of the system's daemon belong to root: it has told what they are based on."""
    for name in ("web.qcow2", "db.img"):
        (folder / name).write_bytes(b"x")
        (folder / name).chmod(0o600)
    if as_nobody:
        monkeypatch.setattr(local_images, "look_at", _look_as_nobody)
    else:
        monkeypatch.setattr(local_images, "_head", _no_head)
    looked = local_images.look_at([str(folder / "db.img")])
    assert looked.files[str(folder / "db.img")].is_unclear
    machines = {"web": folder / "web.qcow2", "db": folder / "db.img"}
    file = await file_of_web(world, host("web.qcow2", "db.img", **machines))
    assert (file.is_chosen, file.doubts) == (True, ())
