"""Where a virtual machine's display can be reached, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class ConsoleKind(Enum):
    """The way to a display."""

    FD = "fd"  # a connected socket: handed over by libvirt (virDomainOpenGraphicsFD), or through ssh
    TCP = "tcp"
    NONE = "none"


class NoConsole(Enum):
    """Why there is no display to show; ui words it and says what to do."""

    NONE = "none"  # there is one
    NOT_RUNNING = "not_running"
    NO_GRAPHICS = "no_graphics"  # the machine has no display device
    ONLY_SPICE = "only_spice"  # it has one, but not VNC
    OTHER_DISPLAY = "other_display"  # neither VNC nor SPICE: `display` says what
    LOOPBACK_ONLY = "loopback_only"  # on a remote host, reachable from that host itself only
    SOCKET_ONLY = "socket_only"  # a unix socket of a remote host
    NOT_LISTENING = "not_listening"  # it has no address at all, and this is not its host
    NO_WAY = "no_way"  # ssh works, but leads to no display: `where` says to which place, `detail` why
    NO_PORT = "no_port"  # no port yet: the machine is just starting
    HOST_OFFLINE = "host_offline"


class Barrier(Enum):
    """What keeps ssh, which works, from leading to a display."""

    UNKNOWN = "unknown"  # one of the two: the host does not tell
    FORBIDDEN = "forbidden"  # the host's ssh server lets nobody through
    NOBODY = "nobody"  # nothing listens there


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files for an encrypted display: authorities to trust beside the system's, and who we are; empty: none."""

    authorities: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ConsoleTarget:
    """What to connect the viewer to; the taker of an `fd` closes it."""

    kind: ConsoleKind
    fd: int = -1
    host: str = ""
    port: int = -1
    password: str = field(default="", repr=False)  # as the host told us; empty: ask the person
    reason: NoConsole = NoConsole.NONE
    is_local: bool = True  # no network between us and the display
    server_name: str = ""  # what its certificate must be for; empty: `host`
    tls: TlsFiles = TlsFiles()
    display: str = ""  # libvirt's word for the display's kind
    barrier: Barrier = Barrier.UNKNOWN  # of NO_WAY
    where: str = ""  # the place that was or would be connected to, as a person writes it
    detail: str = ""  # more about the reason, in English

    @property
    def is_private(self) -> bool:
        """Whether nobody on a network can listen, whatever the display itself encrypts."""
        return self.is_local or self.kind is ConsoleKind.FD
