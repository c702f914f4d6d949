"""The smallest window that is promised: nothing runs past its edge."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench


async def test_a_long_name_makes_no_page_wider_than_the_window(bench: Bench) -> None:
    name = "a_very_long_name_of_a_machine_without_a_single_place_to_break_it_anywhere_at_all"
    bench.window.resize(900, 600)
    await bench.connect((name,))
    await bench.select(name)
    overview = bench.window.details.domain_page.tabs.content("overview")
    disk = f"/var/lib/images/{name}.qcow2"
    value = await eventually(
        lambda: next((each for each in overview.findChildren(QLabel) if each.text() == disk), None)
    )
    inside = overview.widget()
    assert value is not None
    assert inside is not None
    assert value.toolTip() == disk
    await eventually(value.isVisible)
    assert bench.window.width() == 900
    assert inside.width() == overview.viewport().width()
