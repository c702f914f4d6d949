"""Commands of the list of hosts and machines: find, select, group, sort."""

from __future__ import annotations

from vmgui.commands.command import Command, Reach, Target
from vmgui.model.view import Grouping, Sort
from vmgui.words.say import say

FILTER = Command("filter", say("Inventory", "Filter the inventory"), icon="search", keys="Ctrl+F")
SELECT_ALL = Command("select-all", say("Inventory", "Select all shown"), keys="Ctrl+A", reach=Reach.LIST)
SELECT_OF_HOSTS = Command(
    "select-of-hosts", say("Inventory", "Select its virtual machines"), Target.HOST, keys="Ctrl+Alt+A"
)
SAVE_VIEW = Command("save-view", say("Inventory", "Save this view…"), icon="plus", keys="Ctrl+Alt+V")

GROUP_BY = tuple(
    Command(
        f"group-{grouping.value}",
        title,
        keys=f"Ctrl+Alt+{number}",
        is_toggle=True,
        choice="grouping",
        value=grouping.value,
    )
    for number, (grouping, title) in enumerate(
        (
            (Grouping.HOST, say("Inventory", "Group by host")),
            (Grouping.TAG, say("Inventory", "Group by tag")),
            (Grouping.FOLDER, say("Inventory", "Group by folder")),
            (Grouping.STATE, say("Inventory", "Group by state")),
            (Grouping.OS, say("Inventory", "Group by operating system")),
        ),
        1,
    )
)
SORT_BY = tuple(
    Command(
        f"sort-{sort.value}",
        title,
        keys=f"Ctrl+Alt+{number}",
        is_toggle=True,
        choice="sort",
        value=sort.value,
    )
    for number, (sort, title) in enumerate(
        (
            (Sort.NAME, say("Inventory", "Sort by name")),
            (Sort.STATE, say("Inventory", "Sort by state")),
            (Sort.MEMORY, say("Inventory", "Sort by memory")),
        ),
        len(GROUP_BY) + 1,
    )
)

COMMANDS = (FILTER, SELECT_ALL, SELECT_OF_HOSTS, *GROUP_BY, *SORT_BY, SAVE_VIEW)
