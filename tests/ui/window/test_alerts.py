"""The bell, its list and the rules in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from tests.helpers.models import watch_model
from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.alerts import AlertRule, AlertSettings
from vmgui.model.event import EventKind, HostEvent
from vmgui.services.hosts import HostEvents
from vmgui.store.alerts import AlertStore
from vmgui.ui.alerts.list_popup import AlertList


@pytest.fixture
def notices(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, object]]:
    """What the desktop would have been told."""
    told: list[tuple[str, str, object]] = []

    async def show(summary: str, body: str, target: object, *, critical: bool = False) -> bool:
        told.append((summary, body, target))
        return True

    monkeypatch.setattr(bench.window.bell.notices, "show", show)
    return told


def crash(bench: Bench, *names: str) -> None:
    events = tuple(
        HostEvent(EventKind.DOMAIN_LIFECYCLE, bench.key(name).uuid, name, "stopped 2") for name in names
    )
    bench.services.hosts.events.emit(HostEvents("h1", events))


async def opened(bench: Bench) -> AlertList:
    press(bench.window, "alerts-bell")
    found = bench.window.bell.findChild(AlertList)
    assert found is not None
    assert found.isVisible()
    return found


async def test_the_bell_counts_and_leads_to_the_machine(
    bench: Bench, notices: list[tuple[str, str, object]]
) -> None:
    await bench.connect()
    assert bench.window.bell.accessibleName() == "No active alerts"
    crash(bench, "db-01")
    await eventually(lambda: bench.window.bell.text() == "1")
    await eventually(
        lambda: [(summary, body) for summary, body, _ in notices] == [("db-01 crashed", "host-h1")]
    )
    alerts = await opened(bench)
    watch_model(alerts.model)
    assert alerts.model.index(0, 0).data() == "db-01 crashed"
    QTest.keyClick(alerts.list, Qt.Key.Key_Return)
    await eventually(lambda: bench.window.details.domain_page.target == bench.key("db-01"))
    assert not alerts.isVisible()
    assert bench.window.bell.text() == "1", "to look at it is not to end it"


async def test_a_click_on_the_desktop_s_notification_leads_there_too(
    bench: Bench, notices: list[tuple[str, str, object]]
) -> None:
    await bench.connect()
    crash(bench, "web-02")
    await eventually(lambda: notices)
    bench.window.bell._on_notice_clicked(notices[0][2])  # type: ignore[arg-type]
    await eventually(lambda: bench.window.details.domain_page.target == bench.key("web-02"))


async def test_many_at_once_are_one_notification(
    bench: Bench, notices: list[tuple[str, str, object]]
) -> None:
    names = tuple(f"vm-{number}" for number in range(8))
    await bench.connect(names)
    crash(bench, *names)
    await eventually(lambda: notices)
    assert bench.window.bell.text() == "8"
    assert len(notices) == 1
    assert "vm-0 crashed" in notices[0][1]


async def test_dismissing(bench: Bench, notices: list[tuple[str, str, object]]) -> None:
    await bench.connect()
    crash(bench, "web-01", "web-02", "db-01")
    await eventually(lambda: bench.window.bell.text() == "3")
    alerts = await opened(bench)
    QTest.keyClick(alerts.list, Qt.Key.Key_Delete)
    assert alerts.model.rowCount() == 2
    press(alerts, "alerts-dismiss")
    assert bench.window.bell.text() == ""
    assert "Nothing is amiss." in texts(alerts)
    QTest.keyClick(alerts, Qt.Key.Key_Escape)


async def test_rules_are_chosen_and_kept(bench: Bench, notices: list[tuple[str, str, object]]) -> None:
    await bench.connect()
    alerts = await opened(bench)
    press(alerts, "alerts-settings")
    dialog = await bench.dialog("alerts-dialog")
    crashed = dialog.findChild(QCheckBox, "alert-domain_crashed")
    limit = dialog.findChild(QSpinBox, "alert-pool_full-limit")
    minutes = dialog.findChild(QSpinBox, "alert-host_cpu-minutes")
    desktop = dialog.findChild(QCheckBox, "alerts-on-desktop")
    assert crashed is not None
    assert limit is not None
    assert minutes is not None
    assert desktop is not None
    limit.setValue(75)
    minutes.setValue(10)
    crashed.setChecked(False)
    desktop.setChecked(False)
    memory = dialog.findChild(QCheckBox, "alert-host_memory")
    assert memory is not None
    memory.setChecked(False)
    assert not dialog.findChild(QSpinBox, "alert-host_memory-limit").isEnabled()
    press(dialog, "alerts-yes")
    default = AlertSettings()
    wanted = replace(
        default,
        pool_full=AlertRule(True, 75.0),
        host_cpu=replace(default.host_cpu, hold_s=600.0),
        host_memory=replace(default.host_memory, enabled=False),
        domain_crashed=AlertRule(False),
        on_desktop=False,
    )
    assert bench.services.alerts.settings == wanted
    await eventually(lambda: AlertStore(bench.directory).settings == wanted)
    crash(bench, "db-01")
    assert not bench.services.alerts.active


async def test_the_rules_open_from_the_menu_once(bench: Bench) -> None:
    bench.trigger("alert-settings")
    dialog = await bench.dialog("alerts-dialog")
    bench.trigger("alert-settings")
    assert len([d for d in bench.window.findChildren(QWidget, "alerts-dialog") if d.isVisible()]) == 1
    press(dialog, "alerts-cancel")
    bench.trigger("alerts")
    found = bench.window.bell.findChild(AlertList)
    assert found is not None
    assert found.isVisible()


async def test_on_a_desktop_without_notifications_the_bell_still_rings(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    await bench.connect()
    crash(bench, "db-01")
    await eventually(lambda: bench.window.bell.text() == "1")
