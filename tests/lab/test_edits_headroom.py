"""A machine that this program made has room: it is given CPUs, memory and a disk without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import libvirt
import pytest

from tests.lab.creation_world import World
from tests.lab.editing import in_guest, until
from tests.lab.generations import every_generation_if_long
from tests.lab.lab_host import LabHost
from tests.lab.tiny_guest import FAST_BOOT, tiny_guest
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.edit import Setting, SettingKey
from vmgui.model.job import JobState
from vmgui.policy.edit import base
from vmgui.services.edits import EditService, Wish

MIB = 1024 * 1024
DISK = """<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{}'/>
<target dev='vdb' bus='virtio'/></disk>"""
SEEN = """grep -c ^processor /proc/cpuinfo; awk '/^MemTotal/ {print $2}' /proc/meminfo; cat /sys/block/vdb/size"""


@pytest.fixture
async def world(lab_host: LabHost) -> AsyncIterator[World]:
    made = World(lab_host)
    await made.connect(lab_host.unix_uri)
    yield made
    await made.close()


def attach(host: LabHost, name: str, path: str) -> None:
    with host.connect() as connection:
        flags = libvirt.VIR_DOMAIN_AFFECT_LIVE | libvirt.VIR_DOMAIN_AFFECT_CONFIG
        connection.lookupByName(name).attachDeviceFlags(DISK.format(path), flags)


@every_generation_if_long
async def test_a_new_machine_grows_while_it_runs(world: World, lab_host: LabHost) -> None:
    guest = tiny_guest()
    kernel, initrd = (FileRef(lab_host.put_image(path)) for path in (guest.kernel, guest.initrd))
    wish = await world.wish(
        SourceKind.KERNEL, name="new", kernel=kernel, initrd=initrd, kernel_args=FAST_BOOT
    )
    key = await world.made(wish)
    await asyncio.to_thread(lab_host.wait_agent, "new")
    edits = EditService(world.hosts, world.inventory, world.jobs)
    kib = SettingKey(Setting.MEMORY_KIB)
    machine = await edits.look(key)
    assert machine.live is not None
    wishes = {
        SettingKey(Setting.VCPUS): 3,
        kib: 512 * 1024,
        SettingKey(Setting.DISK_BYTES, "vda"): 64 * 1024 * MIB,
    }
    await asyncio.to_thread(
        attach, lab_host, "new", await asyncio.to_thread(lab_host.make_disk, "more.qcow2", 32)
    )
    job = await world.jobs.wait(edits.change({key: Wish(wishes, base(machine, wishes))}))
    assert job.state is JobState.DONE, job.error

    def is_seen() -> bool:
        cpus, memory_kib, sectors = map(int, in_guest(lab_host, SEEN, name="new").split())
        return cpus == 3 and memory_kib > 400 * 1024 and sectors == 32 * 2048

    await asyncio.to_thread(until, is_seen)
