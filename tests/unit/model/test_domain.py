"""States and keys of machines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.domain import Domain, DomainKey, DomainState


def test_which_states_have_a_process() -> None:
    assert {state.name for state in DomainState if state.is_active} == {
        "RUNNING",
        "BLOCKED",
        "PAUSED",
        "SHUTTING_DOWN",
        "SUSPENDED",
    }


@given(st.lists(st.builds(DomainKey, st.text(max_size=3), st.text(max_size=3))))
def test_keys_have_one_order_and_can_be_looked_up(keys: list[DomainKey]) -> None:
    assert sorted(keys) == sorted(keys, key=lambda key: (key.host_id, key.uuid))
    assert len(set(keys)) == len({(key.host_id, key.uuid) for key in keys})


def test_two_rows_with_the_same_content_are_the_same() -> None:
    def row(name: str) -> Domain:
        return Domain(DomainKey("h", "u"), name, DomainState.OFF)

    assert row("web") == row("web")
    assert row("web") != row("db")
