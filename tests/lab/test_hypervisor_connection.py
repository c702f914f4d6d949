"""Connections to real daemons: every way there, everything that can go wrong on it."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import libvirt
import pytest

from tests.helpers.figures import figure
from tests.helpers.waiting import eventually
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor import domains, lifecycle, node
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest, CredentialSource
from vmgui.hypervisor.lanes import SHORT, SLOW
from vmgui.libvirtxml.capabilities import parse_domain_capabilities
from vmgui.model.errors import (
    AuthFailed,
    ConnectionLost,
    HostKeyRejected,
    HostUnreachable,
    PermissionDenied,
    VmguiError,
)
from vmgui.model.event import CloseReason, EventKind
from vmgui.services.background import in_thread

# setKeepAlive(5, 3): three unanswered messages, the first after five seconds.

Opener = Callable[..., Awaitable[tuple[Connection, Recorder]]]


@pytest.fixture
async def opened(event_loop: object) -> AsyncIterator[Opener]:
    """Opens connections that are closed after the test."""
    made: list[Connection] = []

    async def open_to(
        uri: str,
        name: str = "h",
        *,
        read_only: bool = False,
        credentials: CredentialSource | None = None,
        timeout_s: float = 20.0,
    ) -> tuple[Connection, Recorder]:
        listener = Recorder()
        connection = Connection(host(uri, name, read_only=read_only), listener, credentials)
        made.append(connection)
        await connection.open(timeout_s=timeout_s)
        return connection, listener

    yield open_to
    for connection in made:
        await connection.close()


def our_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("vmgui-")]


@every_generation
@pytest.mark.parametrize("way", ["unix_uri", "tcp_uri", "tls_uri", "ssh_uri"])
async def test_every_way_to_a_host(opened: Opener, lab_host: LabHost, way: str) -> None:
    connection, listener = await opened(getattr(lab_host, way))
    info = connection.info
    assert info is not None
    assert (info.hostname, info.driver) == (lab_host.name, "QEMU")
    assert info.cpus >= 1
    assert info.memory_kib > 1024 * 1024
    assert any("qemu" in guest.domain_types for guest in info.guests)
    features = info.features
    assert (features.storage_pools, features.networks, features.events) == (True, True, True)
    assert features.graphics_fd is (way == "unix_uri")
    uuid = lab_host.define_tiny("web")
    event = await eventually(lambda: listener.events and listener.events[0])
    assert (event.kind, event.uuid, event.name) == (EventKind.DOMAIN_DEFINED, uuid, "web")
    assert [row.name for row in await connection.run(domains.list_domains, "h")] == ["web"]
    # The slow lane comes the same way, on a connection of its own.
    row = await connection.run(domains.read_domain, "h", uuid, lane=SLOW)
    assert row is not None


async def test_usage_of_a_real_host(opened: Opener, lab_host: LabHost) -> None:
    connection, _ = await opened(lab_host.unix_uri)
    first = await connection.run(node.read_usage)
    assert 0 < first.memory_free_kib < first.memory_total_kib
    assert first.cpu_busy_ns is not None
    second = await eventually(lambda: _later_usage(connection, first.cpu_total_ns or 0))
    assert second > (first.cpu_total_ns or 0)


async def _later_usage(connection: Connection, before_ns: int) -> int:
    usage = await connection.run(node.read_usage)
    return usage.cpu_total_ns if (usage.cpu_total_ns or 0) > before_ns else 0


@every_generation
async def test_what_machine_types_offer(opened: Opener, lab_host: LabHost) -> None:
    connection, _ = await opened(lab_host.unix_uri)
    found = parse_domain_capabilities(
        await connection.run(node.domain_capabilities_xml, "x86_64", "q35", "qemu")
    )
    assert found.machine.startswith("pc-q35")
    assert "bios" in found.firmwares
    assert "efi" in found.firmwares
    assert found.secure_boot
    assert "tpm-crb" in found.tpm_models
    assert "emulator" in found.tpm_backends
    assert "virtio" in found.video_models
    assert "qemu64" in found.cpu_models
    assert found.max_vcpus >= 255


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ("stranger_tls_uri", (AuthFailed, HostKeyRejected)),
        ("unknown_host_ssh_uri", (HostKeyRejected,)),
        ("wrong_key_ssh_uri", (AuthFailed,)),
    ],
)
async def test_refused(opened: Opener, host_a: LabHost, way: str, kind: tuple[type[VmguiError], ...]) -> None:
    with pytest.raises(kind) as caught:
        await opened(getattr(host_a, way))
    assert caught.value.host == "h"


@every_generation
async def test_password_by_sasl(opened: Opener, lab_host: LabHost) -> None:
    lab_host.inside("/etc/sasl2").mkdir(exist_ok=True)
    lab_host.inside("/etc/sasl2/libvirt.conf").write_text(
        "mech_list: digest-md5\nsasldb_path: /etc/libvirt/passwd.db\n"
    )
    lab_host.run(
        ["saslpasswd2", "-p", "-f", "/etc/libvirt/passwd.db", "-a", "libvirt", "alice"], stdin=b"right"
    )
    asked: list[CredentialRequest] = []

    def answer_with(password: str | None) -> CredentialSource:
        def source(requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]:
            assert threading.current_thread() is not threading.main_thread()
            asked.extend(requests)
            return tuple(
                "alice" if request.kind is CredentialKind.USER_NAME else password for request in requests
            )

        return source

    with lab_host.daemon_settings("libvirtd.conf", auth_tcp="sasl"):
        connection, _ = await opened(lab_host.tcp_uri, credentials=answer_with("right"))
        assert connection.is_open
        assert {request.kind for request in asked} == {CredentialKind.USER_NAME, CredentialKind.PASSWORD}
        # The slow connection is asked too, and answered the same way.
        assert await connection.run(domains.list_domains, "h", lane=SLOW) == ()
        for credentials in (answer_with("wrong"), answer_with(None), None):
            with pytest.raises(AuthFailed) as caught:
                await opened(lab_host.tcp_uri, credentials=credentials)
            assert "right" not in str(caught.value)
        await connection.close()


@every_generation
async def test_reading_only(opened: Opener, lab_host: LabHost) -> None:
    uuid = lab_host.define_tiny("web")
    connection, _ = await opened(lab_host.tcp_uri, read_only=True)
    assert [row.name for row in await connection.run(domains.list_domains, "h")] == ["web"]
    with pytest.raises(PermissionDenied):
        await connection.run(lifecycle.start, uuid)


async def test_no_permission_for_the_socket(opened: Opener, host_a: LabHost, tmp_path: Path) -> None:
    """As a person who is not in the group libvirt."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    socket = Path(host_a.unix_uri.partition("socket=")[2])
    with pytest.raises(PermissionDenied):
        await _open_as_nobody(socket)


