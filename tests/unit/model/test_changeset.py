"""An empty ChangeSet is false, any other true; and what counts as a change of a host."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from vmgui.model.changeset import ChangeSet
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import Host, HostConfig, HostState


def test_empty_is_false() -> None:
    assert not ChangeSet()


@pytest.mark.parametrize("name", [field.name for field in fields(ChangeSet)])
def test_anything_in_it_is_true(name: str) -> None:
    assert replace(ChangeSet(), **{name: ("x",)})


def test_another_error_in_the_same_state_is_no_change() -> None:
    host = Host(HostConfig("h1", "alpha", "test:///default"), HostState.UNREACHABLE)
    assert replace(host, error=ValueError("x")) == host
    assert (host.id, host.name) == ("h1", "alpha")


def test_events_of_machines_are_told_from_others() -> None:
    assert EventKind.DOMAIN_LIFECYCLE.is_domain
    assert not EventKind.NETWORK.is_domain
    assert not EventKind.LOST.is_domain


def test_a_turn_is_told_from_a_pause() -> None:
    def turns(detail: str, kind: EventKind = EventKind.DOMAIN_LIFECYCLE) -> bool:
        return HostEvent(kind, "u", "web", detail).is_turn

    assert turns("started 0")
    assert turns("stopped 5")
    assert turns("crashed 0")
    assert not turns("suspended 0")
    assert not turns("shutdown 0")
    assert not turns("started", EventKind.NETWORK)
