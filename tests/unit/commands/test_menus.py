"""What is declared of commands: each is there once, has a place, and its words are whole."""

from collections import Counter
from collections.abc import Iterator

import pytest

from vmgui.commands.command import Command, MachineCommand, Situation, Target
from vmgui.commands.deletion import DELETE
from vmgui.commands.hosts import COMMANDS as OF_HOSTS
from vmgui.commands.hosts import CONNECT, DISCONNECT, DOWN, RETRY, UP
from vmgui.commands.menus import (
    ALL,
    EMPTY_CONTEXT_MENU,
    HOST_CONTEXT_MENU,
    MACHINES,
    MENU_BAR,
    Menu,
)
from vmgui.commands.undo import UNDO
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.model.job import JobKind

# Where they stand is another list: the one of how the inventory is looked at.
ELSEWHERE = {"grouping", "sort"}


def listed(items: tuple[object, ...]) -> Iterator[Command]:
    for item in items:
        if isinstance(item, Command):
            yield item
        elif isinstance(item, Menu):
            yield from listed(item.items)


def test_ids_and_keys_are_there_once() -> None:
    assert [one for one, count in Counter(command.id for command in ALL).items() if count > 1] == []
    keys = Counter(command.keys for command in ALL if command.keys)
    assert [one for one, count in keys.items() if count > 1] == []


def test_every_command_of_the_window_stands_in_a_menu() -> None:
    placed = {
        command.id
        for items in (HOST_CONTEXT_MENU, EMPTY_CONTEXT_MENU, *(menu.items for menu in MENU_BAR))
        for command in listed(items)
    }
    left = {
        command.id
        for command in ALL
        if command.in_window and command.choice not in ELSEWHERE and command.id != "save-view"
    }
    assert left - placed == set()


def test_what_asks_first_says_so_in_its_title() -> None:
    for command in MACHINES:
        if command.asks_above == 0:
            assert str(command.title).endswith("…"), command.id


def test_machines_have_one_command_for_a_job() -> None:
    assert max(Counter(command.job for command in MACHINES).values()) == 1
    # These have something to show first, and verbs of their own.
    assert all(
        command.run or command.act or command in (DELETE, UNDO) for command in MACHINES if command.verb
    )
    verbs = [command.verb for command in MACHINES if command.verb]
    assert len(set(verbs)) == len(verbs)


def test_a_machine_command_is_named_as_its_job() -> None:
    """Widgets and the log call it so."""
    assert {command.id for command in MACHINES} <= {kind.value for kind in JobKind}
    assert all(command.target is Target.MACHINES for command in MACHINES)
    assert all(isinstance(command, MachineCommand) for command in MACHINES)


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (HostState.DISCONNECTED, {CONNECT}),
        (HostState.CONNECTING, {DISCONNECT}),
        (HostState.CONNECTED, {DISCONNECT}),
        (HostState.UNREACHABLE, {DISCONNECT, RETRY}),
        (HostState.REFUSED, {DISCONNECT, RETRY}),
    ],
)
def test_what_is_possible_with_a_host(state: HostState, possible: set[Command]) -> None:
    host = Host(HostConfig("a", "a", "test:///default"), state)
    now = Situation(host=host, place=0, hosts=1)
    judged = {CONNECT, DISCONNECT, RETRY, UP, DOWN}
    assert {one for one in judged if one.possible is not None and one.possible(now)} == possible


def test_a_host_moves_within_the_list() -> None:
    host = Host(HostConfig("a", "a", "test:///default"))
    for place, up, down in ((0, False, True), (1, True, True), (2, True, False)):
        now = Situation(host=host, place=place, hosts=3)
        assert UP.possible is not None
        assert DOWN.possible is not None
        assert (UP.possible(now), DOWN.possible(now)) == (up, down)


def test_nothing_is_possible_with_no_host() -> None:
    nothing = Situation()
    named = {"connect-host", "import-hosts"}
    possible = {one.id for one in OF_HOSTS if one.possible is None or one.possible(nothing)}
    assert possible == named
