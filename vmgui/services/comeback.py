"""Notices that the wire under an open connection was cut and is whole again: another one is opened then.

TCP takes long to notice: after a cut of ten seconds it may wait six more before it tries again, and what the host
has to tell waits as long.
"""

from __future__ import annotations

import asyncio
import time

from vmgui.hypervisor.comeback import INTERVAL_S, KNOCK_S, until_back
from vmgui.hypervisor.connection import Connection
from vmgui.services.scope import Scope

LOOK_INTERVAL_S = 2.0
SILENT_AFTER_S = 5.0
"""A call that has no answer for so long: perhaps the wire is cut."""


async def until_mended(connection: Connection) -> None:
    """Return once that happened; never for hosts that are just slow or hung."""
    while True:
        await asyncio.sleep(LOOK_INTERVAL_S)
        since_s = connection.waits_since_s
        if not since_s or time.monotonic() - since_s < SILENT_AFTER_S:
            continue
        async with Scope("silent wire") as scope:
            back = scope.run(until_back(connection.config.uri))
            while not back.done() and connection.last_answer_s <= since_s:
                await asyncio.wait({back}, timeout=0.5)
            # An answer may have come through sooner than the knock; the other wires may still hang.
            await asyncio.wait({back}, timeout=KNOCK_S + 2 * INTERVAL_S)
            if back.done():
                back.result()
                return
