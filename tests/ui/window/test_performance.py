"""The Performance tab where it stands: on the pages of machines and hosts."""

from PySide6.QtWidgets import QTabWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, texts
from vmgui.ui.inventory.pane import Selection
from vmgui.ui.performance.pane import PerformancePane


async def test_machines_and_hosts_have_the_tab_and_pay_for_it_only_when_looked_at(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    assert not bench.window.findChildren(PerformancePane)
    page = bench.window.details.domain_page
    tabs = page.findChild(QTabWidget, "domain-tabs")
    assert tabs is not None
    page.tabs.show_tab("performance")
    assert tabs.tabText(tabs.currentIndex()) == "Performance"
    await eventually(lambda: "No history yet" in texts(page))
    (pane,) = bench.window.findChildren(PerformancePane)
    assert bench.services.performance._watched[pane] == {bench.key("web-01")}
    await bench.select("web-02")
    await eventually(lambda: bench.services.performance._watched.get(pane) == {bench.key("web-02")})
    bench.window.details.show_selection(Selection((), ("h1",)))
    assert pane not in bench.services.performance._watched
    assert not pane._timer.isActive()
    bench.window.details.host_page.tabs.show_tab("performance")
    await eventually(lambda: "No history yet" in texts(bench.window.details.host_page))
    assert len(bench.window.findChildren(PerformancePane)) == 2
