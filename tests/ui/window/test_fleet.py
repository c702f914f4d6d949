"""Nothing selected: all hosts at a glance. What is clicked there is selected; it costs nothing while it is hidden."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from tests.helpers.figures import figure
from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, texts
from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainState
from vmgui.model.fleet import Consumer, FleetReport
from vmgui.model.host import Host, HostConfig, HostHealth, HostState, HostUsage
from vmgui.model.storage import Pool
from vmgui.ui.fleet.cards import Card
from vmgui.ui.fleet.dashboard import FleetDashboard
from vmgui.ui.hosts.capability_tree import CapabilityModel


def fleet(bench: Bench) -> FleetDashboard:
    return bench.window.details.fleet_page.tabs.content("dashboard")


def names(view: QAbstractItemView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount(QModelIndex()))]


def click(view: QAbstractItemView, row: int, place: QRect | None = None) -> None:
    rect = place or view.visualRect(view.model().index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


async def test_two_hosts_and_their_troubles(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    bench.window.inventory.tree.clearSelection()
    await eventually(lambda: bench.window.details.fleet_page.isVisible())
    await eventually(lambda: "4 running of 4" in texts(bench.window.details.fleet_page))
    assert "All hosts" in texts(bench.window.details.fleet_page)
    assert names(fleet(bench).cards) == ["host-h1", "host-h2"]
    assert "all is well" in texts(fleet(bench).problems)
    crashed = replace(bench.domain("db-01"), state=DomainState.CRASHED)
    bench.services.inventory.update_domains("h1", {crashed.key.uuid: crashed})
    await eventually(lambda: names(fleet(bench).problems.view) == ["db-01"])
    click(fleet(bench).problems.view, 0)
    assert bench.window.inventory.selected.domains == (crashed.key,)
    assert not fleet(bench).isVisible()


async def test_storage_that_does_not_answer_is_not_said_to_run_out(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    bench.window.inventory.tree.clearSelection()
    await eventually(lambda: "Storage running out" in texts(bench.window.details.fleet_page))
    report = bench.services.fleet.report()
    silent = Pool("nfs", "p-1", "netfs", True, "/srv/nfs", 0, 0, 0, silent_since_s=1.0)
    monkeypatch.setattr(
        bench.services.fleet, "report", lambda: replace(report, silent_pools=(("h1", silent),))
    )
    fleet(bench).refresh()
    assert names(fleet(bench).pools.view) == ["nfs"]
    assert "Storage in trouble" in texts(bench.window.details.fleet_page)


async def test_a_card_leads_to_its_host(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    bench.trigger("fleet")
    assert fleet(bench).isVisible()
    click(fleet(bench).cards, 1)
    assert bench.window.inventory.selected.hosts == ("h2",)
    bench.trigger("fleet")
    cards = fleet(bench).cards
    cards.setFocus()
    cards.setCurrentIndex(cards.model_.index(0, 0))
    QTest.keyClick(cards, Qt.Key.Key_Return)
    assert bench.window.inventory.selected.hosts == ("h1",)


async def test_an_unreachable_host_can_be_tried_again(bench: Bench) -> None:
    await bench.connect()
    bench.services.hosts.add(HostConfig("x", "old", "test:///no/such/file.xml"), save=False)
    states = (HostState.UNREACHABLE, HostState.REFUSED)
    await eventually(lambda: bench.services.inventory.hosts["x"].state in states)
    bench.window.inventory.flush()
    bench.trigger("fleet")
    cards = fleet(bench).cards
    await eventually(lambda: names(cards) == ["host-h1", "old"])
    await eventually(lambda: "old" in names(fleet(bench).problems.view))
    seen: list[HostState] = []
    subscription = bench.services.inventory.changes.subscribe(
        lambda change: seen.extend(host.state for host in change.hosts_changed if host.id == "x")
    )
    card = cards.model_.rows[1]
    assert isinstance(card, Card)
    button = cards.cards.button_rect(card, cards.visualRect(cards.model_.index(1, 0)), cards.font())
    click(cards, 1, button)
    await eventually(lambda: HostState.CONNECTING in seen)
    await eventually(lambda: bench.services.inventory.hosts["x"].state in states)
    seen.clear()
    cards.setFocus()
    cards.setCurrentIndex(cards.model_.index(1, 0))
    fleet(bench).refresh()
    QTest.keyClick(cards, Qt.Key.Key_F5)
    await eventually(lambda: HostState.CONNECTING in seen)
    subscription.cancel()
    assert bench.window.inventory.selected.hosts == ()


async def test_pools_are_read_only_while_somebody_looks(bench: Bench) -> None:
    bench.services.hosts.add(HostConfig("d", "default", "test:///default"), save=False)
    await bench.connect()
    await eventually(lambda: bench.services.inventory.hosts["d"].state is HostState.CONNECTED)
    await bench.select("web-01")
    followers = bench.services.host_watches.pools._followers  # pyright: ignore[reportPrivateUsage]
    assert not any(isinstance(owner, FleetDashboard) for owner in followers)
    bench.trigger("fleet")
    await eventually(lambda: bench.services.fleet.pools("d").at_s)
    assert fleet(bench) in followers
    await eventually(lambda: "All storage pools have room" in texts(fleet(bench).pools))
    await bench.select("web-01")
    assert fleet(bench) not in followers


async def test_host_overview_says_what_is_promised(bench: Bench) -> None:
    bench.services.hosts.add(HostConfig("d", "default", "test:///default"), save=False)
    await eventually(lambda: bench.services.inventory.domains_of("d"))
    bench.window.inventory.flush()
    bench.window.inventory.select_host("d")
    overview = bench.window.details.host_page.tabs.content("overview")
    await eventually(lambda: "Storage read" in texts(overview))
    shown = texts(overview)
    assert "2 running now, 2 with all started, 16 exist" in shown
    assert "0 bytes for volumes, pools hold 100 GiB" in shown
    assert "Enough for all" in shown
    assert "Node 1" in shown
    assert "CPUs 8-15" in shown


async def test_capabilities_are_searched_and_read_as_xml(bench: Bench) -> None:
    bench.services.hosts.add(HostConfig("d", "default", "test:///default"), save=False)
    await eventually(lambda: bench.services.inventory.hosts["d"].state is HostState.CONNECTED)
    bench.window.inventory.flush()
    bench.window.inventory.select_host("d")
    page = bench.window.details.host_page
    page.tabs.show_tab("capabilities")
    tab = page.tabs.currentWidget().findChild(object, "capabilities")
    model = tab.model
    assert isinstance(model, CapabilityModel)
    assert model.rowCount() == 3
    tab.search.setText("xen")
    await eventually(lambda: tab.tree.model().rowCount() == 1)
    tab.search.clear()
    QTest.mouseClick(tab._xml_button, Qt.MouseButton.LeftButton)  # pyright: ignore[reportPrivateUsage]
    await eventually(lambda: "<capabilities>" in tab._xml.toPlainText())  # pyright: ignore[reportPrivateUsage]
    assert tab._xml.isReadOnly()  # pyright: ignore[reportPrivateUsage]


def pretend(bench: Bench, hosts: int, machines: int) -> None:
    """Many hosts that nobody connects to: what the page costs does not depend on where they are."""
    inventory = bench.services.inventory
    for number in range(hosts):
        host_id = f"n{number}"
        config = HostConfig(host_id, f"node-{number:03}", "test:///none", autoconnect=False)
        usage = HostUsage(time.monotonic(), 1 << 24, number << 14, cpu_percent=float(number % 100))
        inventory.set_host(
            Host(config, HostState.CONNECTED, usage=usage, health=HostHealth(time.monotonic() + 3600))
        )
        inventory.set_domains(
            host_id,
            [
                Domain(
                    DomainKey(host_id, f"{host_id}-{n}"), f"vm-{number}-{n}", DomainState.RUNNING,
                    vcpus=2, memory_kib=1 << 20,
                )
                for n in range(machines)
            ],
        )  # fmt: skip


async def test_a_hundred_hosts_cost_little(bench: Bench, tmp_path: Path) -> None:
    """Processor time, the longest is a figure. Only what grows with the square is forty times what was measured."""
    pretend(bench, 100, 100)
    bench.window.inventory.flush()
    bench.window.resize(1280, 800)
    bench.trigger("fleet")
    page = fleet(bench)
    assert page.isVisible()
    page.refresh()
    figures: dict[str, float] = {}

    def measured(name: str, step: Callable[[], object]) -> None:
        start_s = time.thread_time()
        step()
        figures[name] = round((time.thread_time() - start_s) * 1000, 1)

    measured("paint_ms", page.grab)
    measured("refresh_same_ms", page.refresh)
    for host in tuple(bench.services.inventory.hosts.values()):
        usage = replace(host.usage, cpu_percent=50.0) if host.usage is not None else None
        bench.services.inventory.set_host(replace(host, usage=usage))
    measured("refresh_all_changed_ms", page.refresh)
    measured("paint_again_ms", page.grab)
    bench.services.fleet._tallies.clear()  # pyright: ignore[reportPrivateUsage]
    measured("refresh_counted_anew_ms", page.refresh)
    assert names(page.cards)[:2] == ["node-000", "node-001"]
    assert page.cards.model_.rowCount() == 100
    assert len(page.findChildren(object)) < 200, "no widget per host"
    figure("a hundred hosts, the slowest step", max(figures.values()), "ms")
    assert max(figures.values()) < 2000


@pytest.mark.parametrize("width", [500, 960])
async def test_every_card_is_whole_at_every_width(bench: Bench, width: int) -> None:
    pretend(bench, 5, 1)
    bench.window.inventory.flush()
    bench.trigger("fleet")
    cards = fleet(bench).cards
    fleet(bench).refresh()
    bench.window.resize(width + 320, 700)
    await eventually(lambda: cards.visualRect(cards.model_.index(4, 0)).isValid())
    await eventually(
        lambda: len({cards.visualRect(cards.model_.index(row, 0)).left() for row in range(5)}) > 1
    )
    for row in range(5):
        rect = cards.visualRect(cards.model_.index(row, 0))
        assert rect.right() <= cards.viewport().width()
        assert rect.left() >= 0


async def test_f6_reaches_the_tabs_of_every_page(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    bench.window.activateWindow()
    bench.trigger("fleet")
    bench.window.inventory.tree.setFocus()
    bench.trigger("next-pane")
    assert bench.window.focusWidget() is bench.window.details.fleet_page.tabs.tabBar()
    bench.window.inventory.select_host("h1")
    bench.window.inventory.tree.setFocus()
    bench.trigger("next-pane")
    assert bench.window.focusWidget() is bench.window.details.host_page.tabs.tabBar()


async def test_how_old_the_measurements_of_many_are_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    busy = Consumer(bench.domain("db-01"), DomainRates(time.monotonic() - 40, 80.0, 1024))
    report = FleetReport((busy,), (busy,), 400, time.monotonic() - 40, 400, 500)
    monkeypatch.setattr(bench.services.fleet, "report", lambda: report)
    bench.trigger("fleet")
    fleet(bench).refresh()
    assert "Measured within the last 45 s." in texts(fleet(bench).by_cpu)
    assert "Measured within the last 45 s." in texts(fleet(bench).by_memory)
    report = replace(report, oldest_s=time.monotonic(), measured=399)
    fleet(bench).refresh()
    assert "Measured within" not in texts(bench.window.details.fleet_page)
    assert "399 of 400 running machines are measured." in texts(fleet(bench).by_cpu)


async def test_its_page_is_reached_by_the_tab_key_before_the_jobs(bench: Bench) -> None:
    """It is made late, when the tool bar has long been there."""
    await bench.connect()
    bench.window._on_fleet()
    await eventually(lambda: bench.window.details.fleet_page.isVisible())
    bench.window.details.fleet_page.tabs.tabBar().setFocus()
    bench.window.focusPreviousChild()
    assert bench.window.inventory.isAncestorOf(bench.window.focusWidget())
    bench.window.focusNextChild()
    bench.window.focusNextChild()
    focused = bench.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "fleet-cards"
