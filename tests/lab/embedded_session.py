"""What a person without any daemon gets: the QEMU driver inside the process. Run by test_hypervisor_embedded.

A process can hold one embedded hypervisor, for good: hence a process of its own. Writes JSON on its output.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from pathlib import Path

from tests.unit.hypervisor.recording import Recorder, host, start_paused
from vmgui.hypervisor import (
    definition,
    domains,
    embedded,
    graphics,
    kvm_probe,
    lifecycle,
    networks,
    node,
    storage,
)
from vmgui.hypervisor import performance as performance
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import SLOW
from vmgui.model.errors import VmguiError

XML = """<domain type='qemu'><name>plain</name><memory unit='MiB'>64</memory>
<os><type arch='x86_64' machine='q35'>hvm</type><bios useserial='yes'/></os>
<devices><serial type='pty'/><video><model type='vga'/></video>
<graphics type='vnc' port='-1' autoport='yes'><listen type='none'/></graphics></devices></domain>"""


async def use(root: Path) -> dict[str, object]:
    (root / "etc").mkdir(parents=True)
    # Remembering owners works in a forked child, whose warnings no setting keeps off the terminal.
    settings = 'stdio_handler = "file"\nremember_owner = 0\n'
    if os.geteuid() == 0:
        settings += 'user = "root"\ngroup = "root"\nsecurity_driver = "none"\nnamespaces = []\n'
        settings += "cgroup_controllers = []\n"
    (root / "etc" / "qemu.conf").write_text(settings)
    listener = Recorder()
    connection = Connection(host(f"qemu:///embed?root={root}"), listener)
    told: dict[str, object] = {}
    info = await connection.open(timeout_s=60)
    told["features"] = sorted(
        name for name in info.features.__dataclass_fields__ if getattr(info.features, name)
    )
    told["run_mode"] = oct(os.stat(embedded.RUN_DIRECTORY).st_mode & 0o777)
    told["pools"] = len(await connection.run(storage.list_pools))
    told["networks"] = len(await connection.run(networks.list_networks))
    told["memory"] = (await connection.run(node.read_usage)).memory_free_kib > 0
    uuid = await connection.run(definition.define, XML)
    try:
        await use_guest(connection, uuid, told)
    finally:
        await connection.run(lifecycle.destroy, uuid)
        await connection.run(definition.undefine, uuid)
        await asyncio.sleep(0.2)
        told["events"] = sorted({event.kind.value for event in listener.events})
        await connection.close()
    for _ in range(100):
        told["threads"] = [
            thread.name for thread in threading.enumerate() if thread.name.startswith("vmgui-h")
        ]
        if not told["threads"]:
            break
        await asyncio.sleep(0.05)
    embedded.leave()
    return told


async def use_guest(connection: Connection, uuid: str, told: dict[str, object]) -> None:
    await connection.run(start_paused, uuid, lane=SLOW)
    said = bytearray()
    line = await connection.open_serial(uuid, said.extend, lambda _error: None)
    await connection.run(lifecycle.resume, uuid)
    told["locks"] = os.listdir("/var/lock")
    fd = (await connection.run(graphics.open_graphics_fd, uuid)).take()
    os.set_blocking(fd, True)
    told["display"] = os.read(fd, 7).decode()
    os.close(fd)
    told["picture"] = (await connection.run(graphics.screenshot, uuid))[0].startswith("image/")
    for _ in range(200):
        if b"SeaBIOS" in said:
            break
        await asyncio.sleep(0.05)
    told["serial"] = b"SeaBIOS" in said
    line.close()
    told["sampled"] = uuid in await connection.run(performance.sample_all)
    told["kvm"] = (await connection.run(kvm_probe.probe, lane=SLOW, timeout_s=60)).value
    told["names"] = [row.name for row in await connection.run(domains.list_domains, "h")]


if __name__ == "__main__":
    try:
        answer = asyncio.run(use(Path(sys.argv[1])))
    except VmguiError as error:
        answer = {"error": repr(error)}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    # As the program itself: a normal end takes libraries down under the feet of libvirt's threads.
    os._exit(0)
