"""A connection to libvirt's test driver, as the functions that run in lanes get it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually_blocking
from tests.unit.hypervisor.recording import private_uri
from vmgui.hypervisor import event_loop, handles


@pytest.fixture
def uri(tmp_path: Path) -> str:
    """A host of the test driver with one running machine, a network and a pool, for this test alone."""
    return private_uri(tmp_path)


@pytest.fixture
def conn(uri: str) -> Iterator[libvirt.virConnect]:
    """Connected to it; a handle that a function left behind fails the test."""
    event_loop.start()
    conn = libvirt.open(uri)
    yield conn
    handles.forget(conn)
    gc.collect()
    assert conn.close() == 0, "a handle keeps the connection open"


_KINDS = (
    libvirt.virConnect,
    libvirt.virDomain,
    libvirt.virNetwork,
    libvirt.virStoragePool,
    libvirt.virStream,
)


def _handles() -> list[object]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, _KINDS) and thing._o is not None]


@pytest.fixture
def no_handles() -> Iterator[None]:
    """None may be left by the test: each would keep its connection open."""
    before = {id(thing) for thing in _handles()}
    yield
    eventually_blocking(lambda: not [thing for thing in _handles() if id(thing) not in before])
