"""The declared tabs: each once, in both languages, and nothing of them is loaded before it is looked at."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from vmgui.ui.kit.page_tabs import Tab
from vmgui.ui.selection_tabs import FLEET_TABS, HOST_TABS, MACHINE_TABS, Means
from vmgui.words import language

PAGES = {"machine": MACHINE_TABS, "host": HOST_TABS, "all hosts": FLEET_TABS}
LATE = ("console.tab", "hosts.host_overview", "hosts.capabilities_tab", "fleet.dashboard", "performance.pane")


@pytest.mark.parametrize("tabs", PAGES.values(), ids=PAGES)
def test_each_has_an_id_and_a_title_of_its_own(tabs: tuple[Tab[Means], ...], qapp: QApplication) -> None:
    assert len({tab.id for tab in tabs}) == len(tabs)
    assert len({str(tab.title) for tab in tabs}) == len(tabs)
    english = {tab.id: str(tab.title) for tab in tabs}
    language.install(qapp, "es")
    try:
        assert [tab.id for tab in tabs if str(tab.title) == english[tab.id]] == []
    finally:
        language.install(qapp, "en")


def test_what_shows_one_kind_alone_shows_the_same_on_every_page() -> None:
    by_id = {tab.id: tab for tab in MACHINE_TABS}
    for tab in (*HOST_TABS, *FLEET_TABS):
        if tab.id in ("performance", "log") and tab.id in by_id:
            assert tab is by_id[tab.id]


def test_no_tab_is_loaded_with_its_declaration() -> None:
    code = (
        "import sys, vmgui.ui.selection_tabs; print(*(n for n in sys.modules if n.startswith('vmgui.ui.')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "vmgui.ui.selection_tabs" in loaded
    assert [name for name in LATE if f"vmgui.ui.{name}" in loaded] == []
