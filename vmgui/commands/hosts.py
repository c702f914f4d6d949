"""Commands on hosts: connect, change, order, forget, and the list as a file."""

from __future__ import annotations

from vmgui.commands.command import Command, Target
from vmgui.model.host import Host, HostState
from vmgui.words.say import say

FAILED = (HostState.UNREACHABLE, HostState.REFUSED)


def _is(host: Host | None, *states: HostState) -> bool:
    return host is not None and host.state in states


CONNECT_HOST = Command("connect-host", say("Hosts", "Connect to a host…"), icon="server", keys="Ctrl+Shift+N")
CONNECT = Command(
    "host-connect",
    say("Hosts", "Connect"),
    Target.HOST,
    "plug",
    keys="Ctrl+Alt+C",
    possible=lambda now: _is(now.host, HostState.DISCONNECTED),
)
RETRY = Command(
    "host-retry",
    say("Hosts", "Retry now"),
    Target.HOST,
    "rotate-cw",
    keys="Ctrl+Alt+Y",
    possible=lambda now: _is(now.host, *FAILED),
)
DISCONNECT = Command(
    "host-disconnect",
    say("Hosts", "Disconnect"),
    Target.HOST,
    "unplug",
    keys="Ctrl+Alt+D",
    possible=lambda now: now.host is not None and now.host.state is not HostState.DISCONNECTED,
)
EDIT = Command(
    "host-edit",
    say("Hosts", "Change the host…"),
    Target.HOST,
    "settings",
    keys="Ctrl+Alt+E",
    possible=lambda now: now.host is not None,
)
UP = Command(
    "host-up",
    say("Hosts", "Move the host up"),
    Target.HOST,
    "chevron-up",
    keys="Ctrl+Alt+Up",
    possible=lambda now: now.place > 0,
)
DOWN = Command(
    "host-down",
    say("Hosts", "Move the host down"),
    Target.HOST,
    "chevron-down",
    keys="Ctrl+Alt+Down",
    possible=lambda now: 0 <= now.place < now.hosts - 1,
)
REMOVE = Command(
    "host-remove",
    say("Hosts", "Remove the host from the list…"),
    Target.HOST,
    "x",
    keys="Ctrl+Alt+Del",
    possible=lambda now: now.host is not None,
)
IMPORT = Command("import-hosts", say("Hosts", "Import hosts…"), keys="Ctrl+Alt+O")
EXPORT = Command(
    "export-hosts",
    say("Hosts", "Export the list of hosts…"),
    keys="Ctrl+Alt+S",
    possible=lambda now: now.hosts > 0,
)

COMMANDS = (CONNECT_HOST, CONNECT, DISCONNECT, RETRY, EDIT, UP, DOWN, IMPORT, EXPORT, REMOVE)
