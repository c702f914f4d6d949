"""The Performance tab over a history that is made up, in a store that is real."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QToolButton, QWidget

from tests.helpers.waiting import eventually
from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainState
from vmgui.model.host import Host, HostConfig, HostState, HostUsage
from vmgui.model.performance_history import HistoryNotice, HistoryRange, HistoryTrouble, HostReading, Quantity
from vmgui.policy.performance_history import step_for
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.performance_history import HistoryService
from vmgui.store.performance_history import HistoryStore
from vmgui.store.settings import SettingsStore
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look import theme
from vmgui.ui.performance.pane import PerformancePane
from vmgui.words import language

KEY = DomainKey("h", "u-1")
OFF = DomainKey("h", "u-2")


class Metrics:
    """What the pane and the history want of the sampling."""

    def __init__(self) -> None:
        self.readings: Notifier[HostReading] = Notifier()
        self.watched: dict[object, tuple[DomainKey, ...]] = {}
        self.samples: list[DomainRates] = []

    def sample_all_every(self, _seconds: float) -> None:
        return

    def watch(self, owner: object, keys: tuple[DomainKey, ...]) -> None:
        self.watched[owner] = tuple(keys)

    def unwatch(self, owner: object) -> None:
        self.watched.pop(owner, None)

    def history(self, key: DomainKey) -> list[DomainRates]:
        return self.samples if key == KEY else []

    def host_history(self, _host_id: str) -> list[HostUsage]:
        return []


class Bench:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.inventory = Inventory()
        self.inventory.set_host(Host(HostConfig("h", "host-a", "test:///default"), HostState.CONNECTED))
        self.inventory.set_domains(
            "h",
            (
                Domain(KEY, "web/01", DomainState.RUNNING, memory_kib=2 << 20),
                Domain(OFF, "db", DomainState.OFF),
            ),
        )
        self.performance = Metrics()
        self.store = HistoryStore(directory)
        self.settings = SettingsStore(directory)
        self.history = HistoryService(self.inventory, self.performance, self.store, self.settings)  # type: ignore[arg-type]
        self.panes: list[PerformancePane] = []

    def record(self, ago_s: float, percent: float, elapsed_s: float = 10.0) -> None:
        """One reading of the machine and its host, `ago_s` before now."""
        at_s = time.monotonic() - ago_s
        rates = DomainRates(at_s, percent, 1 << 20, 1000.0, 2000.0, 3000.0, 4000.0, elapsed_s)
        usage = HostUsage(at_s, 8 << 20, 6 << 20, percent / 2)
        self.performance.readings.emit(
            HostReading("h", elapsed_s, usage, min(elapsed_s, 20.0), {KEY.uuid: rates})
        )

    def show(self, target: Target = KEY) -> PerformancePane:
        services = SimpleNamespace(
            history=self.history, performance=self.performance, inventory=self.inventory
        )
        pane = PerformancePane(services)  # type: ignore[arg-type]
        self.panes.append(pane)
        pane.resize(1000, 600)
        pane.show()
        pane.show_target(target)
        return pane

    async def close(self) -> None:
        for pane in self.panes:
            await pane.shutdown()
            pane.close()
            pane.deleteLater()
        await self.history.close()
        self.store.close(timeout_s=5)
        self.settings.close()


@pytest.fixture
async def bench(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Bench]:
    language.install(qapp, "en")
    theme.install(qapp, "light")
    made = Bench(tmp_path)
    yield made
    await made.close()


def texts(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def button(pane: PerformancePane, shown: HistoryRange) -> QToolButton:
    found = pane.findChild(QToolButton, f"history-range-{shown.value}")
    assert found is not None
    return found


async def graphs_shown(pane: PerformancePane) -> None:
    await eventually(lambda: pane.graphs.isVisible())


async def test_machine_and_host_show_what_was_recorded(bench: Bench) -> None:
    for ago_s in range(600, 0, -10):
        bench.record(ago_s, 40.0)
    pane = bench.show()
    await graphs_shown(pane)
    assert pane.graphs.cpu.value_text == "40 %"
    assert pane.graphs.memory.value_text == "1 GiB"
    assert pane.graphs.disk.value_text == "read 1 kB/s   write 2 kB/s"
    assert pane.graphs.network.value_text == "received 3 kB/s   sent 4 kB/s"
    assert bench.performance.watched[pane] == (KEY,)
    pane.show_target("h")
    await eventually(lambda: pane.graphs.cpu.value_text == "20 %")
    assert pane.graphs.memory.value_text == "2 GiB"
    assert pane not in bench.performance.watched
    pane.show_target(None)
    assert not pane._timer.isActive(), "a hidden tab costs nothing"


async def test_no_history_is_said_in_words(bench: Bench) -> None:
    pane = bench.show(OFF)
    await eventually(lambda: "No history yet" in texts(pane))
    assert "vmgui records while it runs." in texts(pane)
    assert not pane.findChild(QToolButton, "history-save").isEnabled()


async def test_nothing_in_this_time_but_earlier(bench: Bench) -> None:
    bench.record(7200, 10.0)
    pane = bench.show()
    await eventually(lambda: "Nothing was recorded in this time" in texts(pane))
    button(pane, HistoryRange.DAY).click()
    await graphs_shown(pane)


async def test_ranges_by_keyboard_are_remembered_and_shared(bench: Bench) -> None:
    bench.record(30, 10.0)
    pane, other = bench.show(), bench.show("h")
    await graphs_shown(pane)
    await graphs_shown(other)
    assert button(pane, HistoryRange.HOUR).isChecked()
    pane.activateWindow()
    button(pane, HistoryRange.HOUR).setFocus()
    await eventually(button(pane, HistoryRange.HOUR).hasFocus)
    QTest.keyClick(button(pane, HistoryRange.HOUR), Qt.Key.Key_Right)
    QTest.keyClick(button(pane, HistoryRange.DAY), Qt.Key.Key_Right)
    await eventually(lambda: pane._series is not None and pane._series.step_s == step_for(HistoryRange.WEEK))
    assert bench.settings.settings.performance_range == "1w"
    other.show_target(None)
    other.show_target("h")
    assert button(other, HistoryRange.WEEK).isChecked()
    for shown in HistoryRange:
        assert button(pane, shown).accessibleName() == button(pane, shown).text()


async def test_one_cursor_for_all_graphs_and_gaps_are_gaps(bench: Bench) -> None:
    for ago_s in range(3000, 0, -10):
        if not 1000 < ago_s < 2000:
            bench.record(ago_s, 80.0 if ago_s == 2500 else 10.0)
    pane = bench.show()
    await graphs_shown(pane)
    pane.grab()
    plot = pane.graphs.disk.plot
    picture = plot._picture()
    room = picture.room

    def hover(ago_s: float) -> None:
        place = QPointF(room.right() - ago_s / 3600 * room.width(), room.center().y())
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, plot.mapToGlobal(place), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(plot, event)

    hover(500)
    for graph, words in (
        (pane.graphs.cpu, "10 %"),
        (pane.graphs.memory, "1 GiB"),
        (pane.graphs.network, "received 3 kB/s   sent 4 kB/s"),
    ):
        when, _, value = graph.value_text.partition(": ")
        assert value == words
        assert when.count(":") == 0 or len(when) >= 8
        assert graph.plot._marked_s == plot._marked_s
    hover(1500)
    assert "not recorded" in pane.graphs.cpu.value_text
    assert pane.graphs.cpu.value_text.endswith("–")
    runs = picture._runs(picture.curves[0], picture.curves[0].values, room)
    assert len(runs) == 2, "nothing is drawn over the gap"
    pane.grab()
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot._marked_s is None
    assert pane.graphs.cpu.value_text == "10 %"


async def test_the_cursor_moves_with_the_arrow_keys(bench: Bench) -> None:
    for ago_s in range(600, 0, -10):
        bench.record(ago_s, float(ago_s // 10))
    pane = bench.show()
    await graphs_shown(pane)
    plot = pane.graphs.cpu.plot
    said = []
    for _ in range(4):
        QTest.keyClick(plot, Qt.Key.Key_Left)
        said.append(float(pane.graphs.cpu.value_text.partition(" %")[0].rpartition(" ")[2]))
    assert said == sorted(said)
    assert said[0] < said[-1]
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert pane.graphs.memory.plot._marked_s == plot._marked_s
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert plot._marked_s is None


async def test_bands_show_extremes_that_the_mean_hides(bench: Bench) -> None:
    now = time.time()
    # All in one step of the day's graph.
    step = step_for(HistoryRange.DAY)
    middle_ago_s = now - ((now - 7200) // step * step + step / 2)
    for number in range(-6, 7):
        bench.record(middle_ago_s + 10 * number, 90.0 if number == 0 else 10.0)
    bench.history.choose_range(HistoryRange.DAY)
    pane = bench.show()
    await graphs_shown(pane)
    curve = pane.graphs.cpu.plot._curves[0]
    assert max(curve.highs) == pytest.approx(90, rel=1e-3)
    assert min(curve.lows) == pytest.approx(10, rel=1e-3)
    assert max(curve.values) < 30
    pane.grab()


async def test_the_last_ten_minutes_are_live(bench: Bench) -> None:
    bench.record(300, 20.0)
    now_s = time.monotonic()
    bench.performance.samples = [
        DomainRates(now_s - 4 + 2 * n, 50.0 + n, 1024, elapsed_s=2.0) for n in range(3)
    ]
    bench.history.choose_range(HistoryRange.TEN_MINUTES)
    pane = bench.show()
    await graphs_shown(pane)
    values = pane.graphs._points.values(Quantity.CPU_PERCENT, 2)
    assert values[-3:] == [50.0, 51.0, 52.0]
    assert values[:-3] == [20.0] * (len(values) - 3)
    assert 1 <= len(values[:-3]) <= 2
    assert np.all(np.diff(pane.graphs._points.offsets_s) > 0)


async def test_what_is_shown_is_saved(bench: Bench, tmp_path: Path) -> None:
    bench.record(30, 10.0)
    pane = bench.show()
    await graphs_shown(pane)
    pane.findChild(QToolButton, "history-save").click()
    dialog = await eventually(lambda: pane.findChild(QFileDialog))
    path = tmp_path / "out.csv"
    await eventually(dialog.isVisible)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name.text().endswith("web_01-1h.csv")
    name.setText(str(path.with_suffix("")))
    dialog.accept()
    await eventually(lambda: f"Saved as {path}" in texts(pane))
    assert path.read_text().startswith("start,end,cpu_percent_low")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (HistoryTrouble.BROKEN, "kept as /there"),
        (HistoryTrouble.NEWER, "newer vmgui"),
        (HistoryTrouble.UNAVAILABLE, "disk full"),
        (HistoryTrouble.IN_USE, "Another vmgui"),
    ],
)
async def test_trouble_with_the_file_is_said(bench: Bench, trouble: HistoryTrouble, words: str) -> None:
    pane = bench.show()
    bench.history.notices.emit(HistoryNotice(trouble, "/there", "disk full"))
    await eventually(lambda: words in texts(pane))
    bench.history.notices.emit(None)
    await eventually(lambda: words not in texts(pane))


@pytest.mark.parametrize("width", [420, 1100])
async def test_it_fits_narrow_and_wide_and_in_both_themes(
    bench: Bench, width: int, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: theme.set_theme("light"))
    bench.record(30, 10.0)
    pane = bench.show()
    pane.resize(width, 600)
    await graphs_shown(pane)
    assert pane.width() == width
    columns = 1 if width < 700 else 2
    tops = {graph.mapTo(pane.graphs, graph.rect().topLeft()).y() for graph in pane.graphs._all}
    assert len(tops) == 4 // columns
    light = pane.grab().toImage()
    theme.set_theme("dark")
    assert pane.grab().toImage() != light
