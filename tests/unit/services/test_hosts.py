"""Hosts are connected, followed and lost, on libvirt's test driver; the lab has the daemons that die."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.hypervisor.lifecycle import destroy
from vmgui.model.domain import DomainState
from vmgui.model.errors import AuthCancelled, AuthFailed, HostUnreachable, NotFound
from vmgui.model.event import CloseReason
from vmgui.model.host import HostConfig, HostState
from vmgui.services import login as login_module
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.store.hosts import HostStore


async def test_a_host_is_connected_and_its_machines_listed(world: World) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    host = world.host()
    assert host.info is not None
    assert host.info.driver.upper() == "TEST"
    assert host.error is None
    assert host.updated_s > 0
    assert world.find("test").state is DomainState.RUNNING


async def test_what_others_do_is_seen(world: World, other: libvirt.virConnect) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    other.lookupByName("test").suspend()
    await eventually(lambda: world.find("test").state is DomainState.PAUSED)
    other.lookupByName("test").resume()
    await eventually(lambda: world.find("test").state is DomainState.RUNNING)
    made = other.defineXML(
        "<domain type='test'><name>made</name><memory>1024</memory><os><type>hvm</type></os></domain>"
    )
    await eventually(lambda: any(row.name == "made" for row in world.inventory.domains_of("h1")))
    made.undefine()
    await eventually(lambda: all(row.name != "made" for row in world.inventory.domains_of("h1")))


async def test_an_unreachable_host_tells_why_and_when_it_tries_again(world: World) -> None:
    world.add("qemu+unix:///system?socket=/nowhere/libvirt-sock")
    await world.state(HostState.UNREACHABLE)
    host = world.host()
    assert isinstance(host.error, HostUnreachable)
    assert host.retry_at_s > 0
    with pytest.raises(HostUnreachable):
        world.hosts.connection("h1")


async def test_retry_now_does_not_wait_for_the_next_try(world: World, tmp_path) -> None:
    missing = tmp_path / "node.xml"
    world.add(f"test://{missing}")
    await world.state(HostState.UNREACHABLE)
    missing.write_text("<node></node>")
    world.hosts.retry_now("h1")
    await world.connected()
    assert world.host().error is None
    assert world.host().retry_at_s == 0


async def test_disconnecting_keeps_what_was_seen(world: World) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    world.hosts.disconnect("h1")
    assert world.host().state is HostState.DISCONNECTED
    assert world.find("test")
    with pytest.raises(HostUnreachable):
        world.hosts.connection("h1")
    world.hosts.connect("h1")
    await world.connected()


async def test_connecting_again_at_once_ends_up_connected(world: World) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    for _ in range(5):
        world.hosts.disconnect("h1")
        world.hosts.connect("h1")
    await world.connected()
    assert world.hosts.connection("h1").is_open


async def test_removing_a_host_removes_its_machines(world: World, test_driver: Callable[..., str]) -> None:
    world.add(test_driver("a", "b"), "h1")
    world.add(test_driver("c"), "h2")
    await world.connected("h1")
    await world.connected("h2")
    world.hosts.remove("h1")
    assert [domain.name for domain in world.inventory.domains.values()] == ["c"]
    assert list(world.inventory.hosts) == ["h2"]
    with pytest.raises(NotFound):
        world.hosts.connection("h1")


async def test_a_new_name_keeps_the_connection_a_new_way_does_not(
    world: World, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"))
    await world.connected()
    connection = world.hosts.connection("h1")
    world.hosts.add(HostConfig("h1", "renamed", connection.config.uri))
    assert world.host().name == "renamed"
    assert world.hosts.connection("h1") is connection
    world.hosts.add(HostConfig("h1", "renamed", test_driver("b")))
    await world.connected()
    assert world.hosts.connection("h1") is not connection
    assert [domain.name for domain in world.inventory.domains.values()] == ["b"]


async def test_trusting_a_screen_keeps_no_host_that_is_there_for_this_run_only(
    event_loop: object, tmp_path: Path
) -> None:
    store = HostStore(tmp_path)
    hosts = HostService(Inventory(), JobService(), store)
    hosts.add(HostConfig("kept", "kept", "test:///default", autoconnect=False))
    hosts.add(HostConfig("asked", "asked", "test:///default", autoconnect=False), save=False)
    for host_id in ("kept", "asked"):
        hosts.trust_screens(host_id, "/ca.pem")
        assert hosts.screen_authority(host_id) == "/ca.pem"
    assert [(config.id, config.screen_authority) for config in store.hosts] == [("kept", "/ca.pem")]
    await hosts.close()
    store.close()


async def test_a_host_that_is_not_to_connect_by_itself_waits(world: World) -> None:
    world.hosts.add(HostConfig("h1", "quiet", DEFAULT_URI, autoconnect=False))
    assert world.host().state is HostState.DISCONNECTED
    world.hosts.connect("h1")
    await world.connected()


async def test_one_host_that_cannot_be_reached_does_not_disturb_another(world: World) -> None:
    world.add("qemu+unix:///system?socket=/nowhere/libvirt-sock", "dead")
    world.add(DEFAULT_URI, "alive")
    await world.connected("alive")
    await world.state(HostState.UNREACHABLE, "dead")
    assert world.host("alive").state is HostState.CONNECTED


async def test_a_password_is_asked_for_and_used_again(world: World, test_driver: Callable[..., str]) -> None:
    asked = 0

    async def ask(
        config: HostConfig, requests: tuple[CredentialRequest, ...], _again: bool
    ) -> tuple[str | None, ...]:
        nonlocal asked
        asked += 1
        assert config.id == "h1"
        answers = {CredentialKind.USER_NAME: "admin", CredentialKind.PASSWORD: "right"}
        return tuple(answers.get(request.kind) for request in requests)

    world.hosts.ask_credentials = ask
    world.add(test_driver("a", passwords={"admin": "right"}))
    await world.connected()
    first = asked
    assert first >= 1
    # The wire breaks: the same answers serve again, nobody is asked.
    supervisor = world.hosts._kept["h1"].supervisor
    connection = world.hosts.connection("h1")
    supervisor.on_closed(CloseReason.KEEPALIVE)
    await world.state(HostState.UNREACHABLE)
    world.hosts.retry_now("h1")
    await world.connected()
    assert world.hosts.connection("h1") is not connection
    assert asked == first


@pytest.mark.parametrize("answer", ["wrong", None])
async def test_a_wrong_password_is_refused_and_not_tried_again(
    world: World, test_driver: Callable[..., str], answer: str | None
) -> None:
    async def ask(
        _config: HostConfig, requests: tuple[CredentialRequest, ...], _again: bool
    ) -> tuple[str | None, ...]:
        return tuple("admin" if request.kind is CredentialKind.USER_NAME else answer for request in requests)

    world.hosts.ask_credentials = ask
    world.add(test_driver("a", passwords={"admin": "right"}))
    await world.state(HostState.REFUSED)
    assert isinstance(world.host().error, AuthFailed)


async def test_a_person_may_take_longer_than_a_host_may(
    world: World, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login_module, "OPEN_TIMEOUT_S", 0.3)

    async def ask(
        _config: HostConfig, requests: tuple[CredentialRequest, ...], _again: bool
    ) -> tuple[str | None, ...]:
        # No sign of life for longer than a host is given.
        await asyncio.sleep(2 * login_module.OPEN_TIMEOUT_S)
        answers = {CredentialKind.USER_NAME: "admin", CredentialKind.PASSWORD: "right"}
        return tuple(answers.get(request.kind) for request in requests)

    world.hosts.ask_credentials = ask
    world.add(test_driver("a", passwords={"admin": "right"}))
    await world.connected()


async def test_closing_leaves_no_connection_open() -> None:
    world = World()
    world.add(DEFAULT_URI)
    await world.connected()
    await world.hosts.connection("h1").run(destroy, world.key().uuid)
    await eventually(lambda: world.find("test").state is DomainState.OFF)
    await world.close()

    def is_as_new() -> bool:
        # With the last connection the test hypervisor forgets all that was done to it.
        conn = libvirt.open(DEFAULT_URI)
        try:
            return bool(conn.lookupByName("test").isActive())
        finally:
            conn.close()

    await eventually(is_as_new)


async def test_hosts_can_be_put_into_another_order(world: World) -> None:
    for name in "abc":
        world.hosts.add(HostConfig(name, name, DEFAULT_URI, autoconnect=False))
    orders: list[tuple[str, ...]] = []
    world.inventory.changes.subscribe(lambda change: orders.append(change.hosts_order))
    world.hosts.move("c", -1)
    world.hosts.move("a", -1)
    world.hosts.move("b", 1)
    world.hosts.move("nobody", 1)
    assert tuple(world.inventory.hosts) == ("a", "c", "b") == tuple(c.id for c in world.hosts.configs)
    assert orders == [("a", "c", "b")]


async def test_a_connection_can_be_tried_without_adding_the_host(world: World) -> None:
    info = await world.hosts.test(HostConfig("x", "x", DEFAULT_URI))
    assert info.driver.upper() == "TEST"
    with pytest.raises(HostUnreachable):
        await world.hosts.test(HostConfig("x", "x", "qemu+unix:///system?socket=/nowhere/sock"))
    assert not world.inventory.hosts
    assert world.hosts.configs == ()


async def test_a_mistyped_password_may_be_mended(world: World, test_driver: Callable[..., str]) -> None:
    wrong: list[bool] = []

    async def ask(
        _config: HostConfig, requests: tuple[CredentialRequest, ...], was_wrong: bool
    ) -> tuple[str | None, ...]:
        wrong.append(was_wrong)
        answers = {
            CredentialKind.USER_NAME: "admin",
            CredentialKind.PASSWORD: "right" if was_wrong else "wrong",
        }
        return tuple(answers.get(request.kind) for request in requests)

    world.hosts.ask_credentials = ask
    world.add(test_driver("a", passwords={"admin": "right"}))
    await world.connected()
    assert wrong[0] is False
    assert wrong[-1] is True


async def test_giving_up_is_told_from_being_refused(world: World, test_driver: Callable[..., str]) -> None:
    async def ask(
        _config: HostConfig, requests: tuple[CredentialRequest, ...], _again: bool
    ) -> tuple[str | None, ...]:
        return (None,) * len(requests)

    world.hosts.ask_credentials = ask
    world.add(test_driver("a", passwords={"admin": "right"}))
    await world.state(HostState.REFUSED)
    assert isinstance(world.host().error, AuthCancelled)
