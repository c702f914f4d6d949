"""Sends a file of this computer into a volume of a host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.storage import upload_volume
from vmgui.model.errors import NotFound, PermissionDenied, StorageFailure
from vmgui.services import long_call
from vmgui.services.background import in_thread
from vmgui.services.jobs import JobContext


async def send_file(
    connection: Connection,
    path: str,
    pool: str,
    volume: str,
    size_bytes: int,
    meter: long_call.Meter,
    job: JobContext,
) -> None:
    """Fill the volume with the file; raises Aborted when cancelled, NoSpace, ConnectionLost ..."""
    file = await in_thread(_open, path)
    try:
        await long_call.stream(
            connection,
            job,
            meter,
            upload_volume,
            pool,
            volume,
            file.read,
            size_bytes,
            pool=pool,
            subject=volume,
        )
    finally:
        file.close()
    meter.end(size_bytes)


def file_size(path: str) -> int:
    """Bytes of a file or block device; raises NotFound, PermissionDenied, StorageFailure."""
    with _open(path) as file:
        return file.seek(0, os.SEEK_END)


def _open(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise NotFound(str(error), subject=path) from error
    except PermissionError as error:
        raise PermissionDenied(str(error), subject=path) from error
    except OSError as error:
        raise StorageFailure(str(error), subject=path) from error
