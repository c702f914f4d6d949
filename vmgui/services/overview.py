"""What is read of the one machine somebody looks at: its XML, what the guest tells, its picture.

Its XML is also kept for when its host cannot be asked (last_seen.py).
"""

from __future__ import annotations

import logging
from typing import Any

from vmgui.hypervisor import graphics, guests
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import read_xml
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.resources import parse_resources
from vmgui.model.domain import Domain, DomainConfig, DomainKey, GuestInfo
from vmgui.model.errors import InvalidConfig
from vmgui.model.resources import Resources
from vmgui.services.background import in_thread
from vmgui.services.hosts import HostService
from vmgui.services.last_seen import LastSeenService

log = logging.getLogger(__name__)

GUEST_TIMEOUT_S = 15.0
SCREENSHOT_TIMEOUT_S = 15.0


class OverviewService:
    """Reads on demand; loop thread only."""

    def __init__(self, hosts: HostService, last_seen: LastSeenService | None = None) -> None:
        self._hosts = hosts
        self._last_seen = last_seen

    async def config(self, key: DomainKey, *, inactive: bool = False) -> DomainConfig:
        """What it runs with now, or, `inactive`, what it will have at its next start; parsed in the worker."""
        connection = self._hosts.connection(key.host_id)
        config = await connection.run(_read_config, key.uuid, inactive)
        if self._last_seen is not None and not inactive:
            self._last_seen.keep_xml(key, config.xml)
        return config

    async def last_config(self, key: DomainKey) -> DomainConfig | None:
        """What was last read of it, though its host cannot be asked; None: never, or it cannot be understood."""
        xml = self._last_seen.xml(key) if self._last_seen is not None else ""
        if not xml:
            return None
        try:
            return await in_thread(parse_domain, xml)
        except InvalidConfig as error:
            log.info("%s: what was kept of it is of no use: %s", key.uuid, error)
            return None

    async def guest_info(self, key: DomainKey) -> GuestInfo:
        """What the guest tells of itself; a guest without agent tells little, and that is no error."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(guests.guest_info, key.uuid, timeout_s=GUEST_TIMEOUT_S)

    async def screenshot(self, key: DomainKey) -> tuple[str, bytes]:
        """MIME type and picture: PNG from new hypervisors, PPM from old ones."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(graphics.screenshot, key.uuid, timeout_s=SCREENSHOT_TIMEOUT_S)


def _read_config(conn: Any, uuid: str, inactive: bool) -> DomainConfig:
    return parse_domain(read_xml(conn, uuid, inactive=inactive))


Read = tuple[DomainConfig, Resources]


async def read_both(connection: Connection, domain: Domain) -> tuple[Read | None, Read | None]:
    """What it runs with, None while it is off, and what it will start with, None where that is kept nowhere.

    Raises what Connection.run raises.
    """
    live = await connection.run(_read_all, domain.key.uuid, False) if domain.state.is_active else None
    saved = await connection.run(_read_all, domain.key.uuid, True) if domain.persistent else None
    return live, saved


def _read_all(conn: Any, uuid: str, inactive: bool) -> Read:
    xml = read_xml(conn, uuid, inactive=inactive)
    return parse_domain(xml), parse_resources(xml)
