"""Real guests through the door to libvirt: rows, counters, jobs, display, serial line, agent."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from tests.helpers.waiting import eventually
from tests.lab.domain_xml import Vnc
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from tests.lab.tiny_guest import READY
from tests.unit.hypervisor.recording import Recorder, host, start_paused
from vmgui.hypervisor import definition, domain_jobs, domains, graphics, guests, lifecycle
from vmgui.hypervisor import performance as performance
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domain_jobs import DomainJob
from vmgui.hypervisor.lanes import SLOW
from vmgui.libvirtxml.domain import parse_domain
from vmgui.model.domain import AddressSource, Domain, DomainState, PauseReason
from vmgui.model.errors import Aborted, Busy, InvalidState, NotFound, Unsupported, VmguiError
from vmgui.model.event import EventKind
from vmgui.model.job import Phase, Progress
from vmgui.services.background import in_thread


@pytest.fixture
async def connection(event_loop: object, lab_host: LabHost) -> AsyncIterator[Connection]:
    made = Connection(host(lab_host.unix_uri), Recorder())
    await made.open()
    yield made
    await made.close()


def heard(connection: Connection) -> Recorder:
    listener = connection._listener
    assert isinstance(listener, Recorder)
    return listener


async def rows(connection: Connection) -> dict[str, Domain]:
    return {row.name: row for row in await connection.run(domains.list_domains, "h")}


@every_generation
async def test_rows_of_every_kind(connection: Connection, lab_host: LabHost) -> None:
    off = lab_host.define_tiny("off", memory_mib=128, max_memory_mib=256, vcpus=1, max_vcpus=4)
    running = lab_host.define_tiny("running", start=True)
    paused = lab_host.define_tiny("paused", start=True)
    saved = lab_host.define_tiny("saved", start=True)
    await connection.run(lifecycle.suspend, paused)
    await connection.run(lifecycle.managed_save, saved, lane=SLOW)
    await connection.run(definition.set_autostart, off, True)
    found = await rows(connection)
    assert {name: row.state for name, row in found.items()} == {
        "off": DomainState.OFF,
        "running": DomainState.RUNNING,
        "paused": DomainState.PAUSED,
        "saved": DomainState.SAVED,
    }
    assert found["paused"].reason is PauseReason.USER
    row = found["off"]
    assert (row.vcpus, row.vcpus_max) == (1, 4)
    assert (row.memory_kib, row.memory_max_kib) == (128 * 1024, 256 * 1024)
    assert row.autostart
    for row in found.values():
        assert row.persistent
        assert await connection.run(domains.read_domain, "h", row.key.uuid) == row
    await connection.run(definition.undefine, running)
    transient = await connection.run(domains.read_domain, "h", running)
    assert transient is not None
    assert not transient.persistent
    await connection.run(lifecycle.destroy, running)
    assert await connection.run(domains.read_domain, "h", running) is None


@every_generation
async def test_events_of_a_guests_life(connection: Connection, lab_host: LabHost) -> None:
    listener = heard(connection)
    uuid = lab_host.define_tiny("web")
    await connection.run(lifecycle.start, uuid)
    await connection.run(definition.set_description, uuid, "notes")
    await connection.run(lifecycle.destroy, uuid)
    await connection.run(
        partial(
            definition.undefine, nvram=True, managed_save=True, snapshots=True, checkpoints=True, tpm=True
        ),
        uuid,
    )
    await eventually(lambda: EventKind.DOMAIN_UNDEFINED in {event.kind for event in listener.events})
    told = [(event.kind, event.detail.split()[0]) for event in listener.events if event.name == "web"]
    for expected in (
        (EventKind.DOMAIN_DEFINED, "defined"),
        (EventKind.DOMAIN_LIFECYCLE, "started"),
        (EventKind.DOMAIN_LIFECYCLE, "resumed"),
        (EventKind.DOMAIN_METADATA, "0"),
        (EventKind.DOMAIN_LIFECYCLE, "stopped"),
        (EventKind.DOMAIN_UNDEFINED, "undefined"),
    ):
        assert expected in told


async def test_counters_addresses_and_agent(connection: Connection, host_a: LabHost) -> None:
    disk = host_a.make_disk("data.qcow2")
    uuid = host_a.define_tiny("web", start=True)
    quiet = host_a.define_tiny("quiet")
    await in_thread(host_a.wait_serial, "web")
    await in_thread(host_a.wait_agent, "web")
    assert disk
    before = (await connection.run(performance.sample_all))[uuid]
    assert quiet not in await connection.run(performance.sample_all)
    assert before.cpu_time_ns
    assert before.memory_used_kib
    assert before.net_rx_bytes is not None
    after = await eventually(lambda: _busier(connection, uuid, before.cpu_time_ns or 0))
    assert after.at_s > before.at_s
    assert set(
        await connection.run(performance.sample, (uuid, quiet, "00000000-0000-0000-0000-000000000001"))
    ) == {uuid}

    info = await connection.run(guests.guest_info, uuid)
    assert info.agent_running
    assert info.hostname

    async def ipv4() -> tuple[str, ...]:
        answers = await connection.run(guests.ask_addresses, {uuid: AddressSource.AGENT}, 5.0)
        told = answers[uuid]
        assert told is not None, "the agent answers"
        assert all(address.source is AddressSource.AGENT for address in told)
        return tuple(address.address for address in told if "." in address.address)

    await eventually(ipv4)


async def _busier(connection: Connection, uuid: str, than_ns: int) -> object:
    sample = (await connection.run(performance.sample, (uuid,)))[uuid]
    return sample if (sample.cpu_time_ns or 0) > than_ns else None


async def test_a_guest_without_an_agent(connection: Connection, host_a: LabHost) -> None:
    uuid = host_a.define_tiny("web", agent=False, start=True)
    info = await asyncio.wait_for(connection.run(guests.guest_info, uuid), 10)
    assert not info.agent_running


_IOHELPER = "/usr/lib/libvirt/libvirt_iohelper"
_HELD = "/run/lab/hold-saving"
_WAITS = f"""#!/bin/sh
while [ -e {_HELD} ]; do sleep 0.1; done
exec /run/lab/iohelper "$@"
"""


@contextlib.contextmanager
def saving_held(host: LabHost) -> Iterator[Callable[[], object]]:
    """Who writes a saved state to disk waits, until what is given is called: saving is else over in a blink."""
    host.run(["cp", _IOHELPER, "/run/lab/iohelper"])
    for path, text, mode in (("/run/lab/waits", _WAITS, 0o755), (_HELD, "", 0o644)):
        file = host.inside(path)
        file.write_text(text)
        file.chmod(mode)
    host.run(["mount", "--bind", "/run/lab/waits", _IOHELPER])
    try:
        yield partial(host.run, ["rm", "-f", _HELD])
    finally:
        host.run(["rm", "-f", _HELD])
        host.run(["umount", _IOHELPER])


@every_generation
async def test_saving_tells_how_far_it_is_and_can_be_cancelled(
    connection: Connection, lab_host: LabHost
) -> None:
    uuid = lab_host.define_tiny("big", memory_mib=512, start=True)
    await in_thread(lab_host.wait_serial, "big")
    with saving_held(lab_host) as let_go:
        saving = asyncio.ensure_future(
            connection.run(lifecycle.managed_save, uuid, lane=SLOW, timeout_s=None)
        )
        try:
            await cancel_saving(connection, uuid)
        finally:
            let_go()
        with pytest.raises(Aborted):
            await saving
    row = (await rows(connection))["big"]
    assert row.state is DomainState.RUNNING
    assert await connection.run(domain_jobs.progress, DomainJob(uuid)) is None
    with pytest.raises(InvalidState):
        await connection.run(domain_jobs.abort, DomainJob(uuid))


async def cancel_saving(connection: Connection, uuid: str) -> None:
    async def progress() -> Progress | None:
        told = await connection.run(domain_jobs.progress, DomainJob(uuid))
        return told if told is not None and told.done_bytes else None

    told = await eventually(progress)
    assert told.phase is Phase.SAVING
    assert told.total_bytes
    await connection.run(domain_jobs.abort, DomainJob(uuid))


async def test_save_and_restore(connection: Connection, host_a: LabHost) -> None:
    uuid = host_a.define_tiny("web", start=True)
    await in_thread(host_a.wait_serial, "web")
    await connection.run(lifecycle.managed_save, uuid, lane=SLOW)
    assert (await rows(connection))["web"].state is DomainState.SAVED
    await connection.run(lifecycle.start, uuid, lane=SLOW)
    assert (await rows(connection))["web"].state is DomainState.RUNNING


@every_generation
async def test_a_display_without_a_port(connection: Connection, lab_host: LabHost) -> None:
    uuid = lab_host.define_tiny("web", vnc=Vnc(password="x"), start=True)  # noqa: S106
    fd = (await connection.run(graphics.open_graphics_fd, uuid)).take()
    with socket.socket(fileno=fd) as display:
        display.settimeout(5)
        assert display.recv(12).startswith(b"RFB 003")
    mime, picture = await connection.run(graphics.screenshot, uuid)
    assert (mime, picture[:4]) in [("image/png", b"\x89PNG"), ("image/x-portable-pixmap", b"P6\n7")]
    config = parse_domain(await connection.run(domains.read_xml, uuid))
    assert config.graphics[0].kind == "vnc"
    assert config.graphics[0].port >= 5900
    assert not config.graphics[0].has_password
    secure = parse_domain(await connection.run(partial(domains.read_xml, secure=True), uuid))
    assert secure.graphics[0].has_password


async def test_a_display_is_never_passed_over_the_network(lab_host: LabHost) -> None:
    uuid = lab_host.define_tiny("web", vnc=Vnc(), start=True)
    connection = Connection(host(lab_host.tcp_uri), Recorder())
    await connection.open()
    with pytest.raises(Unsupported):
        await connection.run(graphics.open_graphics_fd, uuid)
    assert connection.is_open
    assert (await connection.run(graphics.screenshot, uuid))[1]
    await connection.close()


@every_generation
@pytest.mark.parametrize("way", ["unix_uri", "tcp_uri"])
async def test_the_serial_line(lab_host: LabHost, way: str) -> None:
    connection = Connection(host(getattr(lab_host, way)), Recorder())
    await connection.open()
    uuid = lab_host.define_tiny("web")
    await connection.run(start_paused, uuid)
    said = bytearray()
    ended: list[VmguiError | None] = []
    line = await connection.open_serial(uuid, said.extend, ended.append)
    await connection.run(lifecycle.resume, uuid)
    await eventually(lambda: READY in said)
    line.write(b"echo four$((2+2))\n")
    await eventually(lambda: b"four4" in said)

    # One reader at a time, unless taken over.
    with pytest.raises(Busy):
        await connection.open_serial(uuid, said.extend, ended.append)
    second_said = bytearray()
    second = await connection.open_serial(uuid, second_said.extend, ended.append, force=True)
    await eventually(lambda: len(ended) == 1)
    assert not line.is_open
    second.write(b"echo six$((3+3))\n")
    await eventually(lambda: b"six6" in second_said)

    await connection.run(lifecycle.destroy, uuid)
    await eventually(lambda: len(ended) == 2)
    assert not second.is_open
    with pytest.raises(InvalidState):
        await connection.open_serial(uuid, said.extend, ended.append)
    await connection.close()


async def test_a_guest_that_prints_without_end_waits_for_us(connection: Connection, host_a: LabHost) -> None:
    uuid = host_a.define_tiny("loud", start=True)
    await in_thread(host_a.wait_serial, "loud")
    said = bytearray()
    line = await connection.open_serial(uuid, said.extend, lambda _error: None, force=True)
    line.write(b"yes vmgui | head -c 300000; echo; echo do''ne\n")
    await eventually(lambda: b"done" in said)
    assert said.count(b"vmgui\r\n") > 40_000
    line.close()
    line.close()


async def test_a_serial_line_ends_with_its_connection(host_a: LabHost) -> None:
    connection = Connection(host(host_a.tcp_uri), Recorder())
    await connection.open()
    uuid = host_a.define_tiny("web", start=True)
    ended: list[VmguiError | None] = []
    line = await connection.open_serial(uuid, bytearray().extend, ended.append)
    await connection.close()
    await eventually(lambda: not line.is_open)
    line.write(b"nobody hears")


async def test_a_machine_deleted_behind_our_back(connection: Connection, host_a: LabHost) -> None:
    uuid = host_a.define_tiny("web")
    with host_a.connect() as other:
        other.lookupByUUIDString(uuid).undefine()
    for call in (lifecycle.start, lifecycle.destroy, domains.read_xml, guests.guest_info):
        with pytest.raises(NotFound):
            await connection.run(call, uuid)


async def test_the_list_of_many_is_one_look(connection: Connection, host_a: LabHost) -> None:
    for number in range(60):
        host_a.define_tiny(f"m{number}")
    found = await connection.run(domains.list_domains, "h", timeout_s=60.0)
    assert len(found) == 60
    assert {replace(row, name="", key=found[0].key) for row in found} == {replace(found[0], name="")}
