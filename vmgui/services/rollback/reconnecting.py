"""Waits until a host answers again: what was made there cannot be taken back before."""

from __future__ import annotations

import asyncio
import logging
import time

from vmgui.hypervisor.node import answers
from vmgui.model.errors import HostUnreachable, VmguiError
from vmgui.model.host import HostId, HostState
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.scope import happens_within

log = logging.getLogger(__name__)

RECONNECT_TIMEOUT_S = 30.0
RECONNECT_TRY_INTERVAL_S = 2.0


async def until_connected(hosts: HostService, inventory: Inventory, host_id: HostId) -> None:
    """Return when the host is connected again; raises HostUnreachable if that takes too long."""
    changed = asyncio.Event()
    subscription = inventory.changes.subscribe(lambda _: changed.set())
    deadline_s = time.monotonic() + RECONNECT_TIMEOUT_S
    next_try_s = 0.0
    try:
        while True:
            changed.clear()
            host = inventory.hosts.get(host_id)
            if host is not None and host.state is HostState.CONNECTED:
                try:
                    await hosts.connection(host_id).run(answers)
                except VmguiError as error:
                    log.info("still waiting for %s: %s", host.name, error)
                else:
                    return
            left_s = deadline_s - time.monotonic()
            if left_s <= 0 or host is None:
                raise HostUnreachable("not connected again in time")
            if host.state is HostState.UNREACHABLE and time.monotonic() >= next_try_s:
                next_try_s = time.monotonic() + RECONNECT_TRY_INTERVAL_S
                hosts.retry_now(host_id)
            await happens_within(changed, min(left_s, RECONNECT_TRY_INTERVAL_S))
    finally:
        subscription.cancel()
