"""Two hosts that a person called the same are told apart wherever they are named."""

from __future__ import annotations

import re

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLabel, QWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import DOMAIN, NODE, Bench, press, texts
from vmgui.model.domain import DomainState
from vmgui.model.errors import HostUnreachable
from vmgui.model.host import HostConfig, HostState
from vmgui.words.errors import explain

AMBIGUOUS = re.compile(r"shop(?! \()")


async def connect_twins(bench: Bench) -> tuple[str, str]:
    """Two of one name; the names that tell them apart."""
    for number in (1, 2):
        node = bench.directory / f"twin{number}.xml"
        domain = DOMAIN.format(name=f"vm-{number}", number=number)
        node.write_text(NODE.format(domains=domain), "utf-8")
        bench.services.hosts.add(HostConfig(f"h{number}", "shop", f"test://{node}"), save=False)
    hosts = bench.services.inventory.hosts
    await eventually(lambda: all(host.state is HostState.CONNECTED for host in hosts.values()))
    await eventually(lambda: len(bench.services.inventory.domains) == 2)
    bench.window.inventory.flush()
    return hosts["h1"].name, hosts["h2"].name


def written(root: QWidget) -> list[str]:
    """All that can be read."""
    found = [label.text() for label in root.findChildren(QLabel) if label.isVisible()]
    found += [button.text() for button in root.findChildren(QAbstractButton) if button.isVisible()]
    for box in root.findChildren(QComboBox):
        found += [box.itemText(row) for row in range(box.count())]
    for view in root.findChildren(QAbstractItemView):
        if view.isVisible() and view.model():
            found += cells(view.model(), QModelIndex())
    return found


def cells(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    found: list[str] = []
    for row in range(model.rowCount(parent)):
        # Of a list the number of columns is private.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            found.append(str(model.index(row, column, parent).data(Qt.ItemDataRole.DisplayRole) or ""))
        if not isinstance(model, QAbstractListModel):
            found += cells(model, model.index(row, 0, parent))
    return found


def assert_told_apart(bench: Bench, where: str) -> None:
    texts = [text for top in QApplication.topLevelWidgets() if top.isVisible() for text in written(top)]
    assert any("shop (" in text for text in texts), where
    assert [text for text in texts if AMBIGUOUS.search(text)] == [], where


async def test_everywhere_in_the_window(bench: Bench) -> None:
    first, second = await connect_twins(bench)
    assert first != second
    window = bench.window
    assert_told_apart(bench, "at the start")
    window.details.show_selection(type(window.inventory.selected)())
    for number in range(window.details.fleet_page.tabs.count()):
        window.details.fleet_page.tabs.setCurrentIndex(number)
        assert_told_apart(bench, f"tab {number} of all hosts")
    window.inventory.select_host("h1")
    await eventually(lambda: window.details.host_page.isVisible())
    for number in range(window.details.host_page.tabs.count()):
        window.details.host_page.tabs.setCurrentIndex(number)
        assert_told_apart(bench, f"tab {number} of a host")
    await bench.select("vm-2")
    assert_told_apart(bench, "a machine")


async def test_in_the_question_about_deleting(bench: Bench) -> None:
    await connect_twins(bench)
    for number in (1, 2):
        bench.services.lifecycle.force_off((bench.key(f"vm-{number}"),))
        await bench.state(f"vm-{number}", DomainState.OFF)
    await bench.select("vm-1")
    await eventually(lambda: bench.action("delete").isEnabled())
    bench.trigger("delete")
    await bench.dialog("delete-dialog")
    assert_told_apart(bench, "delete")


def test_an_error_names_the_host_as_it_is_told_apart() -> None:
    error = HostUnreachable("refused", host="shop")
    assert "shop (host-a)" in explain(error, host="shop (host-a)").what
    # One of another host says which.
    assert "store" in explain(HostUnreachable("refused", host="store"), host="shop (host-a)").what


async def test_machines_of_one_name_are_told_apart_by_their_hosts(bench: Bench) -> None:
    for number, host in ((1, "north"), (2, "south")):
        node = bench.directory / f"{host}.xml"
        domains = DOMAIN.format(name="web", number=number) + DOMAIN.format(
            name=f"db-{host}", number=number + 2
        )
        node.write_text(NODE.format(domains=domains), "utf-8")
        bench.services.hosts.add(HostConfig(host, host, f"test://{node}"), save=False)
    inventory = bench.services.inventory
    await eventually(lambda: len(inventory.domains) == 4)
    bench.window.inventory.flush()
    key = next(
        key for key, domain in inventory.domains.items() if domain.name == "web" and key.host_id == "south"
    )
    bench.window.inventory.select(key)
    await eventually(lambda: bench.action("force-off").isEnabled())
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web (south)?" in texts(dialog)
    press(dialog, "confirm-yes")
    await eventually(lambda: inventory.domains[key].state is DomainState.OFF)
    await eventually(lambda: "web (south)" in texts(bench.window.jobs.line))
    await eventually(lambda: bench.action("delete").isEnabled())
    bench.trigger("delete")
    deletion = await bench.dialog("delete-dialog")
    assert "Delete web (south)?" in texts(deletion)
    press(deletion, "delete-cancel")
    # Whose name nobody shares is called by it alone.
    bench.services.lifecycle.force_off(
        [other for other in inventory.domains if inventory.domains[other].name == "db-north"]
    )
    await eventually(lambda: "db-north" in texts(bench.window.jobs.line))
    assert "db-north (" not in texts(bench.window.jobs.line)
