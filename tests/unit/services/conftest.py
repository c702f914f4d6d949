"""A small world of real services on libvirt's own test driver: no daemon, no mock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.world import World
from vmgui.hypervisor import stuck_calls
from vmgui.services.definitions import DefinitionIndex

DEFAULT_URI = "test:///default"
NETWORK = """<network><name>default</name><bridge name='virbr0'/><ip address='192.168.122.1' netmask='255.255.255.0'>
<dhcp><range start='192.168.122.128' end='192.168.122.253'/></dhcp></ip></network>"""


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What an earlier test did to the default test hypervisor lasts while any connection to it is open."""
    # What was known of the one before it, which may not have been collected yet.
    stuck_calls._of_hosts.clear()
    conn = libvirt.open(DEFAULT_URI)
    for machine in conn.listAllDomains():
        state = machine.state()[0]
        if machine.name() != "test":
            is_kept = machine.isPersistent()
            if machine.isActive():
                machine.destroy()
            if is_kept:
                machine.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)
        elif state == libvirt.VIR_DOMAIN_PAUSED:
            machine.resume()
        elif state != libvirt.VIR_DOMAIN_RUNNING:
            machine.create()
    conn.close()


@pytest.fixture
async def world(event_loop: object) -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()


@pytest.fixture
async def definitions(world: World) -> AsyncIterator[DefinitionIndex]:
    made = DefinitionIndex(world.hosts, world.inventory)
    yield made
    await made.close()


@pytest.fixture
def other() -> Iterator[libvirt.virConnect]:
    """Somebody else at the same test hypervisor: it lives in this process while one is connected to it."""
    conn = libvirt.open(DEFAULT_URI)
    yield conn
    conn.close()


@pytest.fixture
def test_driver(tmp_path: Path) -> Callable[..., str]:
    """URI of a test hypervisor of its own with these machines in it."""

    def make(
        *names: str, running: bool = False, passwords: dict[str, str] | None = None, devices: str = ""
    ) -> str:
        machines = "".join(
            f"""<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
                  <name>{name}</name><memory unit='KiB'>1048576</memory><vcpu>2</vcpu>
                  <test:runstate>{1 if running else 5}</test:runstate>
                  <os><type>hvm</type></os><devices>{devices.format(number)}</devices>
                </domain>"""
            for number, name in enumerate(names)
        )
        path = tmp_path / f"node-{len(list(tmp_path.iterdir()))}.xml"
        users = "".join(f"<user password='{word}'>{name}</user>" for name, word in (passwords or {}).items())
        path.write_text(
            f"<node>{f'<auth>{users}</auth>' if users else ''}{NETWORK if devices else ''}{machines}</node>"
        )
        return f"test://{path}"

    return make
