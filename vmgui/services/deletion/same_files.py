"""Which files of one host another one has, too: its pools are asked, and in doubt the time of the last write tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import POOLS
from vmgui.hypervisor.shared_storage import find_twins, read_times
from vmgui.model.host import Host
from vmgui.policy.shared_storage import SoughtFile, is_one_by_time


async def same_files(
    own: Connection,
    other: Connection,
    sought: Collection[SoughtFile],
    slack_s: Callable[[str], float],
    patience_s: float,
) -> dict[str, str]:
    """The paths at the other host of those of our host's files that it has, by their paths here.

    `slack_s`: how far the times of a path's file may lie apart. Raises TimeoutError and what the hosts answer.
    """
    by_path = {file.volume.path: file for file in sought}
    if not by_path:
        return {}
    async with asyncio.timeout(patience_s):
        twins = await other.run(
            find_twins, list(by_path.values()), patience_s, lane=POOLS, timeout_s=patience_s
        )
        unsure = {twin.sought_path for twin in twins if not twin.is_sure}
        now = await own.run(read_times, unsure, lane=POOLS, timeout_s=patience_s) if unsure else {}
    return {
        twin.sought_path: twin.path
        for twin in twins
        if twin.is_sure
        or is_one_by_time(
            by_path[twin.sought_path].volume.modified_unix_s,
            twin.modified_unix_s,
            now.get(twin.sought_path, 0.0),
            slack_s(twin.sought_path),
        )
    }


def is_same_computer(host: Host, other: Host) -> bool:
    """Whether two entries lead to one computer, as far as both tell; many computers are called localhost."""
    if host.info is None or other.info is None:
        return False
    return (host.info.hostname, host.info.uuid) == (other.info.hostname, other.info.uuid)
