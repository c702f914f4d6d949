"""A large change in parts does what the whole does."""

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.services.inventory import merge
from vmgui.ui.inventory.slices import SLICE, SORTED_AT_ONCE, Part, SliceQueue, key_slices, slices


def machines(count: int, state: DomainState) -> tuple[Domain, ...]:
    return tuple(Domain(DomainKey("h", f"{at:05d}"), f"vm-{count - at}", state) for at in range(count))


def test_a_small_change_stays_whole() -> None:
    change = ChangeSet(added=machines(SLICE, DomainState.OFF))
    assert list(slices(change)) == [change]


def test_a_large_one_comes_in_order_and_nothing_is_lost() -> None:
    added = machines(SORTED_AT_ONCE + SLICE + 1, DomainState.OFF)
    gone = DomainKey("h", "gone")
    change = ChangeSet(added=added, removed=(gone,))
    parts = list(slices(change))
    assert all(len(part.added) <= SLICE for part in parts)
    whole = merge(*parts)
    assert whole.removed == (gone,)
    assert [domain.name for domain in whole.added] == [f"vm-{at + 1}" for at in range(len(added))]
    changed = ChangeSet(changed=machines(SLICE * 2, DomainState.RUNNING))
    assert set(merge(*slices(changed)).changed) == set(changed.changed)


def test_news_of_many_come_in_parts_too() -> None:
    keys = frozenset(domain.key for domain in machines(SLICE * 2 + 1, DomainState.OFF))
    parts = list(key_slices(keys))
    assert [len(part) for part in parts] == [SLICE, SLICE, 1]
    assert frozenset().union(*parts) == keys
    assert not list(key_slices(frozenset()))


def test_one_part_a_turn_in_the_order_they_came(qapp: QApplication) -> None:
    queue = SliceQueue()
    seen: list[Part] = []
    queue.due.connect(seen.append)
    first, second, third = (frozenset({domain.key}) for domain in machines(3, DomainState.OFF))

    def parts() -> Iterator[Part]:
        yield first
        # Some need a turn and change nothing.
        yield ChangeSet()
        yield second

    queue.begin(parts())
    assert seen == [first]
    queue.begin(iter([third]))
    assert seen == [first], "what comes meanwhile waits for its turn"
    queue.flush()
    assert seen == [first, second, third]
    queue.begin(iter([first, second]))
    queue.close()
    queue.flush()
    assert seen == [first, second, third, first]
