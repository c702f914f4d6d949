"""The hypervisor inside a process: connect, start, display, save, delete with its disk. Prints what it saw as JSON.

A program of its own, because libvirt opens the embedded driver for one directory per process and for ever.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import embedded
from vmgui.hypervisor.definition import define
from vmgui.model.domain import DomainKey
from vmgui.services.console import ConsoleService
from vmgui.services.deletion import DeletionService
from vmgui.services.lifecycle import LifecycleService

MACHINE = """<domain type='qemu'><name>web</name><memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{disk}'/>
      <target dev='vda' bus='virtio'/></disk>
    <graphics type='vnc'><listen type='none'/></graphics><video><model type='vga'/></video>
  </devices></domain>"""
SETTINGS = """stdio_handler = "file"
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
"""


async def live(root: Path) -> dict[str, object]:
    base, disk = root / "base.qcow2", root / "web.qcow2"
    for arguments in (
        ["-f", "qcow2", str(base), "8M"],
        ["-f", "qcow2", "-b", str(base), "-F", "qcow2", str(disk)],
    ):
        subprocess.run(["qemu-img", "create", "-q", *arguments], check=True)  # noqa: ASYNC221 - nothing else runs yet
    world = World()
    seen: dict[str, object] = {}
    try:
        world.add(f"qemu:///embed?root={root}")
        await world.connected()
        lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
        deletion = DeletionService(world.hosts, world.inventory, world.jobs)
        uuid = await world.hosts.connection("h1").run(define, MACHINE.format(disk=disk))
        key = DomainKey("h1", uuid)
        await world.seen("web")
        for step in (lifecycle.start, lifecycle.save, lifecycle.restore):
            job = await world.jobs.wait(step([key]))
            seen[job.kind.value] = str(job.error or job.state.value)
        target = await ConsoleService(world.hosts).open(key)
        seen["display"] = target.kind.value
        if target.fd >= 0:
            os.close(target.fd)
        plan = await deletion.plan(key)
        seen["files"] = {Path(file.path).name: file.reason.value for file in plan.files}
        job = await world.jobs.wait(deletion.delete(plan, frozenset({str(disk)})))
        seen["delete"] = job.state.value
        seen["error"] = str(job.error or "")
        await eventually(lambda: not world.inventory.domains)
    finally:
        await world.close()
        embedded.leave()
    return seen


def main() -> int:
    root = Path(sys.argv[1])
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "qemu.conf").write_text(SETTINGS)
    seen = asyncio.run(live(root))
    seen["left"] = sorted(path.name for path in root.glob("*.qcow2"))
    print(json.dumps(seen))
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # As the program itself: a normal end takes libraries down under the feet of libvirt's threads.
    os._exit(status)
