"""A host that says nothing is shown so, waited for, and begun anew when the person wants it."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.model.errors import HostUnreachable
from vmgui.model.host import HostState
from vmgui.services import login, patience


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def uri(silent: socket.socket) -> str:
    return f"qemu+tcp://127.0.0.1:{silent.getsockname()[1]}/system"


def accepted(silent: socket.socket) -> socket.socket | None:
    """A connection somebody has made, or None."""
    try:
        return silent.accept()[0]
    except BlockingIOError:
        return None


async def test_silence_is_shown_and_the_opening_goes_on(
    world: World, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 0.3)
    world.add(uri)
    await world.state(HostState.UNREACHABLE)
    host = world.host()
    assert isinstance(host.error, HostUnreachable)
    assert "no answer within 0.3 s" in str(host.error)
    assert host.health.failed_tries == 1
    assert host.health.failed_s > 0
    # It is not tried anew soon: this opening may still end.
    assert host.retry_at_s - host.health.failed_s > patience.WAIT_ON_S / 2


async def test_retry_now_does_not_wait_for_the_silent_opening(
    world: World, uri: str, silent: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 0.3)
    # The silent opening itself goes on for longer than any test.
    monkeypatch.setattr(patience, "WAIT_ON_S", 3600.0)
    world.add(uri)
    with contextlib.ExitStack() as openings:
        for _ in range(3):
            openings.enter_context(await eventually(lambda: accepted(silent)))
            await world.state(HostState.UNREACHABLE)
            world.hosts.retry_now("h1")
        # Each of them is a new one.
        openings.enter_context(await eventually(lambda: accepted(silent)))


async def test_a_silent_opening_is_given_up_at_last(
    world: World, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 0.2)
    monkeypatch.setattr(patience, "WAIT_ON_S", 0.3)
    world.add(uri)
    await eventually(lambda: world.host().health.failed_tries >= 3)
    assert isinstance(world.host().error, HostUnreachable)


async def test_signs_of_life_are_waited_for(
    world: World, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that needs many answers for an opening, which together take longer than silence is borne."""
    from vmgui.hypervisor import event_stream

    monkeypatch.setattr(login, "OPEN_TIMEOUT_S", 1.5)
    monkeypatch.setattr(patience, "WAIT_ON_S", 0.0)
    real, answers = event_stream.EventStream._try, 0

    def slow(*args: object) -> bool:
        nonlocal answers
        answers += 1
        time.sleep(0.1)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(event_stream.EventStream, "_try", slow)
    states: list[HostState] = []
    world.inventory.changes.subscribe(
        lambda change: states.extend(host.state for host in change.hosts_changed)
    )
    world.add(test_driver("a"))
    await world.connected()
    assert answers * 0.1 > 1.5
    assert HostState.UNREACHABLE not in states


async def test_health_says_how_well_it_answers(world: World) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    health = world.host().health
    assert 0 < health.answered_s <= time.monotonic()
    assert health.latency_s is not None
    assert health.failed_tries == 0
    assert health.error is None


async def test_the_last_error_is_kept_when_all_is_well(world: World, tmp_path) -> None:
    missing = tmp_path / "node.xml"
    world.add(f"test://{missing}")
    await world.state(HostState.UNREACHABLE)
    assert world.host().health.failed_tries == 1
    missing.write_text("<node></node>")
    world.hosts.retry_now("h1")
    await world.connected()
    host = world.host()
    assert host.error is None
    assert host.health.error is not None
    assert host.health.failed_tries == 0
