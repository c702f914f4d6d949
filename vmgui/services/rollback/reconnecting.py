"""Waits until a host answers again: what was made there cannot be taken back before."""

from __future__ import annotations

import logging
import time

from vmgui.hypervisor.node import answers
from vmgui.model.errors import HostUnreachable, VmguiError
from vmgui.model.host import Host, HostId, HostState
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory

log = logging.getLogger(__name__)

RECONNECT_TIMEOUT_S = 30.0
RECONNECT_TRY_INTERVAL_S = 2.0


async def until_connected(hosts: HostService, inventory: Inventory, host_id: HostId) -> None:
    """Return when the host is connected again; raises HostUnreachable if that takes too long."""
    deadline_s = time.monotonic() + RECONNECT_TIMEOUT_S
    next_try_s = 0.0
    while (host := inventory.hosts.get(host_id)) is not None:
        if host.state is HostState.CONNECTED:
            try:
                await hosts.connection(host_id).run(answers)
            except VmguiError as error:
                log.info("still waiting for %s: %s", host.name, error)
            else:
                return
        left_s = deadline_s - time.monotonic()
        if left_s <= 0:
            break
        if host.state is HostState.UNREACHABLE and time.monotonic() >= next_try_s:
            next_try_s = time.monotonic() + RECONNECT_TRY_INTERVAL_S
            hosts.retry_now(host_id)
        await _until_news(inventory, host, min(left_s, RECONNECT_TRY_INTERVAL_S))
    raise HostUnreachable("not connected again in time")


async def _until_news(inventory: Inventory, host: Host, timeout_s: float) -> None:
    await inventory.until(lambda: inventory.hosts.get(host.id) is not host, timeout_s)