async def _open_as_nobody(socket: Path) -> None:
    """Only this thread loses its rights: Linux knows them per thread, and the lane's thread is new."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    setresuid = 117

    class Nobody(Connection):
        pass

    connection = Nobody(host(f"qemu+unix:///system?socket={socket}"), Recorder())
    opening = connection._new_opening()
    original = opening.session.open

    def open_as_nobody() -> object:
        assert libc.syscall(setresuid, 65534, 65534, 65534) == 0
        return original()

    try:
        await opening.opening.run(open_as_nobody, timeout_s=10)
    finally:
        connection._drop(opening)


@pytest.mark.parametrize("stop", ["kill_daemon", "stop_daemon"])
async def test_a_daemon_that_goes_away(opened: Opener, host_a: LabHost, host_b: LabHost, stop: str) -> None:
    connection, listener = await opened(host_a.tcp_uri)
    other, other_listener = await opened(host_b.tcp_uri, "other")
    await in_thread(getattr(host_a, stop))
    (reason,) = await eventually(lambda: listener.closed)
    assert reason in (CloseReason.END_OF_FILE, CloseReason.ERROR)
    assert not connection.is_open
    with pytest.raises(ConnectionLost):
        await connection.run(domains.list_domains, "h")
    assert await other.run(domains.list_domains, "h") == ()
    assert other_listener.closed == []
    # The same object can be opened again, and hears again.
    with pytest.raises(HostUnreachable):
        await connection.open()
    await in_thread(host_a.start_daemon)
    await connection.open()
    host_a.define_tiny("after")
    await eventually(lambda: any(event.name == "after" for event in listener.events))
    assert listener.closed == [reason]


@pytest.mark.parametrize("fault", ["pause_daemon", "cut_network"])
async def test_a_host_that_falls_silent(opened: Opener, host_a: LabHost, host_b: LabHost, fault: str) -> None:
    connection, listener = await opened(host_a.tcp_uri)
    other, _ = await opened(host_b.tcp_uri, "other")
    await connection.run(domains.list_domains, "h", lane=SLOW)
    await in_thread(getattr(host_a, fault))
    calls = [
        asyncio.ensure_future(connection.run(domains.list_domains, "h", timeout_s=None, lane=lane))
        for lane in (SHORT, SLOW) * 20
    ]
    slowest_s = 0.0
    while not all(call.done() for call in calls) or not listener.closed:
        before_s = time.monotonic()
        await other.run(domains.list_domains, "h")
        slowest_s = max(slowest_s, time.monotonic() - before_s)
        await asyncio.sleep(0.1)
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, ConnectionLost) for result in results)
    assert listener.closed == [CloseReason.KEEPALIVE]
    figure("slowest answer of a host while another is silent", slowest_s, "s")
    with pytest.raises(HostUnreachable):
        await connection.open(timeout_s=2.0)
    await in_thread(host_a.resume_daemon)
    await in_thread(host_a.mend_network)
    await connection.open()
    assert await connection.run(domains.list_domains, "h") == ()
    await connection.close()
    await other.close()
    # An opening that was under way ends when TCP tries again, which it does ever less often.
    await eventually(lambda: not our_threads())


async def test_closing_while_the_host_is_silent_does_not_wait(opened: Opener, host_a: LabHost) -> None:
    connection, listener = await opened(host_a.tcp_uri)
    await in_thread(host_a.pause_daemon)
    begun = threading.Event()

    def ask(conn: libvirt.virConnect) -> None:
        begun.set()
        conn.listAllDomains()

    call = asyncio.ensure_future(connection.run(ask))
    await eventually(begun.is_set)
    started = time.monotonic()
    await connection.close(timeout_s=1.0)
    figure("closing a connection to a silent host", time.monotonic() - started, "s")
    # The daemon is still silent, and the threads that wait for it are left to themselves.
    assert our_threads()
    with pytest.raises(ConnectionLost):
        await call
    await in_thread(host_a.resume_daemon)
    assert listener.closed == []


async def test_opening_to_a_silent_host_ends_at_its_deadline(opened: Opener, host_a: LabHost) -> None:
    await in_thread(host_a.pause_daemon)
    with pytest.raises(HostUnreachable, match="no answer within 1 s"):
        await opened(host_a.unix_uri, timeout_s=1.0)
    await in_thread(host_a.resume_daemon)


async def test_an_address_nobody_has(opened: Opener, host_a: LabHost) -> None:
    nobody = host_a.address.rpartition(".")[0] + ".250"
    with pytest.raises(HostUnreachable):
        await opened(f"qemu+tcp://{nobody}/system", timeout_s=5.0)


def _daemon_clients(host: LabHost) -> int:
    """How many connections the daemon has open now, but for the one that asks."""
    listing = host.run(["virt-admin", "-c", "libvirtd:///system", "client-list", "libvirtd"]).stdout
    return sum(1 for line in listing.splitlines() if line.split() and line.split()[0].isdigit())


async def test_thirty_openings_leave_nothing(opened: Opener, host_a: LabHost) -> None:
    uuid = host_a.define_tiny("web")
    before = await in_thread(_daemon_clients, host_a)
    descriptors = len(os.listdir("/proc/self/fd"))
    handles = _live_connections()
    for _ in range(30):
        connection = Connection(host(host_a.unix_uri), Recorder())
        await connection.open()
        await connection.run(domains.list_domains, "h")
        await connection.run(domains.read_domain, "h", uuid, lane=SLOW)
        await connection.close()
    await eventually(lambda: in_thread(_clients_are, host_a, before))
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= descriptors + 2
    await eventually(lambda: not our_threads())
    await eventually(lambda: _live_connections() <= handles)


def _clients_are(host: LabHost, number: int) -> bool:
    return _daemon_clients(host) == number


def _live_connections() -> int:
    gc.collect()
    handles = [thing for thing in gc.get_objects() if isinstance(thing, libvirt.virConnect)]
    return sum(1 for handle in handles if handle._o is not None)


async def test_two_hundred_calls_at_once(opened: Opener, host_a: LabHost) -> None:
    host_a.define_tiny("web")
    connection, _ = await opened(host_a.ssh_uri)
    results = await asyncio.gather(*(connection.run(domains.list_domains, "h") for _ in range(200)))
    assert {len(rows) for rows in results} == {1}
