"""A table's model over rows of any type: correct by Qt's own checker under any sequence of changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from tests.helpers.models import watch_model
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table_model import ROW, TableModel, list_model
from vmgui.words.say import say

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    size: int | None = None
    note: str = ""


def name_of(thing: Thing) -> str:
    return thing.name


NOW = {"a": 1.0}
COLUMNS: tuple[Column[Thing], ...] = (
    Column("name", say("Test", "Name"), lambda thing: thing.name, lambda thing: thing.name),
    Column("size", say("Test", "Size"), lambda thing: str(thing.size or ""), lambda thing: thing.size, is_number=True),
    Column("note", say("Test", "Note"), lambda thing: thing.note),
    Column("now", say("Test", "Now"), lambda thing: str(NOW.get(thing.name, "")), lambda thing: NOW.get(thing.name), is_live=True),
)  # fmt: skip


def model_of(*things: Thing, is_ordered: bool = False, **more: Any) -> TableModel[Thing]:
    order = name_of if is_ordered else None
    model = TableModel(COLUMNS, name_of, order=order, **more)
    watch_model(model)
    model.show(things)
    return model


def names(model: TableModel[Thing]) -> str:
    return "".join(thing.name for thing in model.rows)


def test_rows_stand_as_they_are_given_or_in_the_order_of_the_model() -> None:
    assert names(model_of(Thing("b"), Thing("a"))) == "ba"
    model = model_of(Thing("b"), Thing("a"), is_ordered=True)
    model.change((Thing("c"), Thing("aa")), removed=["b"])
    assert names(model) == "aaac"


def test_a_new_order_of_the_same_rows_is_taken() -> None:
    model = model_of(Thing("a"), Thing("b"), Thing("c"))
    kept = QPersistentModelIndex(model.index(0, 0))
    model.show((Thing("c"), Thing("a"), Thing("b")))
    assert names(model) == "cab"
    assert (kept.row(), kept.data()) == (1, "a")


def test_what_was_shown_already_is_not_told_again() -> None:
    model = model_of(Thing("a", 1), Thing("b", 2))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.show((Thing("a", 1), Thing("b", 3)))
    assert told == [1]
    assert model.index(1, 1).data() == "3"


def test_words_of_others_are_made_visible() -> None:
    model = model_of(Thing("a\u202eb", note="x\ny\tz"))
    assert model.index(0, 0).data() == "a\\u202eb"
    assert model.index(0, 2).data() == "x\\ny\\tz"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "a\\u202eb"
    assert model.index(0, 0).data(ROW).name == "a\u202eb", "the row itself is as it was given"


def test_a_screen_reader_is_told_the_whole_row() -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model_of(Thing("a", 1)).index(0, 0).data(spoken) == "a, 1, 1.0"
    assert model_of(Thing("a"), aloud=lambda _: "an a").index(0, 0).data(spoken) == "an a"


def test_headings_numbers_and_quiet_rows() -> None:
    model = model_of(Thing("a", 1), tip=lambda thing: thing.note, is_quiet=lambda thing: thing.name == "a")
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    side = Qt.ItemDataRole.TextAlignmentRole
    assert [model.headerData(number, Qt.Orientation.Horizontal) for number in range(3)] == [
        "Name",
        "Size",
        "Note",
    ]
    assert model.headerData(1, Qt.Orientation.Horizontal, side) == right == model.index(0, 1).data(side)
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "1", "its own text where the row has no tip"
    assert model.data(QModelIndex()) is None
    assert (model.number("note"), model.row_of("z")) == (2, -1)


def test_a_list_says_the_same_in_its_tip_and_aloud() -> None:
    parent = QObject()
    model: TableModel[Thing] = list_model(name_of, name_of, lambda thing: f"an {thing.name}", parent)
    model.show((Thing("a"),))
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    assert [model.index(0, 0).data(role) for role in roles] == ["a", "an a", "an a"]


def test_nobody_sorts_by_a_column_without_a_key() -> None:
    model = model_of(Thing("b", 1), Thing("a", 2))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == "ab"
    model.sort(2)
    assert names(model) == "ba"


THINGS = st.builds(
    Thing, st.sampled_from("abcdefgh"), st.none() | st.integers(0, 5), st.sampled_from(["", "x", "y"])
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("show"), st.lists(THINGS, max_size=9)),
        st.tuples(st.just("change"), st.lists(THINGS, max_size=4)),
        st.tuples(st.just("remove"), st.lists(st.sampled_from("abcdefgh"), max_size=4)),
        st.tuples(st.just("sort"), st.tuples(st.integers(0, 3), st.booleans())),
        st.tuples(st.just("now"), st.tuples(st.sampled_from("abcdefgh"), st.floats(0, 9))),
    ),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(STEPS, st.booleans())
def test_any_sequence_of_changes_shows_what_a_fresh_model_shows(
    steps: list[tuple[str, Any]], is_ordered: bool
) -> None:
    NOW.clear()
    model = model_of(is_ordered=is_ordered)
    known: dict[str, Thing] = {}
    sort: tuple[int, bool] | None = None
    kept: dict[str, QPersistentModelIndex] = {}
    for kind, what in steps:
        match kind:
            case "show":
                known = {thing.name: thing for thing in what}
                model.show(what)
            case "change":
                known.update({thing.name: thing for thing in what})
                model.change(what)
            case "remove":
                known = {name: thing for name, thing in known.items() if name not in what}
                model.change(removed=what)
            case "sort":
                sort = what
                model.sort(what[0], Qt.SortOrder.DescendingOrder if what[1] else Qt.SortOrder.AscendingOrder)
            case _:
                NOW[what[0]] = what[1]
                model.refresh_live(0, len(known))
                model.resort_live()
        # What stays keeps its index, and so its selection.
        assert all(index.data(ROW).name == name for name, index in kept.items() if name in known)
        kept = {name: QPersistentModelIndex(model.index(model.row_of(name), 0)) for name in known}
    model.resort_live()
    fresh = model_of(*known.values(), is_ordered=is_ordered)
    if sort is not None:
        fresh.sort(sort[0], Qt.SortOrder.DescendingOrder if sort[1] else Qt.SortOrder.AscendingOrder)
    assert model.rows == fresh.rows
    for row in range(len(known)):
        assert [model.index(row, n).data() for n in range(4)] == [
            fresh.index(row, n).data() for n in range(4)
        ]
