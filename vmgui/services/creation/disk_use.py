"""Which machines of a host a disk image matters to, before another one is given it.

Learnt as a deletion learns which files may go: definitions, live and for the next start, pools and backing chains.
"""

from __future__ import annotations

import asyncio
import logging
import os

from vmgui.hypervisor.connection import Connection
from vmgui.model.creation import NewDomain
from vmgui.model.errors import ConnectionLost, DiskInUse, HostUnreachable, VmguiError
from vmgui.model.offer import DiskUse
from vmgui.policy.deletion import uses_of
from vmgui.services.background import in_thread
from vmgui.services.deletion.evidence import find_evidence
from vmgui.services.local_images import has_our_files

log = logging.getLogger(__name__)

LOOK_LIMIT_S = 15.0


async def disk_uses(connection: Connection, path: str, *, is_shared: bool) -> tuple[DiskUse, ...]:
    """Machines that use the file at `path`, or base a disk on it; nothing where the host does not say in time.

    `is_shared`: it is the same file here and there, so that links can be followed.
    """
    try:
        async with asyncio.timeout(LOOK_LIMIT_S):
            if is_shared:
                path = await in_thread(os.path.realpath, path)
            _, evidence = await find_evidence(connection, paths=(path,), only_quick=True)
    except (ConnectionLost, HostUnreachable):
        raise
    except (VmguiError, TimeoutError) as error:
        # The hypervisor locks images itself where it can: this only tells earlier.
        log.info("who uses %s is not known: %r", path, error)
        return ()
    return uses_of(path, evidence)


async def refuse_disk_in_use(connection: Connection, new: NewDomain) -> None:
    """Raise DiskInUse if a machine has come to run with the chosen disk since the person was told of it.

    What only warned in the wizard is the person's choice; a copy is nobody else's; a disk that the edited XML
    does not name is not used.
    """
    image = new.disk_image
    if image is None or not image.path or (new.xml and image.path not in new.xml):
        return
    is_shared = has_our_files(connection)
    if image.local and (image.upload_pool or not is_shared):
        return
    for use in await disk_uses(connection, image.path, is_shared=is_shared):
        if use.blocks:
            raise DiskInUse(f"{image.path} is in use by a running machine", subject=use.machine)
