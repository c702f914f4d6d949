"""The Hardware tab in the window, with libvirt's test driver as the host."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import ConsoleDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.domain import DomainState
from vmgui.model.job import JobState
from vmgui.ui.hardware.items import why_no_form
from vmgui.ui.hardware.tab import HardwareTab


async def look_at(bench: Bench, name: str) -> HardwareTab:
    """The tab with this machine, once it was read."""
    bench.window.resize(1200, 700)
    await bench.select(name)
    tabs = bench.window.details.domain_page.tabs
    tabs.show_tab("hardware")
    tab = tabs.content("hardware")
    assert isinstance(tab, HardwareTab)
    await eventually(lambda: rows(tab) and tab.head.isVisible())
    return tab


def rows(tab: HardwareTab) -> dict[str, str]:
    return {item.id: item.title for item in tab.items.model.items}


def choose(tab: HardwareTab, id_: str) -> None:
    """As a click does."""
    index = tab.items.model.index(tab.items.model.place_of(id_))
    tab.items.view.setCurrentIndex(index)


def menu_of(tab: HardwareTab) -> QMenu:
    press(tab, "hardware-add")
    return next(menu for menu in tab.findChildren(QMenu, "hardware-add-menu") if menu.isVisible())


def apply_button(tab: HardwareTab) -> QAbstractButton:
    found = tab.findChild(QAbstractButton, "hardware-strip-apply")
    assert found is not None
    return found


def action(menu: QMenu, kind: str) -> QAction:
    return next(one for one in menu.actions() if one.objectName() == f"hardware-add-{kind}")


def title(bench: Bench) -> str:
    return bench.window.details.domain_page.tabs.tabText(3)


@pytest.fixture(autouse=True)
def fatal_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every model of these tests is held to Qt's rules."""
    from vmgui.ui.hardware import list_model

    made = list_model.HardwareListModel.__init__

    def checked(self: list_model.HardwareListModel, *args: object) -> None:
        made(self, *args)  # type: ignore[arg-type]
        self.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
            self, QAbstractItemModelTester.FailureReportingMode.Fatal
        )

    monkeypatch.setattr(list_model.HardwareListModel, "__init__", checked)


