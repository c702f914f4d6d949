"""The Resources tab in the window, with libvirt's test driver as the host."""

from __future__ import annotations

import asyncio
from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QDoubleSpinBox, QWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.domain import DomainState
from vmgui.model.edit import Reach, Setting, SettingKey
from vmgui.model.job import JobState
from vmgui.policy.edit import base
from vmgui.services.edits import Wish
from vmgui.ui.resources.tab import ResourcesTab

GIB_KIB = 1024**2
MEMORY = SettingKey(Setting.MEMORY_KIB)


async def look_at(bench: Bench, name: str) -> ResourcesTab:
    """The tab with this machine, once it was read."""
    await bench.select(name)
    tabs = bench.window.details.domain_page.tabs
    tabs.show_tab("resources")
    tab = tabs.content("resources")
    assert isinstance(tab, ResourcesTab)
    await eventually(lambda: tab.form is not None and tab.form.isVisible())
    return tab


def field(tab: ResourcesTab, name: str) -> QDoubleSpinBox:
    found = tab.findChild(QDoubleSpinBox, f"resources-{name}-field")
    assert found is not None
    return found


def type_into(tab: ResourcesTab, name: str, text: str) -> None:
    """As a person does: over all that stands there."""
    box = field(tab, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Tab)


def chip(tab: ResourcesTab, name: str) -> str:
    found = tab.findChild(QWidget, f"resources-{name}-chip")
    return found.property("text") if found is not None and found.isVisible() else ""


def pending(tab: ResourcesTab, name: str) -> str:
    found = tab.findChild(QWidget, f"resources-{name}-pending-text")
    return found.property("text") if found is not None and found.isVisible() else ""


def title(bench: Bench) -> str:
    return bench.window.details.domain_page.tabs.tabText(2)


def saved_memory_kib(tab: ResourcesTab) -> object:
    """As the tab knows it."""
    return (tab._truth.machine.saved or {}).get(MEMORY) if tab._truth is not None else None


def hidden(tab: ResourcesTab, name: str) -> bool:
    found = tab.findChild(QWidget, f"resources-{name}")
    assert found is not None
    return not found.isVisible()


async def applied(bench: Bench, tab: ResourcesTab) -> None:
    press(tab, "resources-strip-apply")
    assert not tab.strip.isHidden()
    await eventually(lambda: not bench.services.jobs.unfinished)
    assert {job.state for job in bench.services.jobs.jobs.values()} == {JobState.DONE}
    await eventually(lambda: tab.strip.isHidden())


async def change_elsewhere(bench: Bench, name: str, memory_kib: int) -> None:
    """As a colleague does."""
    edits, key = bench.services.edits, bench.key(name)
    wish = {MEMORY: memory_kib}
    seen = base(await edits.look(key), wish)
    await bench.services.jobs.wait(edits.change({key: Wish(wish, seen)}))


