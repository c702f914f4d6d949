"""The way to a machine's display: a socket from libvirt on this computer, through ssh where that is how the host is
reached, a TCP port elsewhere."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import Any

from vmgui.hypervisor.certificate import find_tls_files
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import read_domain, read_xml
from vmgui.hypervisor.graphics import open_graphics_fd
from vmgui.hypervisor.ssh.goal import ssh_goal
from vmgui.hypervisor.ssh.target import uses_openssh
from vmgui.hypervisor.ssh.way import NoWay, Place
from vmgui.hypervisor.uri import Transport, without_zone, zone_of
from vmgui.libvirtxml.domain import display_passwords, parse_domain
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole
from vmgui.model.device import Graphics
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable, NotFound
from vmgui.services.background import in_thread
from vmgui.services.hosts import HostService

_ANY_ADDRESS = frozenset({"", "0.0.0.0", "::", "[::]"})  # noqa: S104 - read from a host, not listened on
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
            return _none(NoConsole.HOST_OFFLINE)
        info, facts = connection.info, connection.facts
        features = info.features if info is not None else None
        running, displays, passwords = await connection.run(
            _displays, key, features is not None and features.read_only
        )
        if not running:
            return _none(NoConsole.NOT_RUNNING)
        index = next((number for number, found in enumerate(displays) if found.kind == "vnc"), None)
        if index is None:
            return no_vnc(displays)
        if features is not None and features.graphics_fd:
            # Of a passed socket libvirt lets us in without the password.
            found = await connection.run(open_graphics_fd, key.uuid, index)
            return ConsoleTarget(ConsoleKind.FD, fd=found.take())
        display = displays[index]
        if facts.transport is Transport.SSH:
            target = await self._through_ssh(connection, display)
        else:
            target = tcp_target(display, facts.hostname, is_local=facts.is_local)
        if target.kind is ConsoleKind.NONE:
            return target
        tls = await in_thread(
            find_tls_files, connection.config.uri, self._hosts.screen_authority(key.host_id)
        )
        return replace(target, tls=tls, password=passwords[index] if passwords else "")

    async def _through_ssh(self, connection: Connection, display: Graphics) -> ConsoleTarget:
        uri, alias = connection.config.uri, connection.facts.hostname
        place = ssh_place(display)
        direct = tcp_target(display, alias, is_local=False)
        is_library = not uses_openssh(uri)
        if place is None or (is_library and direct.kind is ConsoleKind.TCP):
            return direct
        goal = await in_thread(ssh_goal, uri)
        server_name = without_zone(alias) if goal is None or _is_number(goal.hostname) else goal.hostname
        try:
            found = await connection.open_way(place)
        except NoWay as error:
            if is_library:
                # Its login is fine; what OpenSSH lacks there is not what the person has set up.
                return direct
            if goal is not None and goal.is_direct:
                direct = tcp_target(display, goal.hostname, is_local=False)
                if direct.kind is ConsoleKind.TCP:
                    # A host may forbid forwarding and yet let its displays be reached.
                    return replace(direct, server_name=server_name)
            return replace(
                _none(NoConsole.NO_WAY), where=str(place), detail=error.detail, barrier=error.barrier
            )
        return ConsoleTarget(
            ConsoleKind.FD,
            fd=found.take(),
            is_local=False,
            server_name=server_name,
            where=str(place),
        )


def no_vnc(displays: tuple[Graphics, ...]) -> ConsoleTarget:
    """Why none of these displays can be shown."""
    kinds = [display.kind for display in displays]
    if not kinds:
        return _none(NoConsole.NO_GRAPHICS)
    if "spice" in kinds:
        return _none(NoConsole.ONLY_SPICE)
    return replace(_none(NoConsole.OTHER_DISPLAY), display=kinds[0])


def ssh_place(display: Graphics) -> Place | None:
    """Where the host itself reaches the display; None where it has no address, or none yet."""
    if display.port > 0:
        address = display.listen.strip("[]")
        return Place("localhost" if display.listen in _ANY_ADDRESS else address, display.port)
    return Place(path=display.socket_path) if display.socket_path else None


def tcp_target(display: Graphics, hostname: str, *, is_local: bool) -> ConsoleTarget:
    """Where to connect to for a display with these settings, on the host that answers at `hostname`."""
    if display.socket_path and display.port <= 0:
        return _none(NoConsole.SOCKET_ONLY)
    if not display.listens:
        return _none(NoConsole.NOT_LISTENING)
    if display.port <= 0:
        return _none(NoConsole.NO_PORT)
    address = display.listen
    if address in _ANY_ADDRESS:
        # It listens everywhere: the name we reach the host under is the one that works from here.
        address = hostname or "127.0.0.1"
    elif address in _LOOPBACK or address.startswith("127."):
        if not is_local:
            return _none(NoConsole.LOOPBACK_ONLY)
        address = "127.0.0.1" if address == "localhost" else address
    address = address.strip("[]")
    if address.casefold().startswith("fe80:") and not zone_of(address):
        # The host is reached by the same interface.
        address += hostname.removeprefix(without_zone(hostname))
    return ConsoleTarget(
        ConsoleKind.TCP,
        host=address,
        port=display.port,
        is_local=is_local,
        # The name that the host's own certificate is for.
        server_name=without_zone(hostname),
        where=str(Place(address, display.port)),
    )


def _is_number(hostname: str) -> bool:
    try:
        ipaddress.ip_address(hostname)
    except ValueError:
        return False
    return True


def _none(reason: NoConsole) -> ConsoleTarget:
    return ConsoleTarget(ConsoleKind.NONE, reason=reason)


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
