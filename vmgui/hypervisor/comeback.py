"""Notices within about a second that a host which could not be reached can be reached again.

Between two tries to connect a host is knocked at every second (a bare connect, closed at once): refused or
swallowed for a while and then accepted means that it is back. That costs one packet, where a whole try costs a
thread and, over ssh, a process. Nothing here waits: the sockets do not block, names are resolved in a thread.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import random
import select
import socket
import time
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs, urlsplit

from vmgui.hypervisor.lane import Lane
from vmgui.hypervisor.ssh.goal import ssh_goal
from vmgui.hypervisor.uri import Transport, read_uri
from vmgui.model.errors import VmguiError

log = logging.getLogger(__name__)

INTERVAL_S = 1.0
LATER_INTERVAL_S = 5.0
OFTEN_FOR_S = 600.0
"""A host that has been away for longer is knocked at more seldom."""
KNOCK_S = 2.0
"""So long a connect may take; the kernel asks twice in that time."""
_LOOKS_S = (0.05, 0.2, 0.25, 0.5, 0.5, 0.5)
RESOLVE_INTERVAL_S = 10.0
RESOLVE_TIMEOUT_S = 20.0

_DAEMONS = {
    "qemu": "virtqemud",
    "lxc": "virtlxcd",
    "xen": "virtxend",
    "vbox": "virtvboxd",
    "bhyve": "virtbhyved",
}
_SYSTEM_SOCKETS = "/run/libvirt"
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EALREADY})


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody accepts while the host is there."""

    family: int
    address: tuple[object, ...] | str


class CannotTell(Exception):
    """There is no place to knock at: ssh through another host, a driver of its own kind."""


async def until_back(uri: str) -> None:
    """Return once the host was found away and accepts again; often never. Cancel it when it is of no use.

    A host that accepts from the start is not away: what keeps it from being connected is something else.
    """
    started_s = time.monotonic()
    looked_s = 0.0
    places: tuple[Place, ...] = ()
    seen_away = False
    try:
        while True:
            now_s = time.monotonic()
            if not places or now_s - looked_s > RESOLVE_INTERVAL_S:
                places, looked_s = await _places(uri), now_s
            if places and await _somebody_accepts(places):
                if seen_away:
                    return
                raise CannotTell
            seen_away = True
            pause_s = INTERVAL_S if now_s - started_s < OFTEN_FOR_S else LATER_INTERVAL_S
            knocked_s = time.monotonic() - now_s
            # Not all hosts in the same instant.
            await asyncio.sleep(max(0.1, pause_s * (0.9 + 0.2 * random.random()) - knocked_s))  # noqa: S311
    except CannotTell:
        await asyncio.Event().wait()


async def _places(uri: str) -> tuple[Place, ...]:
    """Empty: the name cannot be resolved now, as if nobody were there."""
    facts = read_uri(uri)
    if facts.transport is Transport.UNIX:
        return _sockets(uri)
    work = partial(resolve, uri)
    if facts.transport is not Transport.SSH and _is_number(facts.hostname):
        return work()
    lane = Lane("vmgui-comeback", 1)
    try:
        return await lane.run(work, timeout_s=RESOLVE_TIMEOUT_S)
    except (OSError, UnicodeError, VmguiError) as error:
        log.debug("%s: %s", uri, error)
        return ()
    finally:
        lane.close()


def resolve(uri: str) -> tuple[Place, ...]:
    """Where to knock; blocks for as long as a resolver does. Raises CannotTell, OSError, UnicodeError."""
    facts = read_uri(uri)
    if facts.transport in (Transport.TCP, Transport.TLS):
        hostname, port = facts.hostname or "localhost", facts.port
    elif facts.transport is Transport.SSH and facts.hostname:
        hostname, port = _ssh_goal(uri, facts.hostname, facts.port)
    else:
        raise CannotTell
    found = socket.getaddrinfo(hostname, port, type=socket.SOCK_STREAM)
    return tuple(Place(family, address) for family, _, _, _, address in found)


def _sockets(uri: str) -> tuple[Place, ...]:
    """The sockets of a daemon on this computer: the one that is named, else libvirt's own places."""
    parts = urlsplit(uri)
    named = parse_qs(parts.query).get("socket")
    if named:
        return (Place(socket.AF_UNIX, named[0]),)
    directory = _SYSTEM_SOCKETS
    if parts.path == "/session" and os.geteuid() != 0:
        directory = os.path.join(
            os.environ.get("XDG_RUNTIME_DIR", "/run/user/" + str(os.geteuid())), "libvirt"
        )
    daemon = _DAEMONS.get(parts.scheme.partition("+")[0], "virtqemud")
    names = (f"{daemon}-sock", "libvirt-sock")
    return tuple(Place(socket.AF_UNIX, os.path.join(directory, name)) for name in names)


def _ssh_goal(uri: str, hostname: str, port: int) -> tuple[str, int]:
    if not urlsplit(uri).scheme.endswith("+ssh"):
        # A library inside libvirt, which reads no configuration of ssh's.
        return hostname, port or 22
    goal = ssh_goal(uri)
    if goal is None or not goal.is_direct:
        raise CannotTell
    return goal.hostname, goal.port


def _is_number(hostname: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, hostname)
        except (OSError, ValueError):
            continue
        return True
    return False


async def _somebody_accepts(places: tuple[Place, ...]) -> bool:
    sockets: list[socket.socket] = []
    open_ones: dict[int, socket.socket] = {}
    poll = select.poll()
    try:
        for place in places:
            knock = socket.socket(place.family, socket.SOCK_STREAM)
            sockets.append(knock)
            knock.setblocking(False)
            number = _begin(knock, place)
            if number == 0:
                return True
            if number in _UNDER_WAY:
                poll.register(knock, select.POLLOUT)
                open_ones[knock.fileno()] = knock
        for pause_s in _LOOKS_S:
            if not open_ones:
                break
            await asyncio.sleep(pause_s)
            for number, _ in poll.poll(0):
                if open_ones[number].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                    return True
                poll.unregister(number)
                del open_ones[number]
        return False
    finally:
        for knock in sockets:
            knock.close()


def _begin(knock: socket.socket, place: Place) -> int:
    """0 or an errno; a full queue of a unix socket (EAGAIN) is somebody who is there."""
    try:
        number = knock.connect_ex(place.address)  # type: ignore[arg-type]
    except OSError as error:
        # A path that is too long, an address of a family this computer has not.
        return error.errno or errno.EINVAL
    return 0 if number == errno.EAGAIN and place.family == socket.AF_UNIX else number
