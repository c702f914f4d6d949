"""The table's model: correct by Qt's own checker under any sequence of changes, and quick with 10,000 machines."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from tests.helpers.figures import figure
from tests.helpers.models import watch_model
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainState
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.policy.natural_order import natural_key
from vmgui.services.inventory import Inventory
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table_model import ROW
from vmgui.ui.machines.columns import machine_columns
from vmgui.ui.machines.model import MachinesModel
from vmgui.ui.machines.rows import MachineRow
from vmgui.words.say import say

pytestmark = pytest.mark.usefixtures("qapp")


class Rates:
    """Stands in for the metrics: what machines use."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}

    def latest(self, key: DomainKey) -> DomainRates | None:
        if key.uuid not in self.cpu:
            return None
        return DomainRates(0.0, cpu_percent=self.cpu[key.uuid], memory_used_kib=1 << 19)


def host(host_id: str = "h1", name: str = "host-a", state: HostState = HostState.CONNECTED) -> Host:
    return Host(HostConfig(host_id, name, "test:///default"), state=state)


def domain(
    uuid: str, name: str = "", state: DomainState = DomainState.RUNNING, host_id: str = "h1"
) -> Domain:
    return Domain(DomainKey(host_id, uuid), name or uuid, state, vcpus=2, memory_kib=1 << 20)


def columns(rates: Rates | None = None, inventory: Inventory | None = None) -> tuple[Column[MachineRow], ...]:
    performance: Any = rates or Rates()
    return machine_columns(performance, UptimeWatch(inventory or Inventory()))


HOSTS = {"h1": host(), "h2": host("h2", "host-b")}


def filled(*domains: Domain, rates: Rates | None = None) -> MachinesModel:
    model = MachinesModel(columns(rates))
    watch_model(model)
    model.sync(domains, HOSTS)
    return model


def key_at(model: MachinesModel, row: int) -> DomainKey:
    key: DomainKey = model.index(row, 0).data(ROW).key
    return key


