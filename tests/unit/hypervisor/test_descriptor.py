"""A descriptor for somebody who has gone is closed."""

import asyncio
import os
import threading

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.model.errors import TimedOut


def is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def test_taken_it_is_the_takers() -> None:
    fd = os.open(os.devnull, os.O_RDONLY)
    found = OpenDescriptor(fd)
    assert found.take() == fd
    del found
    assert is_open(fd)
    os.close(fd)


@pytest.mark.parametrize("end", ["cancelled", "given up"])
async def test_nobody_waits_any_more(uri: str, end: str) -> None:
    connection = Connection(host(uri), Recorder())
    await connection.open()
    begun, go_on = threading.Event(), threading.Event()
    opened: list[int] = []

    def open_something(conn: libvirt.virConnect) -> OpenDescriptor:
        begun.set()
        assert go_on.wait(60)
        opened.append(os.open(os.devnull, os.O_RDONLY))
        return OpenDescriptor(opened[0])

    waiter = asyncio.ensure_future(
        connection.run(open_something, timeout_s=60.0 if end == "cancelled" else 0.01)
    )
    await eventually(begun.is_set)
    if end == "cancelled":
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
    else:
        with pytest.raises(TimedOut):
            await waiter
    del waiter
    go_on.set()
    await eventually(lambda: opened and not is_open(opened[0]))
    await connection.close()
