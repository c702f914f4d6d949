"""Why there is no picture, in words: what happened and what to do next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Disconnected
from vmgui.model.console import Barrier, ConsoleKind, ConsoleTarget, NoConsole

translate = QCoreApplication.translate


class Words(NamedTuple):
    """A title, a sentence, and the labels of the one thing to do and of another way (empty: none)."""

    title: str
    text: str
    button: str = ""
    other: str = ""


_KINDS_IN_A_WINDOW = frozenset({"sdl", "desktop"})
_TOLD_WHOLE = frozenset(
    {
        DisconnectReason.CLOSED,
        DisconnectReason.NO_THREAD,
        DisconnectReason.NO_DESCRIPTOR,
        DisconnectReason.REFUSED,
        DisconnectReason.TURNED_AWAY,
        DisconnectReason.TIMED_OUT,
        DisconnectReason.BAD_PASSWORD,
    }
)
"""Where the details would only say in English what the sentence says."""
_NOWHERE = ConsoleTarget(ConsoleKind.NONE)


def no_console(reason: NoConsole, name: str, target: ConsoleTarget | None = None) -> Words:
    """Why the machine `name` has no display to show."""
    target = target or _NOWHERE
    match reason:
        case NoConsole.NOT_RUNNING:
            return Words(
                translate("ConsoleReason", "{name} is off").format(name=name),
                translate("ConsoleReason", "Start it to see its screen."),
                translate("ConsoleReason", "Start"),
            )
        case NoConsole.NO_GRAPHICS:
            return Words(
                translate("ConsoleReason", "{name} has no display").format(name=name),
                translate(
                    "ConsoleReason", "It was made without a graphics device, so there is no screen to show."
                ),
            )
        case NoConsole.ONLY_SPICE:
            return Words(
                translate("ConsoleReason", "{name} offers SPICE only").format(name=name),
                translate(
                    "ConsoleReason",
                    "vmgui shows VNC displays. Add a VNC display to this machine to see it here.",
                ),
            )
        case NoConsole.OTHER_DISPLAY:
            return Words(
                translate("ConsoleReason", "{name} has a display of another kind").format(name=name),
                translate(
                    "ConsoleReason",
                    "It shows its screen in a window on its own host. Add a VNC display to see it here.",
                )
                if target.display in _KINDS_IN_A_WINDOW
                else translate(
                    "ConsoleReason",
                    "Its display is of the kind “{kind}”, and vmgui shows VNC. Add a VNC display to see it here.",
                ).format(kind=target.display),
            )
        case NoConsole.LOOPBACK_ONLY | NoConsole.SOCKET_ONLY:
            return Words(
                translate("ConsoleReason", "The screen of {name} is reachable on its host only").format(
                    name=name
                ),
                translate(
                    "ConsoleReason",
                    "Its VNC server listens for connections from its own host. Connect to the host through OpenSSH"
                    " (qemu+ssh://), and its screens come the same way; or let the display listen on an address of"
                    " the host.",
                ),
                translate("ConsoleReason", "Try again"),
            )
        case NoConsole.NOT_LISTENING:
            return Words(
                translate("ConsoleReason", "The screen of {name} is reachable on its host only").format(
                    name=name
                ),
                translate(
                    "ConsoleReason",
                    "Its display listens on no address: only a program on the host itself can see it. Give the"
                    " display an address, the host’s own (127.0.0.1) is enough with ssh.",
                ),
                translate("ConsoleReason", "Try again"),
            )
        case NoConsole.NO_WAY:
            return Words(
                translate("ConsoleReason", "ssh does not lead to the screen of {name}").format(name=name),
                _no_way(target.barrier).format(where=target.where),
                translate("ConsoleReason", "Try now"),
            )
        case NoConsole.HOST_OFFLINE:
            return Words(
                translate("ConsoleReason", "The host of {name} is not connected").format(name=name),
                translate("ConsoleReason", "The screen comes back by itself when the host does."),
            )
        case _:
            return Words(
                translate("ConsoleReason", "{name} is starting").format(name=name),
                translate("ConsoleReason", "Its screen is not there yet."),
            )


def _no_way(barrier: Barrier) -> str:
    match barrier:
        case Barrier.FORBIDDEN:
            return translate(
                "ConsoleReason",
                "The login works, but the host’s ssh server does not allow the way on to {where}. Its administrator"
                " can allow it: AllowTcpForwarding or PermitOpen in sshd_config, and no “restrict” or"
                " “no-port-forwarding” before your key in authorized_keys.",
            )
        case Barrier.NOBODY:
            return translate(
                "ConsoleReason",
                "The login works, but nothing accepts connections at {where} on the host. The machine may be about"
                " to start or to end; if this stays, restart it so that its display is opened anew.",
            )
        case Barrier.UNKNOWN:
            return translate(
                "ConsoleReason",
                "The login works, but not the way on to {where}. Perhaps the host’s ssh server forbids it"
                " (AllowTcpForwarding, AllowStreamLocalForwarding), or nobody listens there.",
            )


def disconnected(event: Disconnected, name: str, where: str = "") -> Words:
    """Why the picture of `name`, which is or was at `where`, ended or never came."""
    words = _ended(event.reason, name, where)
    more = [words.text]
    if event.said:
        more.append(translate("ConsoleReason", "The server says: “{words}”").format(words=event.said))
    if event.text and event.reason not in _TOLD_WHOLE:
        more.append(event.text)
    return words._replace(text="\n\n".join(more))


def _ended(reason: DisconnectReason, name: str, where: str) -> Words:
    again = translate("ConsoleReason", "Connect again")
    now = translate("ConsoleReason", "Try now")
    match reason:
        case DisconnectReason.BAD_PASSWORD:
            return Words(
                translate("ConsoleReason", "The password was not accepted"),
                translate("ConsoleReason", "The display of {name} asks for its own password.").format(
                    name=name
                ),
                again,
            )
        case DisconnectReason.UNREACHABLE:
            return Words(
                translate("ConsoleReason", "The screen of {name} cannot be reached").format(name=name),
                translate(
                    "ConsoleReason",
                    "Nobody accepts connections at {where}. Check that the host’s firewall lets them through.",
                ).format(where=where)
                if where
                else translate("ConsoleReason", "Nobody accepts connections there."),
                now,
            )
        case DisconnectReason.NO_THREAD | DisconnectReason.NO_DESCRIPTOR:
            return Words(
                translate("ConsoleReason", "The screen of {name} could not be connected to").format(
                    name=name
                ),
                translate(
                    "ConsoleReason",
                    "This computer can start no more threads now. The machine itself goes on. Ending other"
                    " programs of yours makes room.",
                )
                if reason is DisconnectReason.NO_THREAD
                else translate(
                    "ConsoleReason",
                    "This computer lets the program open no more files and connections now. The machine itself"
                    " goes on. Closing other consoles makes room.",
                ),
                now,
            )
        case DisconnectReason.TIMED_OUT:
            return Words(
                translate("ConsoleReason", "The screen of {name} does not answer").format(name=name),
                translate(
                    "ConsoleReason",
                    "Nothing answers at {where}. A firewall may block the connection, or the address may work only"
                    " inside the host’s own network. What helps in both cases: connect to the host through SSH"
                    " (qemu+ssh://); its screens then come through that connection.",
                ).format(where=where)
                if where
                else translate("ConsoleReason", "The connection is there, but the display says nothing."),
                now,
            )
        case DisconnectReason.UNKNOWN_NAME:
            return Words(
                translate("ConsoleReason", "The address of the screen of {name} is not known").format(
                    name=name
                ),
                translate(
                    "ConsoleReason",
                    "This computer finds no address for the name in {where}. Add it to /etc/hosts or to your"
                    " name service, or connect to the host by its address.",
                ).format(where=where),
                now,
            )
        case DisconnectReason.REFUSED:
            return Words(
                translate("ConsoleReason", "The display of {name} refuses the connection").format(name=name),
                translate("ConsoleReason", "It ended the connection before the login was over."),
                now,
            )
        case DisconnectReason.TURNED_AWAY:
            return Words(
                translate("ConsoleReason", "The display of {name} lets nobody else in").format(name=name),
                translate(
                    "ConsoleReason",
                    "It accepted the login and then closed the connection. Perhaps another viewer holds the"
                    " screen for itself alone: close that one, or wait.",
                ),
                now,
            )
        case DisconnectReason.LOST:
            return Words(
                translate("ConsoleReason", "The connection to the screen of {name} broke").format(name=name),
                translate("ConsoleReason", "The machine itself goes on."),
                now,
            )
        case DisconnectReason.CERTIFICATE:
            return Words(
                translate("ConsoleReason", "No safe connection to the screen of {name}").format(name=name),
                translate(
                    "ConsoleReason",
                    "Its certificate could not be verified, so nothing was sent. If an authority of your own has"
                    " signed it, choose that authority’s certificate.",
                ),
                again,
                translate("ConsoleReason", "Choose an authority…"),
            )
        case DisconnectReason.ENCRYPTION:
            return Words(
                translate("ConsoleReason", "No safe connection to the screen of {name}").format(name=name),
                translate(
                    "ConsoleReason", "No encryption could be agreed on with its display, so nothing was sent."
                ),
                again,
            )
        case DisconnectReason.UNSUPPORTED:
            return Words(
                translate("ConsoleReason", "The display of {name} speaks an unknown dialect").format(
                    name=name
                ),
                translate("ConsoleReason", "None of the ways it offers to log in is known here."),
                again,
            )
        case DisconnectReason.PROTOCOL | DisconnectReason.TOO_LARGE:
            return Words(
                translate("ConsoleReason", "The display of {name} sent nonsense").format(name=name),
                translate(
                    "ConsoleReason", "The connection was ended to be safe. The machine itself goes on."
                ),
                again,
            )
        case DisconnectReason.INTERNAL:
            return Words(
                translate("ConsoleReason", "The console made a mistake"),
                translate("ConsoleReason", "The machine itself goes on. The log has the details."),
                again,
            )
        case DisconnectReason.CLOSED | DisconnectReason.STOPPED:
            return Words(
                translate("ConsoleReason", "The screen of {name} was closed").format(name=name),
                translate(
                    "ConsoleReason", "The machine was switched off, or somebody else took the display."
                ),
                now,
            )


def no_picture_yet(name: str) -> Words:
    """A display without a screen behind it."""
    return Words(
        translate("ConsoleReason", "{name} has no picture yet").format(name=name),
        translate(
            "ConsoleReason", "Its display is there, but no screen is switched on. It appears here by itself."
        ),
    )


def next_try(seconds: int) -> str:
    """When the next try comes; 0: now."""
    if seconds <= 0:
        return translate("ConsoleReason", "Trying again…")
    return translate("ConsoleReason", "Next try in {seconds} s.").format(seconds=seconds)
