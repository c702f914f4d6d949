"""Editing machines of the hypervisor inside a process, which has no pools and here no control groups. Prints JSON.

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
from vmgui.hypervisor import embedded
from vmgui.hypervisor.definition import define
from vmgui.model.domain import DomainKey
from vmgui.model.edit import EditedMachine, Setting, SettingKey, Value, Values
from vmgui.policy.edit import base
from vmgui.services.edits import EditService, Wish
from vmgui.services.lifecycle import LifecycleService

MAC = "52:54:00:00:00:01"
MACHINE = """<domain type='qemu'><name>{name}</name><memory unit='MiB'>96</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{disk}'/>
      <target dev='vda' bus='virtio'/></disk>
    <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
    <memballoon model='virtio'/>
  </devices></domain>"""
WEIGHT, LIMIT, MEMORY = map(SettingKey, (Setting.CPU_WEIGHT, Setting.CPU_LIMIT_PERCENT, Setting.MEMORY_KIB))
SIZE, CARD = SettingKey(Setting.DISK_BYTES, "vda"), SettingKey(Setting.IN_AVERAGE_KB_PER_S, MAC)


class Person:
    """Who edits there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.edits = EditService(world.hosts, world.inventory, world.jobs)

    async def why(self, key: DomainKey, setting: SettingKey, value: Value) -> list[str]:
        """When it would be changed, why so late, and what is to be known of it."""
        (change,) = (await self.edits.preview(key, {setting: value})).plan.changes
        notes = [note.value for note, _ in change.notes]
        return [change.when.value, change.why.value if change.why else "", *notes]

    async def change(self, key: DomainKey, wishes: Values) -> str:
        machine: EditedMachine = await self.edits.look(key)
        job = await self.world.jobs.wait(self.edits.change({key: Wish(wishes, base(machine, wishes))}))
        return str(job.error or job.state.value)


async def edit(root: Path) -> dict[str, object]:
    world = World()
    seen: dict[str, object] = {}
    try:
        world.add(f"qemu:///embed?root={root}")
        await world.connected()
        person = Person(world)
        keys: list[DomainKey] = []
        for name in ("web", "other"):
            disk = root / f"{name}.qcow2"
            command = ["qemu-img", "create", "-q", "-f", "qcow2", str(disk), "8M"]
            subprocess.run(command, check=True)  # noqa: ASYNC221 - nothing else runs yet
            xml = MACHINE.format(name=name, disk=disk).replace(":01'", f":0{len(keys) + 1}'")
            keys.append(DomainKey("h1", await world.hosts.connection("h1").run(define, xml)))
            await world.seen(name)
        web, other = keys
        seen["off, nobody runs"] = await person.why(web, LIMIT, 50)
        seen["off, size"] = await person.why(web, SIZE, 16 * 1024**2)
        await world.jobs.wait(LifecycleService(world.hosts, world.inventory, world.jobs).start([web]))
        seen["running"] = await person.why(web, LIMIT, 50)
        seen["off, another runs"] = await person.why(other, WEIGHT, 50)
        seen["card"] = await person.why(web, CARD, 100)
        seen["refused"] = await person.change(web, {WEIGHT: 50})
        seen["memory"] = await person.change(web, {MEMORY: 80 * 1024})
        seen["size"] = await person.change(web, {SIZE: 16 * 1024**2})
        machine = await person.edits.look(web)
        seen["now"] = [disk.size_bytes for disk in machine.disks]
        text = await person.edits.text(other, saved=True)
        changed = text.replace("<memory", "<title>ours</title><memory", 1)
        job = await world.jobs.wait(person.edits.define(other, changed, text))
        seen["text"] = str(job.error or job.state.value)
        job = await world.jobs.wait(
            LifecycleService(world.hosts, world.inventory, world.jobs).force_off([web])
        )
        seen["started again"] = (
            await world.jobs.wait(LifecycleService(world.hosts, world.inventory, world.jobs).start(keys))
        ).state.value
        await world.jobs.wait(LifecycleService(world.hosts, world.inventory, world.jobs).force_off(keys))
    finally:
        await world.close()
        embedded.leave()
    return seen


def main() -> int:
    root = Path(sys.argv[1])
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "qemu.conf").write_text(SETTINGS)
    print(json.dumps(asyncio.run(edit(root))))
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # As the program itself: a normal end takes libraries down under the feet of libvirt's threads.
    os._exit(status)
