"""Commands on hosts: connect, change, order, forget, and the list as a file."""

from __future__ import annotations

from vmgui.commands.command import Command, HostCommand
from vmgui.model.host import Host, HostState
from vmgui.policy.plain_text import visible
from vmgui.words.question import Question
from vmgui.words.say import say

FAILED = (HostState.UNREACHABLE, HostState.REFUSED)

_REMOVE_TITLE = say("Hosts", "Remove {name} from the list?")
_REMOVE_TEXT = say("Hosts", "Nothing changes on the host: its virtual machines stay and go on running.")
_REMOVE_YES = say("Hosts", "Remove")


def _ask_remove(host: Host) -> Question:
    title = _REMOVE_TITLE.format(name=visible(host.name))
    return Question(title, str(_REMOVE_TEXT), str(_REMOVE_YES))


def _is(host: Host | None, *states: HostState) -> bool:
    return host is not None and host.state in states


CONNECT_HOST = Command("connect-host", say("Hosts", "Connect to a host…"), icon="server", keys="Ctrl+Shift+N")
CONNECT = HostCommand(
    "host-connect",
    say("Hosts", "Connect"),
    icon="plug",
    keys="Ctrl+Alt+C",
    possible=lambda now: _is(now.host, HostState.DISCONNECTED),
    run=lambda acts, host_id, _: acts.hosts.connect(host_id),
)
RETRY = HostCommand(
    "host-retry",
    say("Hosts", "Retry now"),
    icon="rotate-cw",
    keys="Ctrl+Alt+Y",
    possible=lambda now: _is(now.host, *FAILED),
    run=lambda acts, host_id, _: acts.hosts.retry_now(host_id),
)
DISCONNECT = HostCommand(
    "host-disconnect",
    say("Hosts", "Disconnect"),
    icon="unplug",
    keys="Ctrl+Alt+D",
    possible=lambda now: now.host is not None and now.host.state is not HostState.DISCONNECTED,
    run=lambda acts, host_id, _: acts.hosts.disconnect(host_id),
)
EDIT = HostCommand("host-edit", say("Hosts", "Change the host…"), icon="settings", keys="Ctrl+Alt+E")
UP = HostCommand(
    "host-up",
    say("Hosts", "Move the host up"),
    icon="chevron-up",
    keys="Ctrl+Alt+Up",
    possible=lambda now: now.place > 0,
    run=lambda acts, host_id, _: acts.hosts.move(host_id, -1),
)
DOWN = HostCommand(
    "host-down",
    say("Hosts", "Move the host down"),
    icon="chevron-down",
    keys="Ctrl+Alt+Down",
    possible=lambda now: 0 <= now.place < now.hosts - 1,
    run=lambda acts, host_id, _: acts.hosts.move(host_id, 1),
)
REMOVE = HostCommand(
    "host-remove",
    say("Hosts", "Remove the host from the list…"),
    icon="x",
    keys="Ctrl+Alt+Del",
    ask=_ask_remove,
    run=lambda acts, host_id, _: acts.hosts.remove(host_id),
)
IMPORT = Command("import-hosts", say("Hosts", "Import hosts…"), keys="Ctrl+Alt+O")
EXPORT = Command(
    "export-hosts",
    say("Hosts", "Export the list of hosts…"),
    keys="Ctrl+Alt+S",
    possible=lambda now: now.hosts > 0,
)

COMMANDS = (CONNECT_HOST, CONNECT, DISCONNECT, RETRY, EDIT, UP, DOWN, IMPORT, EXPORT, REMOVE)
