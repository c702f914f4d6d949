"""Grouped and sorted by whatever: true to a model made anew after any changes, and quick with 10,000 machines."""

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTreeView

from tests.helpers.figures import figure
from tests.helpers.models import watch_model
from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.model.view import Grouping, Sort
from vmgui.services.inventory import Inventory
from vmgui.ui.inventory.groups import GroupKey, GroupRow, make_group
from vmgui.ui.inventory.model import InventoryModel
from vmgui.ui.inventory.rows import Role

pytestmark = pytest.mark.usefixtures("qapp")

Definitions = dict[DomainKey, Definition]
Tree = dict[str, list[str]]


def host(host_id: str = "h1", state: HostState = HostState.CONNECTED) -> Host:
    return Host(HostConfig(host_id, f"host-{host_id}", "test:///default"), state=state)


def domain(
    uuid: str, name: str = "", state: DomainState = DomainState.RUNNING, host_id: str = "h1", mib: int = 1
) -> Domain:
    return Domain(DomainKey(host_id, uuid), name or uuid, state, vcpus=2, memory_kib=mib << 10)


def shown(model: InventoryModel) -> Tree:
    tree: Tree = {}
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        tree[index.data()] = [model.index(child, 0, index).data() for child in range(model.rowCount(index))]
    return tree


def filled(definitions: Definitions, *domains: Domain, hosts: tuple[Host, ...] = ()) -> InventoryModel:
    model = InventoryModel(definition_of=lambda key: definitions.get(key, NO_DEFINITION))
    watch_model(model)
    model.apply(ChangeSet(hosts_added=hosts or (host(), host("h2")), added=domains))
    return model


def key(uuid: str, host_id: str = "h1") -> DomainKey:
    return DomainKey(host_id, uuid)


FLEET = (
    domain("1", "web-2", mib=512),
    domain("2", "web-10", DomainState.OFF, mib=2048),
    domain("3", "db", DomainState.BLOCKED, "h2", mib=1024),
    domain("4", "old", DomainState.PAUSED, "h2", mib=1024),
)
DEFINITION = {
    key("1"): Definition(tags=("web", "shop"), folder="A/b", os_id="http://debian.org/debian/12"),
    key("2"): Definition(tags=("Web",), os_id="http://debian.org/debian/9"),
    key("3", "h2"): Definition(tags=("db",), folder="a/B", note="Ask Ana", addresses=("10.0.0.3",)),
}


@pytest.mark.parametrize(
    ("grouping", "tree"),
    [
        (Grouping.HOST, {"host-h1": ["web-2", "web-10"], "host-h2": ["db", "old"]}),
        (Grouping.TAG, {"db": ["db"], "web": ["web-2", "web-10"], "Without a tag": ["old"]}),
        (Grouping.FOLDER, {"A/b": ["db", "web-2"], "Without a folder": ["old", "web-10"]}),
        (Grouping.STATE, {"Running": ["db", "web-2"], "Paused": ["old"], "Off": ["web-10"]}),
        (
            Grouping.OS,
            {"Debian 9": ["web-10"], "Debian 12": ["web-2"], "System not known": ["db", "old"]},
        ),
    ],
)
def test_groups_and_their_order(grouping: Grouping, tree: Tree) -> None:
    model = filled(DEFINITION, *FLEET)
    model.set_grouping(grouping)
    assert shown(model) == tree
    assert list(shown(model)) == list(tree)
    for one in FLEET:
        assert model.index_of(one.key).data(Role.KEY) == one.key
    assert [group.count for group in model.shown_groups] == [str(len(names)) for names in tree.values()]
    model.set_grouping(Grouping.HOST)
    assert shown(model) == {"host-h1": ["web-2", "web-10"], "host-h2": ["db", "old"]}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (Sort.NAME, ["db", "old", "web-2", "web-10"]),
        (Sort.STATE, ["db", "web-2", "old", "web-10"]),
        (Sort.MEMORY, ["web-10", "db", "old", "web-2"]),
    ],
)
def test_order_within_a_group(sort: Sort, names: list[str]) -> None:
    definitions = {one.key: Definition(tags=("all",)) for one in FLEET}
    model = filled(definitions, *FLEET)
    model.set_grouping(Grouping.TAG)
    kept = QPersistentModelIndex(model.index_of(key("2")))
    model.set_sort(sort)
    assert shown(model) == {"all": names}
    assert kept.data() == "web-10"
    model.apply(ChangeSet(changed=(replace(FLEET[1], state=DomainState.RUNNING, memory_kib=1),)))
    model.set_sort(Sort.NAME)
    model.set_sort(sort)
    assert model.index_of(key("2")).isValid()


