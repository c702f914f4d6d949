"""Changes of several processes in one document: nothing of another one is ever lost."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import tomlkit
from hypothesis import example, given
from hypothesis import strategies as st

from vmgui.store.toml_changes import GONE, Changes, Gone, Order, Record, apply, entry_id, joined, without

IDS = {"host": "id"}
names = st.sampled_from(["a", "b", "c", "d"])
values = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=6),
    st.integers(-5, 5),
    st.booleans(),
    st.lists(st.text("xyñ\"'\\\n", max_size=3), max_size=2),
)
fields = st.dictionaries(st.sampled_from(["name", "uri", "notes", "own"]), values, max_size=3)
records = st.builds(
    lambda whole, cleared: Record({**whole, **dict.fromkeys(cleared)}, whole),
    fields,
    st.sets(st.sampled_from(["spare", "more"]), max_size=1),
)
changes = st.dictionaries(
    st.tuples(st.sampled_from(["theme", "language", "version"]))
    | st.tuples(st.sampled_from(["last", "cpu"]), names)
    | st.tuples(st.just("host"), names)
    | st.just(("host",)),
    st.none(),
    max_size=4,
).flatmap(
    lambda paths: st.fixed_dictionaries(
        {
            path: st.builds(Order, st.permutations(["a", "b", "c"]).map(tuple))
            if path == ("host",)
            else records | st.just(GONE)
            if path[0] == "host"
            else values
            for path in paths
        }
    )
)
documents = st.fixed_dictionaries(
    {},
    optional={
        "theme": values,
        "unknown": values,
        "host": st.lists(
            st.builds(lambda each, more: {"id": each, **more}, names, fields) | st.just({"name": "no id"}),
            max_size=4,
        ),
        "last": st.dictionaries(names, values, max_size=2),
        "other": st.dictionaries(names, values, max_size=2),
    },
)


def written(plain: dict[str, Any], done: Changes) -> dict[str, Any]:
    """Through text, as it goes over the disk."""
    document = tomlkit.parse(tomlkit.dumps(plain))
    apply(document, done, IDS)
    return tomllib.loads(tomlkit.dumps(document))


def in_memory(plain: dict[str, Any], done: Changes) -> dict[str, Any]:
    result = copy.deepcopy(plain)
    apply(result, done, IDS)
    return result


def entries(plain: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry_id(entry, "id"): entry for entry in plain.get("host", [])}


@given(documents, changes)
def test_what_is_not_changed_stays(before: dict[str, Any], done: Changes) -> None:
    after = in_memory(before, done)
    for name, value in before.items():
        if isinstance(value, dict):
            for inner, content in value.items():
                if (name, inner) not in done:
                    assert after[name][inner] == content
        elif name != "host" and (name,) not in done:
            assert after[name] == value
    for each, entry in entries(before).items():
        change = done.get(("host", each))
        if change is None:
            assert entries(after)[each] == entry
        elif isinstance(change, Record):
            kept = {field: value for field, value in entry.items() if field not in change.changed}
            assert entries(after)[each].items() >= kept.items()
    assert sum(not entry_id(each, "id") for each in after.get("host", [])) == sum(
        not entry_id(each, "id") for each in before.get("host", [])
    )


@given(documents, changes)
def test_what_is_changed_is_so(before: dict[str, Any], done: Changes) -> None:
    after = in_memory(before, done)
    for path, change in done.items():
        if path[0] != "host":
            value = after
            for name in path:
                value = value[name]
            assert value == change
        elif isinstance(change, Gone):
            assert path[1] not in entries(after)
        elif isinstance(change, Record):
            for field, value in change.changed.items():
                assert entries(after)[path[1]].get(field) == value
        else:
            assert isinstance(change, Order)
            found = [
                each for each in (entry_id(e, "id") for e in after.get("host", [])) if each in change.ids
            ]
            assert found == sorted(found, key=change.ids.index)


@given(documents, changes)
@example(
    {"host": []}, {("host", "a"): Record({}, {}), ("host", "b"): Record({}, {}), ("host",): Order(("b", "a"))}
)
def test_text_and_memory_agree(before: dict[str, Any], done: Changes) -> None:
    assert written(before, done) == in_memory(before, done)


@given(documents, changes)
def test_a_list_that_a_person_wrote_on_one_line_is_changed_like_any_other(
    before: dict[str, Any], done: Changes
) -> None:
    document = tomlkit.parse(tomlkit.dumps({name: value for name, value in before.items() if name != "host"}))
    listed = tomlkit.array()
    for entry in before.get("host", []):
        table = tomlkit.inline_table()
        table.update(entry)
        listed.append(table)
    text = f"host = {listed.as_string()}\n{tomlkit.dumps(document)}"
    document = tomlkit.parse(text)
    apply(document, done, IDS)
    assert tomllib.loads(tomlkit.dumps(document)) == in_memory({"host": [], **before}, done)


@given(documents, changes, changes)
def test_two_changes_are_as_good_as_one_after_the_other(
    before: dict[str, Any], first: Changes, second: Changes
) -> None:
    """Values, entries and their fields; what a record that was gone had before may come back with it."""
    together = in_memory(before, joined(first, second))
    apart = in_memory(in_memory(before, first), second)
    assert together.keys() == apart.keys()
    assert {k: v for k, v in together.items() if k != "host"} == {
        k: v for k, v in apart.items() if k != "host"
    }
    assert entries(together).keys() == entries(apart).keys()
    for each, entry in entries(apart).items():
        assert entries(together)[each].items() >= entry.items()


@given(changes, changes)
def test_what_came_while_writing_is_still_to_be_written(first: Changes, second: Changes) -> None:
    left = without(joined(first, second), first)
    assert left.keys() >= {path for path in second if path not in first}
    assert without(first, first) == {}


def test_a_persons_file_keeps_its_looks() -> None:
    text = (
        '# mine\nversion = 1\nown = 3 # why\n\n# the good one\n[[host]]\nid = "b"\nname = \'B\' # here\nuri = "u"\n'
        'rack = 4\n\n[[host]]\nid = "a"\nname = "A"\nuri = "v"\n\n[later]\nx = 1\n'
    )
    document = tomlkit.parse(text)
    apply(
        document,
        {
            ("host", "b"): Record({"uri": "w", "notes": "n"}, {"name": "B", "uri": "w", "notes": "n"}),
            ("host", "new"): Record({"name": "N"}, {"name": "N", "uri": "x"}),
            ("host",): Order(("a", "b", "new")),
            ("own",): 3,
        },
        IDS,
    )
    after = tomlkit.dumps(document)
    for kept in ("# mine", "own = 3 # why", "name = 'B' # here", "rack = 4", "[later]\nx = 1"):
        assert kept in after
    plain = tomllib.loads(after)
    assert [each["id"] for each in plain["host"]] == ["a", "b", "new"]
    assert plain["host"][1] == {"id": "b", "name": "B", "uri": "w", "rack": 4, "notes": "n"}
    assert plain["later"] == {"x": 1}


def test_an_inline_list_of_hosts_is_changed_too() -> None:
    document = tomlkit.parse('host = [1, {id = "a", name = "A"}]\n')
    apply(
        document,
        {("host", "a"): Record({"name": "B"}, {"name": "B"}), ("host", "c"): Record({}, {"name": "C"})},
        IDS,
    )
    assert tomllib.loads(tomlkit.dumps(document)) == {
        "host": [1, {"id": "a", "name": "B"}, {"id": "c", "name": "C"}]
    }