async def test_what_a_machine_has_is_listed_by_groups(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert "device:vda" in rows(tab)
    assert "device:52:54:00:12:34:01" in rows(tab)


async def off(bench: Bench, tab: HardwareTab, name: str) -> None:
    bench.services.lifecycle.force_off((bench.key(name),))
    await bench.state(name, DomainState.OFF)
    await eventually(lambda: tab.shown is not None and tab.shown.machine.live is None)


async def add(tab: HardwareTab, kind: str) -> None:
    menu = menu_of(tab)
    action(menu, kind).trigger()
    menu.hide()
    await eventually(lambda: tab.part.strip.isVisible())


async def test_a_new_device_is_a_draft_until_it_is_added(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await off(bench, tab, "web-01")
    await add(tab, "rng")
    assert tab.items.current == "new:rng"
    assert title(bench) == "Hardware •"
    assert bench.window.details.unsaved == ("web-01",)
    button = apply_button(tab)
    assert button.text().replace("&", "") == "Add"
    press(tab, "hardware-strip-apply")
    await eventually(lambda: tab.items.current.startswith("device:rng"))
    assert await bench.jobs_end() == [JobState.DONE] * 2
    await eventually(lambda: "new:rng" not in rows(tab))
    assert title(bench) == "Hardware"
    assert button.text().replace("&", "") == "Apply"
    assert tab.part.strip.isHidden()


async def test_a_new_device_is_discarded(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await add(tab, "rng")
    press(tab, "hardware-strip-discard")
    assert "new:rng" not in rows(tab)
    assert tab.items.current.startswith("device:")
    assert title(bench) == "Hardware"


async def test_a_device_is_removed_after_a_question(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await off(bench, tab, "web-01")
    choose(tab, "device:52:54:00:12:34:01")
    tab.items.view.setFocus()
    QTest.keyClick(tab.items.view, Qt.Key.Key_Delete)
    dialog = await bench.dialog("confirm-dialog")
    assert "Remove network card" in texts(dialog)
    press(dialog, "confirm-yes")
    await eventually(lambda: "device:52:54:00:12:34:01" not in rows(tab))
    assert tab.items.current in rows(tab)
    assert await bench.jobs_end() == [JobState.DONE] * 2


async def test_why_a_device_was_not_removed_is_said_over_the_form(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    choose(tab, "device:52:54:00:12:34:01")
    press(tab, "hardware-remove")
    press(await bench.dialog("confirm-dialog"), "confirm-yes")
    assert await bench.jobs_end() == [JobState.FAILED]
    await eventually(lambda: "cannot do this" in texts(tab))
    choose(tab, "device:vda")
    assert "cannot do this" not in texts(tab)


async def test_the_xml_of_a_device_is_shown_in_place_of_its_form(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    choose(tab, "device:vda")
    press(tab, "hardware-show-xml")
    await eventually(lambda: "/var/lib/images/web-01.qcow2" in tab.xml.text.text)
    assert tab.xml.text.text.startswith("<disk")
    assert "<interface" not in tab.xml.text.text
    choose(tab, "device:52:54:00:12:34:01")
    await eventually(lambda: tab.xml.text.text.startswith("<interface"))


async def test_a_host_that_is_gone_leaves_the_list_to_be_read(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await add(tab, "rng")
    bench.services.hosts.disconnect("h1")
    await eventually(lambda: "Its host is not connected." in texts(tab))
    assert not tab.items.add.isEnabled()
    assert "Its host is not connected." in tab.items.add.toolTip()
    assert not apply_button(tab).isEnabled()
    assert "device:vda" in rows(tab)
    await bench.select("web-02")
    await eventually(lambda: not rows(tab) and "cannot be reached" in texts(tab))


async def test_in_a_narrow_window_the_list_is_a_box(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.items.view.isVisible()
    bench.window.resize(900, 600)
    await eventually(lambda: tab.items.box.isVisible())
    assert not tab.items.view.isVisible()
    tab.items.box.setCurrentIndex(tab.items.model.place_of("device:vda"))
    assert tab.items.current == "device:vda"


async def test_it_is_used_by_keys_alone(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await add(tab, "rng")
    bench.window.activateWindow()
    await eventually(bench.window.isActiveWindow)
    tab.items.view.setFocus()
    QTest.keyClick(tab.items.view, Qt.Key.Key_Return)
    form = tab.part.form
    assert form is not None
    focused = bench.window.focusWidget()
    assert focused is not None
    assert form.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert bench.window.focusWidget() is tab.items.view


async def test_keys_show_the_tab_and_what_can_be_added(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.trigger("hardware")
    tabs = bench.window.details.domain_page.tabs
    assert tabs.current == "hardware"
    bench.trigger("add-device")
    tab = tabs.content("hardware")
    menu = await eventually(
        lambda: next((m for m in tab.findChildren(QMenu, "hardware-add-menu") if m.isVisible()), None)
    )
    menu.hide()


async def test_the_program_ends_while_a_machine_is_read(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.window.details.domain_page.tabs.show_tab("hardware")
    await asyncio.sleep(0)


async def test_what_is_wrong_with_a_file_is_said_while_its_path_is_typed(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    choose(tab, "device:vda")
    await eventually(lambda: tab.part.form is not None and "path" in tab.part.form.controls)
    assert tab.part.form is not None
    line = tab.part.form.controls["path"].input
    assert isinstance(line, QLineEdit)
    looked = bench.services.hardware
    line.setText("/nowhere/other.qcow2")
    key = bench.key("web-01")
    await eventually(lambda: "/nowhere/other.qcow2" in looked.offer(key).looked)
    await eventually(lambda: "There is no file /nowhere/other.qcow2" in texts(tab))
    assert line.text() == "/nowhere/other.qcow2"


def test_why_there_is_no_form_is_said() -> None:
    balloon, console = MemballoonDevice(model="virtio"), ConsoleDevice()
    assert "no form" in why_no_form(ListedDevice("memballoon-0", "memballoon", balloon, balloon))
    assert "serial port" in why_no_form(ListedDevice("console-0", "console", None, console))