async def test_memory_is_taken_back_from_a_running_machine(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.strip.isHidden()
    assert field(tab, "memory").value() == 2
    assert "given to others" in texts(tab)
    type_into(tab, "memory", "1")
    assert chip(tab, "memory") == "now"
    assert "1 change now: memory" in texts(tab.strip)
    assert title(bench) == "Resources •"
    await applied(bench, tab)
    assert title(bench) == "Resources"
    assert field(tab, "memory").value() == 1
    await eventually(lambda: bench.domain("web-01").memory_kib == GIB_KIB)


async def test_what_was_undone_for_the_next_start_is_made_so_now(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    edits, key, wish = bench.services.edits, bench.key("web-01"), {MEMORY: GIB_KIB}
    seen = base(await edits.look(key), wish)
    await bench.services.jobs.wait(edits.change({key: Wish(wish, seen, Reach.NOW)}))
    await eventually(lambda: pending(tab, "memory") == "Now 1 GiB, after the next start 2 GiB")
    assert field(tab, "memory").value() == 2
    press(tab, "resources-memory-hasten")
    await eventually(lambda: pending(tab, "memory") == "")
    assert field(tab, "memory").value() == 2
    await eventually(lambda: bench.domain("web-01").memory_kib == 2 * GIB_KIB)


async def test_what_was_seen_before_it_was_answered_is_no_surprise(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "vcpus", "1")
    await change_elsewhere(bench, "web-01", GIB_KIB)
    await eventually(lambda: field(tab, "memory").value() == 1)
    type_into(tab, "memory", "1.5")
    assert "Changed meanwhile" not in texts(tab)
    await applied(bench, tab)
    assert field(tab, "memory").value() == 1.5


async def test_too_much_memory_says_what_makes_it_possible(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "memory", "4")
    assert chip(tab, "memory") == "impossible"
    assert "The maximum is 2 GiB" in texts(tab)
    assert not tab.strip.findChild(QAbstractButton, "resources-strip-apply").isEnabled()
    press(tab, "resources-memory-message-fix")
    assert field(tab, "memory-max").value() == 4
    assert (chip(tab, "memory"), chip(tab, "memory-max")) == ("at the next start", "at the next start")
    await applied(bench, tab)
    assert pending(tab, "memory") == "Now 2 GiB, after the next start 4 GiB"
    assert pending(tab, "memory-max") == "Now 2 GiB, after the next start 4 GiB"
    assert hidden(tab, "memory-hasten")  # it runs with a maximum of 2 GiB
    # What goes together is taken back together.
    press(tab, "resources-memory-max-revert")
    await eventually(lambda: pending(tab, "memory-max") == "")
    assert pending(tab, "memory") == ""
    assert field(tab, "memory").value() == field(tab, "memory-max").value() == 2
    await eventually(lambda: not bench.services.jobs.unfinished)
    assert [job.state for job in bench.services.jobs.jobs.values()] == [JobState.DONE] * 2


async def test_what_only_starting_makes_possible_starts_it(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    bench.services.lifecycle.force_off((bench.key("web-01"),))
    await bench.state("web-01", DomainState.OFF)
    await eventually(lambda: tab._truth is not None and not tab._truth.machine.is_active)
    type_into(tab, "vda:size", "2000")
    assert chip(tab, "vda:size") == "impossible"
    press(tab, "resources-vda:size-message-fix")
    await bench.state("web-01", DomainState.RUNNING)
    await eventually(lambda: chip(tab, "vda:size") == "now")
    assert field(tab, "vda:size").value() == 2000


async def test_a_draft_outlives_tabs_and_machines(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "memory", "1")
    bench.window.details.domain_page.tabs.show_tab("log")
    assert title(bench) == "Resources •"
    await bench.select("web-02")
    assert title(bench) == "Resources"
    tab = await look_at(bench, "web-02")
    await eventually(lambda: tab._truth_of == bench.key("web-02"))
    assert field(tab, "memory").value() == 2
    assert tab.strip.isHidden()
    await look_at(bench, "web-01")
    await eventually(lambda: tab._truth_of == bench.key("web-01"))
    assert field(tab, "memory").value() == 1
    assert bench.window.details.unsaved == ("web-01",)
    press(tab, "resources-strip-discard")
    assert field(tab, "memory").value() == 2
    assert bench.window.details.unsaved == ()


async def test_what_others_change_is_said_before_it_is_overwritten(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "memory", "1")
    await change_elsewhere(bench, "web-01", GIB_KIB // 2)
    await eventually(lambda: saved_memory_kib(tab) == GIB_KIB // 2)
    assert "Changed meanwhile: memory (now 512 MiB)" in texts(tab)
    assert not tab.strip.findChild(QAbstractButton, "resources-strip-apply").isEnabled()
    press(tab, "resources-changed-keep")
    await applied(bench, tab)
    await eventually(lambda: bench.domain("web-01").memory_kib == GIB_KIB)
    type_into(tab, "memory", "2")
    await change_elsewhere(bench, "web-01", GIB_KIB // 2)
    await eventually(lambda: saved_memory_kib(tab) == GIB_KIB // 2)
    assert "Changed meanwhile: memory (now 512 MiB)" in texts(tab)
    press(tab, "resources-changed-reload")
    assert (field(tab, "memory").text(), tab.form.answers()["memory"]) == ("512", GIB_KIB // 2)
    assert tab.strip.isHidden()


async def test_what_others_change_shows_where_nobody_typed(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    await change_elsewhere(bench, "web-01", GIB_KIB)
    await eventually(lambda: field(tab, "memory").value() == 1)
    assert tab.strip.isHidden()


async def test_preview_shows_words_xml_and_commands_of_what_is_typed(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "memory", "1")
    press(tab, "resources-strip-preview")
    preview = tab.strip.preview
    await eventually(lambda: "Memory: 2 GiB → 1 GiB, now" in preview._texts[0])
    assert "currentMemory" in preview._texts[2]
    assert "virsh" in preview._texts[3]
    type_into(tab, "memory", "1.5")
    await eventually(lambda: "1.5 GiB" in preview._texts[0])
    # It is of this machine.
    await look_at(bench, "web-02")
    assert preview._texts[0] == ""


async def test_a_host_that_is_gone_leaves_the_values_to_be_read(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    type_into(tab, "memory", "1")
    assert chip(tab, "memory") == "now"
    bench.services.hosts.disconnect("h1")
    await eventually(lambda: "Its host is not connected." in texts(tab))
    assert chip(tab, "memory") == ""
    assert "1 change kept: memory" in texts(tab.strip)
    assert "Its host is not connected." in texts(tab.strip)
    assert field(tab, "memory").value() == 1
    assert not field(tab, "memory").isEnabled()
    press(tab, "resources-disk-vda")  # what is folded can be read, too
    assert not field(tab, "vda:read-bps").isEnabled()
    await bench.select("web-02")
    await eventually(lambda: tab._truth is None and "cannot be reached" in texts(tab))


async def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    form = tab.form
    assert form is not None
    form.open_as(form._folds.keys())
    type_into(tab, "vda:read-bps", "10")
    type_into(tab, "memory", "4")
    kinds = (QAbstractButton, QAbstractSpinBox, QAbstractSlider)
    shown = [one for kind in kinds for one in tab.findChildren(kind) if one.isVisible() and one.objectName()]
    names = Counter((type(one).__name__, one.accessibleName()) for one in shown)
    assert {name for name, count in names.items() if count > 1} == set()
    assert all(one.accessibleName() for one in shown)
    assert all(count == 1 for count in Counter(one.objectName() for one in shown).values())
    assert all(one.objectName().startswith("resources-") for one in shown)
    assert field(tab, "vda:size").accessibleName() == "Size of vda"
    assert field(tab, "vda:read-bps").accessibleName() == "Read limit of vda"


async def test_the_program_ends_while_a_machine_is_read(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.window.details.domain_page.tabs.show_tab("resources")
    await asyncio.sleep(0)


async def test_a_key_shows_the_resources(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.trigger("resources")
    assert bench.window.details.domain_page.tabs.current == "resources"
