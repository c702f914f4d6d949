"""Why there is no picture, in words: what happened and what to do next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from vmgui.console.rfb.errors import DisconnectReason
from vmgui.model.console import NoConsole

translate = QCoreApplication.translate


class Words(NamedTuple):
    """A title, a sentence, and the label of the one thing to do (empty: nothing)."""

    title: str
    text: str
    button: str = ""


def no_console(reason: NoConsole, name: str) -> Words:
    """Why the machine `name` has no display to show."""
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
        case NoConsole.LOOPBACK_ONLY | NoConsole.SOCKET_ONLY:
            return Words(
                translate("ConsoleReason", "The screen of {name} is reachable on its host only").format(
                    name=name
                ),
                translate(
                    "ConsoleReason",
                    "Its VNC server listens for connections from its own host. Let it listen on an address"
                    " of the host to see it from here.",
                ),
                translate("ConsoleReason", "Try again"),
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


def disconnected(reason: DisconnectReason, name: str) -> Words:
    """Why the picture of `name` ended."""
    again = translate("ConsoleReason", "Connect again")
    match reason:
        case DisconnectReason.BAD_PASSWORD:
            return Words(
                translate("ConsoleReason", "The password was not accepted"),
                translate("ConsoleReason", "The display of {name} asks for its own password.").format(
                    name=name
                ),
                again,
            )
        case DisconnectReason.UNREACHABLE | DisconnectReason.TIMED_OUT:
            return Words(
                translate("ConsoleReason", "The screen of {name} does not answer").format(name=name),
                translate(
                    "ConsoleReason", "Check that its host lets connections through to the display's port."
                ),
                again,
            )
        case DisconnectReason.CERTIFICATE | DisconnectReason.ENCRYPTION:
            return Words(
                translate("ConsoleReason", "No safe connection to the screen of {name}").format(name=name),
                translate("ConsoleReason", "Its certificate could not be verified, so nothing was sent."),
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
        case _:
            return Words(
                translate("ConsoleReason", "The screen of {name} was closed").format(name=name),
                translate(
                    "ConsoleReason", "The machine was switched off, or somebody else took the display."
                ),
                again,
            )