def test_news_of_tags_move_the_machine() -> None:
    definitions = dict(DEFINITION)
    model = filled(definitions, *FLEET)
    model.set_grouping(Grouping.TAG)
    definitions[key("4", "h2")] = Definition(tags=("db",))
    definitions[key("1")] = Definition(tags=("shop",))
    model.definition_changed([key("4", "h2"), key("1"), key("unknown")])
    assert shown(model) == {"db": ["db", "old"], "shop": ["web-2"], "web": ["web-10"]}
    assert not model.index_of_group(GroupKey(Grouping.TAG, "")).isValid()


def test_the_filter_finds_what_the_xml_says() -> None:
    definitions: Definitions = {}
    model = filled(definitions, *FLEET)
    model.set_filter("tag:web")
    assert shown(model) == {}
    definitions.update(DEFINITION)
    model.definition_changed(DEFINITION)
    assert shown(model) == {"host-h1": ["web-2", "web-10"]}
    for text, names in (
        ("ana", ["db"]),
        ("ip:10.*", ["db"]),
        ("folder:a/b", ["web-2", "db"]),
        ("os:debian -state:off", ["web-2"]),
        ("-tag:*", ["old"]),
        ("host:*h2 state:running|paused", ["db", "old"]),
    ):
        model.set_filter(text)
        assert [name for tree in shown(model).values() for name in tree] == names


def test_counts_say_how_many_a_filter_leaves() -> None:
    model = filled(DEFINITION, *FLEET)
    model.set_filter("web-10")
    assert [group.count for group in model.shown_groups] == ["1 of 2"]
    assert (model.shown_domains, model.all_domains) == (1, 4)
    model.set_filter("")
    assert [group.count for group in model.shown_groups] == ["2", "2"]


def test_screen_reader_and_tool_tip_tell_tags_and_groups() -> None:
    model = filled(DEFINITION, *FLEET)
    model.set_grouping(Grouping.TAG)
    row = model.index_of(key("1"))
    assert "Tags: web, shop" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    tip = row.data(Qt.ItemDataRole.ToolTipRole)
    for words in ("Debian 12", "Tags: web, shop", "Folder: A/b"):
        assert words in tip
    assert row.parent().data(Qt.ItemDataRole.AccessibleTextRole).startswith("web, 2 virtual machine")


def test_a_name_that_looks_like_markup_is_shown_as_it_is() -> None:
    model = filled({}, domain("1", "<img src=x>"))
    assert "&lt;img" in model.index_of(key("1")).data(Qt.ItemDataRole.ToolTipRole)


def test_twins_on_two_hosts_are_two_rows_under_one_tag() -> None:
    definitions = {key("1"): Definition(tags=("t",)), key("1", "h2"): Definition(tags=("t",))}
    model = filled(definitions, domain("1", "twin"), domain("1", "twin", host_id="h2"))
    model.set_grouping(Grouping.TAG)
    assert {model.index_of(one).row() for one in definitions} == {0, 1}


