"""All commands, and where they stand: menus, context menus, tool bar. The palette and the list of shortcuts have all."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.commands import (
    alerts,
    console,
    creation,
    deletion,
    fleet,
    hosts,
    inventory,
    jobs,
    journal,
    lifecycle,
    media,
    overview,
    palette,
    resources,
    tags,
    undo,
    window,
    xml,
)
from vmgui.commands.command import Command, MachineCommand
from vmgui.commands.hardware import tab as hardware
from vmgui.words.say import Say, say

WINDOW: tuple[Command, ...] = (
    *creation.COMMANDS,
    *hosts.COMMANDS,
    *console.COMMANDS,
    *overview.COMMANDS,
    *resources.COMMANDS,
    *hardware.COMMANDS,
    *xml.COMMANDS,
    *fleet.COMMANDS,
    *palette.COMMANDS,
    *jobs.COMMANDS,
    *journal.COMMANDS,
    *alerts.COMMANDS,
    *inventory.COMMANDS,
    *undo.VIEWS,
    *window.COMMANDS,
)
"""Of the window and of hosts."""
MACHINES: tuple[MachineCommand, ...] = (
    *lifecycle.COMMANDS,
    *media.COMMANDS,
    *tags.COMMANDS,
    *undo.COMMANDS,
    *deletion.COMMANDS,
)
ALL: tuple[Command, ...] = (*WINDOW, *MACHINES)


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu or one in it; None: a line between."""

    name: str
    title: Say
    items: tuple[Command | Menu | Place | None, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window puts what is no command: a dock's switch, a list that somebody saved."""

    name: str


HARDWARE_MENU = Menu(
    "hardware",
    say("Menus", "Hardware"),
    (
        *(resources.RESOURCES, *hardware.COMMANDS, None, *media.COMMANDS),
        *(None, xml.XML, lifecycle.START_NEW_FIRMWARE),
    ),
)
"""What a machine is made of, and what is in its drives."""

GROUPS: tuple[tuple[Command | Menu, ...], ...] = (
    (console.CONSOLE, overview.OVERVIEW),
    (lifecycle.START, lifecycle.SHUT_DOWN, lifecycle.REBOOT, lifecycle.PAUSE, lifecycle.RESUME),
    (lifecycle.SAVE, lifecycle.DISCARD_SAVED),
    (lifecycle.RESET, lifecycle.FORCE_OFF),
    (HARDWARE_MENU,),
    (lifecycle.AUTOSTART, lifecycle.PROTECT, tags.TAGS, lifecycle.RENAME, deletion.DELETE),
    (undo.UNDO, undo.CHANGES),
    (inventory.SELECT_ALL,),
)
MACHINE_MENU: tuple[Command | Menu | None, ...] = tuple(
    item for number, group in enumerate(GROUPS) for item in ((None, *group) if number else group)
)
"""All that can be done with machines."""
HOST_MENU: tuple[Command | None, ...] = (
    *(hosts.CONNECT, hosts.RETRY, hosts.DISCONNECT),
    *(hosts.EDIT, hosts.UP, hosts.DOWN, hosts.REMOVE),
)
"""All that can be done with a host."""
HOST_CONTEXT_MENU: tuple[Command | None, ...] = (
    *(creation.NEW_DOMAIN, None),
    *(*HOST_MENU, None, inventory.SELECT_OF_HOSTS),
)
EMPTY_CONTEXT_MENU: tuple[Command | None, ...] = (creation.NEW_DOMAIN, None, hosts.CONNECT_HOST)

MENU_BAR: tuple[Menu, ...] = (
    Menu(
        "file",
        say("Menus", "&File"),
        (
            *(creation.NEW_DOMAIN, hosts.CONNECT_HOST, hosts.IMPORT, hosts.EXPORT),
            *(None, Menu("host", say("Menus", "Host"), HOST_MENU), None),
            window.QUIT,
        ),
    ),
    Menu("domain", say("Menus", "Virtual &machine"), MACHINE_MENU),
    Menu(
        "view",
        say("Menus", "&View"),
        (
            *(palette.PALETTE, inventory.FILTER, fleet.FLEET),
            *(None, Place("docks")),
            *(jobs.EXPAND_JOBS, journal.LOG, window.NEXT_PANE, window.PREVIOUS_PANE),
            *(None, alerts.ALERTS, alerts.ALERT_SETTINGS),
            *(None, Menu("theme", say("Menus", "Theme"), window.THEMES)),
            Menu("language", say("Menus", "Language"), window.LANGUAGES),
        ),
    ),
    Menu("help", say("Menus", "&Help"), (window.SHORTCUTS, window.ABOUT)),
)

OFF_MENU = Menu(
    "shut-down",
    say("Menus", "Shut down, reboot, reset, force off, save"),
    (lifecycle.SHUT_DOWN, lifecycle.REBOOT, lifecycle.SAVE, None, lifecycle.RESET, lifecycle.FORCE_OFF),
)
"""Behind the tool bar's button that shuts down."""
