"""Finding, grouping and acting on many, as a person does it in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.domain import DomainState
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import JobState
from vmgui.model.tags import TagsChange
from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.store.views import ViewStore
from vmgui.ui.inventory import pane as pane_module
from vmgui.ui.inventory.groups import GroupKey
from vmgui.ui.inventory.selecting import Selection
from vmgui.ui.main_window import Hooks


async def two_hosts(bench: Bench) -> None:
    await bench.connect(("web-01", "web-02", "db-01"), "h1")
    await bench.connect(("web-03", "mail"), "h2")


async def tag(bench: Bench, **tags: str) -> None:
    """`web_01="shop"`."""
    keys = {bench.key(name.replace("_", "-")): TagsChange(add=(tag,)) for name, tag in tags.items()}
    bench.services.tags.change_tags(keys)
    await eventually(lambda: all(bench.services.definitions.get(key).tags for key in keys))
    bench.window.inventory.flush()


def tree_of(bench: Bench) -> dict[str, list[str]]:
    return {
        group.name: [row.name for row in group.shown] for group in bench.window.inventory.model.shown_groups
    }


async def test_select_all_shown_acts_on_the_filters_result(bench: Bench) -> None:
    await two_hosts(bench)
    bench.services.lifecycle.force_off((bench.key("web-02"),))
    await bench.state("web-02", DomainState.OFF)
    inventory = bench.window.inventory
    QTest.keyClicks(inventory.filter, "web")
    assert "3 of 5" in texts(inventory)
    inventory.tree.setFocus()
    QTest.keyClick(inventory.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {bench.services.inventory.domains[key].name for key in inventory.selected.domains} == {
        "web-01",
        "web-02",
        "web-03",
    }
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web-01 and web-03?" in texts(dialog)
    assert "off already and will be skipped." in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-01", DomainState.OFF)
    await bench.state("web-03", DomainState.OFF)
    assert bench.domain("mail").state is DomainState.RUNNING
    assert bench.domain("db-01").state is DomainState.RUNNING


async def test_a_key_acts_on_what_is_selected_now_though_many_are_told_of_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane_module, "MANY", 1)
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.select(bench.key("mail"))
    inventory.tree.setFocus()
    QTest.keyClick(inventory.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert bench.window.details.domain_page.isVisible(), "nobody has told of it yet"
    QTest.keyClick(inventory.tree, Qt.Key.Key_Delete)
    dialog = await bench.dialog("delete-dialog")
    assert "5 virtual machine" in texts(dialog)
    dialog.reject()


async def test_in_the_filter_the_same_keys_select_the_text(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.filter.setText("web")
    inventory.focus_filter()
    inventory.filter.deselect()
    QTest.keyClick(inventory.filter, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert inventory.filter.selectedText() == "web"
    assert inventory.selected.domains == ()


async def test_a_group_stands_for_its_machines(bench: Bench) -> None:
    await bench.connect(tuple(f"vm-{number}" for number in range(6)), "h1")
    await bench.connect(("other",), "h2")
    await tag(bench, **{f"vm-{number}": "shop" for number in range(6)}, other="shop")
    inventory = bench.window.inventory
    bench.trigger("group-tag")
    assert list(tree_of(bench)) == ["shop"]
    inventory.tree.setCurrentIndex(inventory.model.index_of_group(GroupKey(Grouping.TAG, "shop")))
    assert len(inventory.selected.domains) == 7
    assert "7 virtual machine" in texts(bench.window.details)
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off 7 virtual machine" in texts(dialog)
    assert "on 2 hosts?" in texts(dialog)
    press(dialog, "confirm-cancel")
    # Who joins the group is selected with it; under a filter it is those that are shown.
    await bench.connect(("late",), "h3")
    await tag(bench, late="shop")
    assert len(inventory.selected.domains) == 8
    inventory.filter.setText("vm-")
    assert len(inventory.selected.domains) == 6


async def test_the_machines_of_a_host_are_selected_by_a_command(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.select_host("h2")
    assert inventory.selected.domains == ()
    bench.trigger("select-of-hosts")
    assert {key.host_id for key in inventory.selected.domains} == {"h2"}
    assert len(inventory.selected.domains) == 2


async def test_selection_and_folding_survive_regrouping_and_filters(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.tree.collapse(inventory.model.index_of_host("h2"))
    await bench.select("web-02")
    for grouping in (*Grouping, Grouping.HOST):
        inventory.set_grouping(grouping)
        assert inventory.selected.domains == (bench.key("web-02"),)
        index = inventory.model.index_of(bench.key("web-02"))
        assert inventory.tree.selectionModel().isSelected(index)
        assert inventory.tree.isExpanded(index.parent())
    assert not inventory.tree.isExpanded(inventory.model.index_of_host("h2"))
    inventory.filter.setText("web")
    assert inventory.tree.isExpanded(inventory.model.index_of_host("h2")), "hits are seen"
    inventory.filter.clear()
    assert not inventory.tree.isExpanded(inventory.model.index_of_host("h2"))
    assert inventory.tree.isExpanded(inventory.model.index_of_host("h1"))
    assert inventory.selected.domains == (bench.key("web-02"),)


async def test_what_is_typed_on_the_way_to_a_filter_deselects_nothing(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.select_all_shown()
    # The first letters let through one alone, only the whole filter says what is meant.
    for text in ("m", "mail", "mail|web", ""):
        inventory.filter.setText(text)
    assert len(inventory.selected.domains) == 5
    inventory.filter.setText("mail|web")
    assert len(inventory.selected.domains) == 4
    # What a person chooses among what is shown is all that is meant from then on.
    await bench.select("web-03")
    inventory.filter.clear()
    assert inventory.selected.domains == (bench.key("web-03"),)


async def test_a_host_stays_on_the_page_while_grouped_otherwise(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.select_host("h2")
    inventory.set_grouping(Grouping.STATE)
    assert inventory.selected.hosts == ("h2",)
    inventory.select_host("h1")
    assert inventory.model.grouping is Grouping.HOST
    assert inventory.selected.hosts == ("h1",)


async def test_machines_that_leave_a_state_stay_selected_where_they_go(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.set_grouping(Grouping.STATE)
    inventory.tree.setCurrentIndex(inventory.model.index(0, 0))
    assert len(inventory.selected.domains) == 5
    bench.services.lifecycle.pause(inventory.selected.domains)
    await eventually(lambda: (inventory.flush(), list(tree_of(bench)))[1] == ["Paused"])
    assert len(inventory.selected.domains) == 5


async def test_machines_that_leave_a_state_one_by_one_are_all_selected_in_the_end(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.set_grouping(Grouping.STATE)
    inventory.tree.setCurrentIndex(inventory.model.index(0, 0))
    meant = inventory.selected.domains
    for number, key in enumerate(meant, 1):
        bench.services.lifecycle.pause((key,))
        await bench.state(bench.services.inventory.domains[key].name, DomainState.PAUSED)
        # A group stands for those that are in it, while there are any.
        assert set(inventory.selected.domains) == set(meant[number:] or meant)
    # Chosen anew, it does not stand for who was in it before.
    inventory.tree.setCurrentIndex(inventory.model.index(0, 0))
    bench.services.lifecycle.resume((meant[0],))
    await bench.state(bench.services.inventory.domains[meant[0]].name, DomainState.RUNNING)
    await bench.select(bench.services.inventory.domains[meant[0]].name)
    inventory.tree.setCurrentIndex(inventory.model.index(1, 0))
    bench.services.lifecycle.resume(meant[1:])
    await eventually(lambda: (inventory.flush(), list(tree_of(bench)))[1] == ["Running"])
    assert set(inventory.selected.domains) == set(meant[1:])


async def test_the_line_below_the_filter_says_what_was_not_understood(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    line = inventory.findChild(QLabel, "inventory-filter-line")
    assert line is not None
    for text, words in (
        ("colour:red", "“colour:” is none of"),
        ("state:flying", "No state is called “flying”"),
        ("tag:", "after “tag:”"),
        ('"half', "quotation mark"),
        ("state:running host:*2", "2 of 5"),
    ):
        inventory.filter.setText(text)
        assert words in line.text()
        assert not line.isHidden()
        assert inventory.filter.accessibleDescription() == line.text()
    inventory.filter.clear()
    assert line.isHidden()


async def test_tags_of_one_machine(bench: Bench) -> None:
    await two_hosts(bench)
    await bench.select("web-01")
    bench.trigger("set-tags")
    dialog = await bench.dialog("tags-dialog")
    assert "Tags and folder of web-01" in texts(dialog)
    field, folder = dialog.findChild(QLineEdit, "tags-new"), dialog.findChild(QComboBox, "tags-folder")
    assert field is not None
    assert folder is not None
    QTest.keyClicks(field, "shop")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible(), "the first Enter adds the tag"
    QTest.keyClicks(field, "front end")
    folder.setEditText("Customers / Shop")
    press(dialog, "tags-yes")
    await eventually(lambda: bench.services.definitions.get(bench.key("web-01")).folder == "Customers/Shop")
    assert bench.services.definitions.get(bench.key("web-01")).tags == ("shop", "front end")
    assert await bench.jobs_end() == [JobState.DONE]
    bench.window.inventory.flush()
    row = bench.window.inventory.model.row_of(bench.key("web-01"))
    assert row is not None
    assert row.definition.tags == ("shop", "front end")


async def test_the_window_hears_of_a_large_selection_in_a_turn_of_its_own(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    monkeypatch.setattr(pane_module, "MANY", 2)
    told: list[Selection] = []
    inventory.selection_changed.connect(told.append)
    inventory.select_all_shown()
    assert len(inventory.selected.domains) == 5
    assert not told
    await eventually(lambda: told)
    assert told == [inventory.selected]
    # Told later than a smaller one that came after it, it would be the wrong one.
    inventory.set_sort(Sort.MEMORY)
    await bench.select("mail")
    inventory.flush()
    assert told[-1] == inventory.selected
    assert len(told[-1].domains) == 1


async def test_sorting_keeps_what_is_selected_in_one_piece(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.select_all_shown()
    everything = set(inventory.selected.domains)
    for sort in (Sort.MEMORY, Sort.STATE, Sort.NAME):
        inventory.set_sort(sort)
        assert set(inventory.selected.domains) == everything
    await bench.select("web-02")
    inventory.set_sort(Sort.STATE)
    assert inventory.selected.domains == (bench.key("web-02"),)
    assert inventory.tree.currentIndex() == inventory.model.index_of(bench.key("web-02"))


async def test_tags_of_many_machines_change_only_what_was_touched(bench: Bench) -> None:
    await two_hosts(bench)
    await tag(bench, web_01="shop", web_02="shop", db_01="db", web_03="old", mail="old")
    bench.services.tags.change_tags({bench.key("db-01"): TagsChange(folder="Data")})
    await eventually(lambda: bench.services.definitions.get(bench.key("db-01")).folder)
    bench.window.inventory.select_all_shown()
    bench.trigger("set-tags")
    dialog = await bench.dialog("tags-dialog")
    tags = dialog.findChild(QListWidget, "tags-list")
    assert tags is not None
    items = {
        str(tags.item(row).data(Qt.ItemDataRole.UserRole)): tags.item(row) for row in range(tags.count())
    }
    assert {item.checkState() for item in items.values()} == {Qt.CheckState.PartiallyChecked}
    assert "2 of 5" in items["shop"].text()
    items["old"].setCheckState(Qt.CheckState.Unchecked)
    items["db"].setCheckState(Qt.CheckState.Checked)
    press(dialog, "tags-yes")
    in_use = bench.services.tags
    await eventually(lambda: in_use.tags() == {"shop": 2, "db": 5})
    assert bench.services.definitions.get(bench.key("db-01")).folder == "Data"
    assert in_use.folders() == {"Data": 1}


async def test_tags_of_a_read_only_host_cannot_be_changed(bench: Bench) -> None:
    node = bench.directory / "ro.xml"
    node.write_text(
        "<node><domain type='test'><name>a</name><memory>65536</memory><os><type>hvm</type></os></domain></node>"
    )
    bench.services.hosts.add(HostConfig("ro", "ro", f"test://{node}", read_only=True), save=False)
    await eventually(lambda: bench.services.inventory.hosts["ro"].state is HostState.CONNECTED)
    await bench.select("a")
    assert not bench.action("set-tags").isEnabled()
    assert "read-only" in bench.action("set-tags").toolTip()


async def test_a_new_tag_is_a_new_group(bench: Bench) -> None:
    await bench.connect()
    bench.window.inventory.set_grouping(Grouping.TAG)
    await tag(bench, web_01="theirs")
    assert tree_of(bench) == {"theirs": ["web-01"], "Without a tag": ["db-01", "web-02"]}


async def test_views_are_saved_chosen_and_deleted(bench: Bench) -> None:
    await two_hosts(bench)
    inventory = bench.window.inventory
    inventory.filter.setText("state:running web")
    bench.trigger("group-state")
    bench.trigger("sort-memory")
    bench.trigger("save-view")
    dialog = await bench.dialog("save-view-dialog")
    assert "state:running web" in texts(dialog)
    name = dialog.findChild(QLineEdit, "save-view-name")
    assert name is not None
    name.setText("Web & shop")
    press(dialog, "save-view-yes")
    menu = inventory.view_actions.menu
    await eventually(lambda: any(action.text() == "Web && shop" for action in menu.actions()))
    inventory.filter.clear()
    bench.trigger("group-host")
    bench.trigger("sort-name")
    menu.popup(QPoint(0, 0))
    view = next(action for action in menu.actions() if action.data() == "Web & shop")
    menu.close()
    view.trigger()
    assert inventory.filter.text() == "state:running web"
    assert (inventory.model.grouping, inventory.model.sort_by) == (Grouping.STATE, Sort.MEMORY)
    assert tree_of(bench) == {"Running": ["web-01", "web-02", "web-03"]}
    inventory.view_actions.deletions.actions()[0].trigger()
    assert all(action.text() != "Web && shop" for action in menu.actions())


async def test_how_it_was_left_is_how_it_is_found(bench: Bench) -> None:
    store = ViewStore(bench.directory)
    store.save(SavedView("Mine", "tag:mine"))
    store.set_last(LastView(Grouping.STATE, Sort.STATE, frozenset({"state:running"})))
    second = Bench(bench.directory, Hooks(views=store))
    try:
        await second.connect()
        inventory = second.window.inventory
        assert inventory.model.grouping is Grouping.STATE
        assert second.action("group-state").isChecked()
        assert not inventory.tree.isExpanded(inventory.model.index(0, 0))
        inventory.tree.expand(inventory.model.index(0, 0))
        assert store.last.collapsed == frozenset()
        second.trigger("group-folder")
        assert store.last.grouping is Grouping.FOLDER
    finally:
        await second.close()
        store.close()
    assert ViewStore(bench.directory).last.grouping is Grouping.FOLDER
