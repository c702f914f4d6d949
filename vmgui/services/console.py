"""The way to a machine's display: a socket from libvirt on this computer, a TCP port elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vmgui.hypervisor.domains import read_domain, read_xml
from vmgui.hypervisor.graphics import open_graphics_fd
from vmgui.libvirtxml.domain import display_passwords, parse_domain
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole
from vmgui.model.device import Graphics
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable, NotFound
from vmgui.services.hosts import HostService

_ANY_ADDRESS = frozenset({"0.0.0.0", "::", "[::]"})  # noqa: S104 - read from a host, not listened on
_LOOPBACK = frozenset({"localhost", "::1", "[::1]"})


class ConsoleService:
    """Finds displays; loop thread only."""

    def __init__(self, hosts: HostService) -> None:
        self._hosts = hosts

    async def open(self, key: DomainKey) -> ConsoleTarget:
        """Where the machine's display is now, and its password if the host tells us; the taker of an fd closes it.

        Why there is none is part of the answer; raises NotFound if the machine is gone.
        """
        try:
            connection = self._hosts.connection(key.host_id)
        except HostUnreachable:
            return ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.HOST_OFFLINE)
        info, facts = connection.info, connection.facts
        features = info.features if info is not None else None
        running, displays, passwords = await connection.run(
            _displays, key, features is not None and features.read_only
        )
        if not running:
            return ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.NOT_RUNNING)
        index = next((number for number, found in enumerate(displays) if found.kind == "vnc"), None)
        if index is None:
            reason = NoConsole.ONLY_SPICE if displays else NoConsole.NO_GRAPHICS
            return ConsoleTarget(ConsoleKind.NONE, reason=reason)
        if features is not None and features.graphics_fd:
            # Of a passed socket libvirt lets us in without the password.
            fd = await connection.run(open_graphics_fd, key.uuid, index)
            return ConsoleTarget(ConsoleKind.FD, fd=fd)
        target = tcp_target(displays[index], facts.hostname, is_local=facts.is_local)
        return replace(target, password=passwords[index]) if passwords else target


def tcp_target(display: Graphics, hostname: str, *, is_local: bool) -> ConsoleTarget:
    """Where to connect to for a display with these settings, on the host that answers at `hostname`."""
    if display.socket_path and display.port <= 0:
        return ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.SOCKET_ONLY)
    if display.port <= 0:
        return ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.NO_PORT)
    address = display.listen
    if not address or address in _ANY_ADDRESS:
        # It listens everywhere: the name we reach the host under is the one that works from here.
        address = hostname or "127.0.0.1"
    elif address in _LOOPBACK or address.startswith("127."):
        if not is_local:
            return ConsoleTarget(ConsoleKind.NONE, reason=NoConsole.LOOPBACK_ONLY)
        address = "127.0.0.1" if address == "localhost" else address
    return ConsoleTarget(
        ConsoleKind.TCP,
        host=address.strip("[]"),
        port=display.port,
        password_needed=display.has_password,
    )


def _displays(
    conn: Any, key: DomainKey, read_only: bool
) -> tuple[bool, tuple[Graphics, ...], tuple[str, ...]]:
    """Whether it runs, its displays, and their passwords where we may know them."""
    domain = read_domain(conn, key.host_id, key.uuid)
    if domain is None:
        raise NotFound("it is not there any more", subject=key.uuid)
    # Only the secure form has passwords; it is not kept.
    xml = read_xml(conn, key.uuid, secure=not read_only)
    passwords = () if read_only else display_passwords(xml)
    return domain.state.is_active, parse_domain(xml).graphics, passwords
