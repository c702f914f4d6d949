"""What a person sees of hosts that are slow, silent or gone: in the list, on the pages, in the status bar."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMenu

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import DOMAIN, NODE, Bench, texts
from vmgui.model.host import HostConfig, HostState
from vmgui.services.background import in_thread
from vmgui.ui.inventory.rows import DomainRow, Role


def age_by(bench: Bench, seconds: float, latency_s: float = 0.01) -> None:
    """As if the host had not answered for so long, or needed so long for each answer."""
    bench.services.performance._hosts.record_usage = lambda *_: None  # type: ignore[method-assign]
    host = bench.services.inventory.hosts["h1"]
    health = replace(
        host.health,
        answered_s=time.monotonic() - seconds,
        latency_s=latency_s,
        last_latency_s=latency_s,
    )
    bench.services.inventory.set_host(replace(host, health=health))
    bench.window.inventory.flush()
    bench.window.inventory.model.refresh_ages()


def row(bench: Bench, name: str) -> DomainRow:
    found = bench.window.inventory.model.row_of(bench.key(name))
    assert found is not None
    return found


def status(bench: Bench) -> str:
    label = bench.window.findChild(QLabel, "status-line")
    assert label is not None
    bench.window._status.refresh()
    return label.text()


def host_note(bench: Bench) -> str:
    index = bench.window.inventory.model.index_of_host("h1")
    return index.data(Role.ROW).note


async def test_a_silent_host_is_greyed_out_and_comes_back(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    assert not row(bench, "web-01").is_stale
    age_by(bench, 8.0)
    assert row(bench, "web-01").is_stale
    assert "No answer · 8 s ago" in host_note(bench)
    assert "1 host" in status(bench)
    assert "without an answer" in status(bench)
    await eventually(lambda: "It does not answer: this was last seen" in texts(bench.window.details))
    assert bench.window.details.domain_page.tabs.content("overview")._state.is_old
    age_by(bench, 0.5)
    assert not row(bench, "web-01").is_stale
    assert "ago" not in host_note(bench)
    await eventually(lambda: not bench.window.details.domain_page.tabs.content("overview")._state.is_old)
    assert "without an answer" not in status(bench)


async def test_a_slow_host_is_slow_and_not_dead(bench: Bench) -> None:
    await bench.connect()
    age_by(bench, 9.0, 10.0)
    assert not row(bench, "web-01").is_stale
    assert "Slow · 9 s ago" in host_note(bench)
    assert "1 slow host" in status(bench)
    bench.window.inventory.select_host("h1")
    await eventually(lambda: "Slow" in texts(bench.window.details.host_page))
    assert "10.0 s" in texts(bench.window.details.host_page)
    # Whatever can be done with its machines can still be done.
    await bench.select("web-01")
    assert bench.action("pause").isEnabled()


async def test_what_was_seen_before_is_shown_without_a_connection(bench: Bench, tmp_path: Path) -> None:
    await bench.connect()
    await bench.select("web-01")
    key = bench.key("web-01")
    await eventually(lambda: bench.services.machine_watches.watch(key).view.config)
    await bench.services.last_seen._save_dirty(bench.stores.last_seen)
    again = Bench(tmp_path / "again")
    try:
        again.services.last_seen._store = bench.stores.last_seen
        again.services.hosts.add(
            HostConfig("h1", "alpha", f"test://{tmp_path}/h1.xml", autoconnect=False), save=False
        )
        again.services.last_seen.start(["h1"])
        await eventually(lambda: len(again.services.inventory.domains) == 3)
        await again.select("web-01")
        assert row(again, "web-01").is_stale
        assert "Disconnected · " in host_note(again)
        # Its disks are known from its definition, which was kept because somebody had looked at it.
        await eventually(lambda: "/var/lib/images/web-01.qcow2" in texts(again.window.details))
        assert "Not connected: this was last seen" in texts(again.window.details)
        for name in ("start", "shut-down", "pause", "delete"):
            assert not again.action(name).isEnabled()
            assert "not connected" in again.action(name).toolTip()
        again.services.hosts.connect("h1")
        await eventually(lambda: again.services.inventory.hosts["h1"].state is HostState.CONNECTED)
        again.window.inventory.flush()
        await eventually(lambda: not row(again, "web-01").is_stale)
        await eventually(lambda: again.action("pause").isEnabled())
        watch = again.services.machine_watches.watch(again.key("web-01"))
        await eventually(lambda: not watch.view.is_kept)
        assert again.services.last_seen.xml(key)
    finally:
        await again.close()


async def test_retry_now_is_in_the_menu_of_a_host_that_failed(bench: Bench) -> None:
    node = bench.directory / "late.xml"
    bench.services.hosts.add(HostConfig("h1", "late", f"test://{node}"), save=False)
    await eventually(lambda: bench.services.inventory.hosts["h1"].state is HostState.UNREACHABLE)
    bench.window.inventory.flush()
    bench.window.inventory.select_host("h1")
    await eventually(lambda: bench.action("host-retry").isEnabled())
    host_menu = bench.window.findChild(QMenu, "menu-host")
    assert host_menu is not None
    assert bench.action("host-retry") in host_menu.actions()
    host_page = bench.window.details.host_page
    await eventually(lambda: "Failed tries" in texts(host_page))
    assert "Last error" in texts(host_page)
    await in_thread(node.write_text, NODE.format(domains=DOMAIN.format(name="web", number=1)))
    bench.trigger("host-retry")
    await eventually(lambda: bench.services.inventory.hosts["h1"].state is HostState.CONNECTED)
    await eventually(lambda: not bench.action("host-retry").isEnabled())


@pytest.mark.parametrize("count", [10_000])
async def test_ten_thousand_machines_grey_out_at_once(bench: Bench, count: int) -> None:
    from vmgui.model.domain import Domain, DomainKey, DomainState
    from vmgui.model.host import Host, HostHealth

    inventory = bench.services.inventory
    health = HostHealth(answered_s=time.monotonic())
    host = Host(HostConfig("h1", "big", "test:///default"), HostState.CONNECTED, health=health)
    inventory.set_host(host)
    inventory.set_domains(
        "h1", [Domain(DomainKey("h1", str(n)), f"vm-{n}", DomainState.RUNNING) for n in range(count)]
    )
    bench.window.inventory.flush()
    inventory.set_host(replace(host, health=HostHealth(answered_s=time.monotonic() - 8)))
    told: list[object] = []
    bench.window.inventory.model.dataChanged.connect(lambda *_: told.append(None))
    bench.window.inventory.flush()
    bench.window.inventory.model.refresh_ages()
    assert 0 < len(told) < 10, "the view hears of whole ranges, not of every machine"
    assert row(bench, "vm-7").is_stale
