"""Which machines are protected is seen, said and kept to, as a person meets it in the window."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.model.domain import DomainState
from vmgui.ui.inventory import delegate
from vmgui.ui.look.icons import Tint

REASON = "It is protected: turn off “Protect from deletion” first."


async def protect(bench: Bench, *names: str, on: bool = True) -> None:
    keys = [bench.key(name) for name in names]
    bench.services.tags.set_protected(keys, on)
    model = bench.window.inventory.model

    def is_shown() -> bool:
        bench.window.inventory.flush()
        rows = [model.row_of(key) for key in keys]
        return all(row is not None and row.definition.is_protected is on for row in rows)

    await eventually(is_shown)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The icons that rows of the inventory have been painted with."""
    names: list[str] = []
    paint = delegate.paint_icon

    def noted(painter: QPainter, name: str, tint: Tint, rect: QRect) -> None:
        names.append(name)
        paint(painter, name, tint, rect)

    monkeypatch.setattr(delegate, "paint_icon", noted)
    return names


async def test_its_row_has_a_lock_that_is_read_aloud(bench: Bench, painted: list[str]) -> None:
    await bench.connect()
    inventory = bench.window.inventory
    inventory.tree.viewport().grab()
    assert "lock" not in painted
    await protect(bench, "web-01")
    painted.clear()
    inventory.tree.viewport().grab()
    assert painted.count("lock") == 1
    index = inventory.model.index_of(bench.key("web-01"))
    assert "protected" in index.data(Qt.ItemDataRole.AccessibleTextRole).split(", ")
    assert "Protected from deletion" in index.data(Qt.ItemDataRole.ToolTipRole)
    other = inventory.model.index_of(bench.key("web-02"))
    assert "protected" not in other.data(Qt.ItemDataRole.AccessibleTextRole)
    await protect(bench, "web-01", on=False)
    painted.clear()
    inventory.tree.viewport().grab()
    assert "lock" not in painted


async def test_its_page_has_a_lock_beside_its_state(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    lock = bench.window.findChild(QLabel, "domain-lock")
    assert lock is not None
    assert not lock.isVisible()
    await protect(bench, "web-01")
    await eventually(lock.isVisible)
    assert lock.accessibleName() == "protected"
    assert "Protected from deletion" in lock.toolTip()
    await bench.select("web-02")
    await eventually(lambda: not lock.isVisible())
    await bench.select("web-01")
    await eventually(lock.isVisible)


async def test_its_actions_say_why_they_are_not_possible_as_soon_as_it_is_so(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    assert bench.action("delete").isEnabled()
    await protect(bench, "web-01")
    for name in ("delete", "force-off", "reset"):
        assert not bench.action(name).isEnabled(), name
        assert REASON in bench.action(name).toolTip()
    for name in ("shut-down", "reboot", "pause", "save", "set-autostart", "set-tags"):
        assert bench.action(name).isEnabled(), name
    await protect(bench, "web-01", on=False)
    assert bench.action("delete").isEnabled()
    assert bench.action("force-off").isEnabled()


async def test_forcing_many_off_leaves_it_out_and_says_so(bench: Bench) -> None:
    await bench.connect()
    await protect(bench, "web-01")
    bench.window.inventory.select_all_shown()
    assert "Possible with 2 of 3" in bench.action("force-off").toolTip()
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "web-01" not in texts(dialog)
    assert "1 is protected and will be skipped." in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-02", DomainState.OFF)
    await bench.state("db-01", DomainState.OFF)
    assert bench.domain("web-01").state is DomainState.RUNNING


async def test_deleting_many_leaves_it_out_and_says_so(bench: Bench) -> None:
    await bench.connect()
    bench.services.lifecycle.force_off(tuple(bench.services.inventory.domains))
    for name in ("web-01", "web-02", "db-01"):
        await bench.state(name, DomainState.OFF)
    await protect(bench, "web-01")
    bench.window.inventory.select_all_shown()
    bench.trigger("delete")
    dialog = await bench.dialog("delete-dialog")
    assert "Delete 2 virtual machines?" in texts(dialog)
    assert "1 is protected and will be skipped." in texts(dialog)
    press(dialog, "delete-yes")
    await eventually(lambda: len(bench.services.inventory.domains) == 1)
    assert bench.domain("web-01").state is DomainState.OFF


async def test_what_a_failed_job_offers_is_refused_in_words(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.connect()
    monkeypatch.setattr(hypervisor_lifecycle, "shutdown", lambda _conn, _uuid: None)
    monkeypatch.setattr(bench.services.lifecycle, "_shut_down_timeout_s", 0.0)
    await bench.select("web-01")
    await protect(bench, "web-01")
    bench.trigger("shut-down")
    details = bench.window.details
    await eventually(lambda: "Force off…" in [button.text() for button in buttons(bench)])
    press(details, "error-other")
    assert bench.window.statusBar().currentMessage() == REASON
    assert bench.domain("web-01").state is DomainState.RUNNING


async def test_the_protected_are_found(bench: Bench) -> None:
    await bench.connect()
    await protect(bench, "web-01", "db-01")
    inventory = bench.window.inventory
    for text, found in (("is:protected", 2), ("-is:protected", 1), ("is:protected web", 1), ("protected", 2)):
        inventory.filter.setText(text)
        assert f"{found} of 3" in texts(inventory), text


def buttons(bench: Bench) -> list[QPushButton]:
    return [one for one in bench.window.details.findChildren(QPushButton, "error-other") if one.isVisible()]