def names(model: MachinesModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def cell(model: MachinesModel, row: int, column: str) -> Any:
    return model.index(row, model.number(column)).data()


def test_a_row_tells_what_is_known() -> None:
    rates = Rates()
    rates.cpu["1"] = 42.0
    model = filled(
        replace(domain("1", "web"), autostart=True), domain("2", "x", DomainState.OFF), rates=rates
    )
    assert cell(model, 0, "state") == "Running"
    assert cell(model, 0, "host") == "host-a"
    assert cell(model, 0, "cpu") == "42 %"
    assert cell(model, 0, "memory-used") == "512 MiB · 50 %"
    assert cell(model, 0, "memory") == "1 GiB"
    assert cell(model, 0, "vcpus") == "2"
    assert cell(model, 0, "autostart") == "yes"
    assert cell(model, 1, "cpu") == ""
    assert cell(model, 1, "autostart") == ""
    text = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "web, Running, host-a"


def test_names_sort_as_people_count() -> None:
    model = filled(domain("1", "web-10"), domain("2", "Web-9"), domain("3", "db"))
    assert names(model) == ["db", "Web-9", "web-10"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["web-10", "Web-9", "db"]
    assert natural_key("²x") < natural_key("²y")


def test_what_is_not_known_stands_last_both_ways() -> None:
    rates = Rates()
    rates.cpu.update({"1": 5.0, "2": 80.0})
    model = filled(domain("1", "a"), domain("2", "b"), domain("3", "c", DomainState.OFF), rates=rates)
    model.sort(model.number("cpu"), Qt.SortOrder.DescendingOrder)
    assert names(model) == ["b", "a", "c"]
    model.sort(model.number("cpu"))
    assert names(model) == ["a", "b", "c"]
    rates.cpu["1"] = 99.0
    model.resort_live()
    assert names(model) == ["b", "a", "c"]


def test_machines_that_need_somebody_sort_first() -> None:
    model = filled(domain("1", "a", DomainState.OFF), domain("2", "b"), domain("3", "c", DomainState.CRASHED))
    model.sort(model.number("state"))
    assert names(model) == ["c", "b", "a"]
    model.apply(ChangeSet(changed=(domain("1", "a", DomainState.CRASHED),)), HOSTS)
    assert names(model) == ["a", "c", "b"]


def test_live_texts_change_only_where_they_are_shown() -> None:
    rates = Rates()
    model = filled(*(domain(str(n)) for n in range(10)), rates=rates)
    assert [cell(model, row, "cpu") for row in range(10)] == [""] * 10
    rates.cpu.update({str(n): float(n) for n in range(10)})
    seen: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, _last, _roles: seen.append((first.row(), first.column())))
    model.refresh_live(2, 3)
    assert {row for row, _ in seen} == {2, 3}
    assert cell(model, 2, "cpu") == "2 %"
    assert cell(model, 9, "cpu") == ""
    seen.clear()
    model.refresh_live(2, 3)
    assert seen == []


def test_what_a_column_looks_up_may_change() -> None:
    notes = {"1": "a note"}
    note: Column[MachineRow] = Column(
        "note",
        say("Test", "Note"),
        lambda row: notes.get(row.key.uuid, ""),
        lambda row: notes.get(row.key.uuid),
    )
    model = MachinesModel((*columns(), note))
    watch_model(model)
    model.sync([domain("1", "a"), domain("2", "b")], HOSTS)
    model.sort(model.number("note"))
    assert [cell(model, row, "note") for row in range(2)] == ["a note", ""]
    notes.update({"1": "z", "2": "b"})
    model.refresh([DomainKey("h1", "1"), DomainKey("h1", "2")])
    assert [cell(model, row, "note") for row in range(2)] == ["b", "z"]
    notes.clear()
    model.refresh()
    assert [cell(model, row, "note") for row in range(2)] == ["", ""]


def test_a_host_that_is_lost_greys_its_machines() -> None:
    rates = Rates()
    rates.cpu["1"] = 5.0
    model = filled(domain("1", "a"), domain("2", "b", host_id="h2"), rates=rates)
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    lost = host(state=HostState.UNREACHABLE)
    model.apply(ChangeSet(hosts_changed=(lost,)), {**HOSTS, "h1": lost})
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert "Unreachable" in cell(model, 0, "host")
    assert cell(model, 0, "cpu") == ""


def test_selection_goes_with_its_machines() -> None:
    model = filled(*(domain(str(n), f"vm-{n}") for n in range(300)))
    view = QTableView()
    view.setModel(model)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    wanted = [DomainKey("h1", str(n)) for n in range(0, 300, 2)]
    for key in wanted:
        view.selectionModel().select(
            model.index(model.row_of(key), 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.apply(
        ChangeSet(
            added=tuple(domain(f"n{n}", f"vm-{n}x") for n in range(100)),
            removed=tuple(DomainKey("h1", str(n)) for n in range(1, 300, 2)),
        ),
        HOSTS,
    )
    selected = {key_at(model, index.row()) for index in view.selectionModel().selectedRows()}
    assert selected == set(wanted)
    view.setModel(None)
    view.deleteLater()


def test_rows_that_come_and_go_by_the_hundred() -> None:
    model = filled(*(domain(str(n), f"vm-{n}") for n in range(400)))
    kept = QPersistentModelIndex(model.index(model.row_of(DomainKey("h1", "200")), 0))
    model.sync([domain(str(n), f"vm-{n}") for n in range(0, 800, 4)], HOSTS)
    assert names(model) == [f"vm-{n}" for n in range(0, 800, 4)]
    assert kept.data(ROW).key == DomainKey("h1", "200")


STATES = st.sampled_from([DomainState.RUNNING, DomainState.OFF, DomainState.CRASHED])
DOMAINS = st.builds(
    domain,
    uuid=st.sampled_from([str(number) for number in range(12)]),
    name=st.sampled_from(["web", "Web", "db-1", "db-2", "db-10", "x"]),
    state=STATES,
    host_id=st.sampled_from(["h1", "h2"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("domains"), st.sampled_from(["h1", "h2"]), st.lists(DOMAINS, max_size=10)),
        st.tuples(st.just("host"), st.sampled_from(["h1", "h2"]), st.sampled_from(list(HostState))),
        st.tuples(st.just("remove"), st.sampled_from(["h1", "h2"]), st.none()),
        st.tuples(st.just("sort"), st.integers(0, 8), st.booleans()),
        st.tuples(st.just("rates"), st.sampled_from([str(n) for n in range(12)]), st.floats(0, 100)),
    ),
    max_size=14,
)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_any_sequence_of_changes_shows_what_a_fresh_model_shows(steps: list[tuple[Any, Any, Any]]) -> None:
    inventory = Inventory()
    rates = Rates()
    model = MachinesModel(columns(rates))
    watch_model(model)
    inventory.changes.subscribe(lambda change: model.apply(change, inventory.hosts))
    order = (0, Qt.SortOrder.AscendingOrder)
    kept: dict[DomainKey, QPersistentModelIndex] = {}
    for kind, what, value in steps:
        if kind == "domains":
            inventory.set_domains(what, [found for found in value if found.key.host_id == what])
        elif kind == "host":
            before = inventory.hosts.get(what)
            name = "host-a" if what == "h1" else "host-b"
            inventory.set_host(replace(before, state=value) if before else host(what, name, value))
        elif kind == "remove":
            inventory.remove_host(what)
        elif kind == "rates":
            rates.cpu[what] = value
            model.resort_live()
        else:
            order = (what, Qt.SortOrder.DescendingOrder if value else Qt.SortOrder.AscendingOrder)
            model.sort(*order)
        for key, index in kept.items():
            if model.row_of(key) >= 0:
                assert index.data(ROW).key == key
        kept = {key: QPersistentModelIndex(model.index(model.row_of(key), 0)) for key in inventory.domains}
    fresh = MachinesModel(model.columns)
    fresh.sync(inventory.domains.values(), inventory.hosts)
    fresh.sort(*order)
    model.resort_live()
    rows = range(model.rowCount())
    assert [key_at(model, row) for row in rows] == [key_at(fresh, row) for row in rows]
    assert model.rowCount() == fresh.rowCount() == len(inventory.domains)
    for column in range(model.columnCount()):
        if not model.columns[column].is_live:
            assert [model.index(row, column).data() for row in rows] == [
                fresh.index(row, column).data() for row in rows
            ]


def test_ten_thousand_machines_cost_little() -> None:
    """Processor time, the longest is a figure. Only what grows with the square is forty times what was measured."""
    shuffle = random.Random(1)
    states = (DomainState.RUNNING, DomainState.OFF)
    domains = [domain(f"u{n}", f"vm-{shuffle.randrange(10**6)}", states[n % 2]) for n in range(10_000)]
    rates = Rates()
    rates.cpu.update({one.key.uuid: shuffle.random() * 100 for one in domains})
    model = MachinesModel(columns(rates))
    view = QTableView()
    view.setModel(model)
    view.resize(900, 600)
    figures: dict[str, float] = {}

    def measured(name: str, step: Callable[[], object]) -> None:
        start_s = time.thread_time()
        step()
        figures[name] = round((time.thread_time() - start_s) * 1000, 1)

    measured("load_ms", lambda: model.sync(domains, HOSTS))
    measured("show_ms", view.grab)
    measured("sort_name_ms", lambda: model.sort(0, Qt.SortOrder.DescendingOrder))
    measured("sort_state_ms", lambda: model.sort(model.number("state")))
    measured("sort_cpu_ms", lambda: model.sort(model.number("cpu")))
    measured("resort_cpu_ms", model.resort_live)
    measured("sync_same_ms", lambda: model.sync(domains, HOSTS))
    model.sort(0)
    changed = tuple(replace(one, state=DomainState.PAUSED) for one in domains[:500])
    measured("change_500_ms", lambda: model.apply(ChangeSet(changed=changed), HOSTS))
    model.sort(model.number("state"))
    changed = tuple(replace(one, state=DomainState.CRASHED) for one in domains[:500])
    measured("change_500_sorted_ms", lambda: model.apply(ChangeSet(changed=changed), HOSTS))
    gone = tuple(one.key for one in domains[:500])
    measured("remove_500_ms", lambda: model.apply(ChangeSet(removed=gone), HOSTS))
    view.selectAll()
    measured("sort_all_selected_ms", lambda: model.sort(0))
    view.setModel(None)
    view.deleteLater()
    figure("ten thousand machines in a table, the slowest step", max(figures.values()), "ms")
    assert figures["load_ms"] < 8000
    assert max(value for name, value in figures.items() if name != "load_ms") < 4000


def test_invalid_indexes_are_harmless() -> None:
    model = filled(domain("1"))
    assert model.data(QModelIndex()) is None
    assert model.row_of(DomainKey("h1", "none")) == -1
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    model.refresh([DomainKey("h1", "none"), DomainKey("h1", "1")])
    model.sort(99)
    model.retranslate()
