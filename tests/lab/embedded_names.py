"""Deleting in the hypervisor inside a process, where files are read here. Prints what it saw as JSON.

A program of its own, because libvirt opens the embedded driver for one directory per process and for ever.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.world import World
from tests.lab.embedded_life import SETTINGS
from vmgui.hypervisor.definition import define
from vmgui.model.deletion import DeletionPlan
from vmgui.model.domain import DomainKey
from vmgui.services.creation.disk_use import disk_uses
from vmgui.services.deletion import DeletionService
from vmgui.services.lifecycle import LifecycleService

MACHINE = """<domain type='qemu'><name>{name}</name><memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices><disk type='file' device='disk'><driver name='qemu' type='{format}'/><source file='{disk}'/>
    <target dev='vda' bus='virtio'/></disk></devices></domain>"""


def image(*arguments: str) -> None:
    subprocess.run(["qemu-img", "create", "-q", *arguments], check=True)


def make_files(at: Path) -> None:
    """Bases under every name that this hypervisor has to follow by itself, and images in several files."""
    at.mkdir()
    (at.parent / "linked").symlink_to(at.name)
    base = at / "base.qcow2"
    image("-f", "qcow2", str(base), "8M")
    (at / "link.qcow2").symlink_to("base.qcow2")
    names = {
        "by_link": str(at / "link.qcow2"),
        "by_directory": str(at.parent / "linked" / "base.qcow2"),
        "by_json": "json:"
        + json.dumps({"driver": "qcow2", "file": {"driver": "file", "filename": str(base)}}),
        "by_dots": "json:" + json.dumps({"driver": "qcow2", "file.filename": str(base)}),
        "by_file": f"file:{base}",
    }
    for name, backing in names.items():
        image("-f", "qcow2", "-u", "-b", backing, "-F", "qcow2", str(at / f"{name}.qcow2"), "8M")
    image("-f", "vmdk", str(at / "base.vmdk"), "8M")
    image("-f", "vmdk", "-b", str(at / "base.vmdk"), "-F", "vmdk", str(at / "top.vmdk"))
    image("-f", "qcow2", "-o", f"data_file={at}/own.data", str(at / "own.qcow2"), "8M")
    image("-f", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", str(at / "split.vmdk"), "3G")
    for name in ("run", "lonely"):
        image("-f", "qcow2", str(at / f"{name}.qcow2"), "8M")


def reasons(plan: DeletionPlan) -> dict[str, str]:
    return {Path(file.path).name: file.reason.value for file in plan.files}


async def live(root: Path) -> dict[str, object]:
    at = root / "files"
    make_files(at)
    world = World()
    seen: dict[str, object] = {}
    try:
        world.add(f"qemu:///embed?root={root}")
        await world.connected(timeout_s=60)
        connection = world.hosts.connection("h1")
        deletion = DeletionService(world.hosts, world.inventory, world.jobs)
        lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)

        async def machine(name: str, file: str, kind: str = "qcow2") -> DomainKey:
            xml = MACHINE.format(name=name, disk=file, format=kind)
            key = DomainKey("h1", await connection.run(define, xml))
            await world.seen(name)
            return key

        async def delete(key: DomainKey) -> str:
            plan = await deletion.plan(key)
            paths = frozenset(file.path for file in plan.files if file.can_delete)
            return (await world.jobs.wait(deletion.delete(plan, paths))).state.value

        # (a), (c): one overlay after the other is all that needs the base.
        template = await machine("template", str(at / "base.qcow2"))
        for name in ("by_link", "by_directory", "by_json", "by_dots", "by_file"):
            clone = await machine(name, str(at / f"{name}.qcow2"))
            seen[name] = reasons(await deletion.plan(template))
            seen[f"{name} used"] = [
                use.kind.value
                for use in await disk_uses(connection, str(at / "base.qcow2"), is_shared=True)
                if use.machine == name
            ]
            await delete(clone)
        # (d)
        base = await machine("vmdk_base", str(at / "base.vmdk"), "vmdk")
        await machine("vmdk_top", str(at / "top.vmdk"), "vmdk")
        seen["vmdk"] = reasons(await deletion.plan(base))
        holder = await machine("holder", str(at / "own.qcow2"))
        raw = await machine("raw", str(at / "own.data"), "raw")
        seen["data of another"] = reasons(await deletion.plan(raw))
        await delete(raw)
        seen["own data"] = reasons(await deletion.plan(holder))
        split = await machine("split", str(at / "split.vmdk"), "vmdk")
        seen["split"] = reasons(await deletion.plan(split))
        seen["deleted"] = [await delete(holder), await delete(split)]
        # A link to a disk that is away, outside of where the base is; a file that is gone.
        base = await machine("lonely", str(at / "lonely.qcow2"))
        (root / "link.qcow2").symlink_to("usb/clone.qcow2")
        for name in ("link", "gone"):
            other = await machine(f"{name}_disk", str(root / f"{name}.qcow2"))
            (file,) = (await deletion.plan(base)).files
            seen[f"{name} doubts"] = [(doubt.machine, Path(doubt.path).name) for doubt in file.doubts]
            await delete(other)
        seen["lonely"] = await delete(base)
        # (e)
        running = await machine("running", str(at / "run.qcow2"))
        seen["start"] = (await world.jobs.wait(lifecycle.start([running]))).state.value
        linked = await machine("linked", str(root / "linked" / "run.qcow2"))
        seen["linked directory"] = reasons(await deletion.plan(linked))
        await delete(linked)
        await delete(template)
        await world.jobs.wait(lifecycle.force_off([running]))
    finally:
        await world.close()
    return seen


def main() -> int:
    root = Path(sys.argv[1])
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "qemu.conf").write_text(SETTINGS)
    seen = asyncio.run(live(root))
    seen["left"] = sorted(path.name for path in (root / "files").iterdir())
    print(json.dumps(seen))
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # As the program itself: a normal end takes libraries down under the feet of libvirt's threads.
    os._exit(status)
