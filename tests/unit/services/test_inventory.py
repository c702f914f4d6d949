"""The inventory's differences hold for any two inventories, not for chosen ones."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.changesets import apply
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.errors import InvalidState
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.services import inventory as inventory_module
from vmgui.services.inventory import Inventory, Snapshot, compare, diff, merge

HOST_IDS = ("h1", "h2", "h3")
UUIDS = tuple(f"00000000-0000-0000-0000-00000000000{number}" for number in range(6))

hosts = st.dictionaries(st.sampled_from(HOST_IDS), st.sampled_from(HostState)).map(
    lambda states: {
        host_id: Host(HostConfig(host_id, host_id, "test:///default"), state)
        for host_id, state in states.items()
    }
)
keys = st.builds(DomainKey, st.sampled_from(HOST_IDS), st.sampled_from(UUIDS))
domains = st.dictionaries(
    keys, st.tuples(st.sampled_from(("web", "db", "mail")), st.sampled_from(DomainState), st.integers(1, 3))
).map(lambda rows: {key: Domain(key, name, state, vcpus=vcpus) for key, (name, state, vcpus) in rows.items()})
snapshots = st.builds(Snapshot, hosts, domains)


def touched(change: ChangeSet) -> list[object]:
    return [
        *(domain.key for domain in (*change.added, *change.changed)),
        *change.removed,
        *(host.id for host in (*change.hosts_added, *change.hosts_changed)),
        *change.hosts_removed,
    ]


@given(snapshots, snapshots)
def test_applying_the_difference_gives_the_new_inventory(old: Snapshot, new: Snapshot) -> None:
    assert apply(diff(old, new), old) == new


@given(snapshots, snapshots)
def test_a_difference_names_each_thing_once_and_nothing_that_stayed(old: Snapshot, new: Snapshot) -> None:
    change = diff(old, new)
    names = touched(change)
    assert len(names) == len(set(names))
    for domain in change.changed:
        assert old.domains[domain.key] != domain
    for domain in change.added:
        assert domain.key not in old.domains
    assert set(change.removed) == old.domains.keys() - new.domains.keys()
    for host in change.hosts_changed:
        assert old.hosts[host.id] != host


@given(snapshots)
def test_nothing_changed_is_an_empty_difference(snapshot: Snapshot) -> None:
    assert not diff(snapshot, Snapshot(dict(snapshot.hosts), dict(snapshot.domains)))


@given(snapshots, snapshots, snapshots)
def test_merged_differences_do_what_both_do(first: Snapshot, second: Snapshot, third: Snapshot) -> None:
    merged = merge(diff(first, second), diff(second, third))
    assert apply(merged, first) == third
    names = touched(merged)
    assert len(names) == len(set(names))
    assert apply(merge(merged, diff(third, first)), first) == first
    assert merge(diff(first, second), diff(second, third), diff(third, second)) == merge(
        merged, diff(third, second)
    )


@given(st.lists(st.tuples(st.sampled_from(HOST_IDS), domains), max_size=6))
def test_the_told_changes_rebuild_the_inventory(lists: list[tuple[str, dict[DomainKey, Domain]]]) -> None:
    inventory = Inventory()
    seen = Snapshot()

    def follow(change: ChangeSet) -> None:
        nonlocal seen
        assert change
        seen = apply(change, seen)

    inventory.changes.subscribe(follow)
    for host_id in HOST_IDS[:2]:
        inventory.set_host(Host(HostConfig(host_id, host_id, "test:///default")))
    for host_id, rows in lists:
        inventory.set_domains(host_id, [row for row in rows.values() if row.key.host_id == host_id])
    assert seen == Snapshot(dict(inventory.hosts), dict(inventory.domains))
    assert inventory.active_count == sum(row.state.is_active for row in inventory.domains.values())
    inventory.remove_host(HOST_IDS[0])
    assert seen == Snapshot(dict(inventory.hosts), dict(inventory.domains))
    assert inventory.active_count == sum(row.state.is_active for row in inventory.domains.values())
    assert not inventory.domains_of(HOST_IDS[0])


@given(domains, domains)
def test_a_list_compared_elsewhere_says_the_same(
    before: dict[DomainKey, Domain], after: dict[DomainKey, Domain]
) -> None:
    def on_h1(rows: dict[DomainKey, Domain]) -> list[Domain]:
        return [row for row in rows.values() if row.key.host_id == "h1"]

    inventory = Inventory()
    inventory.set_host(Host(HostConfig("h1", "h1", "test:///default")))
    inventory.set_domains("h1", on_h1(before))
    inventory.update_domains("h1", compare(inventory.rows_of("h1"), on_h1(after)))
    assert dict(inventory.domains) == {row.key: row for row in on_h1(after)}


def test_one_host_never_touches_the_machines_of_another() -> None:
    inventory = Inventory()
    for host_id in ("h1", "h2"):
        inventory.set_host(Host(HostConfig(host_id, host_id, "test:///default")))
    mine = Domain(DomainKey("h1", UUIDS[0]), "web", DomainState.RUNNING)
    twin = Domain(DomainKey("h2", UUIDS[0]), "web", DomainState.OFF)
    inventory.set_domains("h1", [mine])
    inventory.set_domains("h2", [twin])
    inventory.set_domains("h1", [])
    assert dict(inventory.domains) == {twin.key: twin}
    inventory.update_domains("h2", {UUIDS[0]: None})
    assert not inventory.domains


def test_what_is_read_of_a_removed_host_is_ignored() -> None:
    inventory = Inventory()
    told: list[ChangeSet] = []
    inventory.changes.subscribe(told.append)
    inventory.set_domains("gone", [Domain(DomainKey("gone", UUIDS[0]), "web", DomainState.OFF)])
    inventory.update_domains("gone", {UUIDS[0]: None})
    assert not told
    assert not inventory.domains


def test_the_same_again_tells_nobody() -> None:
    inventory = Inventory()
    host = Host(HostConfig("h1", "h1", "test:///default"))
    row = Domain(DomainKey("h1", UUIDS[0]), "web", DomainState.OFF)
    inventory.set_host(host)
    inventory.set_domains("h1", [row])
    told: list[ChangeSet] = []
    inventory.changes.subscribe(told.append)
    inventory.set_host(Host(HostConfig("h1", "h1", "test:///default")))
    inventory.set_domains("h1", [Domain(DomainKey("h1", UUIDS[0]), "web", DomainState.OFF)])
    assert not told


def test_hosts_of_the_same_name_are_told_apart_as_they_come_and_go() -> None:
    inventory = Inventory()
    seen: list[dict[str, str]] = []
    inventory.changes.subscribe(
        lambda _change: seen.append({host.id: host.name for host in inventory.hosts.values()})
    )
    inventory.set_host(Host(HostConfig("1", "web", "test:///one")))
    inventory.set_host(Host(HostConfig("2", "web", "test:///two")))
    assert seen[-1] == {"1": "web (test:///one)", "2": "web (test:///two)"}
    # What a supervisor knows of it says nothing of others.
    inventory.set_host(Host(HostConfig("2", "web", "test:///two"), HostState.CONNECTED))
    assert seen[-1] == {"1": "web (test:///one)", "2": "web (test:///two)"}
    inventory.set_host(Host(HostConfig("2", "db", "test:///two"), HostState.CONNECTED))
    assert seen[-1] == {"1": "web", "2": "db"}
    inventory.set_host(Host(HostConfig("2", "web", "test:///two"), HostState.CONNECTED))
    inventory.remove_host("2")
    assert seen[-1] == {"1": "web"}


def is_connected(inventory: Inventory) -> bool:
    host = inventory.hosts.get("h1")
    return host is not None and host.state is HostState.CONNECTED


async def test_who_waits_for_a_change_sees_it_and_no_other_ends_the_waiting() -> None:
    inventory = Inventory()
    waiting = asyncio.ensure_future(inventory.until(lambda: is_connected(inventory)))
    for state in (HostState.CONNECTING, HostState.UNREACHABLE, HostState.CONNECTING):
        inventory.set_host(Host(HostConfig("h1", "h1", "test:///default"), state))
        await asyncio.sleep(0)
        assert not waiting.done()
    inventory.set_host(Host(HostConfig("h1", "h1", "test:///default"), HostState.CONNECTED))
    assert await waiting
    # What is so already is not waited for.
    assert await inventory.until(lambda: is_connected(inventory), 0)


async def test_what_was_so_for_a_moment_only_is_waited_for_on() -> None:
    inventory = Inventory()
    waiting = asyncio.ensure_future(inventory.until(lambda: is_connected(inventory)))
    await asyncio.sleep(0)
    for state in (HostState.CONNECTED, HostState.UNREACHABLE):
        inventory.set_host(Host(HostConfig("h1", "h1", "test:///default"), state))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    inventory.set_host(Host(HostConfig("h1", "h1", "test:///default"), HostState.CONNECTED))
    assert await waiting


async def test_waiting_for_a_change_ends_in_time_or_when_it_is_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inventory = Inventory()
    assert not await inventory.until(lambda: is_connected(inventory), 0)
    assert not await inventory.until(lambda: is_connected(inventory), 0.001)
    monkeypatch.setattr(inventory_module, "MEANWHILE_INTERVAL_S", 0.001)
    turns: list[int] = []

    def meanwhile() -> None:
        turns.append(1)
        if len(turns) == 3:
            raise InvalidState("cancelled")

    with pytest.raises(InvalidState):
        await inventory.until(lambda: is_connected(inventory), meanwhile=meanwhile)
    assert len(turns) == 3
