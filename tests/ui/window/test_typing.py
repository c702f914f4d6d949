"""What is typed in the Resources tab: read in either language as it stands, kept when there are news, undone at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, texts
from tests.ui.window.test_resources import GIB_KIB, applied, chip, field, look_at
from vmgui.model.edit import Setting, SettingKey
from vmgui.policy.edit import base
from vmgui.services.edits import Wish
from vmgui.ui.resources.tab import ResourcesTab
from vmgui.words import language

CPUS = SettingKey(Setting.VCPUS)


def begin(tab: ResourcesTab, name: str, text: str) -> None:
    """Type, and stay in the field."""
    box = field(tab, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)


def button(tab: ResourcesTab, name: str) -> QPushButton:
    found = tab.findChild(QPushButton, name)
    assert found is not None
    return found


async def others_take_a_cpu(bench: Bench, tab: ResourcesTab) -> None:
    edits, key = bench.services.edits, bench.key("web-01")
    seen = base(await edits.look(key), {CPUS: 1})
    await bench.services.jobs.wait(edits.change({key: Wish({CPUS: 1}, seen)}))
    await eventually(lambda: tab.form is not None and tab.form.answers()["vcpus"] == 1)


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("sign", [".", ","])
async def test_the_other_decimal_sign_makes_nothing_larger(
    bench: Bench, qapp: QApplication, code: str, sign: str
) -> None:
    language.install(qapp, code)
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.form is not None
    begin(tab, "memory", f"1{sign}5")
    assert tab.form.answers()["memory"] == GIB_KIB * 3 // 2
    QTest.keyClick(field(tab, "memory"), Qt.Key.Key_Tab)
    assert tab.form.answers()["memory"] == GIB_KIB * 3 // 2
    begin(tab, "vda:size", f"1{sign}5 TiB")
    assert tab.form.answers()["vda:size"] == 3 * 2**39


async def test_news_of_other_fields_leave_what_is_half_typed(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.form is not None
    begin(tab, "memory", "1.")
    await others_take_a_cpu(bench, tab)
    assert field(tab, "memory").text() == "1."
    QTest.keyClicks(field(tab, "memory"), "5")
    assert tab.form.answers()["memory"] == GIB_KIB * 3 // 2


async def test_news_of_the_same_field_leave_what_is_half_typed(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.form is not None
    begin(tab, "vcpus", "2")  # as it is: no draft
    field(tab, "vcpus").lineEdit().setModified(True)
    await others_take_a_cpu(bench, tab)
    assert field(tab, "vcpus").text() == "2"
    QTest.keyClick(field(tab, "vcpus"), Qt.Key.Key_Tab)
    assert field(tab, "vcpus").text() == "1"


async def test_what_is_no_amount_is_refused_with_words_and_leaves_with_the_machine(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.form is not None
    begin(tab, "vcpus", "1")
    begin(tab, "memory", "512 MB")
    assert tab.form.answers()["memory"] == 2 * GIB_KIB
    assert "with one of these units or none: MiB, GiB" in texts(tab)
    assert (chip(tab, "memory"), button(tab, "resources-strip-apply").isEnabled()) == ("", False)
    await bench.select("web-02")
    await eventually(lambda: field(tab, "memory").text() == "2")
    assert "with one of these units" not in texts(tab)
    await look_at(bench, "web-01")
    begin(tab, "memory", "512M")
    assert tab.form.answers()["memory"] == GIB_KIB // 2
    await applied(bench, tab)
    await eventually(lambda: bench.domain("web-01").memory_kib == GIB_KIB // 2)


async def test_letters_discard_and_apply_and_return_presses(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    assert tab.form is not None
    bench.window.activateWindow()
    begin(tab, "memory", "1")
    QTest.keyClick(bench.window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    await eventually(lambda: field(tab, "memory").text() == "2")
    assert tab.strip.isHidden()
    begin(tab, "memory", "1")
    button(tab, "resources-strip-apply").setFocus()
    QTest.keyClick(button(tab, "resources-strip-apply"), Qt.Key.Key_Return)
    await eventually(lambda: bench.domain("web-01").memory_kib == GIB_KIB)
    await eventually(lambda: tab.strip.isHidden())
    begin(tab, "memory", "1.5")
    QTest.keyClick(bench.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    await eventually(lambda: bench.domain("web-01").memory_kib == GIB_KIB * 3 // 2)


async def test_tab_stops_of_the_page_have_names(bench: Bench) -> None:
    await bench.connect()
    tab = await look_at(bench, "web-01")
    page = bench.window.details.domain_page
    nameless = [
        f"{type(one).__name__} {one.objectName()!r} in {one.parent()!r}"
        for one in (*page.findChildren(QWidget),)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.objectName() and one.accessibleName())
        and one.focusProxy() is None
    ]
    assert nameless == []
    assert tab.isVisible()