def test_a_filter_that_cuts_many_groups_to_pieces_costs_few_steps() -> None:
    states = (DomainState.RUNNING, DomainState.OFF)
    hosts = tuple(host(f"h{number}") for number in range(30))
    machines = tuple(domain(str(n), state=states[n % 2], host_id=one.id) for one in hosts for n in range(10))
    model = filled({}, *machines, hosts=hosts)
    steps: list[int] = []
    model.rowsInserted.connect(lambda *_: steps.append(1))
    model.rowsRemoved.connect(lambda *_: steps.append(1))
    model.set_filter("state:off")
    assert set(map(tuple, shown(model).values())) == {("1", "3", "5", "7", "9")}
    model.set_filter("")
    assert all(len(names) == 10 for names in shown(model).values())
    assert len(steps) <= 4 * len(hosts)


UUIDS = [str(number) for number in range(10)]
HOSTS = st.sampled_from(["h1", "h2"])
DOMAINS = st.builds(
    domain,
    uuid=st.sampled_from(UUIDS),
    name=st.sampled_from(["web", "Web", "db-1", "db-10", "x"]),
    state=st.sampled_from([DomainState.RUNNING, DomainState.BLOCKED, DomainState.OFF, DomainState.PAUSED]),
    host_id=HOSTS,
    mib=st.sampled_from([1, 2, 3]),
)
SOME_DEFINITION = st.builds(
    Definition,
    tags=st.sampled_from([(), ("a",), ("A", "b"), ("b", "a")]),
    folder=st.sampled_from(["", "f", "F/g"]),
    os_id=st.sampled_from(["", "http://debian.org/debian/12"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("domains"), HOSTS, st.lists(DOMAINS, max_size=8)),
        st.tuples(st.just("host"), HOSTS, st.sampled_from(list(HostState))),
        st.tuples(st.just("remove"), HOSTS, st.none()),
        st.tuples(st.just("filter"), st.sampled_from(["", "w", "we", "tag:a", "-tag:b db", "state:off"]), st.none()),
        st.tuples(st.just("grouping"), st.just(""), st.sampled_from(list(Grouping))),
        st.tuples(st.just("sort"), st.just(""), st.sampled_from(list(Sort))),
        st.tuples(
            st.just("traits"), st.just(""), st.dictionaries(st.builds(key, st.sampled_from(UUIDS), HOSTS), SOME_DEFINITION)
        ),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150)
@given(STEPS)
def test_any_sequence_of_steps_shows_what_a_fresh_model_shows(steps: list[tuple[str, str, object]]) -> None:
    inventory = Inventory()
    definitions: Definitions = {}
    model = InventoryModel(definition_of=lambda key: definitions.get(key, NO_DEFINITION))
    tester = watch_model(model)
    inventory.changes.subscribe(model.apply)
    text = ""
    for kind, what, value in steps:
        if kind == "domains":
            assert isinstance(value, list)
            inventory.set_domains(what, [found for found in value if found.key.host_id == what])
        elif kind == "host":
            assert isinstance(value, HostState)
            before = inventory.hosts.get(what)
            inventory.set_host(replace(before, state=value) if before else host(what, value))
        elif kind == "remove":
            inventory.remove_host(what)
        elif kind == "filter":
            text = what
            model.set_filter(text)
        elif kind == "traits":
            assert isinstance(value, dict)
            definitions.update(value)
            model.definition_changed(value)
        elif kind == "sort":
            assert isinstance(value, Sort)
            model.set_sort(value)
        else:
            assert isinstance(value, Grouping)
            model.set_grouping(value)
    fresh = InventoryModel(definition_of=lambda key: definitions.get(key, NO_DEFINITION))
    fresh.set_grouping(model.grouping)
    fresh.set_sort(model.sort_by)
    fresh.apply(
        ChangeSet(hosts_added=tuple(inventory.hosts.values()), added=tuple(inventory.domains.values()))
    )
    fresh.set_filter(text)
    assert lowered(model) == lowered(fresh)
    assert model.all_domains == len(inventory.domains)
    for one in inventory.domains:
        index = model.index_of(one)
        if index.isValid():
            assert index.data(Role.KEY) == one
            assert isinstance(index.parent().data(Role.ROW), GroupRow)
    assert [group.at for group in model.shown_groups] == list(range(model.rowCount()))
    assert [group.count for group in model.shown_groups] == [
        group.count for group in sorted(fresh.shown_groups, key=lambda group: order_in(model, group))
    ]
    assert tester is not None


def order_in(model: InventoryModel, group: GroupRow) -> int:
    return model.index_of_group(group.key).row()


def lowered(model: InventoryModel) -> Tree:
    """A tag is spelt as it was first seen: that may be another machine's way."""
    return {name.casefold(): names for name, names in shown(model).items()}


def expand_groups(view: QTreeView) -> None:
    for row in range(view.model().rowCount()):
        view.expand(view.model().index(row, 0))


def many(count: int) -> tuple[tuple[Domain, ...], Definition]:
    shuffle = random.Random(1)
    states = (DomainState.RUNNING, DomainState.OFF)
    domains = tuple(domain(f"u{n}", f"vm-{shuffle.randrange(10**6)}", states[n % 2]) for n in range(count))
    definitions = {
        one.key: Definition(tags=(f"tag-{n % 50}",), os_id="http://debian.org/debian/12", note="who knows")
        for n, one in enumerate(domains)
    }
    return domains, definitions


@pytest.mark.parametrize("grouping", list(Grouping))
def test_ten_thousand_machines_in_every_grouping(grouping: Grouping) -> None:
    """Processor time, the longest is a figure. Only what grows with the square is forty times what was measured."""
    domains, definitions = many(10_000)
    known: Definition = {}
    model = InventoryModel(definition_of=lambda one: known.get(one, NO_DEFINITION))
    view = QTreeView()
    view.setUniformRowHeights(True)
    view.setModel(model)
    figures: dict[str, float] = {}

    def measure(name: str, act: Callable[[], object]) -> None:
        start_s = time.thread_time()
        act()
        figures[name] = (time.thread_time() - start_s) * 1000

    model.set_grouping(grouping)
    model.apply(ChangeSet(hosts_added=(host(),)))
    measure("load", lambda: model.apply(ChangeSet(added=domains)))
    expand_groups(view)
    known.update(definitions)
    measure("traits_all", lambda: model.definition_changed(definitions))
    expand_groups(view)
    off = tuple(replace(one, state=DomainState.OFF) for one in domains[:500])
    measure("change_500", lambda: model.apply(ChangeSet(changed=off)))
    for text in ("v", "vm", "vm-", "vm-1", "vm-12", "tag:tag-1", "tag:tag-11", "-os:debian", ""):
        measure(f"filter {text}", lambda text=text: model.set_filter(text))
        expand_groups(view)
    measure("sort", lambda: model.set_sort(Sort.MEMORY))
    measure(
        "regroup", lambda: model.set_grouping(Grouping.TAG if grouping is Grouping.HOST else Grouping.HOST)
    )
    view.setModel(None)
    view.deleteLater()
    figure("ten thousand machines in groups, the slowest step", max(figures.values()), "ms")
    assert max(figures.values()) < 10_000


def test_folders_stand_right_below_the_one_they_are_in() -> None:
    spelt = ["shop-2", "shop/web/front", "shop", "", "shop/web", "archive", "shop/db"]
    made = [make_group(1, GroupKey(Grouping.FOLDER, name.casefold()), name) for name in spelt]
    made.sort(key=lambda group: group.rank)
    assert [group.key.value for group in made] == [
        "archive", "shop", "shop/db", "shop/web", "shop/web/front", "shop-2", "",
    ]  # fmt: skip


def test_a_title_is_read_first_and_ordered_by() -> None:
    definitions: Definitions = {}
    model = filled(definitions, domain("1", "a-01"), domain("2", "b-02"))
    assert shown(model)["host-h1"] == ["a-01", "b-02"]
    definitions[key("1")] = Definition(title="Web  shop")
    model.definition_changed([key("1")])
    assert shown(model)["host-h1"] == ["b-02", "Web shop (a-01)"]
    definitions[key("1")] = Definition(title="A-01")
    model.definition_changed([key("1")])
    assert shown(model)["host-h1"] == ["a-01", "b-02"]
